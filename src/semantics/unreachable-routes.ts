import { ownEntriesOf } from '../graph/http-routes.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry, RouteResource } from '../graph/route-config.ts';
import { rootsOf, routeConfigOf, routeConfigsOf } from '../graph/virtual-services.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { coverageOf, createKindsCache, type Region } from './cover.ts';
import { ManyRegions } from './cover-many.ts';
import { type JudgedEntry, judgedConfig, judgeEntries } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';
import { indexRegions } from './region-index.ts';
import { type StreamRegions, tcpRegions, tlsRegions } from './stream-regions.ts';

/** A route, or a rule of the Gateway API, as messages name it. */
export interface NamedRoute {
  readonly resource: RouteResource;
  /** Index of the route. */
  readonly index: number;
  /** As written. */
  readonly name: string | undefined;
  /** A route is shown at its name. */
  readonly at: Place;
}

/** A route or a single match that no request reaches, whoever sends it and through whichever gateway. */
export interface Unreachable {
  readonly protocol: 'http' | 'tls' | 'tcp';
  /** Index of the route. */
  readonly route: number;
  /** Index of the match; undefined: the whole route. */
  readonly match: number | undefined;
  readonly at: Place;
  /** The earlier routes that together take its traffic; none when nothing can match it at all. */
  readonly takenBy: readonly NamedRoute[];
}

/** Of the kinds that have http routes. */
export type HttpRouted = Exclude<RouteResource, ResourceOf<'TLSRoute'> | ResourceOf<'TCPRoute'>>;

/**
 * Routes of one resource that others in front of them hide: of the resource itself, of the VirtualService that delegates to it or that it
 * delegates to, and of other HTTPRoutes at the same gateways.
 */
export function unreachableRoutes(mesh: Mesh, resource: HttpRouted): readonly Unreachable[] {
  if (resource.kind !== 'VirtualService') return ofGatewayApi(mesh, resource);
  const config = routeConfigOf(mesh, resource);
  if (config === undefined) return (resource.spec.hosts ?? []).length === 0 ? ofDelegate(mesh, resource) : [];
  return [
    ...unreached(resource, [judgedConfig(mesh, config)]),
    ...streams(mesh, resource, config, 'tls', tlsRegions(resource)),
    ...streams(mesh, resource, config, 'tcp', tcpRegions(resource)),
  ];
}

/** All routes of a delegate that some root takes in; without any root nothing is known of their traffic. */
function ofDelegate(mesh: Mesh, delegate: ResourceOf<'VirtualService'>): readonly Unreachable[] {
  return unreached(
    delegate,
    rootsOf(mesh, delegate).map((config) => judgedConfig(mesh, config)),
  );
}

/** Where it is not known who else is at its gateways, only what the route hides from itself. */
function ofGatewayApi(mesh: Mesh, route: Exclude<HttpRouted, ResourceOf<'VirtualService'>>): readonly Unreachable[] {
  const parents = route.spec.parentRefs ?? [];
  const known = parents.every(({ kind = 'Gateway', namespace = route.metadata.namespace, name }) =>
    kind === 'Gateway' ? mesh.find('KubernetesGateway', namespace, name) !== undefined : kind === 'Service',
  );
  const attached = known ? mesh.step(configsMadeOf, route) : [];
  if (attached.length > 0)
    return unreached(
      route,
      attached.map((config) => judgedConfig(mesh, config)),
    );
  return unreached(route, [judgeEntries(mesh, ownEntriesOf(mesh, route), { hosts: [], gateways: [] })]);
}

function configsMadeOf(mesh: Mesh, route: RouteResource): readonly RouteConfig[] {
  return mesh.derive(configsByRoute).get(route) ?? [];
}

function configsByRoute(mesh: Mesh): ReadonlyMap<RouteResource, readonly RouteConfig[]> {
  const configs = new Map<RouteResource, RouteConfig[]>();
  for (const config of routeConfigsOf(mesh).all) {
    if (config.kind === 'VirtualService') continue;
    for (const resource of config.resources) {
      const known = configs.get(resource);
      if (known === undefined) configs.set(resource, [config]);
      else known.push(config);
    }
  }
  return configs;
}

interface Verdict {
  /** By the index of the match; -1 stands for what has no match of its own. */
  readonly matches: Map<number, (readonly RouteEntry[] | undefined)[]>;
}

/** What all configs that hold routes of the resource say of them. */
function unreached(resource: RouteResource, configs: readonly (readonly JudgedEntry[])[]): readonly Unreachable[] {
  if (configs.every((entries) => entries.every(isReached))) return [];
  const routes = new Map<number, Verdict>();
  const verdictOf = (index: number): Verdict => {
    const verdict = routes.get(index) ?? { matches: new Map() };
    routes.set(index, verdict);
    return verdict;
  };
  const handedOver = new Map<number, (readonly RouteEntry[] | undefined)[]>();
  for (const { entry, matches, takenFromRoot } of configs.flat()) {
    const root = entry.delegatedBy?.resource === resource ? indexOf(entry.delegatedBy) : undefined;
    if (root !== undefined) handedOver.set(root, [...(handedOver.get(root) ?? []), takenFromRoot]);
    // What the root does not hand over is the root's fault.
    if (entry.resource !== resource || takenFromRoot !== undefined) continue;
    const verdict = verdictOf(indexOf(entry.at));
    for (const { match, takenBy } of matches) {
      const key = match === undefined ? -1 : matchIndexOf(match.at, resource);
      verdict.matches.set(key, [...(verdict.matches.get(key) ?? []), takenBy]);
    }
  }
  for (const [index, taken] of handedOver) verdictOf(index).matches.set(-1, taken);
  return [...routes].sort(([a], [b]) => a - b).flatMap(([index, verdict]) => [...reported(resource, index, verdict)]);
}

function isReached({ matches, takenFromRoot }: JudgedEntry): boolean {
  return takenFromRoot === undefined && matches.every(({ takenBy }) => takenBy === undefined);
}

function* reported(resource: RouteResource, route: number, { matches }: Verdict): Iterable<Unreachable> {
  const all = [...matches.values()].flat();
  if (all.every((by) => by !== undefined)) {
    yield { protocol: 'http', route, match: undefined, at: namedRoute(resource, route).at, takenBy: named(all.flat()) };
    return;
  }
  for (const [match, taken] of matches) {
    if (match === -1 || taken.includes(undefined)) continue;
    const path = [...pathTo(resource), route, resource.kind === 'VirtualService' ? 'match' : 'matches', match];
    yield {
      protocol: 'http',
      route,
      match,
      at: { kind: 'node', resource, path, part: 'value' },
      takenBy: named(taken.flatMap((by) => by ?? [])),
    };
  }
}

function named(entries: readonly RouteEntry[]): readonly NamedRoute[] {
  const routes = new Map<string, NamedRoute>();
  const sorted = [...entries].sort((a, b) => a.rank - b.rank);
  for (const { resource, at } of sorted) {
    const index = indexOf(at);
    routes.set(`${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name} ${index}`, namedRoute(resource, index));
  }
  return [...routes.values()];
}

function indexOf(at: Place): number {
  return at.kind === 'text' ? -1 : Number(at.path[2]);
}

/** Of a match that the resource itself writes: `spec.http.0.match.1`. */
function matchIndexOf(at: Place, resource: RouteResource): number {
  return at.kind === 'text' || at.resource !== resource || at.path.length < 5 ? -1 : Number(at.path[4]);
}

function pathTo({ kind }: RouteResource): readonly string[] {
  return kind === 'VirtualService' ? ['spec', 'http'] : ['spec', 'rules'];
}

/** The written route, or rule, that an entry is made of. */
export function routeOfEntry({ resource, at }: RouteEntry): NamedRoute {
  return namedRoute(resource, indexOf(at));
}

function namedRoute(resource: RouteResource, index: number): NamedRoute {
  const name = resource.kind === 'VirtualService' ? resource.spec.http?.[index]?.name : resource.spec.rules?.[index]?.name;
  const path = [...pathTo(resource), index];
  return {
    resource,
    index,
    name,
    at: { kind: 'node', resource, path: name === undefined ? path : [...path, 'name'], part: 'value' },
  };
}

/** Routes for connections, which are tried in the order of their own VirtualService. */
function streams(
  mesh: Mesh,
  resource: ResourceOf<'VirtualService'>,
  config: RouteConfig,
  protocol: 'tls' | 'tcp',
  routes: readonly StreamRegions[],
): readonly Unreachable[] {
  if (routes.length < 2) return [];
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
  const all = indexRegions(
    routes.flatMap(({ regions }) => regions),
    universes,
  );
  const many = all && new ManyRegions(all, universes, cache);
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
      all?.add(region);
    }
  }
  return found;
}
