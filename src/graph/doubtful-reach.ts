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

const nobody: Reach = { inDoubt: new Map(), unknownNamespaces: new Set(), namespaces: new Set() };

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
  const { resource } = reached;
  // Nearly always.
  if (mesh.derive(areKnown[kind]) && (resource === undefined || isKnown(resource))) return undefined;
  const reach = mesh.derive(reaches[kind]);
  for (const part of parts) {
    const reason = partInDoubt(mesh, kind, reached, reach.get(part));
    if (reason !== undefined) return reason;
  }
  if (resource === undefined || !parts.includes('selecting')) return undefined;
  return ownAndRoot(mesh, kind, reached).some((each) => reach.get('selecting')?.namespaces.has(each) === true)
    ? labelsInDoubt({ resource })
    : undefined;
}

/** Nothing of it is in doubt. */
function isKnown({ identity, doubts, leftOut }: Resource): boolean {
  return identity === undefined && doubts === undefined && leftOut.length === 0;
}

function ownAndRoot({ rootNamespace }: Mesh, kind: ReachingKind, { namespace }: Reached): readonly string[] {
  return kind === 'Service' ? [namespace] : [namespace, rootNamespace];
}

function partInDoubt(mesh: Mesh, kind: ReachingKind, reached: Reached, reach: Reach = nobody): DoubtReason | undefined {
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

/** A function of the mesh for each kind, always the same one. */
function perKind<T>(make: (kind: ReachingKind) => (mesh: Mesh) => T): Readonly<Record<ReachingKind, (mesh: Mesh) => T>> {
  return {
    PeerAuthentication: make('PeerAuthentication'),
    AuthorizationPolicy: make('AuthorizationPolicy'),
    RequestAuthentication: make('RequestAuthentication'),
    Sidecar: make('Sidecar'),
    Service: make('Service'),
  };
}

/** Nothing of any resource is in doubt: stays as it is while they change. */
const areKnown = perKind((kind) => (mesh) => mesh.of(kind).every(isKnown));

const reaches = perKind((kind) => (mesh): ReadonlyMap<ReachingPart, Reach> => {
  const empty = (): Reach => ({ inDoubt: new Map(), unknownNamespaces: new Set(), namespaces: new Set() });
  const parts = { selecting: empty(), plain: empty() };
  for (const resource of mesh.of(kind)) {
    const { identity, metadata, spec } = resource;
    const { namespace } = metadata;
    const doubt = isKnown(resource)
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
  return new Map([
    ['selecting', parts.selecting],
    ['plain', parts.plain],
  ]);
});
