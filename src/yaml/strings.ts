import { resolveKey } from './scalar.ts';

/**
 * Strings that occur again and again (keys, host names, labels), made once and shared by all documents of a run.
 * Bounded: tables of fixed size, in which a later text takes the place of an earlier one.
 *
 * Every string that comes out is a copy: V8 represents a substring of 13 or more characters as a slice that keeps
 * the text it was cut from alive, here a whole file.
 */
export interface Strings {
  readonly plainKeys: KeyTable;
  readonly quotedKeys: KeyTable;
  readonly values: ValueTable;
}

/** `slots`: how many values are remembered, a power of two; for keys it is less. */
export function createStrings(slots = 8192): Strings {
  const plainKey = (text: string): string | undefined => (text === '<<' ? undefined : resolveKey(text));
  return {
    plainKeys: new KeyTable(slots / 4, plainKey),
    quotedKeys: new KeyTable(slots / 8, (text) => text),
    values: new ValueTable(slots),
  };
}

/** Longer texts are rarely repeated; keeping them would cost more than copying them. */
const longestShared = 128;
/** V8 copies a substring that is shorter than 13 characters. */
const longestCopied = 12;

/** Values by their text. The tables are classes because the scanner asks them for each scalar of the input. */
export class ValueTable {
  readonly #mask: number;
  readonly #texts: string[];

  /** `size`: slots, a power of two. */
  constructor(size: number) {
    this.#mask = size - 1;
    this.#texts = new Array<string>(size).fill('');
  }

  /** The text from `start` to `end`; `hash` is that of its characters (see `hashOf` of scan-plain.ts). */
  take(text: string, start: number, end: number, hash: number): string {
    const length = end - start;
    if (length > longestShared) return copyOf(text, start, end);
    const slot = (hash ^ (hash >>> 15)) & this.#mask;
    const known = this.#texts[slot];
    if (known !== undefined && known.length === length && isAt(text, start, known)) return known;
    const copy = copyOf(text, start, end);
    this.#texts[slot] = copy;
    return copy;
  }
}

/** Keys by their text as written, resolved to what they are in JSON. */
export class KeyTable {
  readonly #mask: number;
  readonly #texts: string[];
  readonly #keys: string[];
  readonly #resolve: (text: string) => string | undefined;

  /** `size`: slots, a power of two. */
  constructor(size: number, resolve: (text: string) => string | undefined) {
    this.#mask = size - 1;
    this.#texts = new Array<string>(size).fill('');
    this.#keys = new Array<string>(size).fill('');
    this.#resolve = resolve;
  }

  /** The key written from `start` to `end`; undefined where the text is no key that JSON could have. */
  take(text: string, start: number, end: number, hash: number): string | undefined {
    const length = end - start;
    const slot = (hash ^ (hash >>> 15)) & this.#mask;
    const known = this.#texts[slot];
    if (known !== undefined && known.length === length && length > 0 && isAt(text, start, known)) return this.#keys[slot];
    const copy = copyOf(text, start, end);
    const resolved = this.#resolve(copy);
    if (resolved === undefined || length > longestShared) return resolved;
    // The property's own name is the string that V8 compares by identity.
    const key = Object.keys({ [resolved]: 0 })[0] ?? resolved;
    this.#texts[slot] = key === copy ? key : copy;
    this.#keys[slot] = key;
    return key;
  }
}

function isAt(text: string, start: number, known: string): boolean {
  for (let i = known.length - 1; i >= 0; i -= 1) if (text.charCodeAt(start + i) !== known.charCodeAt(i)) return false;
  return true;
}

/** A part of a text that shares no memory with it. */
export function copyOf(text: string, start: number, end: number): string {
  if (end - start <= longestCopied) return text.slice(start, end);
  return [text.slice(start, start + longestCopied), text.slice(start + longestCopied, end)].join('');
}
