/** A part of a text, in UTF-16 code units from its beginning; `end` is exclusive. */
export interface Range {
    readonly start: number;
    readonly end: number;
}
/** A point in a text; line and column count from 1, columns in UTF-16 code units. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
