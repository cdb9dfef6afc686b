import type { ModelKind } from './kinds.cjs';
import type { Shape } from './project.cjs';
/** What a compiled validator says: for each error the API server would refuse the document, but for the keyword `null`. */
export interface ValidatorError {
    /** JSON pointer. */
    readonly instancePath: string;
    readonly keyword: string;
    readonly params: {
        readonly type?: string | readonly string[];
        readonly missing?: string;
        readonly allowed?: readonly (string | number)[];
        readonly limit?: number;
        readonly pattern?: string;
        readonly format?: string;
    };
}
/** A function that ajv made; it leaves its errors on itself. */
export interface Check {
    (value: unknown): boolean;
    errors?: readonly ValidatorError[] | null;
}
/** What the module for a schema exports (src/build/validators.mjs). */
export interface ValidatorModule {
    readonly validate: Check;
    /** Of kinds of which only the fields in the schema are kept. */
    readonly shape: Shape | undefined;
}
/** How the validator of each kind is loaded, on first use; the imports themselves stand in src/validator-chunks.ts, where imports may be lazy. */
export type ValidatorLoaders = {
    readonly [K in ModelKind]: () => Promise<ValidatorModule>;
};
