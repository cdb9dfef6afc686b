import type { Path } from '../yaml/value.cjs';
import type { Doubt, UnknownIdentity } from './doubt.cjs';
import type { ModelKind } from './kinds.cjs';
import type { Origin } from './place.cjs';
import type { ResourceDocuments } from './types.cjs';
/** Names as the graph uses them: `namespace` is the effective one (the default where none is written), empty for cluster-scoped kinds. */
export interface Metadata {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
}
interface Identified<K extends ModelKind> {
    /** Discriminates the union; the Gateway API's Gateway is a `KubernetesGateway` here. */
    readonly kind: K;
    readonly apiVersion: string;
    readonly metadata: Metadata;
    readonly origin: Origin;
    /** What did not fit the schema and is therefore absent here, although it is written in the manifest. */
    readonly leftOut: readonly Path[];
    /** What is here and yet not known (see doubtAt); absent for nearly all resources. */
    readonly doubts?: readonly Doubt[];
    /** Its name or namespace is not known; absent for nearly all resources. */
    readonly identity?: UnknownIdentity;
}
/** A validated resource: its body has exactly the generated type. */
export type ResourceOf<K extends ModelKind> = {
    readonly [P in K]: Identified<P> & Omit<ResourceDocuments[P], 'kind' | 'apiVersion' | 'metadata' | 'status'>;
}[K];
export type Resource = ResourceOf<ModelKind>;
/** One string for kind, namespace and name: equal exactly for what the API server would take as the same object. */
export declare function identityOf(resource: Resource): string;
/** How a resource is named in messages: `shop/reviews`, or `reviews` where there is no namespace. */
export declare function nameOf(resource: {
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
    };
}): string;
export {};
