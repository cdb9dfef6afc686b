/**
 * Where a text comes from: a file, standard input, an editor's buffer, a string in a test.
 * `read` may be called again when a place has to be resolved; it throws a ReadError when the text can't be had.
 */
export interface Source {
    /** Relative, with `/`; `-` for standard input. */
    readonly path: string;
    /** Named on the command line itself, not found in a folder: broken text in it is ours. */
    readonly named?: boolean;
    /** Part of the mesh, but never reported on. */
    readonly context?: boolean;
    read(): string;
}
/**
 * - `unreadable`: no permission, no such file, not a file.
 * - `beyond-limits`: larger than what is read.
 * - `not-utf8`: `text` is what there is, with U+FFFD for each byte that is none; `offset` is where the first stands in it.
 */
export type ReadFault = {
    readonly kind: 'unreadable';
    readonly message: string;
} | {
    readonly kind: 'beyond-limits';
    readonly message: string;
} | {
    readonly kind: 'not-utf8';
    readonly message: string;
    readonly text: string;
    readonly offset: number;
};
/** Thrown by Source.read; the engine turns it into a notification or finding. */
export declare class ReadError extends Error {
    readonly name = "ReadError";
    readonly fault: ReadFault;
    constructor(fault: ReadFault);
}
