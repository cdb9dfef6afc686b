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
export declare function createStrings(slots?: number): Strings;
/** Values by their text. The tables are classes because the scanner asks them for each scalar of the input. */
export declare class ValueTable {
    #private;
    /** `most`: slots, a power of two. */
    constructor(most: number);
    /** The text from `start` to `end`; `hash` is that of its characters (see `hashOf` of scan-plain.ts). */
    take(text: string, start: number, end: number, hash: number): string;
}
/** Keys by their text as written, resolved to what they are in JSON. */
export declare class KeyTable {
    #private;
    /** `most`: slots, a power of two. */
    constructor(most: number, resolve: (text: string) => string | undefined);
    /** The key written from `start` to `end`; undefined where the text is no key that JSON could have. */
    take(text: string, start: number, end: number, hash: number): string | undefined;
}
/** A part of a text that shares no memory with it. */
export declare function copyOf(text: string, start: number, end: number): string;
