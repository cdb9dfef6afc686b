import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry } from '../graph/route-config.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import type { ClientClass, ConditionsOfClients } from './client-classes.ts';
import { coverageOf, createKindsCache, type Region } from './cover.ts';
import { indexRegions, judgedConfig, takes } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';

/** A route that some clients reach, and others do not. */
export interface PartlyUnreachable {
  readonly entry: RouteEntry;
  /** Who does not reach it, and the routes that take their requests. */
  readonly unreachedBy: readonly { readonly clients: ClientClass; readonly takenBy: readonly RouteEntry[] }[];
}

const settled = /^(port|gateway|namespace|label .*)$/;
/** The routes of its VirtualService that an earlier route for some of these clients only hides from these. */
export function hiddenFrom(
  mesh: Mesh,
  virtualService: VirtualService,
  config: RouteConfig,
  classes: readonly ConditionsOfClients[],
): readonly PartlyUnreachable[] {
  const universes = universesFor(mesh, config);
  const cache = mesh.derive(createKindsCache);
  const found: PartlyUnreachable[] = [];
  // Only what is for some clients can hide a route from these alone.
  const earlier: Region[] = [];
  const takers: RouteEntry[] = [];
  const judged = judgedConfig(mesh, config);
  const many = indexRegions(
    judged.flatMap(({ matches }) => matches.map(({ region }) => region)),
    universes,
    cache,
  );
  for (const { entry, matches } of judged) {
    const regions = matches.map(({ region }) => region);
    const isOwn =
      entry.resource === virtualService && entry.unknown === undefined && matches.every(({ match }) => match?.doubtful !== true);
    const narrow = regions.every((region) => region.length > 0 && !region.some(({ dimension }) => isOfClients(dimension)));
    if (isOwn && narrow && earlier.length > 0 && !matches.every(({ takenBy }) => takenBy !== undefined)) {
      const unreachedBy = classes.flatMap(([clients, conditions]) => {
        const covers = regions.map((region) => {
          const ofClass: Region = [...region, ...conditions];
          // Clients that the routes can't tell from others, or that there are none of, reach nothing less.
          if (coverageOf(ofClass, [], universes, cache).kind !== 'reachable') return undefined;
          const coverage = many?.coverageOf(ofClass, () => true) ?? coverageOf(ofClass, earlier, universes, cache);
          return coverage.kind === 'covered' ? coverage.by.flatMap((taker) => takers[taker] ?? []) : undefined;
        });
        return covers.every((by) => by !== undefined) ? [{ clients, takenBy: [...new Set(covers.flat())] }] : [];
      });
      if (unreachedBy.length > 0) found.push({ entry, unreachedBy });
    }
    if (!takes(entry)) continue;
    for (const { match, region } of matches) {
      if (match?.doubtful === true || !region.some(({ dimension }) => isOfClients(dimension))) continue;
      earlier.push(region);
      takers.push(entry);
      many?.add(region);
    }
  }
  return found;
}

function isOfClients(dimension: string): boolean {
  return dimension !== 'port' && settled.test(dimension);
}
