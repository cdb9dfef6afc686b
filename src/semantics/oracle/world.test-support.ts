import type { MeshConfig } from '../../graph/mesh-config.ts';
import type { Resource, ResourceOf } from '../../model/resource.ts';
import type { ModelKind } from '../../model/kinds.ts';

/**
 * The mesh of the oracle: typed resources **in the order in which they were created**, and what the mesh configuration says. Every function
 * of this folder answers for that one order; what depends on the order is found by asking for all orders (`orders`).
 *
 * The oracle is a second, slow and literal reading of the notes on Istio's effective semantics: no index, no doubt. It knows
 * sidecars and classic gateways; ambient, waypoints and the Gateway API's routes are not in it (delegates: delegates.test-support.ts).
 */
export interface World {
  readonly resources: readonly Resource[];
  readonly rootNamespace: string;
  readonly domain: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly autoMtls: boolean;
  readonly outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  /** Undefined: the mesh configuration is not known. */
  readonly extensionProviders?: MeshConfig['extensionProviders'];
  /** Where a resource has no exportTo of its own. */
  readonly exportTo: { readonly service: string; readonly virtualService: string; readonly destinationRule: string };
}

export const defaultWorld: Omit<World, 'resources'> = {
  rootNamespace: 'istio-system',
  domain: 'cluster.local',
  trustDomain: 'cluster.local',
  trustDomainAliases: [],
  autoMtls: true,
  outbound: 'ALLOW_ANY',
  exportTo: { service: '*', virtualService: '*', destinationRule: '*' },
};

export type Labels = Readonly<Record<string, string>>;

/** A proxy: whose configuration is asked for. */
export interface Proxy {
  readonly namespace: string;
  readonly labels: Labels;
  /** Gateways ignore Sidecar and workloadSelector of other namespaces. */
  readonly isGateway: boolean;
}

/** All resources of a kind, oldest first. */
export function ofKind<K extends ModelKind>(world: World, kind: K): readonly ResourceOf<K>[] {
  return world.resources.filter((resource) => resource.kind === kind) as unknown as readonly ResourceOf<K>[];
}

export function nameOf(resource: { readonly metadata: { readonly namespace: string; readonly name: string } }): string {
  return `${resource.metadata.namespace}/${resource.metadata.name}`;
}

/** Every label of the selector is on the object; a selector without labels selects all. */
export function selects(selector: Labels | undefined, labels: Labels): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

/** All worlds that differ in the age of the resources of these kinds: every permutation of each kind, in every combination. */
export function orders(world: World, kinds: readonly ModelKind[]): readonly World[] {
  let worlds: readonly (readonly Resource[])[] = [world.resources.filter(({ kind }) => !kinds.includes(kind))];
  for (const kind of kinds) {
    const orderings = permutations(world.resources.filter((resource) => resource.kind === kind));
    worlds = worlds.flatMap((before) => orderings.map((ordering) => [...before, ...ordering]));
  }
  return worlds.map((resources) => ({ ...world, resources }));
}

/** As `orders`, with each order of resources of different kinds too. */
export function mixedOrders(world: World, kinds: readonly ModelKind[]): readonly World[] {
  const rest = world.resources.filter(({ kind }) => !kinds.includes(kind));
  return permutations(world.resources.filter(({ kind }) => kinds.includes(kind))).map((ordering) => ({
    ...world,
    resources: [...rest, ...ordering],
  }));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) => permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]));
}

/** The distinct answers over all orders, each as text. One: definite. Several: the oldest decides. */
export function answers(worlds: readonly World[], ask: (world: World) => unknown): readonly string[] {
  return [...new Set(worlds.map((world) => JSON.stringify(ask(world))))].sort();
}

/** The pods that the manifests make: one for each pod template. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  readonly containerPorts: readonly { readonly name: string | undefined; readonly number: number }[];
}

export function podsOf(world: World): readonly Pod[] {
  return ofKind(world, 'Deployment').map(({ metadata, spec }) => {
    const template = spec?.template;
    return {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: template?.metadata?.labels ?? {},
      annotations: template?.metadata?.annotations ?? {},
      hostNetwork: template?.spec?.hostNetwork === true,
      serviceAccount: template?.spec?.serviceAccountName ?? 'default',
      containerPorts: (template?.spec?.containers ?? []).flatMap(({ ports }) =>
        (ports ?? []).map(({ name, containerPort }) => ({ name, number: containerPort })),
      ),
    };
  });
}
