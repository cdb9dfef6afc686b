import { resolveKey } from './scalar.ts';

/**
 * Strings that occur again and again (keys, host names, labels), made once and shared by all documents of a run.
 * Bounded: tables in which a later text takes the place of an earlier one, and which grow up to a limit where that happens often.
 *
 * Every string that comes out is a copy: V8 represents a substring of 13 or more characters as a slice that keeps
 * the text it was cut from alive, here a whole file.
 */
export interface Strings {
  readonly plainKeys: KeyTable;
  readonly quotedKeys: KeyTable;
  readonly values: ValueTable;
}

/** `slots`: how many values are remembered at most, a power of two; for keys it is less. */
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

/** A table begins with so many slots: for one document thousands would cost more than they give. */
const fewSlots = 256;

/** How many slots a table has, and when it needs more. */
class Slots {
  readonly #most: number;
  #replaced = 0;
  mask: number;

  constructor(most: number) {
    this.#most = most;
    this.mask = Math.min(most, fewSlots) - 1;
  }

  /** A text has taken the place of another one. True when there are twice as many slots now, all of them empty. */
  grows(): boolean {
    this.#replaced += 1;
    if (this.#replaced * 4 <= this.mask || this.mask >= this.#most - 1) return false;
    this.#replaced = 0;
    this.mask = this.mask * 2 + 1;
    return true;
  }
}

/** Values by their text. The tables are classes because the scanner asks them for each scalar of the input. */
export class ValueTable {
  readonly #slots: Slots;
  #texts: string[];

  /** `most`: slots, a power of two. */
  constructor(most: number) {
    this.#slots = new Slots(most);
    this.#texts = noTexts(this.#slots);
  }

  /** The text from `start` to `end`; `hash` is that of its characters (see `hashOf` of scan-plain.ts). */
  take(text: string, start: number, end: number, hash: number): string {
    const length = end - start;
    if (length > longestShared) return copyOf(text, start, end);
    const slot = (hash ^ (hash >>> 15)) & this.#slots.mask;
    const known = this.#texts[slot];
    if (known !== undefined && known.length === length && isAt(text, start, known)) return known;
    const copy = copyOf(text, start, end);
    if (known !== '' && this.#slots.grows()) this.#texts = noTexts(this.#slots);
    else this.#texts[slot] = copy;
    return copy;
  }
}

/** Keys by their text as written, resolved to what they are in JSON. */
export class KeyTable {
  readonly #slots: Slots;
  #texts: string[];
  #keys: string[];
  readonly #resolve: (text: string) => string | undefined;

  /** `most`: slots, a power of two. */
  constructor(most: number, resolve: (text: string) => string | undefined) {
    this.#slots = new Slots(most);
    this.#texts = noTexts(this.#slots);
    this.#keys = noTexts(this.#slots);
    this.#resolve = resolve;
  }

  /** The key written from `start` to `end`; undefined where the text is no key that JSON could have. */
  take(text: string, start: number, end: number, hash: number): string | undefined {
    const length = end - start;
    const slot = (hash ^ (hash >>> 15)) & this.#slots.mask;
    const known = this.#texts[slot];
    if (known !== undefined && known.length === length && length > 0 && isAt(text, start, known)) return this.#keys[slot];
    const copy = copyOf(text, start, end);
    const resolved = this.#resolve(copy);
    if (resolved === undefined || length > longestShared) return resolved;
    // The property's own name is the string that V8 compares by identity.
    const key = Object.keys({ [resolved]: 0 })[0] ?? resolved;
    if (known !== '' && this.#slots.grows()) {
      this.#texts = noTexts(this.#slots);
      this.#keys = noTexts(this.#slots);
    } else {
      this.#texts[slot] = key === copy ? key : copy;
      this.#keys[slot] = key;
    }
    return key;
  }
}

function noTexts({ mask }: Slots): string[] {
  return new Array<string>(mask + 1).fill('');
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
