import { kindRow, type ModelKind } from '../model/kinds.ts';

/**
 * Where absence in the input is evidence: nowhere, everywhere, or for the namespaces and kinds that are listed (all, where a list is absent).
 */
export type Completeness = boolean | { readonly namespaces?: readonly string[]; readonly kinds?: readonly ModelKind[] };

/** Whether what the input does not have of a kind does not exist; without a namespace: in any of them. */
export type IsDeclaredComplete = (kind: ModelKind, namespace?: string) => boolean;

export function completenessOf(completeness: Completeness): IsDeclaredComplete {
  if (typeof completeness === 'boolean') return () => completeness;
  const namespaces = completeness.namespaces === undefined ? undefined : new Set(completeness.namespaces);
  const kinds = completeness.kinds === undefined ? undefined : new Set<ModelKind>(completeness.kinds);
  return (kind, namespace) => {
    if (kinds !== undefined && !kinds.has(kind)) return false;
    if (namespaces === undefined) return true;
    // What belongs to no namespace lies outside of every list of them.
    return namespace !== undefined && kindRow(kind).scope === 'namespaced' && namespaces.has(namespace);
  };
}
