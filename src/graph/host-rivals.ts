import { resolveHost } from './hosts.ts';
import { isVisible } from './visibility.ts';
import type { Mesh } from './mesh.ts';
import type { RouteConfig, RouteMatch } from './route-config.ts';
import { type SidecarScope, sidecarScopesOf } from './sidecars.ts';
import type { VirtualService } from './virtual-service-routes.ts';
import { routeConfigsOf } from './virtual-services.ts';
import type { Place } from '../model/place.ts';

export interface Rival {
  readonly virtualService: VirtualService;
  readonly at: Place;
}

/** So many are looked for. */
export const mostRivals = 4;

/** VirtualServices that claim a host of another one for the same sidecars. */
export interface HostRivals {
  /** The host of the VirtualService that was asked about, as written. */
  readonly at: Place;
  /** As Istio reads it. */
  readonly host: string;
  /** Not more than a few of them, in the order of the sources. */
  readonly rivals: readonly Rival[];
}

/**
 * Of several VirtualServices for one host a sidecar takes the http routes of one alone: those that are exported by name come before public
 * ones, and of equals the oldest. Rivals are equals of which one has routes for every client, so that the other gets no requests, or loses them
 * if it is younger. Routes for tcp and tls are put together and do not count.
 * Source: pilot/pkg/model/push_context.go (VirtualServicesForGateway), pilot/pkg/networking/core/route/route.go (hostsFor a service).
 */
export function rivalsOf(mesh: Mesh, virtualService: VirtualService): readonly HostRivals[] {
  if (!isContested(mesh, virtualService)) return [];
  const configs = routeConfigsOf(mesh);
  const own = configs.ofVirtualService(virtualService);
  if (own === undefined || !own.gateways.includes('mesh') || !hasHttp(own)) return [];
  const bound = configs.boundTo('mesh');
  return own.hosts.flatMap(({ host, at }) => {
    const rivals: Rival[] = [];
    for (const other of bound.get(host) ?? []) {
      if (rivals.length === mostRivals) break;
      const [resource] = other.resources;
      if (other === own || other.kind !== 'VirtualService' || resource?.kind !== 'VirtualService') continue;
      const sameName = other.namespace === own.namespace && other.name === own.name;
      if (sameName || !hasHttp(other) || !mesh.coexist(virtualService, resource)) continue;
      if (!routesEveryone(own) && !routesEveryone(other)) continue;
      const place = other.hosts.find((one) => one.host === host)?.at;
      if (place !== undefined && meet(mesh, own, other)) rivals.push({ virtualService: resource, at: place });
    }
    return rivals.length === 0 ? [] : [{ at, host, rivals }];
  });
}

/** Another VirtualService claims a host of this one. Most hosts are claimed once, and then the routes need not be put together. */
export function isContested(mesh: Mesh, { metadata, spec }: VirtualService): boolean {
  const contested = mesh.derive(contestedHosts);
  return contested.size > 0 && (spec.hosts ?? []).some((host) => contested.has(resolveHost(host, metadata.namespace, mesh.domain)));
}

/** Hosts that more than one VirtualService claims, through whichever gateways. */
function contestedHosts(mesh: Mesh): ReadonlySet<string> {
  const claims = new Map<string, VirtualService>();
  const contested = new Set<string>();
  for (const virtualService of mesh.of('VirtualService')) {
    for (const written of virtualService.spec.hosts ?? []) {
      const host = resolveHost(written, virtualService.metadata.namespace, mesh.domain);
      const known = claims.get(host);
      if (known === undefined) claims.set(host, virtualService);
      else if (known !== virtualService) contested.add(host);
    }
  }
  return contested;
}

/** One that has no routes at all is broken, and claims its hosts all the same. */
function hasHttp({ http, tls, tcp }: RouteConfig): boolean {
  return http.length > 0 || (tls.length === 0 && tcp.length === 0);
}

/** Some http route is there for every client and port: what is settled before any request comes never takes all routes away. */
function routesEveryone({ http }: RouteConfig): boolean {
  return http.length === 0 || http.some(({ matches }) => matches.length === 0 || matches.some((match) => !isForSome(match)));
}

function isForSome({ port, gateways, sourceLabels, sourceNamespace }: RouteMatch): boolean {
  return port !== undefined || gateways.length > 0 || Object.keys(sourceLabels).length > 0 || sourceNamespace !== undefined;
}

/** There are clients that see both, one as near as the other. */
function meet(mesh: Mesh, a: RouteConfig, b: RouteConfig): boolean {
  const named = [...a.visibility.namespaces, ...b.visibility.namespaces];
  const anyone = a.visibility.public && b.visibility.public ? [''] : [];
  const clients = new Set([a.namespace, b.namespace, ...named, ...anyone]);
  for (const client of clients) {
    if (client !== '' && !(isVisible(a.visibility, client) && isVisible(b.visibility, client))) continue;
    if (scopesFor(mesh, client).every((scope) => collide(scope, a, b))) return true;
  }
  return false;
}

function scopesFor(mesh: Mesh, client: string): readonly SidecarScope[] {
  return sidecarScopesOf(mesh, client, {});
}

function collide({ listeners }: SidecarScope, a: RouteConfig, b: RouteConfig): boolean {
  return listeners.some((listener) => {
    const position = listener.positionOf(a);
    return position !== undefined && position === listener.positionOf(b);
  });
}
