import type { Range } from '../text/range.cjs';
/** What a document holds, as the API server sees it after YAML has become JSON. Objects own all their keys, `__proto__` too. */
export type Value = null | boolean | number | string | readonly Value[] | ValueObject;
export interface ValueObject {
    readonly [key: string]: Value;
}
/** Keys and indices from the root of a document to a value. */
export type Path = readonly (string | number)[];
/** Where one document stands in its source, without its `---` and `...` lines. */
export interface DocumentSpan extends Range {
    readonly index: number;
}
/** Why a text is no YAML that Kubernetes would take. */
export interface YamlProblem {
    /** One clause, lower case, no full stop; values in double quotes. */
    readonly message: string;
    readonly range: Range;
}
/**
 * A document read for its value.
 * - `value`: fine.
 * - `broken`: its text does not parse; the other documents of the source are not concerned.
 * - `beyond-limits`: it was not read, since that would take unbounded time or memory.
 */
export type Reading = {
    readonly kind: 'value';
    readonly value: Value;
} | {
    readonly kind: 'broken';
    readonly problems: readonly YamlProblem[];
} | {
    readonly kind: 'beyond-limits';
    readonly problem: YamlProblem;
};
/**
 * A value's place in the text.
 * `value`: a scalar with its quotes or block header, a collection from its first key, dash or bracket to the end of its last
 *   child or bracket; zero-width behind the `:` or `-` where nothing is written.
 * `key`: the key as written, quotes included; absent for items and the root.
 * `content`: the part of `value` whose raw text equals the scalar's value, where there is one (so that a span inside it can be shown).
 * `anchor`: for a value that came through an alias or merge key: where the aliased node itself stands; `value` is then the alias.
 */
export interface Node {
    readonly value: Range;
    readonly key?: Range;
    readonly content?: Range;
    readonly anchor?: Range;
    readonly children?: ReadonlyMap<string, Node> | readonly Node[];
}
