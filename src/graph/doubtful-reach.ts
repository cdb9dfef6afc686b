import { doubtAt, type DoubtReason, doubtReasons } from '../model/doubt.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';
import { labelsInDoubt, type WorkloadResource } from './workloads.ts';

/** The kinds that reach pods by namespace and selector, and the fields that say which. */
const selectorFields = {
  PeerAuthentication: ['selector'],
  AuthorizationPolicy: ['selector', 'targetRef', 'targetRefs'],
  RequestAuthentication: ['selector', 'targetRef', 'targetRefs'],
  Sidecar: ['workloadSelector'],
  Service: ['selector'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type ReachingKind = keyof typeof selectorFields;

/** Pods by their namespace; of a workload of the input also by their labels. */
export interface Reached {
  readonly namespace: string;
  readonly resource?: WorkloadResource;
}

/** With a selector, or for all pods of a namespace or of the mesh. */
export type ReachingPart = 'selecting' | 'plain';

/** Nearly always empty, whatever the resources are: what asks about doubts then rests on nothing else. */
interface Doubts {
  /** Where something may be of which nobody knows whom it reaches; by namespace. */
  readonly inDoubt: Map<string, DoubtReason>;
  /** Namespaces that are written as a placeholder, and may be any. */
  readonly unknownNamespaces: Set<string>;
}

/**
 * Why it is not known which resources of a kind reach pods: a namespace, selector or label of one of them is not known. What the resources
 * say is another question. Namespaces that are not known and written in the same way are the same.
 */
export function reachInDoubt(
  mesh: Mesh,
  kind: ReachingKind,
  reached: Reached,
  parts: readonly ReachingPart[] = ['selecting', 'plain'],
): DoubtReason | undefined {
  for (const part of parts) {
    const reason = partInDoubt(mesh, kind, reached, part);
    if (reason !== undefined) return reason;
  }
  const { resource } = reached;
  const labels = resource === undefined || !parts.includes('selecting') ? undefined : labelsInDoubt({ resource });
  if (labels === undefined) return undefined;
  const namespaces = mesh.derive(namespacesOf[kind].selecting);
  return ownAndRoot(mesh, kind, reached).some((each) => namespaces.has(each)) ? labels : undefined;
}

function ownAndRoot({ rootNamespace }: Mesh, kind: ReachingKind, { namespace }: Reached): readonly string[] {
  return kind === 'Service' ? [namespace] : [namespace, rootNamespace];
}

function partInDoubt(mesh: Mesh, kind: ReachingKind, reached: Reached, part: ReachingPart): DoubtReason | undefined {
  const { namespace, resource } = reached;
  const reach = mesh.derive(doubtsOf[kind][part]);
  for (const each of ownAndRoot(mesh, kind, reached)) {
    const reason = reach.inDoubt.get(each);
    if (reason !== undefined) return reason;
  }
  for (const unknown of reach.unknownNamespaces) if (unknown !== namespace) return doubtReasons.identity;
  const identity = resource?.identity;
  if (identity === undefined || identity.namespaces?.length === 1) return undefined;
  const namespaces = mesh.derive(namespacesOf[kind][part]);
  const others = identity.namespaces ?? [...namespaces].filter((each) => each !== namespace && each !== mesh.rootNamespace);
  return others.some((each) => namespaces.has(each)) ? doubtReasons.identity : undefined;
}

/** Why it is not known which pods there are in a namespace, and with which labels. */
export function podsInDoubt(mesh: Mesh, namespace: string): DoubtReason | undefined {
  const doubtful = mesh.derive(doubtfulPods);
  return doubtful.get(namespace) ?? doubtful.get(undefined);
}

/** By namespace; undefined: any. */
function doubtfulPods(mesh: Mesh): ReadonlyMap<string | undefined, DoubtReason> {
  const doubtful = new Map<string | undefined, DoubtReason>();
  for (const workload of mesh.workloads) {
    const labels = labelsInDoubt(workload);
    if (labels !== undefined) doubtful.set(workload.namespace, labels);
    const { identity } = workload.resource;
    if (identity === undefined || identity.namespaces?.length === 1) continue;
    for (const namespace of identity.namespaces ?? [undefined]) doubtful.set(namespace, doubtReasons.identity);
  }
  return doubtful;
}

/** A function of the mesh for each kind and part, always the same one. */
type PerPart<T> = Readonly<Record<ReachingKind, Readonly<Record<ReachingPart, (mesh: Mesh) => T>>>>;

function perPart<T>(make: (kind: ReachingKind, part: ReachingPart) => (mesh: Mesh) => T): PerPart<T> {
  const parts = (kind: ReachingKind): PerPart<T>[ReachingKind] => ({ selecting: make(kind, 'selecting'), plain: make(kind, 'plain') });
  return {
    PeerAuthentication: parts('PeerAuthentication'),
    AuthorizationPolicy: parts('AuthorizationPolicy'),
    RequestAuthentication: parts('RequestAuthentication'),
    Sidecar: parts('Sidecar'),
    Service: parts('Service'),
  };
}

const doubtsOf = perPart((kind, part) => (mesh): Doubts => {
  const doubts: Doubts = { inDoubt: new Map(), unknownNamespaces: new Set() };
  for (const resource of mesh.of(kind)) {
    const { identity, metadata } = resource;
    const doubt = doubtOf(resource, kind);
    if (doubt === undefined && identity === undefined) continue;
    if (!isIn(part, resource, kind)) continue;
    if (doubt !== undefined) doubts.inDoubt.set(metadata.namespace, doubt);
    if (identity === undefined || identity.namespaces?.length === 1) continue;
    if (identity.namespaces === undefined) doubts.unknownNamespaces.add(metadata.namespace);
    for (const possible of identity.namespaces ?? []) doubts.inDoubt.set(possible, doubtReasons.identity);
  }
  return doubts;
});

/** Where resources are. */
const namespacesOf = perPart((kind, part) => (mesh): ReadonlySet<string> => {
  const namespaces = new Set<string>();
  for (const resource of mesh.of(kind)) if (isIn(part, resource, kind)) namespaces.add(resource.metadata.namespace);
  return namespaces;
});

function doubtOf(resource: ResourceOf<ReachingKind>, kind: ReachingKind): DoubtReason | undefined {
  if (resource.doubts === undefined) return undefined;
  return selectorFields[kind].map((field) => doubtAt(resource, 'spec', field)).find((reason) => reason !== undefined);
}

/** With a selector that is not known it may be either. */
function isIn(part: ReachingPart, resource: ResourceOf<ReachingKind>, kind: ReachingKind): boolean {
  if (doubtOf(resource, kind) !== undefined) return true;
  const { spec } = resource;
  const selects = selectorFields[kind].some((field) => spec !== undefined && field in spec);
  return selects === (part === 'selecting');
}
