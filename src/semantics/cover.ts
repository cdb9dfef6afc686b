import { searchUncovered } from './cover-search.ts';
import { type Automata, matchesRegex, type Pattern, sampleOf, type TextKind, type Texts } from './languages/kinds.ts';

/** One thing that a request must be like: a value that it has or lacks. */
export interface Condition {
  /** Which value: `path`, `header x-a`, `port` … */
  readonly dimension: string;
  readonly pattern: Pattern;
  /** The value must not match. */
  readonly negated: boolean;
  /** A request that lacks the value meets the condition. */
  readonly whenAbsent: boolean;
}

/** Requests that meet all conditions; without any, all requests. */
export type Region = readonly Condition[];

/** Which values there can be at all. */
export interface Universe {
  readonly texts: Texts;
  readonly mayBeAbsent: boolean;
  /** Any plain text (letters, digits, `-`, `_` and `/`) that begins with this is one of the texts; absent where not. */
  readonly open?: string;
}

export type Coverage =
  /** No request of the region is left; `by` are indices of the regions that take them, none if the region itself is empty. */
  | { readonly kind: 'covered'; readonly by: readonly number[] }
  /** A request that is in the region and in none of the others; undefined values are lacking. */
  | { readonly kind: 'reachable'; readonly witness: ReadonlyMap<string, string | undefined> }
  | { readonly kind: 'undecided' };

/** What has been found out about patterns: a mesh has the same few in a thousand places. */
export interface KindsCache {
  /** The kinds of texts that sets of patterns make, by universe, and the steps that it took to find them. */
  readonly kinds: WeakMap<Texts, Map<string, { readonly kinds: readonly TextKind[] | undefined; readonly steps: number }>>;
  readonly automata: Automata;
  readonly effort?: Effort;
}

/** What may be spent on one question that has many parts; beyond it, all that is left is undecided. */
export interface Effort {
  /** Steps, of about 100 ns. */
  left: number;
  /** The sets of patterns that were charged: whether others have asked before must make no difference. */
  readonly charged: Set<string>;
}

const mostEffort = 5_000_000;

export function createEffort(): Effort {
  return { left: mostEffort, charged: new Set() };
}

export function createKindsCache(): KindsCache {
  return { kinds: new WeakMap(), automata: { automata: new Map(), ends: new Map() } };
}

/** So many regions are compared at once; of more only those that each take everything are seen. */
export const mostRegions = 60;

/**
 * Whether earlier regions together take every request of a region. Exact where all patterns are modelled: each value's texts are
 * sorted into kinds that no pattern tells apart, and combinations of kinds are tried until one is in no earlier region. `among`: the indices
 * of those that are not known to be apart from it; default: all.
 */
export function coverageOf(
  region: Region,
  earlier: readonly Region[],
  universeOf: (dimension: string) => Universe,
  cache: KindsCache = createKindsCache(),
  among?: readonly number[],
): Coverage {
  const candidates: Candidate[] = [];
  for (let i = 0; i < (among ?? earlier).length; i += 1) {
    const index = among?.[i] ?? i;
    const other = earlier[index] ?? [];
    // Of many routes nearly all are apart, and that is seen at once.
    if (isApart(region, other)) continue;
    const rest = restOf(region, other);
    if (coversAlone(region, rest)) return { kind: 'covered', by: [index] };
    candidates.push({ index, rest });
  }
  const witness = easyWitness(region, candidates, universeOf, cache);
  if (witness !== undefined) return { kind: 'reachable', witness };
  return coverageBy(candidates, region, earlier, universeOf, cache);
}

/** The same by a search, where none takes everything alone. */
export function coverageBy(
  candidates: readonly Candidate[],
  region: Region,
  earlier: readonly Region[],
  universeOf: (dimension: string) => Universe,
  cache: KindsCache,
): Coverage {
  const few = candidates.length <= mostRegions ? candidates : [];
  const exact = searchUncovered(region, few, universeOf, cache);
  if (exact.kind === 'covered') return { kind: 'covered', by: needed(exact.by, region, earlier, universeOf, cache) };
  return few.length === candidates.length ? exact : { kind: 'undecided' };
}

/** What another region demands beyond a region: what that demands itself is met. */
export function restOf(region: Region, other: Region): Region {
  return other.filter((condition) => !region.some((mine) => isSame(mine, condition)));
}

export function coversAlone(region: Region, rest: Region): boolean {
  return rest.every((condition) => region.some((mine) => implies(mine, condition)));
}

/** Of so many, those are left out without which the others take everything as well. */
const mostLeftOut = 8;

function needed(
  by: readonly number[],
  region: Region,
  earlier: readonly Region[],
  universeOf: (dimension: string) => Universe,
  cache: KindsCache,
): readonly number[] {
  if (by.length < 2 || by.length > mostLeftOut) return by;
  return by.reduce<readonly number[]>((left, index) => {
    const others = left.filter((other) => other !== index);
    const candidates = others.flatMap((other) => {
      const rest = earlier[other];
      return rest === undefined ? [] : [{ index: other, rest }];
    });
    return others.length > 0 && searchUncovered(region, candidates, universeOf, cache).kind === 'covered' ? others : left;
  }, by);
}

/** What is left to compare of an earlier region, and its index. */
export interface Candidate {
  readonly index: number;
  readonly rest: Region;
}

/** A text that hardly any route is for, of characters that are allowed everywhere; messages show it. */
const odd = 'other';

/**
 * Most routes are plainly reachable, and one guess shows it: the text of the region itself with something odd behind it, and nothing
 * where nothing is demanded. Undefined when the guess does not show it.
 */
function easyWitness(
  region: Region,
  candidates: readonly Candidate[],
  universeOf: (dimension: string) => Universe,
  { automata }: KindsCache,
): ReadonlyMap<string, string | undefined> | undefined {
  const witness = new Map<string, string | undefined>();
  const guess = (dimension: string): boolean => {
    if (witness.has(dimension)) return true;
    const value = guessFor(region, dimension, universeOf(dimension));
    if (value !== undefined) witness.set(dimension, value.text);
    return value !== undefined;
  };
  // All that the region demands must be met by the guess.
  for (const { dimension } of region) if (!guess(dimension)) return undefined;
  for (const { rest } of candidates) {
    const failed = rest.some(
      (condition) => guess(condition.dimension) && meetsGuess(condition, witness.get(condition.dimension), automata) === false,
    );
    if (!failed) return undefined;
  }
  return witness;
}

/** A text of a dimension, `undefined` for none, that requests of a region have; undefined where no guess is sure. */
export function guessFor(region: Region, dimension: string, universe: Universe): { readonly text: string | undefined } | undefined {
  const only = region.find((condition) => condition.dimension === dimension);
  if (only === undefined)
    return universe.mayBeAbsent ? { text: undefined } : universe.open === undefined ? undefined : { text: universe.open + odd };
  if (region.some((condition) => condition.dimension === dimension && condition !== only)) return undefined;
  const { pattern, negated, whenAbsent } = only;
  if (whenAbsent && universe.mayBeAbsent) return { text: undefined };
  if (negated || universe.open === undefined) return undefined;
  if (pattern.kind === 'any') return { text: universe.open + odd };
  if (pattern.kind === 'suffix') return undefined;
  const text = pattern.kind === 'regex' ? sampleOf(pattern.value) : pattern.value;
  // Whatever is not plain may lie outside of the universe.
  if (text === undefined || text === '' || !text.startsWith(universe.open) || !/^[\w/-]*$/.test(text)) return undefined;
  return { text: pattern.kind === 'prefix' ? text + odd : text };
}

/** Undefined for a regular expression that is not modelled. */
export function meetsGuess({ pattern, negated, whenAbsent }: Condition, text: string | undefined, automata: Automata): boolean | undefined {
  if (text === undefined) return whenAbsent;
  switch (pattern.kind) {
    case 'any':
      return !negated;
    case 'exact':
    case 'prefix': {
      const ignoreCase = pattern.ignoreCase === true;
      const value = ignoreCase ? pattern.value.toLowerCase() : pattern.value;
      const given = ignoreCase ? text.toLowerCase() : text;
      return (pattern.kind === 'exact' ? given === value : given.startsWith(value)) !== negated;
    }
    case 'suffix':
      return text.endsWith(pattern.value) !== negated;
    case 'regex': {
      const matches = matchesRegex(pattern.value, text, automata);
      return matches === undefined ? undefined : matches !== negated;
    }
  }
}

/** They have the same key. */
function isSame(a: Condition, b: Condition): boolean {
  return a.dimension === b.dimension && a.negated === b.negated && a.whenAbsent === b.whenAbsent && isSamePattern(a.pattern, b.pattern);
}

function isSamePattern(a: Pattern, b: Pattern): boolean {
  if (a.kind === 'any' || b.kind === 'any') return a.kind === b.kind;
  return a.kind === b.kind && a.value === b.value && ignoresCase(a) === ignoresCase(b);
}

function ignoresCase(pattern: Pattern): boolean {
  return 'ignoreCase' in pattern && pattern.ignoreCase;
}

/** Cheap and sure: whoever meets the first condition meets the second. */
function implies(first: Condition, second: Condition): boolean {
  if (first.dimension !== second.dimension || first.negated || second.negated || (first.whenAbsent && !second.whenAbsent)) return false;
  const { pattern: a } = first;
  const { pattern: b } = second;
  if (b.kind === 'any') return true;
  if (a.kind === 'any' || a.kind === 'regex' || a.kind === 'suffix' || b.kind === 'regex' || b.kind === 'suffix' || a.ignoreCase === true)
    return false;
  const text = b.ignoreCase === true ? a.value.toLowerCase() : a.value;
  const wanted = b.ignoreCase === true ? b.value.toLowerCase() : b.value;
  return b.kind === 'prefix' ? text.startsWith(wanted) : a.kind === 'exact' && text === wanted;
}

/** Cheap and sure: no request is in both. */
export function isApart(region: Region, other: Region): boolean {
  for (const condition of other) {
    for (const mine of region) if (excludes(mine, condition)) return true;
  }
  return false;
}

/** Cheap and sure: nobody meets both. */
function excludes(first: Condition, second: Condition): boolean {
  if (first.dimension !== second.dimension || first.negated || second.negated || (first.whenAbsent && second.whenAbsent)) return false;
  const { pattern: a } = first;
  const { pattern: b } = second;
  if ((a.kind !== 'exact' && a.kind !== 'prefix') || (b.kind !== 'exact' && b.kind !== 'prefix')) return false;
  const ignoreCase = a.ignoreCase === true || b.ignoreCase === true;
  const left = ignoreCase ? a.value.toLowerCase() : a.value;
  const right = ignoreCase ? b.value.toLowerCase() : b.value;
  if (a.kind === 'exact' && b.kind === 'exact') return left !== right;
  if (a.kind === 'exact') return !left.startsWith(right);
  if (b.kind === 'exact') return !right.startsWith(left);
  return !left.startsWith(right) && !right.startsWith(left);
}
