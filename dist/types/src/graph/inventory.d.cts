import { type ModelKind } from '../model/kinds.cjs';
import type { Placeable } from '../model/place.cjs';
import type { Resource, ResourceOf } from '../model/resource.cjs';
import { type Answer } from './answer.cjs';
import { type Assumptions } from './assumptions.cjs';
import { type Completeness } from './completeness.cjs';
import type { Mesh } from './mesh.cjs';
import { type SecretDefinition } from './secrets.cjs';
import { type Unread } from './unread.cjs';
/** What the input can say about what exists. Rules and graph never conclude from absence otherwise. */
export interface Inventory {
    /**
     * Whether all resources of these kinds are in the input, so that finding none of them is evidence; without a namespace: those of all
     * namespaces. False where one could not be read, or may be in that namespace without that it is known (placeholders, Kustomize).
     */
    isComplete(kinds: ModelKind | readonly ModelKind[], namespace?: string): boolean;
    /**
     * The resource of a kind by its name (namespace '' for kinds without). `missing` only where absence is evidence. Where files define it in
     * different ways the answer is `order-dependent` with all of them: which one is real is not known, and a fault must hold for each. `from`
     * is the resource that refers to it: definitions that never exist together with it are then left out, as long as there are others.
     */
    lookup<K extends ModelKind>(kind: K, namespace: string, name: string, from?: Placeable): Answer<ResourceOf<K>>;
    /** Like `lookup`, for a Secret or what makes one: cert-manager, external secrets, sealed secrets, the CSI driver. */
    secret(namespace: string, name: string): Answer<SecretDefinition>;
    /** The configuration says that it exists elsewhere; nothing else of it is known. */
    assumes(kind: ModelKind, namespace: string, name: string): boolean;
    /** The configuration says that there is a service of that host (a full name) elsewhere. */
    assumesHost(fqdn: string): boolean;
    /**
     * Different resources of the same kind, namespace and name in other files: which one is real is not known. They neither conflict with
     * this one, nor decide beside it.
     */
    alternatives(resource: Resource): readonly Resource[];
    /** False when two resources stand in files that are variants of each other: what they do together is no fault. */
    coexist(a: Placeable, b: Placeable): boolean;
}
export interface InventoryInput {
    readonly resources: readonly Resource[];
    readonly complete: Completeness;
    readonly domain: string;
    readonly assume?: Assumptions;
    readonly unread?: readonly Unread[];
    /** Whether the input itself says that two sources are never applied together (overlays of one base). */
    readonly apart?: (a: Placeable, b: Placeable) => boolean;
}
/** The input when it is asked: parts of it may be others later. */
export interface InventorySource {
    readonly complete: Completeness;
    readonly domain: string;
    readonly assume: Assumptions;
    unread(kind: ModelKind): readonly Unread[];
    apart(a: Placeable, b: Placeable): boolean;
}
/** Asks the mesh, of which it is a part, only when it is asked itself. */
export declare function createInventory(input: InventorySource, mesh: () => Mesh): Inventory;
