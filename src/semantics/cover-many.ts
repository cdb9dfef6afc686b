import {
  type Candidate,
  type Condition,
  type Coverage,
  coverageBy,
  coverageOf,
  coversAlone,
  createEffort,
  guessFor,
  isApart,
  type KindsCache,
  meetsGuess,
  mostRegions,
  type Region,
  restOf,
  type Universe,
} from './cover.ts';
import { sampleOf } from './languages/kinds.ts';
import { RegionIndex } from './region-index.ts';

const undecided: Coverage = { kind: 'undecided' };

/** What it takes to try a regular expression at all, in steps. */
const stepsOfRegex = 20;

/**
 * `coverageOf` for many earlier regions, about which one asks again and again. What all questions together may take is bounded: beyond that they are
 * undecided, as they also are where too many regions would have to be compared at once. A witness says nothing of what only the earlier regions ask for.
 */
export class ManyRegions {
  readonly #index: RegionIndex;
  readonly #universeOf: (dimension: string) => Universe;
  readonly #cache: KindsCache;
  readonly #effort = createEffort();

  /** `regions`: all that will be added. */
  constructor(regions: readonly Region[], universeOf: (dimension: string) => Universe, cache: KindsCache) {
    this.#index = new RegionIndex(regions, universeOf);
    this.#universeOf = universeOf;
    this.#cache = { ...cache, effort: this.#effort };
  }

  /** Regions are numbered in the order of adding. */
  add(region: Region): void {
    this.#index.add(region);
  }

  /** `counts`: whether an earlier region does, by its number. */
  coverageOf(region: Region, counts: (number: number) => boolean): Coverage {
    if (this.#effort.left < 0) return undecided;
    const request = this.#requestOf(region);
    const takers = request && this.#takersOf(region, request.texts, counts);
    if (takers === undefined) return request === undefined ? this.#compare(region, counts) : undecided;
    if (takers.alone !== undefined) return { kind: 'covered', by: [takers.alone] };
    if (request?.isSure === true) {
      if (takers.count === 0) return { kind: 'reachable', witness: request.texts };
      if (takers.count > mostRegions) return undecided;
    }
    return this.#search(region, counts);
  }

  /** A request of the region; where it is not sure that there can be such a request, it still meets whatever the region implies. */
  #requestOf(region: Region): { readonly texts: ReadonlyMap<string, string | undefined>; readonly isSure: boolean } | undefined {
    const texts = new Map<string, string | undefined>();
    let isSure = true;
    for (const condition of region) {
      const { dimension } = condition;
      if (texts.has(dimension)) return undefined;
      const guess = guessFor(region, dimension, this.#universeOf(dimension));
      isSure &&= guess !== undefined;
      const text = guess === undefined ? textFor(condition) : guess.text;
      if (text === undefined && guess === undefined) return undefined;
      texts.set(dimension, text);
    }
    return { texts, isSure };
  }

  /** How many regions take a request of the region, and the first of those that take the whole region; undefined when that takes too long. */
  #takersOf(
    region: Region,
    request: ReadonlyMap<string, string | undefined>,
    counts: (number: number) => boolean,
  ): { readonly alone: number | undefined; readonly count: number } | undefined {
    const texts = new Map(request);
    let count = 0;
    for (const number of this.#inOrder(this.#index.taking(request))) {
      if (!this.#spend(1)) return undefined;
      const other = this.#index.regions[number];
      if (other === undefined || !counts(number) || !this.#takes(region, other, texts)) continue;
      const rest = restOf(region, other);
      if (coversAlone(region, rest)) return { alone: number, count };
      count += 1;
    }
    return this.#effort.left < 0 ? undefined : { alone: undefined, count };
  }

  #takes(region: Region, other: Region, texts: Map<string, string | undefined>): boolean {
    for (const condition of other) {
      const { dimension, pattern } = condition;
      if (!texts.has(dimension)) {
        const guess = guessFor(region, dimension, this.#universeOf(dimension));
        if (guess === undefined) continue;
        texts.set(dimension, guess.text);
      }
      const text = texts.get(dimension);
      if (pattern.kind === 'regex') this.#spend(stepsOfRegex + (text?.length ?? 0));
      if (meetsGuess(condition, text, this.#cache.automata) === false && restOf(region, [condition]).length > 0) return false;
    }
    return true;
  }

  /** Where no single region takes everything. */
  #search(region: Region, counts: (number: number) => boolean): Coverage {
    const candidates: Candidate[] = [];
    for (const list of this.#index.meeting(region)) {
      if (!this.#spend(1)) return undecided;
      for (const index of list) {
        if (!this.#spend(1)) return undecided;
        const other = this.#index.regions[index];
        if (other === undefined || !counts(index) || isApart(region, other)) continue;
        candidates.push({ index, rest: restOf(region, other) });
        if (candidates.length > mostRegions) return coverageBy(candidates, region, this.#index.regions, this.#universeOf, this.#cache);
      }
    }
    candidates.sort((a, b) => a.index - b.index);
    return coverageBy(candidates, region, this.#index.regions, this.#universeOf, this.#cache);
  }

  /** Where no request comes to mind. */
  #compare(region: Region, counts: (number: number) => boolean): Coverage {
    const among: number[] = [];
    for (const list of this.#index.meeting(region)) {
      if (!this.#spend(1 + list.length)) return undecided;
      for (const number of list) if (counts(number)) among.push(number);
    }
    among.sort((a, b) => a - b);
    return coverageOf(region, this.#index.regions, this.#universeOf, this.#cache, among);
  }

  /** The numbers of lists that are each in order. */
  *#inOrder(lists: Iterable<readonly number[]>): Iterable<number> {
    const all = [...lists].filter(({ length }) => length > 0);
    const [only] = all;
    if (only === undefined) return;
    if (all.length === 1) {
      yield* only;
      return;
    }
    if (all.length > fewLists) {
      const together = all.flat();
      if (this.#spend(together.length)) yield* together.sort((a, b) => a - b);
      return;
    }
    const at = all.map(() => 0);
    for (;;) {
      let first = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < all.length; i += 1) {
        const number = all[i]?.[at[i] ?? 0];
        if (number === undefined || number >= least) continue;
        least = number;
        first = i;
      }
      if (first === -1) return;
      at[first] = (at[first] ?? 0) + 1;
      yield least;
    }
  }

  #spend(steps: number): boolean {
    this.#effort.left -= steps;
    return this.#effort.left >= 0;
  }
}

const fewLists = 8;

export function createManyRegions(regions: readonly Region[], universeOf: (dimension: string) => Universe, cache: KindsCache): ManyRegions {
  return new ManyRegions(regions, universeOf, cache);
}

/** Some text that meets a condition and all that is implied by it. */
function textFor({ pattern, negated, whenAbsent }: Condition): string | undefined {
  if (negated || whenAbsent) return undefined;
  switch (pattern.kind) {
    case 'any':
      return 'other';
    case 'exact':
    case 'suffix':
      return pattern.value;
    case 'prefix':
      return `${pattern.value}other`;
    case 'regex':
      return sampleOf(pattern.value);
  }
}
