import { doubtAt } from '../model/doubt.ts';
import { kindRow, type ModelKind } from '../model/kinds.ts';
import type { SourceText } from '../model/place.ts';
import { identityOf, nameOf, type Resource, type ResourceOf } from '../model/resource.ts';
import type { Answer } from './answer.ts';
import { claimedHosts, type HostSubject } from './claims.ts';
import { type Answers, createAnswers } from './answers.ts';
import { areAlike, createDestinationRules, type DestinationRules, type EffectiveDestinationRule } from './destination-rules.ts';
import { type Destination, destinationsOf } from './destinations.ts';
import { besideItsOwn, withDoubts } from './doubtful-rules.ts';
import { serviceOf } from './hosts.ts';
import { createInventory, type Inventory, type InventoryInput, type InventorySource } from './inventory.ts';
import type { MeshConfig, MeshNetworks } from './mesh-config.ts';
import { changedKinds, groupByKind, otherChanges } from './mesh-input.ts';
import type { MeshMemory } from './mesh-memory.ts';
import {
  createPeerAuthentications,
  type PeerAuthenticationIndex,
  type PeerAuthenticationLevels,
  type PeerAuthentications,
  peerAuthenticationScope,
} from './peer-authentications.ts';
import type { DerivedSubjects, ReadDocument, SubjectName, SubjectOf } from './subjects.ts';
import { type Membership, membershipOf, type Workload, workloadKinds, workloadOf, type WorkloadResource } from './workloads.ts';

/** `resources` in a stable order; `complete`: where absence in the input is evidence; `domain`: the cluster's, e.g. cluster.local. */
export interface MeshInput extends InventoryInput {
  /** The documents that have problems. */
  readonly documents: readonly ReadDocument[];
  readonly config: MeshConfig;
  readonly networks?: MeshNetworks;
}

/** The input as the parts of a mesh ask it. */
interface ChangingInput extends InventorySource {
  documents(): readonly ReadDocument[];
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
  /** `resources`, `documents`, `unread` and `apart` may be others; all else must be the same. */
  replace(input: MeshInput): void;
}

export function createMesh(input: MeshInput): Mesh {
  return create(input, undefined).mesh;
}

export function createLivingMesh(input: MeshInput, memory: MeshMemory): LivingMesh {
  return create(input, memory);
}

function create(first: MeshInput, memory: MeshMemory | undefined): LivingMesh {
  let input = first;
  const { config, domain } = input;
  const { rootNamespace } = config;
  let byKind = groupByKind(input.resources);

  // The map holds under each kind only resources of that kind, which a Map's type can't say.
  const of = <K extends ModelKind>(kind: K): readonly ResourceOf<K>[] => {
    memory?.askedKind(kind);
    return (byKind.get(kind) ?? []) as unknown as readonly ResourceOf<K>[];
  };

  // The map holds under each kind only resources of that kind.
  const named = <K extends ModelKind>(kind: K, namespace: string, name: string): readonly ResourceOf<K>[] =>
    ofName(kind, nameOf({ metadata: { namespace, name } })) as unknown as readonly ResourceOf<K>[];

  const answers = createAnswers(() => mesh, memory);

  /** What of the input changes, as whoever asks notes it. */
  const asked: ChangingInput = {
    documents: () => {
      memory?.asked('documents');
      return input.documents;
    },
    unread: (kind) => {
      memory?.asked(`unread ${kind}`);
      return (input.unread ?? []).filter((entry) => entry.kind === kind);
    },
    apart: (a, b) => {
      memory?.asked('apart');
      return input.apart?.(a, b) === true;
    },
    complete: input.complete,
    domain: input.domain,
    assume: input.assume ?? {},
  };

  const mesh: Mesh = {
    ...createInventory(asked, () => mesh),
    complete: input.complete === true,
    config,
    networks: input.networks ?? new Map(),
    rootNamespace,
    domain,
    of,
    find: (kind, namespace, name) => named(kind, namespace, name)[0],
    named,
    sameIdentity: (resource) => {
      const same = ofName(resource.kind, nameOf(resource));
      return same.length === 0 ? [resource] : same;
    },
    repeatedInSource: () => {
      memory?.asked('resources');
      return repeatedInSource(input.resources);
    },
    writtenKind: (resource) => kindRow(resource.kind).written,
    subjects: <S extends SubjectName>(name: S) => subjectsOf(mesh, asked, name) as Iterable<SubjectOf<S>>,
    destinationsOf: (virtualService) => answers.latest(allDestinations, virtualService),
    destinationRuleFor: (clientNamespace, fqdn, from) =>
      besideItsOwn(mesh, mesh.step(ruleForClient, fqdn, clientNamespace, areAlike), { client: clientNamespace, fqdn }, from),
    destinationRulesCovering: (fqdn) => mesh.step(rulesCovering, fqdn),
    get destinationRules() {
      return answers.derive(destinationRules);
    },
    get peerAuthentications() {
      return answers.derive(peerAuthentications);
    },
    get workloads() {
      return answers.derive(workloads);
    },
    membershipOf(workload) {
      const namespaces = mesh.named('Namespace', '', workload.namespace);
      const [namespace] = namespaces;
      if (namespace === undefined) return membershipOf(workload, undefined);
      const first = membershipIn(workload, namespace);
      // Where files give the namespace different labels, only what holds for each of them is known.
      return namespaces.length === 1 || namespaces.every((each) => membershipIn(workload, each) === first) ? first : undefined;
    },
    get hosts() {
      return answers.derive(hosts);
    },
    ...answers,
  };

  /** Resources of one kind by namespace and name; made for the kinds that are asked for. */
  const names = new Map<ModelKind, ReadonlyMap<string, readonly Resource[]>>();
  function byName(kind: ModelKind): ReadonlyMap<string, readonly Resource[]> {
    const known = names.get(kind);
    if (known !== undefined) return known;
    const index = new Map<string, Resource[]>();
    for (const resource of byKind.get(kind) ?? []) {
      const name = nameOf(resource);
      const same = index.get(name);
      if (same === undefined) index.set(name, [resource]);
      else same.push(resource);
    }
    names.set(kind, index);
    return index;
  }

  function ofName(kind: ModelKind, name: string): readonly Resource[] {
    const resources = byName(kind).get(name) ?? [];
    memory?.askedName(kind, name, resources);
    return resources;
  }

  function replace(next: MeshInput): void {
    const before = byKind;
    byKind = groupByKind(next.resources);
    const changed = changedKinds(before, byKind);
    for (const kind of changed) names.delete(kind);
    const others = otherChanges(input, next);
    input = next;
    memory?.advance(changed, others, (kind, name) => byName(kind).get(name) ?? []);
  }

  return { mesh, replace };
}

const destinationRules = (mesh: Mesh): DestinationRules => {
  const namespacesOfServiceEntries = new Map<string, Set<string>>();
  for (const entry of mesh.of('ServiceEntry')) {
    for (const host of entry.spec.hosts) {
      const namespaces = namespacesOfServiceEntries.get(host) ?? new Set();
      namespacesOfServiceEntries.set(host, namespaces.add(entry.metadata.namespace));
    }
  }
  const rules = createDestinationRules(mesh.of('DestinationRule'), {
    rootNamespace: mesh.rootNamespace,
    domain: mesh.domain,
    complete: mesh.complete,
    defaultExportTo: mesh.config.defaultDestinationRuleExportTo,
    namespacesOfHost(fqdn) {
      const service = serviceOf(fqdn, mesh.domain);
      if (service !== undefined) return [service.namespace];
      const entries = namespacesOfServiceEntries.get(fqdn);
      return entries === undefined ? undefined : [...entries].sort();
    },
  });
  return withDoubts(mesh, rules);
};

const allDestinations = (mesh: Mesh, virtualService: ResourceOf<'VirtualService'>): readonly Destination[] =>
  destinationsOf(virtualService, mesh.domain);

const ruleForClient = (mesh: Mesh, fqdn: string, clientNamespace: string): Answer<EffectiveDestinationRule> =>
  mesh.destinationRules.forClient(clientNamespace, fqdn);

const rulesCovering = (mesh: Mesh, fqdn: string): readonly ResourceOf<'DestinationRule'>[] => mesh.destinationRules.covering(fqdn);

const meshLabels = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];

function membershipIn(workload: Workload, namespace: ResourceOf<'Namespace'>): Membership | undefined {
  const isPlain = namespace.doubts === undefined && namespace.leftOut.length === 0;
  const known = isPlain || meshLabels.every((label) => doubtAt(namespace, 'metadata', 'labels', label) === undefined);
  return membershipOf(workload, known ? namespace.metadata.labels : undefined);
}

const peerAuthentications = (mesh: Mesh): PeerAuthentications => ({
  scopeOf: (policy) => peerAuthenticationScope(policy, mesh.rootNamespace),
  levelsFor: (namespace, labels) =>
    Object.keys(labels).length === 0 ? mesh.step(levelsOfNamespace, namespace) : mesh.step(levelsOfPods, labels, namespace),
});
const levelsOfNamespace = (mesh: Mesh, namespace: string): PeerAuthenticationLevels => levelsOfPods(mesh, {}, namespace);
const levelsOfPods = (mesh: Mesh, labels: Readonly<Record<string, string>>, namespace: string): PeerAuthenticationLevels =>
  mesh.derive(allPeerAuthentications).levelsFor(namespace, labels);
const allPeerAuthentications = (mesh: Mesh): PeerAuthenticationIndex =>
  createPeerAuthentications(mesh.of('PeerAuthentication'), mesh.rootNamespace);
const workloads = (mesh: Mesh): readonly Workload[] =>
  workloadKinds.flatMap((kind) => mesh.of(kind).map((resource) => mesh.step(workloadAt, resource)));
const workloadAt = (_mesh: Mesh, resource: WorkloadResource): Workload => workloadOf(resource);
const hosts = (mesh: Mesh): readonly HostSubject[] => claimedHosts(mesh.of('VirtualService'), mesh.domain);

function* subjectsOf(mesh: Mesh, input: ChangingInput, name: SubjectName): Iterable<DerivedSubjects[keyof DerivedSubjects] | Resource> {
  switch (name) {
    case 'document':
      yield* input.documents();
      return;
    case 'host':
      yield* mesh.hosts;
      return;
    case 'workload':
      yield* mesh.workloads;
      return;
    case 'workload-port':
      for (const workload of mesh.workloads) yield* workload.ports;
      return;
    case 'mesh':
      yield mesh;
      return;
    default:
      for (const resource of mesh.of(name)) if (!resource.origin.text.context) yield resource;
  }
}

/** Resources come in the order of the sources, so that one source at a time is enough. */
function* repeatedInSource(resources: readonly Resource[]): Iterable<readonly [Resource, ...Resource[]]> {
  let source: SourceText | undefined;
  let seen = new Map<string, [Resource, ...Resource[]]>();
  for (const resource of resources) {
    if (resource.origin.text !== source) {
      for (const group of seen.values()) if (group.length > 1) yield group;
      source = resource.origin.text;
      seen = new Map();
    }
    const identity = identityOf(resource);
    const group = seen.get(identity);
    if (group === undefined) seen.set(identity, [resource]);
    else group.push(resource);
  }
  for (const group of seen.values()) if (group.length > 1) yield group;
}
