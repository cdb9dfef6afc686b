import { doubtAt, type DoubtReason, doubtReasons } from '../model/doubt.ts';
import type { Resource } from '../model/resource.ts';
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

interface Reach {
  /** Where something may be of which nobody knows whom it reaches; by namespace. */
  readonly inDoubt: Map<string, DoubtReason>;
  /** Namespaces that are written as a placeholder, and may be any. */
  readonly unknownNamespaces: Set<string>;
  readonly namespaces: Set<string>;
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
  const reach = mesh.derive(reaches)[kind];
  const { resource } = reached;
  // Nearly always.
  if (reach.isKnown && (resource === undefined || isKnown(resource))) return undefined;
  for (const part of parts) {
    const reason = partInDoubt(mesh, kind, reached, reach[part]);
    if (reason !== undefined) return reason;
  }
  if (resource === undefined || !parts.includes('selecting')) return undefined;
  return ownAndRoot(mesh, kind, reached).some((each) => reach.selecting.namespaces.has(each)) ? labelsInDoubt({ resource }) : undefined;
}

/** Nothing of it is in doubt. */
function isKnown({ identity, doubts, leftOut }: Resource): boolean {
  return identity === undefined && doubts === undefined && leftOut.length === 0;
}

function ownAndRoot({ rootNamespace }: Mesh, kind: ReachingKind, { namespace }: Reached): readonly string[] {
  return kind === 'Service' ? [namespace] : [namespace, rootNamespace];
}

function partInDoubt(mesh: Mesh, kind: ReachingKind, reached: Reached, reach: Reach): DoubtReason | undefined {
  const { namespace, resource } = reached;
  for (const each of ownAndRoot(mesh, kind, reached)) {
    const reason = reach.inDoubt.get(each);
    if (reason !== undefined) return reason;
  }
  for (const unknown of reach.unknownNamespaces) if (unknown !== namespace) return doubtReasons.identity;
  const identity = resource?.identity;
  if (identity === undefined || identity.namespaces?.length === 1) return undefined;
  const others = identity.namespaces ?? [...reach.namespaces].filter((each) => each !== namespace && each !== mesh.rootNamespace);
  return others.some((each) => reach.namespaces.has(each)) ? doubtReasons.identity : undefined;
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

interface Parts extends Readonly<Record<ReachingPart, Reach>> {
  /** Nothing of either part is in doubt. */
  readonly isKnown: boolean;
}

function reaches(mesh: Mesh): Readonly<Record<ReachingKind, Parts>> {
  return {
    PeerAuthentication: partsOf(mesh, 'PeerAuthentication'),
    AuthorizationPolicy: partsOf(mesh, 'AuthorizationPolicy'),
    RequestAuthentication: partsOf(mesh, 'RequestAuthentication'),
    Sidecar: partsOf(mesh, 'Sidecar'),
    Service: partsOf(mesh, 'Service'),
  };
}

function partsOf(mesh: Mesh, kind: ReachingKind): Parts {
  const empty = (): Reach => ({ inDoubt: new Map(), unknownNamespaces: new Set(), namespaces: new Set() });
  const parts = { selecting: empty(), plain: empty() };
  let allKnown = true;
  for (const resource of mesh.of(kind)) {
    const { identity, metadata, spec } = resource;
    const { namespace } = metadata;
    const known = isKnown(resource);
    allKnown &&= known;
    const doubt = known
      ? undefined
      : selectorFields[kind].map((field) => doubtAt(resource, 'spec', field)).find((reason) => reason !== undefined);
    const selects = selectorFields[kind].some((field) => spec !== undefined && field in spec);
    for (const part of doubt === undefined ? ([selects ? 'selecting' : 'plain'] as const) : (['selecting', 'plain'] as const)) {
      const reach = parts[part];
      reach.namespaces.add(namespace);
      if (doubt !== undefined) reach.inDoubt.set(namespace, doubt);
      if (identity === undefined || identity.namespaces?.length === 1) continue;
      if (identity.namespaces === undefined) reach.unknownNamespaces.add(namespace);
      for (const possible of identity.namespaces ?? []) reach.inDoubt.set(possible, doubtReasons.identity);
    }
  }
  return { ...parts, isKnown: allKnown };
}
