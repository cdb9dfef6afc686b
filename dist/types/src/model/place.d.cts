import type { Source } from '../text/source.cjs';
import type { Range } from '../text/range.cjs';
import type { Path } from '../yaml/value.cjs';
/** A source together with the hash of the text that was read from it, so that a place is never looked up in another text. */
export interface SourceText {
    readonly source: Source;
    readonly hash: number;
    /** Part of the mesh, but never reported on (`--context`). */
    readonly context: boolean;
}
/** Where a resource was read: which document of which source, and the path in it (`items`, 3 for the fourth item of a List). */
export interface Origin {
    readonly text: SourceText;
    readonly document: number;
    readonly item: Path;
}
/** What a place needs to know of a resource; every Resource is one, and so is a document that became none. */
export interface Placeable {
    readonly apiVersion: string;
    /** Model kind of a resource, the written kind of anything else; empty when unknown. */
    readonly kind: string;
    /** Empty strings where unknown. */
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
    };
    readonly origin: Origin;
}
/**
 * A place is symbolic until it is reported: rules and graph name a resource and a path, the engine finds line and column.
 * - `node`: a key or value. A `span` lies inside one scalar (offsets in its value); where the raw text differs, the whole scalar is meant.
 * - `missing`: something that is not there; shown at the nearest ancestor that is.
 * - `text`: a range of the source that is no node: comments, text that does not parse.
 */
export type Place = {
    readonly kind: 'node';
    readonly resource: Placeable;
    readonly path: Path;
    readonly part: 'key' | 'value';
    readonly span?: Range;
} | {
    readonly kind: 'missing';
    readonly resource: Placeable;
    readonly path: Path;
} | {
    readonly kind: 'text';
    readonly text: SourceText;
    readonly range: Range;
    readonly resource?: Placeable;
};
/** What may follow in a path below a value of type T; `undefined` and `null` on the way are looked through. */
type Step<T> = NonNullable<T> extends readonly unknown[] ? number : keyof NonNullable<T> & string;
type Below<T, K> = NonNullable<T> extends readonly (infer Item)[] ? Item : K extends keyof NonNullable<T> ? NonNullable<T>[K] : never;
/**
 * The value at a path of a resource: `at(policy, 'spec', 'mtls', 'mode')`. A misspelt path does not compile.
 * For paths with look-up results in them use the places that the graph hands out.
 */
export declare function at(resource: Placeable): Place;
export declare function at<R extends Placeable>(resource: R, a: Step<R>): Place;
export declare function at<R extends Placeable, A extends Step<R>>(resource: R, a: A, b: Step<Below<R, A>>): Place;
export declare function at<R extends Placeable, A extends Step<R>, B extends Step<Below<R, A>>>(resource: R, a: A, b: B, c: Step<Below<Below<R, A>, B>>): Place;
export declare function at<R extends Placeable, A extends Step<R>, B extends Step<Below<R, A>>, C extends Step<Below<Below<R, A>, B>>>(resource: R, a: A, b: B, c: C, d: Step<Below<Below<Below<R, A>, B>, C>>): Place;
/** The key itself instead of its value: for fields that must not be there. */
export declare function keyAt(place: Place): Place;
/** A place below another one, e.g. of a route that the graph handed out. */
export declare function below(place: Place, ...steps: readonly (string | number)[]): Place;
/** The same path as something that is not there. */
export declare function missingAt(place: Place): Place;
/** A part of a scalar, in offsets of its value. */
export declare function spanAt(place: Place, start: number, end: number): Place;
export {};
