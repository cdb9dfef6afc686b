import { acceptsText, type Automaton, automatonOf, Deterministic } from './automaton.ts';
import { endsOf, type Ends } from './ends.ts';
import { anyCharacter, type CharacterSet, complement, union } from './character-sets.ts';
import { type Expression, parseRegex, textOf } from './syntax.ts';

/** What a text must be like. */
export type Pattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact' | 'prefix'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'suffix'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: string };

/** The texts that there can be at all. */
export type Texts = Pattern | { readonly kind: 'one-of'; readonly values: readonly string[] };

/** Texts that no pattern tells apart: which patterns accept them, and one of them. */
export interface TextKind {
  /** By the index of the pattern. */
  readonly accepted: readonly boolean[];
  readonly witness: string;
}

const anything: Expression = { kind: 'repeat', part: { kind: 'set', set: anyCharacter }, min: 0, max: Infinity };

/** Undefined for an expression that is not modelled. */
function expressionOf(pattern: Texts): Expression | undefined {
  switch (pattern.kind) {
    case 'one-of':
      return { kind: 'choice', parts: pattern.values.map((value) => textOf(value)) };
    case 'any':
      return anything;
    case 'exact':
      return textOf(pattern.value, pattern.ignoreCase);
    case 'prefix':
      return { kind: 'sequence', parts: [textOf(pattern.value, pattern.ignoreCase), anything] };
    case 'suffix':
      return { kind: 'sequence', parts: [anything, textOf(pattern.value)] };
    case 'regex':
      return parseRegex(pattern.value);
  }
}

/** Characters that no request has in a path or header: control characters but the tab. */
const impossible: CharacterSet = union([[0, 8]], [[10, 31]], [[127, 159]], [[0xd800, 0xdfff]]);
const possible = complement(impossible);

/** So many joint states are looked at. */
const mostJointStates = 3000;

/**
 * Sorts all possible texts of a universe into kinds: two texts are of one kind if the same patterns accept them.
 * Exact; undefined when a pattern is not modelled or the automata grow beyond the limits. `spent` is told what that took.
 */
export function textKinds(universe: Texts, patterns: readonly Pattern[], spent?: (steps: number) => void): readonly TextKind[] | undefined {
  const automata: Automaton[] = [];
  for (const texts of [universe, ...patterns]) {
    const expression = expressionOf(texts);
    const automaton = expression === undefined ? undefined : automatonOf(expression);
    if (automaton === undefined) return undefined;
    automata.push(automaton);
  }
  const letters = lettersOf(automata);
  const perState = letters.length * automata.length;
  const machines = automata.map((automaton) => new Deterministic(automaton, letters));
  const kinds = new Map<string, TextKind>();
  const seen = new Set<string>();
  interface Joint {
    readonly states: readonly number[];
    readonly witness: string;
  }
  const first = machines.map(({ start }) => start);
  const open: Joint[] = [{ states: first, witness: '' }];
  seen.add(first.join());
  // Breadth first, so that witnesses are short.
  for (let at = 0; at < open.length; at += 1) {
    const joint = open[at];
    if (joint === undefined) break;
    spent?.(perState);
    const accepted = machines.map((machine, i) => machine.accepts(joint.states[i] ?? 0));
    const own = accepted.slice(1);
    const kind = own.map(Number).join('');
    if (accepted[0] === true && !kinds.has(kind)) {
      kinds.set(kind, { accepted: own, witness: joint.witness });
      // There are no others.
      if (kinds.size === 2 ** patterns.length) break;
    }
    // What follows is of the same kind.
    if (kinds.has(kind) && machines.every((machine, i) => i === 0 || machine.isSettled(joint.states[i] ?? 0))) continue;
    for (const [index, letter] of letters.entries()) {
      let isElsewhere = false;
      const states: number[] = [];
      for (let i = 0; i < machines.length; i += 1) {
        const before = joint.states[i] ?? 0;
        const after = machines[i]?.after(before, index) ?? 0;
        states.push(after);
        isElsewhere ||= after !== before;
      }
      // Outside of the universe nothing is of interest.
      if (!isElsewhere || states[0] === 0) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      if (seen.size >= mostJointStates) return undefined;
      seen.add(key);
      open.push({ states, witness: joint.witness + String.fromCodePoint(letter) });
    }
  }
  return [...kinds.values()];
}

/** One character for each class of characters that no edge tells apart; letters and digits are preferred, for readable witnesses. */
function lettersOf(automata: readonly Automaton[]): readonly number[] {
  const ranges = new Map<number, readonly [number, number]>();
  for (const { edges } of automata) {
    for (const ofState of edges) {
      for (let i = 0; i < ofState.length; i += 3) {
        const first = ofState[i] ?? 0;
        const last = ofState[i + 1] ?? 0;
        ranges.set(first * 0x110000 + last, [first, last]);
      }
    }
  }
  const cuts = new Set<number>();
  for (const [first, last] of [...possible, ...ranges.values()]) cuts.add(first).add(last + 1);
  const sorted = [...cuts].sort((a, b) => a - b);
  const letters: number[] = [];
  for (const [i, cut] of sorted.entries()) {
    const end = sorted[i + 1] ?? cut + 1;
    if (!possible.some(([first, last]) => first <= cut && cut <= last)) continue;
    letters.push(preferred.find((letter) => cut <= letter && letter < end) ?? cut);
  }
  letters.sort((a, b) => rank(a) - rank(b) || a - b);
  const classes = new Set<string>();
  return letters.filter((letter) => {
    let own = '';
    for (const [first, last] of ranges.values()) own += first <= letter && letter <= last ? '1' : '0';
    return !classes.has(own) && classes.add(own);
  });
}

const preferred = Array.from('ax10-/vAX', (character) => character.charCodeAt(0));
function rank(letter: number): number {
  const index = preferred.indexOf(letter);
  return index === -1 ? (letter >= 33 && letter < 127 ? preferred.length : preferred.length + 1) : index;
}

/** What was found out about regular expressions: automata (undefined for those that are not modelled), and what their texts begin and end with. */
export interface Automata {
  readonly automata: Map<string, Automaton | undefined>;
  readonly ends: Map<string, Ends>;
}

/** So many are kept. */
const mostAutomata = 256;
const mostEnds = 20_000;

/** Whether an expression matches a text as a whole; undefined where it is not modelled. */
export function matchesRegex(source: string, text: string, { automata, ends }: Automata): boolean | undefined {
  let known = ends.get(source);
  if (known === undefined) {
    if (ends.size >= mostEnds) ends.clear();
    ends.set(source, (known = endsOf(source)));
  }
  if (!text.startsWith(known.head) || !text.endsWith(known.tail)) return false;
  if (!automata.has(source)) {
    if (automata.size >= mostAutomata) automata.clear();
    const expression = parseRegex(source);
    automata.set(source, expression && automatonOf(expression));
  }
  const automaton = automata.get(source);
  return automaton && acceptsText(automaton, text);
}

/** Longer samples are not made. */
const longestSample = 200;

/** One text that an expression matches, as short as it comes; undefined where that is not seen at once. */
export function sampleOf(source: string): string | undefined {
  const expression = parseRegex(source);
  return expression && sampleFrom(expression);
}

function sampleFrom(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'empty':
      return '';
    case 'set': {
      const { set } = expression;
      const letter = preferred.find((each) => set.some(([first, last]) => first <= each && each <= last)) ?? set[0]?.[0];
      return letter === undefined ? undefined : String.fromCodePoint(letter);
    }
    case 'sequence': {
      let text = '';
      for (const part of expression.parts) {
        const sample = sampleFrom(part);
        if (sample === undefined || text.length + sample.length > longestSample) return undefined;
        text += sample;
      }
      return text;
    }
    case 'choice': {
      const [first] = expression.parts;
      return first && sampleFrom(first);
    }
    case 'repeat': {
      if (expression.min === 0) return '';
      const sample = sampleFrom(expression.part);
      return sample === undefined || sample.length * expression.min > longestSample ? undefined : sample.repeat(expression.min);
    }
  }
}
