import { type ModelKind } from '../model/kinds.cjs';
import { type Resource, type ResourceOf } from '../model/resource.cjs';
import type { Answer } from './answer.cjs';
import { type HostSubject } from './claims.cjs';
import { type Answers } from './answers.cjs';
import { type DestinationRules, type EffectiveDestinationRule } from './destination-rules.cjs';
import { type Destination } from './destinations.cjs';
import { type Inventory, type InventoryInput } from './inventory.cjs';
import type { MeshConfig, MeshNetworks } from './mesh-config.cjs';
import type { MeshMemory } from './mesh-memory.cjs';
import { type PeerAuthentications } from './peer-authentications.cjs';
import type { ReadDocument, SubjectName, SubjectOf } from './subjects.cjs';
import { type Membership, type Workload } from './workloads.cjs';
/** `resources` in a stable order; `complete`: where absence in the input is evidence; `domain`: the cluster's, e.g. cluster.local. */
export interface MeshInput extends InventoryInput {
    /** The documents that have problems. */
    readonly documents: readonly ReadDocument[];
    readonly config: MeshConfig;
    readonly networks?: MeshNetworks;
}
/** The mesh that the input describes. Every question is answered from an index that is built when it is first asked. */
export interface Mesh extends Inventory, Answers {
    /** The input is the whole mesh. What was not read may be missing all the same: ask `isComplete` about kinds and namespaces. */
    readonly complete: boolean;
    readonly config: MeshConfig;
    /** By name; empty where the input has no mesh networks. */
    readonly networks: MeshNetworks;
    /** `config.rootNamespace`. */
    readonly rootNamespace: string;
    readonly domain: string;
    /** All resources of a kind, in the order of the sources. */
    of<K extends ModelKind>(kind: K): readonly ResourceOf<K>[];
    /** The first resource of that kind and name; undefined says nothing in an open mesh. */
    find<K extends ModelKind>(kind: K, namespace: string, name: string): ResourceOf<K> | undefined;
    /** All resources of that kind and name. Whether there is one at all is a question for `lookup`. */
    named<K extends ModelKind>(kind: K, namespace: string, name: string): readonly ResourceOf<K>[];
    /** All resources that share kind, namespace and name with this one, itself included. */
    sameIdentity(resource: Resource): readonly Resource[];
    /** Groups of resources that have the same identity in one source. */
    repeatedInSource(): Iterable<readonly [Resource, ...Resource[]]>;
    /** The kind as manifests write it. */
    writtenKind(resource: Resource): string;
    subjects<S extends SubjectName>(name: S): Iterable<SubjectOf<S>>;
    /** Where a VirtualService sends traffic: routes and mirrors of all protocols. */
    destinationsOf(virtualService: ResourceOf<'VirtualService'>): readonly Destination[];
    /**
     * The DestinationRule that clients of a namespace get for a host (a full name). `from` is the resource that sends them there: rules in other
     * variants of its file do not count, and what they stand in front of does.
     */
    destinationRuleFor(clientNamespace: string, fqdn: string, from?: Resource): Answer<EffectiveDestinationRule>;
    /** The rules with the most specific host that covers this one (a full name), whoever sees them. */
    destinationRulesCovering(fqdn: string): readonly ResourceOf<'DestinationRule'>[];
    readonly destinationRules: DestinationRules;
    readonly peerAuthentications: PeerAuthentications;
    readonly workloads: readonly Workload[];
    /** Undefined: not known, since the Namespace is not in the input. */
    membershipOf(workload: Workload): Membership | undefined;
    readonly hosts: readonly HostSubject[];
}
/** A mesh of which the input changes; what it has handed out before is about what was. */
export interface LivingMesh {
    readonly mesh: Mesh;
    /** `resources`, `documents`, `config`, `unread` and `apart` may be others; all else must be the same. */
    replace(input: MeshInput): void;
}
export declare function createMesh(input: MeshInput): Mesh;
export declare function createLivingMesh(input: MeshInput, memory: MeshMemory): LivingMesh;
