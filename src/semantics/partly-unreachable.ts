import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry } from '../graph/route-config.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import { routeConfigOf } from '../graph/virtual-services.ts';
import { type Condition, coverageOf, createKindsCache, type Region } from './cover.ts';
import { ManyRegions } from './cover-many.ts';
import { judgedConfig, takes } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';
import { indexRegions } from './region-index.ts';

/** Clients of one kind: those that come through a gateway (`mesh`: by their own sidecars), of one namespace, or with some labels. */
export type ClientClass =
  | { readonly kind: 'gateway'; readonly gateway: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'labels'; readonly labels: Readonly<Record<string, string>> };

/** A route that some clients reach, and others do not. */
export interface PartlyUnreachable {
  readonly entry: RouteEntry;
  /** Who does not reach it, and the routes that take their requests. */
  readonly unreachedBy: readonly { readonly clients: ClientClass; readonly takenBy: readonly RouteEntry[] }[];
}

const settled = /^(port|gateway|namespace|label .*)$/;
/** So many kinds of clients are told apart. */
const mostClasses = 20;

/**
 * The routes of a VirtualService that an earlier route for some clients only hides from these. A route that says nothing of requests is what is
 * left for all others, and not looked at; neither are routes that say themselves who they are for.
 */
export function partlyUnreachable(mesh: Mesh, virtualService: VirtualService): readonly PartlyUnreachable[] {
  const config = routeConfigOf(mesh, virtualService);
  if (config === undefined) return [];
  const classes = classesOf(config);
  if (classes.length === 0) return [];
  const universes = universesFor(mesh, config);
  const cache = mesh.derive(createKindsCache);
  const found: PartlyUnreachable[] = [];
  // Only what is for some clients can hide a route from these alone.
  const earlier: Region[] = [];
  const takers: RouteEntry[] = [];
  const judged = judgedConfig(mesh, config);
  const index = indexRegions(
    judged.flatMap(({ matches }) => matches.map(({ region }) => region)),
    universes,
  );
  const many = index && new ManyRegions(index, universes, cache);
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
      index?.add(region);
    }
  }
  return found;
}

function isOfClients(dimension: string): boolean {
  return dimension !== 'port' && settled.test(dimension);
}

/** The clients that some route of a config is for. */
function classesOf({ http, gateways }: RouteConfig): readonly (readonly [ClientClass, readonly Condition[]])[] {
  const classes = new Map<string, readonly [ClientClass, readonly Condition[]]>();
  for (const match of http.flatMap(({ matches }) => matches)) {
    if (classes.size >= mostClasses) break;
    for (const gateway of match.gateways) {
      if (gateways.includes(gateway)) classes.set(`g ${gateway}`, [{ kind: 'gateway', gateway }, [is('gateway', gateway)]]);
    }
    if (match.gateways.length > 0) continue;
    const { sourceNamespace: namespace, sourceLabels: labels } = match;
    if (namespace !== undefined) classes.set(`n ${namespace}`, [{ kind: 'namespace', namespace }, [is('namespace', namespace)]]);
    const entries = Object.entries(labels);
    if (entries.length > 0) {
      const conditions = entries.map(([name, value]) => is(`label ${name}`, value));
      classes.set(`l ${JSON.stringify(entries.sort())}`, [{ kind: 'labels', labels }, conditions]);
    }
  }
  return [...classes.values()];
}

function is(dimension: string, value: string): Condition {
  return { dimension, pattern: { kind: 'exact', value }, negated: false, whenAbsent: false };
}
