import { type ModelKind } from '../model/kinds.cjs';
/**
 * Where absence in the input is evidence: nowhere, everywhere, or for the namespaces and kinds that are listed (all, where a list is absent).
 */
export type Completeness = boolean | {
    readonly namespaces?: readonly string[];
    readonly kinds?: readonly ModelKind[];
};
/** Whether what the input does not have of a kind does not exist; without a namespace: in any of them. */
export type IsDeclaredComplete = (kind: ModelKind, namespace?: string) => boolean;
export declare function completenessOf(completeness: Completeness): IsDeclaredComplete;
