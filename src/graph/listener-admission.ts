import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { allowsKind, type GatewayListener, gatewayApiOf } from './gateway-api.ts';
import { hostsOverlap, isWildcard, isWithin } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { takesNamespace } from './namespace-selection.ts';
import type { RouteHost } from './route-config.ts';

/** All kinds of routes of the Gateway API. */
export type ApiRoute =
  ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'> | ResourceOf<'TLSRoute'> | ResourceOf<'TCPRoute'> | ResourceOf<'UDPRoute'>;

export type ParentRef = NonNullable<ApiRoute['spec']['parentRefs']>[number];

const apiGroup = 'gateway.networking.k8s.io';

/** What a parentRef names: its listeners, hosts in the mesh, or something that Istio attaches nothing to. */
export type ParentKind = 'Gateway' | 'ListenerSet' | 'Service' | 'ServiceEntry';

/** Without a group a parent is of the Gateway API's, so that a Service needs the empty one. Source: conversion.go, toInternalParentReference. */
export function parentKindOf({ group = apiGroup, kind = 'Gateway' }: ParentRef): ParentKind | undefined {
  if ((kind === 'Gateway' || kind === 'ListenerSet') && group === apiGroup) return kind;
  if (kind === 'Service' && group === '') return kind;
  if (kind === 'ServiceEntry' && group === 'networking.istio.io') return kind;
  return undefined;
}

/** The listeners among which a parentRef of a namespace chooses. */
export function listenersFor(mesh: Mesh, parent: ParentRef, namespace: string): readonly GatewayListener[] {
  const name = `${parent.namespace ?? namespace}/${parent.name}`;
  const kind = parentKindOf(parent);
  if (kind === 'Gateway') return gatewayApiOf(mesh).listenersOf(name);
  return kind === 'ListenerSet' ? gatewayApiOf(mesh).listenersOfSet(name) : [];
}

/** Whether a listener takes a route, by what is in the input. Source: pilot/pkg/config/kube/gateway/conversion.go, referenceAllowed. */
export function admits(attached: GatewayListener, route: ApiRoute, parent: ParentRef): boolean {
  if (attached.conflicted || !isMeant(attached, parent)) return false;
  const hostnames = hostnamesOf(route);
  const { namespace } = route.metadata;
  const overlaps = attached.hosts.some((host) => {
    const slash = host.indexOf('/');
    if (slash !== -1 && host.slice(0, slash) !== namespace) return false;
    return hostnames.some((hostname) => hostsOverlap(host.slice(slash + 1), hostname));
  });
  return overlaps && allowsKind(attached, route.kind);
}

function isMeant({ listener }: GatewayListener, { port, sectionName = '' }: ParentRef): boolean {
  return (port === undefined || port === listener.port) && (sectionName === '' || sectionName === listener.name);
}

/**
 * Why a listener does not take a route.
 * - `port`, `section-name`: the parentRef means another one.
 * - `hostname`: none of the route's is one of the listener's.
 * - `namespace`, `kind`: its allowedRoutes do not take it; of kinds, it may be that routes of that kind never attach to its protocol.
 * - `conflict`: it is not taken itself.
 * - `isolation`: each hostname is better served by another listener of the port.
 */
export interface Refusal {
  readonly listener: GatewayListener;
  readonly why: 'port' | 'section-name' | 'hostname' | 'namespace' | 'kind' | 'conflict' | 'isolation';
  /** Of the listener: what refuses; `missing` where a default does. */
  readonly at: Place;
}

/** `hosts`: those that the route and the listener have in common. */
export type Admission = { readonly hosts: readonly RouteHost[] } | Refusal | { readonly unclear: string };

/** Like `admits`, with the reason, and three-valued: the labels of a Namespace may not be known. */
export function admissionTo(
  mesh: Mesh,
  attached: GatewayListener,
  among: readonly GatewayListener[],
  route: ApiRoute,
  parent: ParentRef,
): Admission {
  const { listener, owner } = attached;
  const refused = (why: Refusal['why'], ...path: readonly string[]): Refusal => ({ listener: attached, why, at: below(attached, path) });
  if (parent.port !== undefined && parent.port !== listener.port) return refused('port', 'port');
  if (!isMeant(attached, parent)) return refused('section-name', 'name');
  const doubt = doubtAt(owner, ...pathOf(attached));
  if (doubt !== undefined) return { unclear: doubt };
  const hostname = listener.hostname === undefined || listener.hostname === '' ? '*' : listener.hostname;
  if (!hostnamesOf(route).some((own) => hostsOverlap(hostname, own))) return refused('hostname', 'hostname');
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  const taken = takesNamespace(mesh, { from, selector }, owner.metadata.namespace, route.metadata.namespace);
  if (taken.kind === 'unknown') return { unclear: taken.reason };
  if (taken.kind !== 'found') return { unclear: 'a Namespace is defined in several ways' };
  if (!taken.value) return refused('namespace', 'allowedRoutes', 'namespaces');
  if (!allowsKind(attached, route.kind)) {
    return allowsKind({ listener: { ...listener, allowedRoutes: {} } }, route.kind)
      ? refused('kind', 'allowedRoutes', 'kinds')
      : refused('kind', 'protocol');
  }
  if (attached.conflicts.some(({ wins }) => wins === 'other')) return refused('conflict', 'port');
  const both = attached.conflicts.filter(({ wins }) => wins === 'neither');
  // Newer versions take the one that is written first.
  const isFirst = both.every(({ other }) => owner.spec.listeners.indexOf(listener) < owner.spec.listeners.indexOf(other.listener));
  if (both.length > 0) return isFirst ? { unclear: 'versions of Istio differ about listeners in conflict' } : refused('conflict', 'port');
  const hosts = hostsAt(attached, among, route).flatMap(({ host, at }) => {
    const both = narrower(hostname, host);
    return both === undefined ? [] : [{ host: both, at }];
  });
  return hosts.length === 0 ? refused('isolation', 'hostname') : { hosts };
}

/** The narrower of two hosts that overlap; undefined where they don't. */
function narrower(a: string, b: string): string | undefined {
  if (!hostsOverlap(a, b)) return undefined;
  return isWithin(a, b) ? a : b;
}

function pathOf({ at }: GatewayListener): readonly (string | number)[] {
  return at.kind === 'text' ? [] : at.path;
}

function below({ owner: resource, listener, ...attached }: GatewayListener, path: readonly string[]): Place {
  const whole = [...pathOf({ owner: resource, listener, ...attached }), ...path];
  const isWritten =
    path.reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], listener) !== undefined;
  return isWritten ? { kind: 'node', resource, path: whole, part: 'value' } : { kind: 'missing', resource, path: whole };
}

/** Without hostnames, and for kinds that have none, a route is for all. */
export function hostnamesOf({ spec }: ApiRoute): readonly string[] {
  const written = 'hostnames' in spec ? (spec.hostnames ?? []) : [];
  return written.length === 0 ? ['*'] : written;
}

/**
 * The hosts of a route at a listener, without those for which another listener of the port is the better one; of streams all of them.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, hostnameAllowedByIsolation.
 */
export function hostsAt(attached: GatewayListener, listeners: readonly GatewayListener[], route: ApiRoute): readonly RouteHost[] {
  const written = 'hostnames' in route.spec ? (route.spec.hostnames ?? []) : [];
  const hosts = hostnamesOf(route).map((host, i): RouteHost => {
    const path = written.length === 0 ? [] : ['spec', 'hostnames', i];
    return { host, at: { kind: 'node', resource: route, path, part: 'value' } };
  });
  if (route.kind !== 'HTTPRoute' && route.kind !== 'GRPCRoute') return hosts;
  const own = attached.listener.hostname ?? '';
  const rivals = listeners
    .filter(
      ({ listener }) =>
        listener !== attached.listener && listener.port === attached.listener.port && listener.protocol === attached.listener.protocol,
    )
    .map(({ listener }) => listener.hostname ?? '')
    .filter((hostname) => hostname !== own);
  return hosts.filter(({ host }) => {
    if (own !== '' && !isWildcard(own)) return true;
    if (own !== '' && !hostsOverlap(host, own)) return false;
    return !rivals.some((rival) => own.length <= rival.length && isWithin(host, rival));
  });
}
