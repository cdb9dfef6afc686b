import type { Mesh } from '../graph/mesh.ts';
import type { ResourceOf } from '../model/resource.ts';
import { coverageOf, type Region } from './cover.ts';
import { regionOfHttpMatch, universesFor } from './http-regions.ts';

/** What Istio settles before any request comes; where it takes all routes away, requests go to the service itself. */
const settled = /^(port|gateway|namespace|label .*)$/;

/**
 * A request that none of the http routes of a VirtualService matches, by what of it counts; undefined: there is none, or it is not known. A
 * delegate counts as taking all that is handed to it.
 */
export function missingCatchAll(
  mesh: Mesh,
  virtualService: ResourceOf<'VirtualService'>,
): ReadonlyMap<string, string | undefined> | undefined {
  const { hosts = [], http = [] } = virtualService.spec;
  const { namespace } = virtualService.metadata;
  if (hosts.length === 0 || http.length === 0 || virtualService.leftOut.length > 0 || virtualService.doubts !== undefined) return undefined;
  const regions: Region[] = [];
  for (const { match = [] } of http) {
    if (match.length === 0) return undefined;
    for (const one of match) {
      const region = regionOfHttpMatch(one, namespace).filter(({ dimension }) => !settled.test(dimension));
      if (region.length === 0) return undefined;
      regions.push(region);
    }
  }
  const coverage = coverageOf([], regions, universesFor(mesh, virtualService));
  return coverage.kind === 'reachable' ? coverage.witness : undefined;
}
