import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig } from '../graph/route-config.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { coverageOf, createKindsCache, type Region } from './cover.ts';
import { indexRegions } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';
import type { NamedRoute } from './named-route.ts';
import { tcpRegions, tlsRegions } from './stream-regions.ts';
import type { Unreachable } from './unreached-routes.ts';

/** Routes for connections, which are tried in the order of their own VirtualService. */
export function unreachableStreams(
  mesh: Mesh,
  resource: ResourceOf<'VirtualService'>,
  config: RouteConfig,
  protocol: 'tls' | 'tcp',
): readonly Unreachable[] {
  const routes = protocol === 'tls' ? tlsRegions(resource) : tcpRegions(resource);
  const universes = universesFor(mesh, config);
  const cache = mesh.derive(createKindsCache);
  const place = (...path: readonly (string | number)[]): Place => ({
    kind: 'node',
    resource,
    path: ['spec', protocol, ...path],
    part: 'value',
  });
  const named = (indices: Iterable<number>): readonly NamedRoute[] =>
    [...new Set(indices)].sort((a, b) => a - b).map((index) => ({ resource, index, name: undefined, at: place(index) }));
  const earlier: Region[] = [];
  const owners: number[] = [];
  const many = indexRegions(
    routes.flatMap(({ regions }) => regions),
    universes,
    cache,
  );
  const found: Unreachable[] = [];
  for (const { index, regions, takes } of routes) {
    const covered = regions.map((region) => {
      const coverage = many?.coverageOf(region, () => true) ?? coverageOf(region, earlier, universes, cache);
      return coverage.kind === 'covered' ? coverage.by.flatMap((i) => owners[i] ?? []) : undefined;
    });
    if (covered.every((by) => by !== undefined))
      found.push({ protocol, route: index, match: undefined, at: place(index), takenBy: named(covered.flat()) });
    else {
      for (const [i, by] of covered.entries())
        if (by !== undefined) found.push({ protocol, route: index, match: i, at: place(index, 'match', i), takenBy: named(by) });
    }
    if (!takes) continue;
    for (const region of regions) {
      earlier.push(region);
      owners.push(index);
      many?.add(region);
    }
  }
  return found;
}
