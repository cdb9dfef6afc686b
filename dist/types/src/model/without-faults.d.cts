import type { Path, Value } from '../yaml/value.cjs';
import type { ValidatorModule } from './validators.cjs';
/** One fault of a document against the schema of its kind. */
export interface SchemaProblem {
    /** To the value that is wrong; for `missing` to the field that is not there, whose name is the last step. */
    readonly path: Path;
    readonly part: 'key' | 'value' | 'missing';
    /** One clause, lower case, no full stop; the user's names in double quotes. */
    readonly message: string;
    /** The keyword of JSON Schema that says so: `type`, `enum`, `required`, `maximum` … */
    readonly keyword: string;
}
/** What is wrong with a document that its validator has just refused, and the document without it (undefined: nothing is left). */
export declare function withoutFaults(document: Value, check: ValidatorModule['validate']): {
    readonly problems: readonly SchemaProblem[];
    readonly more: number;
    readonly value: Value | undefined;
    readonly leftOut: readonly Path[];
};
