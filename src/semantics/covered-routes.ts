import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry, RouteMatch } from '../graph/route-config.ts';
import type { Reached } from './client-universes.ts';
import { coverageOf, createKindsCache, type KindsCache, type Region, type Universe } from './cover.ts';
import { createManyRegions, type ManyRegions } from './cover-many.ts';
import { regionOfMatch, universesFor } from './http-regions.ts';

/** One match of a route (undefined: the route has none), and who takes its requests. */
export interface JudgedMatch {
  readonly match: RouteMatch | undefined;
  readonly region: Region;
  /** The earlier entries that together take all of its requests, none if nothing can match it; undefined: some are left, or it is not known. */
  readonly takenBy: readonly RouteEntry[] | undefined;
}

export interface JudgedEntry {
  readonly entry: RouteEntry;
  readonly matches: readonly JudgedMatch[];
  /**
   * Of what a delegate brings: the entries in front of the root's entry that take all that it hands over; undefined where they don't.
   */
  readonly takenFromRoot: readonly RouteEntry[] | undefined;
}

/**
 * For each http route of a config, whether earlier ones take all of its requests, whoever sends them and through whichever gateway. Routes are
 * tried in order and the first that matches takes the request. Sound: what can't be compared is not called taken, and neither is what
 * depends on which resource is older.
 * Source: pilot/pkg/networking/core/route/route.go (BuildHTTPRoutesForVirtualService).
 */
export function judgeEntries(mesh: Mesh, entries: readonly RouteEntry[], reached: Reached): readonly JudgedEntry[] {
  const universes = universesFor(mesh, reached);
  const cache = mesh.derive(createKindsCache);
  const all = entries.map(regionsOf);
  const many = indexRegions(
    all.flatMap((own) => own.map(([, region]) => region)),
    universes,
    cache,
  );
  const regions: Region[] = [];
  const owners: RouteEntry[] = [];
  const takersOf = (region: Region, counts: (taker: number) => boolean): readonly RouteEntry[] | undefined => {
    const coverage =
      many?.coverageOf(region, counts) ??
      coverageOf(
        region,
        regions,
        universes,
        cache,
        regions.flatMap((_, i) => (counts(i) ? [i] : [])),
      );
    if (coverage.kind !== 'covered') return undefined;
    return [...new Set(coverage.by.flatMap((i) => owners[i] ?? []))];
  };

  // Only rules of the Gateway API can be of one rank.
  const ordered = entries.every(({ rank, resource }, i) => entries[i - 1]?.rank !== rank || entries[i - 1]?.resource === resource);
  let group: { readonly delegatedBy: RouteEntry['delegatedBy']; readonly before: number } | undefined;
  return entries.map((entry, i) => {
    // What comes from the delegate itself does not count as in front of it.
    if (entry.delegatedBy !== group?.delegatedBy) group = { delegatedBy: entry.delegatedBy, before: regions.length };
    const before = group?.before ?? regions.length;
    const counts = ordered ? always : (taker: number): boolean => isInFront(owners[taker], entry);
    const own = all[i] ?? [];
    const matches = own.map(([match, region]) => ({ match, region, takenBy: takersOf(region, counts) }));
    const fromRoot =
      entry.delegatedBy === undefined ? [] : own.map(([, region]) => takersOf(region, (taker) => taker < before && counts(taker)));
    if (takes(entry)) {
      for (const [match, region] of own) {
        if (match?.doubtful === true) continue;
        regions.push(region);
        owners.push(entry);
        many?.add(region);
      }
    }
    return {
      entry,
      matches,
      takenFromRoot: fromRoot.length > 0 && fromRoot.every((by) => by !== undefined) ? [...new Set(fromRoot.flat())] : undefined,
    };
  });
}

function always(): boolean {
  return true;
}

/** Of fewer regions to look at each costs less. */
const manyRegions = 50;

/** Undefined where there are few. `regions`: all that will be added. */
export function indexRegions(
  regions: readonly Region[],
  universeOf: (dimension: string) => Universe,
  cache: KindsCache,
): ManyRegions | undefined {
  return regions.length < manyRegions ? undefined : createManyRegions(regions, universeOf, cache);
}

function isInFront(earlier: RouteEntry | undefined, later: RouteEntry): boolean {
  return earlier !== undefined && comesFirst(earlier, later);
}

export function regionsOf({ matches }: RouteEntry): readonly (readonly [match: RouteMatch | undefined, region: Region])[] {
  return matches.length === 0 ? [[undefined, []]] : matches.map((match) => [match, regionOfMatch(match)]);
}

/** Those of one rank that come from different resources are in the order in which these were created. */
function comesFirst(earlier: RouteEntry, later: RouteEntry): boolean {
  return earlier.rank !== later.rank || earlier.resource === later.resource;
}

/** It is known for what it is, and takes what it matches: one without any action is refused, and a delegate that is not here may do anything. */
export function takes({ targets, redirect, directResponse, unknown, resource, at }: RouteEntry): boolean {
  if (unknown !== undefined || (targets.length === 0 && redirect === undefined && directResponse === undefined)) return false;
  const path = at.kind === 'node' ? at.path : [];
  return !resource.leftOut.some((lost) => path.every((step, i) => lost[i] === undefined || lost[i] === step));
}

/** What is judged of a config. */
export function judgedConfig(mesh: Mesh, config: RouteConfig): readonly JudgedEntry[] {
  return mesh.latest(judge, config);
}

function judge(mesh: Mesh, config: RouteConfig): readonly JudgedEntry[] {
  return judgeEntries(mesh, config.http, config);
}

/** Some request of each of its matches is left to it, as far as is known. */
export function isReached({ matches, takenFromRoot }: JudgedEntry): boolean {
  return takenFromRoot === undefined && matches.every(({ takenBy }) => takenBy === undefined);
}
