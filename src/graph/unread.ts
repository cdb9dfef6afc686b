import type { ModelKind } from '../model/kinds.ts';
import { doubtReasons } from '../model/doubt.ts';
import type { Resource } from '../model/resource.ts';

/**
 * Something of a kind that is there, but is no resource of the mesh: a document that is too broken, what a generator will make.
 * Where it may be what was asked for, absence proves nothing.
 */
export interface Unread {
  readonly kind: ModelKind;
  /** Undefined: any. Cluster-scoped kinds have the namespace ''. */
  readonly namespaces: readonly string[] | undefined;
  /** Undefined: any. */
  readonly names: readonly string[] | undefined;
  readonly reason: string;
}

/** What may be there of one kind, found by name or namespace without a look at all of it. */
export interface UnreadOfKind {
  /** Why something of that name may be there; undefined: nothing hints at it. */
  mayBe(namespace: string, name: string): string | undefined;
  /** Why something may be there that is not known; without a namespace: in any of them. */
  mayBeIn(namespace: string | undefined): string | undefined;
}

/** Of unread documents, and of resources of which the name or namespace is not known. */
export function unreadOfKind(unread: readonly Unread[], resources: readonly Resource[]): UnreadOfKind {
  const byName = new Map<string, Unread[]>();
  /** Of those without a name: why, by namespace. */
  const unnamed = new Map<string, string>();
  let unnamedAnywhere: string | undefined;
  const byNamespace = new Map<string, string>();
  let anywhere: string | undefined;
  let any: string | undefined;

  const add = (entry: Unread): void => {
    const { namespaces, names, reason } = entry;
    any ??= reason;
    if (namespaces === undefined) anywhere ??= reason;
    for (const namespace of namespaces ?? []) if (!byNamespace.has(namespace)) byNamespace.set(namespace, reason);
    if (names === undefined) {
      if (namespaces === undefined) unnamedAnywhere ??= reason;
      for (const namespace of namespaces ?? []) if (!unnamed.has(namespace)) unnamed.set(namespace, reason);
    }
    for (const name of names ?? []) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [entry]);
      else known.push(entry);
    }
  };
  for (const entry of unread) add(entry);
  for (const { kind, identity } of resources) if (identity !== undefined) add({ kind, ...identity, reason: doubtReasons.identity });

  return {
    mayBe(namespace, name) {
      const named = byName.get(name)?.find(({ namespaces }) => namespaces === undefined || namespaces.includes(namespace));
      return named?.reason ?? unnamedAnywhere ?? unnamed.get(namespace);
    },
    mayBeIn: (namespace) => (namespace === undefined ? any : (anywhere ?? byNamespace.get(namespace))),
  };
}
