import type { ModelKind } from '../model/kinds.cjs';
import type { Resource } from '../model/resource.cjs';
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
export declare function unreadOfKind(unread: readonly Unread[], resources: readonly Resource[]): UnreadOfKind;
