import type { Mesh } from '../graph/mesh.ts';
import type { RouteEntry } from '../graph/route-config.ts';
import { type VirtualService, VirtualServiceRoutes } from '../graph/virtual-service-routes.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import { coverageOf, type Region } from './cover.ts';
import { regionsOf } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';

/** What Istio settles before any request comes; where it takes all routes away, requests go to the service itself. */
const settled = /^(port|gateway|namespace|label .*)$/;

/**
 * A request that none of the http routes of a VirtualService matches, by what of it counts; undefined: there is none, or it is not known. A
 * delegate counts as taking all that is handed to it, and at a gateway so do other VirtualServices for the host, which are merged there.
 */
export function missingCatchAll(mesh: Mesh, virtualService: VirtualService): ReadonlyMap<string, string | undefined> | undefined {
  const { http = [] } = virtualService.spec;
  const configs = routeConfigsOf(mesh);
  const config = configs.ofVirtualService(virtualService);
  if (config === undefined || http.length === 0 || virtualService.leftOut.length > 0 || virtualService.doubts !== undefined)
    return undefined;
  const written = new VirtualServiceRoutes(virtualService, mesh.domain);
  const own = http.map((route, i) => written.http(route, i));
  const universes = universesFor(mesh, config);
  const left = (entries: readonly RouteEntry[]): ReadonlyMap<string, string | undefined> | undefined => {
    const regions: Region[] = [];
    for (const [match, region] of entries.flatMap(regionsOf)) {
      const open = region.filter(({ dimension }) => !settled.test(dimension));
      if (open.length === 0 || match === undefined) return undefined;
      regions.push(open);
    }
    const coverage = coverageOf([], regions, universes);
    return coverage.kind === 'reachable' ? coverage.witness : undefined;
  };

  const withoutOthers = left(own);
  if (withoutOthers === undefined || config.gateways.includes('mesh')) return withoutOthers;
  for (const gateway of config.gateways) {
    for (const { host } of config.hosts) {
      const others = [...configs.boundTo(gateway).covering(host)].flatMap(([, beside]) => beside.filter((other) => other !== config));
      const witness = others.length === 0 ? withoutOthers : left([...own, ...others.flatMap((other) => other.http)]);
      if (witness !== undefined) return witness;
    }
  }
  return undefined;
}
