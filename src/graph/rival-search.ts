import { isVisible } from './visibility.ts';
import type { Mesh } from './mesh.ts';
import type { RouteConfig, RouteMatch } from './route-config.ts';
import { type SidecarScope, sidecarScopesOf } from './sidecars.ts';
import type { VirtualService } from './virtual-service-routes.ts';
import { routeConfigOf, routeConfigsOf } from './virtual-services.ts';
import type { Place } from '../model/place.ts';

export interface Rival {
  readonly virtualService: VirtualService;
  readonly at: Place;
}

/** VirtualServices that claim a host of another one for the same sidecars. */
export interface HostRivals {
  /** The host of the VirtualService that was asked about, as written. */
  readonly at: Place;
  /** As Istio reads it. */
  readonly host: string;
  /** Not more than are looked for, in the order of the sources. */
  readonly rivals: readonly Rival[];
}

/** Of a VirtualService that shares some host with another one. */
export function findRivals(mesh: Mesh, virtualService: VirtualService, most: number): readonly HostRivals[] {
  const own = routeConfigOf(mesh, virtualService);
  if (own === undefined || !own.gateways.includes('mesh') || !hasHttp(own)) return [];
  return own.hosts.flatMap(({ host, at }) => {
    const rivals: Rival[] = [];
    for (const other of mesh.step(boundToMesh, host)) {
      if (rivals.length === most) break;
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

function boundToMesh(mesh: Mesh, host: string): readonly RouteConfig[] {
  return routeConfigsOf(mesh).boundTo('mesh').get(host) ?? [];
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
