import { doubtAt } from '../model/doubt.ts';
import { kindRow, type ModelKind } from '../model/kinds.ts';
import type { SourceText } from '../model/place.ts';
import { identityOf, nameOf, type Resource, type ResourceOf } from '../model/resource.ts';
import type { Answer } from './answer.ts';
import { claimedHosts, type HostSubject } from './claims.ts';
import { areAlike, createDestinationRules, type DestinationRules, type EffectiveDestinationRule } from './destination-rules.ts';
import { type Destination, destinationsOf } from './destinations.ts';
import { besideItsOwn, withDoubts } from './doubtful-rules.ts';
import { serviceOf } from './hosts.ts';
import { createInventory, type Inventory, type InventoryInput, type InventorySource } from './inventory.ts';
import type { MeshConfig, MeshNetworks } from './mesh-config.ts';
import { type MeshMemory, type OtherFact, sameItems } from './mesh-memory.ts';
import { createPeerAuthentications, type PeerAuthentications } from './peer-authentications.ts';
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
export interface Mesh extends Inventory {
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
  destinationsOf(virtualService: ResourceOf<'VirtualService'>): Iterable<Destination>;
  /**
   * The DestinationRule that clients of a namespace get for a host (a full name). `from` is the resource that sends them there: rules in other
   * variants of its file do not count.
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

  /** Keeps what a pure function makes of this mesh; the function itself is the key. */
  derive<T>(compute: (mesh: Mesh) => T): T;
  /** The same for what is said of one thing, or of one thing and some detail of it. */
  deriveFor<K extends object | string, D, T>(compute: (mesh: Mesh, about: K, detail: D) => T, about: K, detail: D): T;
  deriveFor<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
  /**
   * Like `deriveFor`, for what is found at once or asked only once, so that a mesh which does not change has nothing to keep. In one that does,
   * who asks rests on what comes of it, and no more on all that it looks at. `isAlike`: whether one answer is as good as another, also for
   * whoever takes it apart; default: it has the very same parts.
   */
  step<K extends object | string, D, T>(
    compute: (mesh: Mesh, about: K, detail: D) => T,
    about: K,
    detail: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T;
  step<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
  /** The same for one thing and some detail of it; `compute` may know more than these say, as long as that follows from them. */
  remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T;
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
  const derived = new Map<unknown, unknown>();
  const derivedFor = new Map<unknown, Map<unknown, unknown>>();
  const remembered = new Map<unknown, Map<unknown, Map<unknown, unknown>>>();

  // The map holds under each kind only resources of that kind, which a Map's type can't say.
  const of = <K extends ModelKind>(kind: K): readonly ResourceOf<K>[] => {
    memory?.askedKind(kind);
    return (byKind.get(kind) ?? []) as unknown as readonly ResourceOf<K>[];
  };

  function derive<T>(compute: (of: Mesh) => T): T {
    if (memory !== undefined) return memory.derive(compute, () => compute(mesh));
    if (!derived.has(compute)) derived.set(compute, compute(mesh));
    return derived.get(compute) as T;
  }

  function deriveFor<K extends object | string, D, T>(compute: (of: Mesh, about: K, detail?: D) => T, about: K, detail?: D): T {
    if (memory !== undefined) return step(compute, about, detail);
    if (detail !== undefined) return remember(compute, about, detail, () => compute(mesh, about, detail));
    const known = derivedFor.get(compute) ?? new Map<unknown, unknown>();
    derivedFor.set(compute, known);
    if (!known.has(about)) known.set(about, compute(mesh, about));
    return known.get(about) as T;
  }

  function step<K extends object | string, D, T>(
    compute: (of: Mesh, about: K, detail?: D) => T,
    about: K,
    detail?: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T {
    if (memory === undefined) return compute(mesh, about, detail);
    return memory.deriveFor(compute, about, detail, () => compute(mesh, about, detail), isAlike);
  }

  function remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T {
    if (memory !== undefined) return memory.remember(what, about, detail, compute);
    const ofWhat = remembered.get(what) ?? new Map<unknown, Map<unknown, unknown>>();
    remembered.set(what, ofWhat);
    const known = ofWhat.get(about) ?? new Map<unknown, unknown>();
    ofWhat.set(about, known);
    if (!known.has(detail)) known.set(detail, compute());
    return known.get(detail) as T;
  }

  // The map holds under each kind only resources of that kind.
  const named = <K extends ModelKind>(kind: K, namespace: string, name: string): readonly ResourceOf<K>[] =>
    ofName(kind, nameOf({ metadata: { namespace, name } })) as unknown as readonly ResourceOf<K>[];

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
    destinationsOf: (virtualService) => destinationsOf(virtualService, domain),
    destinationRuleFor: (clientNamespace, fqdn, from) =>
      besideItsOwn(mesh, mesh.step(ruleForClient, fqdn, clientNamespace, areAlike), from),
    destinationRulesCovering: (fqdn) => mesh.step(rulesCovering, fqdn),
    get destinationRules() {
      return derive(destinationRules);
    },
    get peerAuthentications() {
      return derive(peerAuthentications);
    },
    get workloads() {
      return derive(workloads);
    },
    membershipOf(workload) {
      const namespaces = mesh.named('Namespace', '', workload.namespace);
      // Where files give the namespace different labels, only what holds for each of them is known.
      const [first, ...others] =
        namespaces.length === 0 ? [membershipOf(workload, undefined)] : namespaces.map((each) => membershipIn(workload, each));
      return others.every((other) => other === first) ? first : undefined;
    },
    get hosts() {
      return derive(hosts);
    },
    derive,
    deriveFor,
    step,
    remember,
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
    const changed = [...new Set([...before.keys(), ...byKind.keys()])].filter(
      (kind) => !sameItems(before.get(kind) ?? [], byKind.get(kind) ?? []),
    );
    for (const kind of changed) names.delete(kind);
    const others = otherChanges(input, next);
    input = next;
    memory?.advance(changed, others, (kind, name) => byName(kind).get(name) ?? []);
  }

  return { mesh, replace };
}

/** What of the input has changed, besides the resources of kinds and names. */
function* otherChanges(before: MeshInput, now: MeshInput): Iterable<OtherFact> {
  if (!sameItems(before.resources, now.resources)) yield 'resources';
  if (!sameItems(before.documents, now.documents)) yield 'documents';
  if (before.apart !== now.apart) yield 'apart';
  const { unread: unreadBefore = [] } = before;
  const { unread = [] } = now;
  if (sameItems(unreadBefore, unread)) return;
  for (const kind of new Set([...unreadBefore, ...unread].map((entry) => entry.kind))) yield `unread ${kind}`;
}

function groupByKind(resources: readonly Resource[]): ReadonlyMap<ModelKind, readonly Resource[]> {
  const byKind = new Map<ModelKind, Resource[]>();
  for (const resource of resources) {
    const known = byKind.get(resource.kind);
    if (known === undefined) byKind.set(resource.kind, [resource]);
    else known.push(resource);
  }
  return byKind;
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

const ruleForClient = (mesh: Mesh, fqdn: string, clientNamespace: string): Answer<EffectiveDestinationRule> =>
  mesh.destinationRules.forClient(clientNamespace, fqdn);

const rulesCovering = (mesh: Mesh, fqdn: string): readonly ResourceOf<'DestinationRule'>[] => mesh.destinationRules.covering(fqdn);

const meshLabels = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];

function membershipIn(workload: Workload, namespace: ResourceOf<'Namespace'>): Membership | undefined {
  const known = meshLabels.every((label) => doubtAt(namespace, 'metadata', 'labels', label) === undefined);
  return membershipOf(workload, known ? namespace.metadata.labels : undefined);
}

const peerAuthentications = (mesh: Mesh): PeerAuthentications =>
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
