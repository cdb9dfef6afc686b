import type { Condition, Region, Universe } from './cover.ts';
import { guessFor } from './cover.ts';
import { headOf } from './languages/ends.ts';
import { PrefixTree } from './prefix-tree.ts';

/** Under what a region is filed: something that each of its requests has. */
interface Key {
  readonly dimension: string;
  readonly ignoreCase: boolean;
  /** Of `dimension`, with `ignoreCase` in lower case. */
  readonly kind: 'exact' | 'prefix' | 'present';
  readonly value: string;
}

/** What is filed under one dimension, by what its text must be. */
class Slot {
  readonly all: number[] = [];
  readonly present: number[] = [];
  readonly exact: PrefixTree;
  readonly prefixes: PrefixTree;

  constructor(keys: readonly Key[]) {
    this.exact = new PrefixTree(keys.flatMap(({ kind, value }) => (kind === 'exact' ? [value] : [])));
    this.prefixes = new PrefixTree(keys.flatMap(({ kind, value }) => (kind === 'prefix' ? [value] : [])));
  }

  add({ kind, value }: Key, number: number): void {
    this.all.push(number);
    if (kind === 'present') this.present.push(number);
    else (kind === 'exact' ? this.exact : this.prefixes).add(value, number);
  }

  *taking(text: string): Iterable<readonly number[]> {
    if (this.present.length > 0) yield this.present;
    yield* this.prefixes.above(text);
    yield this.exact.of(text) ?? none;
  }

  *meeting({ kind, value }: Key): Iterable<readonly number[]> {
    yield* this.taking(value);
    if (kind !== 'prefix') return;
    yield* this.prefixes.below(value);
    yield* this.exact.below(value);
  }
}

const none: readonly number[] = [];

/**
 * Tells which of many regions may take a request, or requests of another region, without looking at each: every region is filed under the one of its
 * conditions that it shares with the fewest others.
 */
export class RegionIndex {
  readonly #regions: Region[] = [];
  /** By the dimension, those that ignore case apart. */
  readonly #slots = new Map<string, { readonly dimension: string; readonly ignoreCase: boolean; readonly slot: Slot }>();
  /** The dimensions of which a request has a text though nothing asks for one; undefined: it is not known which. */
  readonly #open: { readonly dimension: string; readonly ignoreCase: boolean; readonly slot: Slot; readonly text: string | undefined }[] =
    [];
  readonly #unfiled: number[] = [];
  /** How many regions share a key. */
  readonly #counts = new Map<string, number>();
  readonly #heads = new Map<string, string>();

  /** Of all regions that will be added. */
  constructor(regions: readonly Region[], universeOf: (dimension: string) => Universe) {
    for (const region of regions) {
      for (const condition of region) {
        const key = this.#keyOf(condition);
        if (key === undefined) continue;
        const name = nameOf(key);
        this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
      }
    }
    const keys = new Map<string, Key[]>();
    for (const region of regions) {
      const key = this.#rarest(region);
      if (key === undefined) continue;
      const known = keys.get(slotName(key));
      if (known === undefined) keys.set(slotName(key), [key]);
      else known.push(key);
    }
    for (const [name, ofSlot] of keys) {
      const [first] = ofSlot;
      if (first === undefined) continue;
      const { dimension, ignoreCase } = first;
      const slot = new Slot(ofSlot);
      this.#slots.set(name, { dimension, ignoreCase, slot });
      const guess = guessFor([], dimension, universeOf(dimension));
      if (guess === undefined || guess.text !== undefined) this.#open.push({ dimension, ignoreCase, slot, text: guess?.text });
    }
  }

  get regions(): readonly Region[] {
    return this.#regions;
  }

  /** Regions are numbered in the order of adding. */
  add(region: Region): void {
    const number = this.#regions.length;
    this.#regions.push(region);
    const key = this.#rarest(region);
    const slot = key && this.#slots.get(slotName(key))?.slot;
    if (key === undefined || slot === undefined) this.#unfiled.push(number);
    else slot.add(key, number);
  }

  /** Lists of numbers, each in order, of all regions that may take a request; of what it says nothing, it has what is guessed for any. */
  *taking(request: ReadonlyMap<string, string | undefined>): Iterable<readonly number[]> {
    yield this.#unfiled;
    for (const [dimension, text] of request) {
      if (text === undefined) continue;
      yield* this.#slots.get(dimension)?.slot.taking(text) ?? [];
      yield* this.#slots.get(caseless(dimension))?.slot.taking(text.toLowerCase()) ?? [];
    }
    for (const { dimension, ignoreCase, slot, text } of this.#open) {
      if (request.has(dimension)) continue;
      if (text === undefined) yield slot.all;
      else yield* slot.taking(ignoreCase ? text.toLowerCase() : text);
    }
  }

  /** Lists of the numbers of all regions that may take requests of another one. */
  *meeting(region: Region): Iterable<readonly number[]> {
    yield this.#unfiled;
    const keys = new Map<string, Key>();
    for (const condition of region) {
      const key = this.#keyOf(condition);
      if (key !== undefined && key.kind !== 'present') keys.set(condition.dimension, key);
    }
    for (const { dimension, ignoreCase, slot } of this.#slots.values()) {
      const key = keys.get(dimension);
      if (key === undefined || (key.ignoreCase && !ignoreCase)) yield slot.all;
      else yield* slot.meeting(key.ignoreCase === ignoreCase ? key : { ...key, value: key.value.toLowerCase() });
    }
  }

  #rarest(region: Region): Key | undefined {
    let rarest: Key | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const condition of region) {
      const key = this.#keyOf(condition);
      const count = key === undefined ? fewest : (this.#counts.get(nameOf(key)) ?? 0);
      if (count >= fewest) continue;
      rarest = key;
      fewest = count;
    }
    return rarest;
  }

  #keyOf({ dimension, pattern, negated, whenAbsent }: Condition): Key | undefined {
    if (negated || whenAbsent) return undefined;
    const present: Key = { dimension, ignoreCase: false, kind: 'present', value: '' };
    if (pattern.kind === 'any' || pattern.kind === 'suffix') return present;
    const ignoreCase = pattern.kind !== 'regex' && pattern.ignoreCase === true;
    const text = pattern.kind === 'regex' ? this.#headOf(pattern.value) : ignoreCase ? pattern.value.toLowerCase() : pattern.value;
    if (pattern.kind === 'exact') return { dimension, ignoreCase, kind: 'exact', value: text };
    return text === '' ? present : { dimension, ignoreCase, kind: 'prefix', value: text };
  }

  #headOf(source: string): string {
    let head = this.#heads.get(source);
    if (head === undefined) this.#heads.set(source, (head = headOf(source)));
    return head;
  }
}

function nameOf(key: Key): string {
  return `${slotName(key)}\n${key.kind} ${key.value}`;
}

function slotName({ dimension, ignoreCase }: Key): string {
  return ignoreCase ? caseless(dimension) : dimension;
}

function caseless(dimension: string): string {
  return `caseless ${dimension}`;
}
