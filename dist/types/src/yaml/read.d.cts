import type { Range } from '../text/range.cjs';
import { type Strings } from './strings.cjs';
import type { DocumentSpan, Node, Path, Reading } from './value.cjs';
import { type Wanted } from './wanted.cjs';
/** The slow reader, for what the scanner refuses (see library.ts). Whoever reads loads it when it is first needed. */
export interface Library {
    readDocument(text: string, span: DocumentSpan): Reading;
    /** The root's node; undefined where the document has none, since it is broken or beyond the limits. */
    readNodes(text: string, span: DocumentSpan): Node | undefined;
}
/**
 * Reads one document for its value. `'library-needed'`: call again with the library.
 * Pass the same `strings` for all documents of a run: they are what makes it fast and its values small.
 */
export declare function readDocument(text: string, span: DocumentSpan, library: Library | undefined, strings?: Strings): Reading | 'library-needed';
/** Reads one document for the places of its values, at least of those that are wanted; undefined where it has no value. */
export declare function readNodes(text: string, span: DocumentSpan, library: Library | undefined, strings?: Strings, wanted?: Wanted): Node | undefined | 'library-needed';
/** Where a path leads to. */
export interface Resolved {
    /** The node found; the nearest ancestor where the path leads further than the document. */
    readonly node: Node;
    /** How many segments of the path were found: all of them if it equals the path's length. */
    readonly depth: number;
}
/** Follows a path as far as the document goes. */
export declare function resolveNearest(root: Node, path: Path): Resolved;
/** The range of a value or of its key; undefined where the path leads nowhere, or to what has no key (items, the root). */
export declare function resolvePath(root: Node, path: Path, part: 'key' | 'value'): Range | undefined;
