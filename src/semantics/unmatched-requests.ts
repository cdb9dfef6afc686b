import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry } from '../graph/route-config.ts';
import { hasDelegates, type VirtualService, VirtualServiceRoutes } from '../graph/virtual-service-routes.ts';
import { configsCovering, routeConfigOf } from '../graph/virtual-services.ts';
import type { Reached } from './client-universes.ts';
import { coverageOf, type Region } from './cover.ts';
import { regionsOf } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';

/** What Istio settles before any request comes; where it takes all routes away, requests go to the service itself. */
const settled = /^(port|gateway|namespace|label .*)$/;

/** By what of it counts; undefined values are lacking. */
export type Request = ReadonlyMap<string, string | undefined>;

/** For a VirtualService of which each http route asks for something; undefined: every request is taken, or it is not known. */
export function unmatchedRequest(mesh: Mesh, virtualService: VirtualService): Request | undefined {
  const config = routeConfigOf(mesh, virtualService);
  if (config === undefined || config.http.length === 0 || virtualService.leftOut.length > 0 || virtualService.doubts !== undefined)
    return undefined;
  const alone = left(mesh, config, writtenEntries(mesh, config));
  if (alone === undefined || config.gateways.includes('mesh')) return alone;
  for (const gateway of config.gateways) {
    for (const { host } of config.hosts) {
      if (configsCovering(mesh, gateway, host).length < 2) return alone;
      const together = mesh.deriveFor(leftAtGateway, gateway, host);
      if (together !== undefined) return together;
    }
  }
  return undefined;
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
  const configs = configsCovering(mesh, gateway, host);
  return left(
    mesh,
    { hosts: configs[0]?.hosts ?? [], gateways: [gateway] },
    configs.flatMap((config) => writtenEntries(mesh, config)),
  );
}
