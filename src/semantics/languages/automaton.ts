import type { Expression } from './syntax.ts';

/** An automaton that may be in several states at once; state 0 is where it starts. */
export interface Automaton {
  /** Per state: first and last code point, and the state that follows, three numbers an edge. */
  readonly edges: readonly (readonly number[])[];
  /** Per state: the states that are reached without reading. */
  readonly silent: readonly (readonly number[])[];
  readonly accepting: number;
}

/** An expression that needs more states is not compared. */
const mostStates = 4000;

/** Thompson's construction; undefined beyond the limit. */
export function automatonOf(expression: Expression): Automaton | undefined {
  const edges: number[][] = [];
  const silent: number[][] = [];
  const state = (): number => {
    edges.push([]);
    silent.push([]);
    return edges.length - 1;
  };
  const link = (from: number, to: number): void => {
    silent[from]?.push(to);
  };

  /** Adds what reads the expression from a state on, and returns the state behind it; -1 beyond the limit. */
  function build(part: Expression, from: number): number {
    if (edges.length > mostStates || from === -1) return -1;
    switch (part.kind) {
      case 'empty':
        return from;
      case 'set': {
        const to = state();
        for (const [first, last] of part.set) edges[from]?.push(first, last, to);
        return to;
      }
      case 'sequence':
        return part.parts.reduce((at, inner) => build(inner, at), from);
      case 'choice': {
        const to = state();
        for (const inner of part.parts) {
          const begin = state();
          link(from, begin);
          const end = build(inner, begin);
          if (end === -1) return -1;
          link(end, to);
        }
        return to;
      }
      case 'repeat': {
        let at = from;
        for (let i = 0; i < part.min; i += 1) at = build(part.part, at);
        if (at === -1) return -1;
        if (part.max === Infinity) {
          const loop = state();
          link(at, loop);
          const end = build(part.part, loop);
          if (end === -1) return -1;
          link(end, loop);
          return loop;
        }
        const to = state();
        for (let i = part.min; i < part.max; i += 1) {
          link(at, to);
          const begin = state();
          link(at, begin);
          at = build(part.part, begin);
          if (at === -1) return -1;
        }
        link(at, to);
        return to;
      }
    }
  }

  const accepting = build(expression, state());
  return accepting === -1 ? undefined : { edges, silent, accepting };
}

/** All states that are reached without reading, in order. */
function closure({ silent }: Automaton, states: Iterable<number>): readonly number[] {
  const reached = new Set(states);
  const open = [...reached];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of silent[at] ?? []) {
      if (!reached.has(next)) {
        reached.add(next);
        open.push(next);
      }
    }
  }
  return [...reached].sort((a, b) => a - b);
}

function step(automaton: Automaton, states: readonly number[], character: number): readonly number[] {
  const next = new Set<number>();
  for (const at of states) {
    const edges = automaton.edges[at] ?? [];
    for (let i = 0; i < edges.length; i += 3) {
      if ((edges[i] ?? 0) <= character && character <= (edges[i + 1] ?? 0)) next.add(edges[i + 2] ?? 0);
    }
  }
  return next.size === 0 ? [] : closure(automaton, next);
}

/** Whether a text as a whole is one of those that the automaton reads. */
export function acceptsText(automaton: Automaton, text: string): boolean {
  let states = closure(automaton, [0]);
  for (const character of text) {
    if (states.length === 0) return false;
    states = step(automaton, states, character.codePointAt(0) ?? 0);
  }
  return states.includes(automaton.accepting);
}

/** An automaton that is in one state at a time, put together as far as it is asked. States are numbers; 0 is the one that nothing leads out of. */
export class Deterministic {
  readonly start: number;
  readonly #automaton: Automaton;
  readonly #letters: readonly number[];
  /** By the states that it stands for. */
  readonly #ids = new Map<string, number>([['', 0]]);
  readonly #states: (readonly number[])[] = [[]];
  /** By state and index of the letter; undefined: not asked yet. */
  readonly #next: (number | undefined)[][] = [[]];
  readonly #settled: (boolean | undefined)[] = [];

  /** `letters`: the characters that are read, one for each class of them. */
  constructor(automaton: Automaton, letters: readonly number[]) {
    this.#automaton = automaton;
    this.#letters = letters;
    this.start = this.#id(closure(automaton, [0]));
  }

  /** The state behind a letter, by the letter's index. */
  after(state: number, letter: number): number {
    if (state === 0) return 0;
    const row = this.#next[state] ?? [];
    return (row[letter] ??= this.#id(step(this.#automaton, this.#states[state] ?? [], this.#letters[letter] ?? 0)));
  }

  accepts(state: number): boolean {
    return this.#states[state]?.includes(this.#automaton.accepting) === true;
  }

  /** Whatever follows, it is never in another state. */
  isSettled(state: number): boolean {
    return state === 0 || (this.#settled[state] ??= this.#letters.every((_, letter) => this.after(state, letter) === state));
  }

  #id(states: readonly number[]): number {
    const key = states.join();
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#states.push(states) - 1;
    this.#next.push([]);
    this.#ids.set(key, id);
    return id;
  }
}
