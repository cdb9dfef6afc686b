import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry } from '../graph/route-config.ts';
import { hasDelegates, type VirtualService, VirtualServiceRoutes } from '../graph/virtual-service-routes.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import { coverageOf, type Region } from './cover.ts';
import { regionsOf } from './covered-routes.ts';
import { type Reached, universesFor } from './http-regions.ts';

/** What Istio settles before any request comes; where it takes all routes away, requests go to the service itself. */
const settled = /^(port|gateway|namespace|label .*)$/;

/** By what of it counts; undefined values are lacking. */
export type Request = ReadonlyMap<string, string | undefined>;

/**
 * A request that none of the http routes of a VirtualService matches; undefined: there is none, or it is not known. A delegate counts as taking
 * all that is handed to it, and at a gateway so do other VirtualServices for the host, which are merged there.
 */
export function missingCatchAll(mesh: Mesh, virtualService: VirtualService): Request | undefined {
  // Most end with a route for all that is left.
  if (virtualService.spec.http?.some(({ match = [] }) => match.length === 0) !== false) return undefined;
  const config = routeConfigsOf(mesh).ofVirtualService(virtualService);
  if (config === undefined || config.http.length === 0 || virtualService.leftOut.length > 0 || virtualService.doubts !== undefined)
    return undefined;
  const alone = left(mesh, config, writtenEntries(mesh, config));
  if (alone === undefined || config.gateways.includes('mesh')) return alone;
  for (const gateway of config.gateways) {
    for (const { host } of config.hosts) {
      if (!isShared(mesh, gateway, host)) return alone;
      const together = mesh.deriveFor(leftAtGateway, gateway, host);
      if (together !== undefined) return together;
    }
  }
  return undefined;
}

function isShared(mesh: Mesh, gateway: string, host: string): boolean {
  let count = 0;
  for (const [, configs] of routeConfigsOf(mesh).boundTo(gateway).covering(host)) {
    count += configs.length;
    if (count > 1) return true;
  }
  return false;
}

function left(mesh: Mesh, reached: Reached, entries: readonly RouteEntry[]): Request | undefined {
  const regions: Region[] = [];
  for (const [match, region] of entries.flatMap(regionsOf)) {
    const open = region.filter(({ dimension }) => !settled.test(dimension));
    if (open.length === 0 || match === undefined) return undefined;
    regions.push(open);
  }
  const coverage = coverageOf([], regions, universesFor(mesh, reached));
  return coverage.kind === 'reachable' ? coverage.witness : undefined;
}

/** With the matches of roots, whatever their delegates make of them. */
function writtenEntries(mesh: Mesh, { kind, http, resources: [resource] }: RouteConfig): readonly RouteEntry[] {
  if (kind !== 'VirtualService' || resource?.kind !== 'VirtualService' || !hasDelegates(resource)) return http;
  const routes = new VirtualServiceRoutes(resource, mesh.domain);
  return (resource.spec.http ?? []).map((route, i) => routes.http(route, i));
}

/** What all that is for a host at a gateway leaves. */
function leftAtGateway(mesh: Mesh, gateway: string, host: string): Request | undefined {
  const configs = [...routeConfigsOf(mesh).boundTo(gateway).covering(host)].flatMap(([, those]) => those);
  return left(
    mesh,
    { hosts: configs[0]?.hosts ?? [], gateways: [gateway] },
    configs.flatMap((config) => writtenEntries(mesh, config)),
  );
}
