import { doubtAt, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, outcomes } from './answer.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import type { GatewayListener, KubernetesGateway } from './gateway-api.ts';
import { admissionTo, type ApiRoute, hostnamesOf, listenersFor, type ParentRef, parentKindOf, type Refusal } from './listener-admission.ts';
import { gatewayOfSet, type ListenerSet } from './listener-sets.ts';
import type { Mesh } from './mesh.ts';
import type { RouteHost } from './route-config.ts';

/** Kinds of routes of the Gateway API. */
export const apiRouteKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** To what a route is attached: a listener, for the hosts that both have, or clients in the mesh that call a host. */
export type Attached =
  | {
      readonly kind: 'listener';
      readonly listener: GatewayListener;
      readonly hosts: readonly RouteHost[];
      /** Routes of which the oldest alone counts, this one among them: TCP has one route, TLS one for each name. Empty: it depends on no other. */
      readonly rivals: readonly ApiRoute[];
    }
  | {
      readonly kind: 'mesh';
      readonly parent: ResourceOf<'Service'> | ResourceOf<'ServiceEntry'>;
      /** Full names. */
      readonly hosts: readonly string[];
      /** `all` clients take the routes of the parent's own namespace; others are for clients of the route's namespace, and stand over these. */
      readonly clients: 'all' | 'own-namespace';
    };

/**
 * What comes of one parentRef.
 * - `order-dependent`: it is attached, and whether it counts depends on which route, or ListenerSet, is the oldest.
 * - `not-attached`, `why`: `parent-kind`: Istio attaches routes to nothing of that kind and group; `route-kind`: nor routes of that kind to it;
 *   `parent-not-found`; `waypoint`: those take the routes of the services that they serve; `remote`: the Gateway is configured elsewhere;
 *   `listener-set`: it is itself not attached, as `set` says; `refused`: each listener refuses it.
 */
export type ParentAnswer =
  | {
      readonly kind: 'attached' | 'order-dependent';
      readonly to: readonly [Attached, ...Attached[]];
      readonly refusals: readonly Refusal[];
    }
  | {
      readonly kind: 'not-attached';
      readonly why: 'parent-kind' | 'route-kind' | 'parent-not-found' | 'waypoint' | 'remote' | 'listener-set' | 'refused';
      /** Of each listener that was asked. */
      readonly refusals: readonly Refusal[];
      /** What decided, besides the refusals. */
      readonly places: readonly Place[];
      /** Of a failed look-up. */
      readonly cause?: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface RouteParent {
  readonly route: ApiRoute;
  readonly parent: ParentRef;
  /** Of the parentRef. */
  readonly at: Place;
  readonly answer: ParentAnswer;
}

/**
 * What each parentRef of a route attaches it to, or why to nothing.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, extractParentReferenceInfo and referenceAllowed.
 */
export function parentsOf(mesh: Mesh, route: ApiRoute): readonly RouteParent[] {
  return mesh.deriveFor(findParents, route);
}

function findParents(mesh: Mesh, route: ApiRoute): readonly RouteParent[] {
  return (route.spec.parentRefs ?? []).map((parent, i): RouteParent => {
    const at: Place = { kind: 'node', resource: route, path: ['spec', 'parentRefs', i], part: 'value' };
    return { route, parent, at, answer: withRivals(mesh, route, answerFor(mesh, route, parent, i)) };
  });
}

const nothing = { kind: 'not-attached', refusals: [], places: [] } as const;

function answerFor(mesh: Mesh, route: ApiRoute, parent: ParentRef, index: number): ParentAnswer {
  if (route.identity !== undefined) return { kind: 'unknown', reason: doubtReasons.identity };
  const doubt = doubtAt(route, 'spec', 'parentRefs', index) ?? doubtAt(route, 'spec', 'hostnames');
  if (doubt !== undefined) return { kind: 'unknown', reason: doubt };
  const kind = parentKindOf(parent);
  const namespace = parent.namespace ?? route.metadata.namespace;
  switch (kind) {
    case undefined:
      return { ...nothing, why: 'parent-kind' };
    case 'Gateway':
      return forParent(mesh.lookup('KubernetesGateway', namespace, parent.name, route), (gateway) => {
        const barred = barredBy(mesh, gateway);
        return barred ?? atListeners(mesh, route, parent, ofOwner(mesh, route, parent, gateway));
      });
    case 'ListenerSet':
      return forParent(mesh.lookup('ListenerSet', namespace, parent.name, route), (set) => {
        const answer = gatewayOfSet(mesh, set);
        if (answer.kind === 'unknown') return answer;
        if (answer.kind === 'attached') return atListeners(mesh, route, parent, ofOwner(mesh, route, parent, set));
        const parentRef: Place = { kind: 'node', resource: set, path: ['spec', 'parentRef'], part: 'value' };
        const { cause, at } = answer;
        const places = at === undefined ? [parentRef] : [parentRef, at];
        return { ...nothing, why: 'listener-set', places, ...(cause === undefined ? {} : { cause }) };
      });
    case 'Service':
    case 'ServiceEntry':
      // UDP is not routed in the mesh.
      if (route.kind === 'UDPRoute') return { ...nothing, why: 'route-kind' };
      return forParent(mesh.lookup(kind, namespace, parent.name, route), (service) => inMesh(mesh, route, service));
  }
}

/** A parent that files define in different ways gives an answer only where each gives the same one. */
function forParent<R>(answer: Answer<R>, ask: (parent: R) => ParentAnswer): ParentAnswer {
  if (answer.kind === 'missing') return { ...nothing, why: 'parent-not-found', cause: answer.cause };
  if (answer.kind === 'unknown') return answer;
  const [first, ...others] = outcomes(answer).map(ask);
  if (first === undefined) return { kind: 'unknown', reason: doubtReasons.variant };
  const isSame = (other: ParentAnswer): boolean =>
    other.kind === first.kind && (other.kind !== 'not-attached' || first.kind !== 'not-attached' || other.why === first.why);
  return others.every(isSame) ? first : { kind: 'unknown', reason: doubtReasons.variant };
}

/** Why a Gateway takes no routes at all. */
function barredBy(mesh: Mesh, gateway: KubernetesGateway): ParentAnswer | undefined {
  const role = gatewayRoleOf(mesh, gateway.spec.gatewayClassName);
  if (role.kind === 'unknown') return role;
  const places: readonly Place[] = [{ kind: 'node', resource: gateway, path: ['spec', 'gatewayClassName'], part: 'value' }];
  if (role.kind !== 'found') return { kind: 'unknown', reason: 'it is not known which controller a GatewayClass names' };
  switch (role.value) {
    case 'foreign':
      return { kind: 'unknown', reason: 'another controller serves the Gateway' };
    case 'waypoint':
      return { ...nothing, why: 'waypoint', places };
    case 'remote':
      return { ...nothing, why: 'remote', places };
    default:
      return undefined;
  }
}

function ofOwner(mesh: Mesh, route: ApiRoute, parent: ParentRef, owner: KubernetesGateway | ListenerSet): readonly GatewayListener[] {
  return listenersFor(mesh, parent, route.metadata.namespace).filter((listener) => listener.owner === owner);
}

function atListeners(mesh: Mesh, route: ApiRoute, parent: ParentRef, listeners: readonly GatewayListener[]): ParentAnswer {
  const to: Attached[] = [];
  const refusals: Refusal[] = [];
  let unclear: string | undefined;
  for (const listener of listeners) {
    const admission = admissionTo(mesh, listener, listeners, route, parent);
    if ('unclear' in admission) unclear ??= admission.unclear;
    else if ('why' in admission) refusals.push(admission);
    else to.push({ kind: 'listener', listener, hosts: admission.hosts, rivals: [] });
  }
  const [first, ...others] = to;
  if (first !== undefined) return { kind: 'attached', to: [first, ...others], refusals };
  if (unclear !== undefined) return { kind: 'unknown', reason: unclear };
  return { ...nothing, why: 'refused', refusals };
}

function inMesh(mesh: Mesh, route: ApiRoute, parent: ResourceOf<'Service'> | ResourceOf<'ServiceEntry'>): ParentAnswer {
  const { namespace, name } = parent.metadata;
  const hosts = parent.kind === 'Service' ? [`${name}.${namespace}.svc.${mesh.domain}`] : parent.spec.hosts;
  const clients = route.metadata.namespace === namespace ? 'all' : 'own-namespace';
  return { kind: 'attached', to: [{ kind: 'mesh', parent, hosts, clients }], refusals: [] };
}

/** A listener may have several routes for HTTP, whose matches are put in order; of streams for the same names only the oldest counts. */
function withRivals(mesh: Mesh, route: ApiRoute, answer: ParentAnswer): ParentAnswer {
  if (answer.kind !== 'attached') return answer;
  const withTheirs = (attached: Attached): Attached =>
    attached.kind === 'mesh' ? attached : { ...attached, rivals: rivalsAt(mesh, route, attached.listener) };
  const [first, ...others] = answer.to;
  const to = [withTheirs(first), ...others.map(withTheirs)] as const;
  const depends = to.every(
    (one) => one.kind === 'listener' && (one.rivals.length > 0 || one.listener.conflicts.some(({ wins }) => wins === 'older')),
  );
  return depends ? { ...answer, kind: 'order-dependent', to } : { ...answer, to };
}

function rivalsAt(mesh: Mesh, route: ApiRoute, listener: GatewayListener): readonly ApiRoute[] {
  if (route.kind !== 'TCPRoute' && route.kind !== 'TLSRoute') return [];
  const names = hostnamesOf(route);
  const others = (mesh.derive(streamsByListener).get(listener) ?? []).filter(
    (other) =>
      other !== route &&
      other.kind === route.kind &&
      mesh.coexist(other, route) &&
      (route.kind === 'TCPRoute' || hostnamesOf(other).some((name) => names.includes(name))),
  );
  return others.length === 0 ? [] : [route, ...others];
}

function streamsByListener(mesh: Mesh): ReadonlyMap<GatewayListener, readonly ApiRoute[]> {
  const byListener = new Map<GatewayListener, ApiRoute[]>();
  for (const route of [...mesh.of('TLSRoute'), ...mesh.of('TCPRoute')]) {
    for (const parent of route.spec.parentRefs ?? []) {
      const listeners = listenersFor(mesh, parent, route.metadata.namespace);
      for (const listener of listeners) {
        if (!('hosts' in admissionTo(mesh, listener, listeners, route, parent))) continue;
        const known = byListener.get(listener) ?? [];
        byListener.set(listener, known);
        if (!known.includes(route)) known.push(route);
      }
    }
  }
  return byListener;
}
