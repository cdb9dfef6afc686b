import { keyOf, patternKey } from './condition-keys.ts';
import type { Candidate, Condition, Coverage, KindsCache, Region, Universe } from './cover.ts';
import { type Pattern, type TextKind, textKinds, type Texts } from './languages/kinds.ts';

/** So many combinations are looked at. */
const mostSteps = 20_000;
interface Value {
  readonly text: string | undefined;
  /** By the key of the condition. */
  readonly meets: ReadonlySet<string>;
}

/**
 * Looks for a request of the region that no candidate takes: each value's texts are sorted into kinds that no pattern tells apart, and combinations
 * of kinds are tried.
 */
export function searchUncovered(
  region: Region,
  candidates: readonly Candidate[],
  universeOf: (dimension: string) => Universe,
  cache: KindsCache,
): Coverage {
  return new Search(region, candidates, universeOf, cache).run();
}

class Search {
  readonly #region: Region;
  readonly #universeOf: (dimension: string) => Universe;
  readonly #candidates: readonly Candidate[];
  readonly #cache: KindsCache;
  /** A pattern of the region itself is not modelled: it was taken for anything, so nothing can be called reachable. */
  #relaxed = false;
  #steps = 0;
  #used = new Set<number>();

  constructor(region: Region, candidates: readonly Candidate[], universeOf: (dimension: string) => Universe, cache: KindsCache) {
    this.#cache = cache;
    this.#region = region;
    this.#universeOf = universeOf;
    this.#candidates = candidates;
  }

  run(): Coverage {
    const dimensions = new Set([...this.#region, ...this.#candidates.flatMap(({ rest }) => rest)].map(({ dimension }) => dimension));
    const values = new Map<string, readonly Value[]>();
    let candidates = this.#candidates;
    for (const dimension of dimensions) {
      const ofDimension = this.#valuesOf(dimension, candidates);
      candidates = ofDimension.candidates;
      if (ofDimension.values.length === 0) return { kind: 'covered', by: [] };
      values.set(dimension, ofDimension.values);
    }
    const order = [...dimensions].sort((a, b) => constraintsOn(b, candidates) - constraintsOn(a, candidates));
    const witness = new Map<string, string | undefined>();
    const found = this.#free(order, 0, candidates, values, witness);
    if (found === undefined) return { kind: 'undecided' };
    if (!found) return { kind: 'covered', by: [...this.#used].sort((a, b) => a - b) };
    return this.#relaxed ? { kind: 'undecided' } : { kind: 'reachable', witness };
  }

  /** The values of a dimension that are in the region; candidates with a pattern that can't be compared fall away. */
  #valuesOf(
    dimension: string,
    candidates: readonly Candidate[],
  ): { readonly values: readonly Value[]; readonly candidates: readonly Candidate[] } {
    const universe = this.#universeOf(dimension);
    let own = this.#region.filter((condition) => condition.dimension === dimension);
    let left = candidates;
    let values = kindsOf(universe, [...own, ...conditionsOn(dimension, left)], this.#cache);
    if (values === undefined) {
      if (kindsOf(universe, own, this.#cache) === undefined) {
        own = [];
        this.#relaxed = true;
      }
      left = left.filter(
        ({ rest }) =>
          kindsOf(universe, [...own, ...rest.filter((condition) => condition.dimension === dimension)], this.#cache) !== undefined,
      );
      values = kindsOf(universe, [...own, ...conditionsOn(dimension, left)], this.#cache);
      if (values === undefined) {
        left = left.filter(({ rest }) => !rest.some((condition) => condition.dimension === dimension));
        values = kindsOf(universe, own, this.#cache) ?? [{ text: '', meets: new Set() }];
      }
      // Fewer regions were compared than there are.
      if (left.length < candidates.length) this.#relaxed = true;
    }
    const keys = own.map(keyOf);
    return { values: values.filter(({ meets }) => keys.every((key) => meets.has(key))), candidates: left };
  }

  /** Looks for a combination of values that no candidate takes; undefined when that takes too long. */
  #free(
    dimensions: readonly string[],
    at: number,
    candidates: readonly Candidate[],
    values: ReadonlyMap<string, readonly Value[]>,
    witness: Map<string, string | undefined>,
  ): boolean | undefined {
    this.#steps += 1;
    const { effort } = this.#cache;
    if (effort !== undefined) effort.left -= 1 + candidates.length;
    if (this.#steps > mostSteps || (effort !== undefined && effort.left < 0)) return undefined;
    const dimension = dimensions[at];
    const remaining = dimensions.slice(at);
    const taker = candidates.find(({ rest }) => !rest.some((condition) => remaining.includes(condition.dimension)));
    if (taker !== undefined) {
      this.#used.add(taker.index);
      return false;
    }
    if (dimension === undefined) return true;
    for (const { text, meets } of values.get(dimension) ?? []) {
      witness.set(dimension, text);
      const left = candidates.filter(({ rest }) =>
        rest.every((condition) => condition.dimension !== dimension || meets.has(keyOf(condition))),
      );
      const free = this.#free(dimensions, at + 1, left, values, witness);
      if (free !== false) return free;
    }
    witness.delete(dimension);
    return false;
  }
}

function conditionsOn(dimension: string, candidates: readonly Candidate[]): readonly Condition[] {
  return candidates.flatMap(({ rest }) => rest.filter((condition) => condition.dimension === dimension));
}

function constraintsOn(dimension: string, candidates: readonly Candidate[]): number {
  return conditionsOn(dimension, candidates).length;
}

function kindsOf(universe: Universe, conditions: readonly Condition[], cache: KindsCache): readonly Value[] | undefined {
  const byKey = new Map(conditions.map((condition) => [keyOf(condition), condition]));
  const patterns = [...new Map(conditions.map(({ pattern }) => [patternKey(pattern), pattern])).values()];
  const indexOf = new Map(patterns.map((pattern, i) => [patternKey(pattern), i]));
  const kinds = cachedKinds(universe.texts, patterns, cache);
  if (kinds === undefined) return undefined;
  const values: Value[] = kinds.map(({ accepted, witness }) => ({
    text: witness,
    meets: new Set(
      [...byKey].flatMap(([key, { pattern, negated }]) =>
        (accepted[indexOf.get(patternKey(pattern)) ?? -1] ?? false) === negated ? [] : [key],
      ),
    ),
  }));
  if (universe.mayBeAbsent)
    values.push({ text: undefined, meets: new Set([...byKey].flatMap(([key, { whenAbsent }]) => (whenAbsent ? [key] : []))) });
  return values;
}

/** So many are kept for a universe. */
const mostKinds = 5000;

function cachedKinds(texts: Texts, patterns: readonly Pattern[], { kinds, effort }: KindsCache): readonly TextKind[] | undefined {
  const ofUniverse = kinds.get(texts) ?? new Map<string, { readonly kinds: readonly TextKind[] | undefined; readonly steps: number }>();
  kinds.set(texts, ofUniverse);
  const key = patterns.map(patternKey).join('\n');
  let known = ofUniverse.get(key);
  if (known === undefined) {
    if (ofUniverse.size >= mostKinds) ofUniverse.clear();
    let steps = 0;
    const found = textKinds(texts, patterns, (more) => {
      steps += more;
    });
    ofUniverse.set(key, (known = { kinds: found, steps }));
  }
  if (effort !== undefined && !effort.charged.has(key)) {
    effort.charged.add(key);
    effort.left -= known.steps + patterns.length * leastOfPattern;
  }
  return known.kinds;
}

/** Steps that it takes to make anything of a pattern at all. */
const leastOfPattern = 50;
