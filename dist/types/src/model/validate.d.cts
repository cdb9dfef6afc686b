import type { Path, Value } from '../yaml/value.cjs';
import type { ModelKind } from './kinds.cjs';
import type { ResourceDocuments } from './types.cjs';
import type { ValidatorModule } from './validators.cjs';
import { type SchemaProblem } from './without-faults.cjs';
export type { SchemaProblem } from './without-faults.cjs';
export interface Validated<K extends ModelKind> {
    /** At most 101. */
    readonly problems: readonly SchemaProblem[];
    /** How many problems there are beyond these; where a document has thousands, not all are counted. */
    readonly more: number;
    /** The document without what is wrong; undefined when the rest would mean nothing (no name, no spec where one must be). */
    readonly value: ResourceDocuments[K] | undefined;
    /**
     * What `value` lacks because it was wrong, or because something without which it means nothing was: never an item of a list, but the list.
     * Properties that are null are absent as well, and not listed: they say nothing.
     */
    readonly leftOut: readonly Path[];
}
/**
 * Holds a document against the schema of its kind, and leaves out what is wrong, so that the rest has the type. `value` is never changed;
 * where nothing is wrong it is what comes back. A property that is null is the same as an absent one, as the API server removes it.
 * A resource that has only `generateName` gets that as its name: there is no other by which it could be called.
 */
export declare function validate<K extends ModelKind>(_kind: K, value: Value, { validate: check }: ValidatorModule): Validated<K>;
