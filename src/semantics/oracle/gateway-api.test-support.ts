import type { ResourceOf } from '../../model/resource.ts';
import { met } from './encounters.test-support.ts';
import { covers, narrower } from './hosts.test-support.ts';
import { type Labels, nameOf, ofKind, selects, type World } from './world.test-support.ts';

type ApiGateway = ResourceOf<'KubernetesGateway'>;
type ListenerSet = ResourceOf<'ListenerSet'>;
export type ApiRoute = ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'> | ResourceOf<'TLSRoute'> | ResourceOf<'TCPRoute'>;
type ParentRef = NonNullable<ApiRoute['spec']['parentRefs']>[number];

/** A listener, and who wrote it: the Gateway itself or a ListenerSet that is attached to it. */
export interface ApiListener {
  readonly gateway: ApiGateway;
  readonly owner: ApiGateway | ListenerSet;
  readonly listener: ApiGateway['spec']['listeners'][number];
}

const apiGroup = 'gateway.networking.k8s.io';

/** All listeners that count for a Gateway: its own first, then those of its ListenerSets, the oldest first. */
export function listenersOf(world: World, gateway: ApiGateway): readonly ApiListener[] {
  const own = gateway.spec.listeners.map((listener) => ({ gateway, owner: gateway, listener }));
  const sets = ofKind(world, 'ListenerSet').filter((set) => gatewayOf(world, set) === gateway);
  const ofSets = sets.flatMap((owner) => owner.spec.listeners.map((listener) => ({ gateway, owner, listener })));
  const accepted: ApiListener[] = own.filter((one) => {
    // "Conflicting listeners: all conflicting are rejected (no winner)."
    const isRejected = own.some((other) => other !== one && areInConflict(one, other));
    if (isRejected) met('a listener in conflict');
    return !isRejected;
  });
  // A ListenerSet's own may conflict too; against the Gateway's they lose (GEP-1713, "Listener conflicts"; the page is silent).
  for (const one of ofSets) {
    const isRejected = own.some((other) => areInConflict(one, other)) || ofSets.some((other) => other !== one && areInConflict(one, other));
    if (isRejected) met("a ListenerSet's listener in conflict");
    else accepted.push(one);
  }
  return accepted;
}

/** One port has one protocol, and of each protocol each host name once (gateway-api, Gateway.spec.listeners). */
function areInConflict({ listener: a }: ApiListener, { listener: b }: ApiListener): boolean {
  if (a.port !== b.port) return false;
  return a.protocol !== b.protocol || a.protocol === 'TCP' || (a.hostname ?? '') === (b.hostname ?? '');
}

/** The Gateway that takes a ListenerSet: it must allow the set's namespace, and allows none where it says nothing. */
function gatewayOf(world: World, set: ListenerSet): ApiGateway | undefined {
  const { group = apiGroup, kind = 'Gateway', name, namespace = set.metadata.namespace } = set.spec.parentRef;
  if (group !== apiGroup || kind !== 'Gateway') return undefined;
  const gateway = ofKind(world, 'KubernetesGateway').find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (gateway === undefined) return undefined;
  const { from = 'None', selector } = gateway.spec.allowedListeners?.namespaces ?? {};
  const isAllowed = isNamespaceAllowed(world, from, selector, gateway.metadata.namespace, set.metadata.namespace);
  met(isAllowed ? 'a ListenerSet' : 'a ListenerSet that its Gateway does not allow');
  return isAllowed ? gateway : undefined;
}

type Selector = NonNullable<NonNullable<NonNullable<ApiGateway['spec']['allowedListeners']>['namespaces']>['selector']>;

function isNamespaceAllowed(world: World, from: string, selector: Selector | undefined, own: string, namespace: string): boolean {
  if (from === 'All') return true;
  if (from === 'Same') return own === namespace;
  if (from !== 'Selector') return false;
  const labels: Labels = {
    ...ofKind(world, 'Namespace').find(({ metadata }) => metadata.name === namespace)?.metadata.labels,
    'kubernetes.io/metadata.name': namespace,
  };
  return (
    selects(selector?.matchLabels, labels) &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const isIn = Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
      return operator === 'In' ? isIn : !isIn;
    })
  );
}

export interface AttachedListener {
  readonly kind: 'listener';
  readonly listener: ApiListener;
  /** Those that both have, the narrower of each pair. */
  readonly hosts: readonly string[];
  /** As the route has them, in the same order: those that Istio makes VirtualServices of. */
  readonly written: readonly string[];
}

export interface AttachedMesh {
  readonly kind: 'mesh';
  readonly hosts: readonly string[];
  /** `all`: the route lies in the parent's own namespace. */
  readonly clients: 'all' | 'own-namespace';
  readonly port: number | undefined;
}

/** §3.7: what a parentRef attaches a route to. */
export function attachments(world: World, route: ApiRoute, parent: ParentRef): readonly (AttachedListener | AttachedMesh)[] {
  const { group = apiGroup, kind = 'Gateway', name, namespace = route.metadata.namespace } = parent;
  const clients = namespace === route.metadata.namespace ? 'all' : 'own-namespace';
  if (group === '' && kind === 'Service') {
    const service = ofKind(world, 'Service').find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
    if (service !== undefined) met(`a route for ${clients === 'all' ? 'all clients of a Service' : 'clients of its namespace'}`);
    return service === undefined ? [] : [{ kind: 'mesh', hosts: [`${name}.${namespace}.svc.${world.domain}`], clients, port: parent.port }];
  }
  if (group === 'networking.istio.io' && kind === 'ServiceEntry') {
    const entry = ofKind(world, 'ServiceEntry').find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
    if (entry !== undefined) met('a route for a ServiceEntry');
    return entry === undefined ? [] : [{ kind: 'mesh', hosts: entry.spec.hosts, clients, port: parent.port }];
  }
  if (group !== apiGroup || (kind !== 'Gateway' && kind !== 'ListenerSet')) return [];
  const listeners = ofKind(world, 'KubernetesGateway')
    .flatMap((gateway) => listenersOf(world, gateway))
    .filter(({ owner }) => (kind === 'Gateway') === (owner.kind === 'KubernetesGateway') && nameOf(owner) === `${namespace}/${name}`);
  return listeners.flatMap((listener): AttachedListener[] => {
    if (!isAdmitted(world, listener, route, parent)) return [];
    const pairs = hostsAt(listener, listeners, route);
    if (pairs.length === 0) {
      met('a listener without a host name of the route');
      return [];
    }
    met(`a route of kind ${route.kind} on a listener`);
    return [{ kind: 'listener', listener, hosts: pairs.map(([, host]) => host), written: pairs.map(([host]) => host) }];
  });
}

function isAdmitted(world: World, { owner, listener }: ApiListener, route: ApiRoute, parent: ParentRef): boolean {
  // "parentRefs: sectionName/port"
  if (parent.sectionName !== undefined && parent.sectionName !== listener.name) return refused('sectionName');
  if (parent.port !== undefined && parent.port !== listener.port) return refused('port');
  // "allowedRoutes.namespaces/kinds"
  const { namespaces, kinds = [] } = listener.allowedRoutes ?? {};
  const { from = 'Same', selector } = namespaces ?? {};
  if (!isNamespaceAllowed(world, from, selector, owner.metadata.namespace, route.metadata.namespace)) return refused(`from: ${from}`);
  if (!kindsFor(listener.protocol).includes(route.kind)) return refused('protocol');
  if (kinds.length > 0 && !kinds.some(({ group = apiGroup, kind }) => group === apiGroup && kind === route.kind)) return refused('kinds');
  return true;
}

function refused(by: string): false {
  met(`a listener that refuses a route by ${by}`);
  return false;
}

/** gateway-api, Listener.allowedRoutes.kinds: without a list, the kinds of the protocol. (A TLS listener here passes through.) */
function kindsFor(protocol: string): readonly string[] {
  if (protocol === 'HTTP' || protocol === 'HTTPS') return ['HTTPRoute', 'GRPCRoute'];
  if (protocol === 'TLS') return ['TLSRoute'];
  return protocol === 'TCP' ? ['TCPRoute'] : [];
}

/** "Hostname: intersection listener×route": pairs of the route's and the narrower one. */
function hostsAt({ listener }: ApiListener, all: readonly ApiListener[], route: ApiRoute): readonly (readonly [string, string])[] {
  const hostnames = 'hostnames' in route.spec ? (route.spec.hostnames ?? []) : [];
  const found: (readonly [string, string])[] = [];
  for (const written of hostnames.length === 0 ? ['*'] : hostnames) {
    const host = narrower(listener.hostname ?? '*', written);
    if (host === undefined) continue;
    if (route.kind !== 'TLSRoute' && route.kind !== 'TCPRoute' && isElsewhere(listener, all, written)) {
      met('a host that a more specific listener has');
      continue;
    }
    found.push([written, host]);
  }
  return found;
}

/**
 * The page is silent on the isolation of listeners; conversion.go, hostnameAllowedByIsolation: a wildcard listener does not take the hosts of
 * an http route that a more specific listener, of the same parent, port and protocol, has for itself.
 */
function isElsewhere(listener: ApiListener['listener'], all: readonly ApiListener[], host: string): boolean {
  if (listener.hostname?.startsWith('*') === false) return false;
  return all.some(
    ({ listener: other }) =>
      other !== listener &&
      other.port === listener.port &&
      other.protocol === listener.protocol &&
      (other.hostname ?? '').length >= (listener.hostname ?? '').length &&
      other.hostname !== undefined &&
      covers(other.hostname, host),
  );
}

/** Whether a reference to a Service in another namespace is granted there. */
export function isGranted(world: World, route: ApiRoute, namespace: string, name: string): boolean {
  if (namespace === route.metadata.namespace) return true;
  const isFound = ofKind(world, 'ReferenceGrant').some(
    ({ metadata, spec }) =>
      metadata.namespace === namespace &&
      spec.from.some((from) => from.group === apiGroup && from.kind === route.kind && from.namespace === route.metadata.namespace) &&
      spec.to.some((to) => to.group === '' && to.kind === 'Service' && (to.name === undefined || to.name === '' || to.name === name)),
  );
  met(isFound ? 'a backend in another namespace, granted' : 'a backend in another namespace, not granted');
  return isFound;
}
