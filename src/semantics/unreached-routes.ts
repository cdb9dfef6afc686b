import { rootsOf } from '../graph/delegate-roots.ts';
import { ownEntriesOf } from '../graph/http-routes.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry, RouteResource } from '../graph/route-config.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { isReached, type JudgedEntry, judgedConfig, judgeEntries } from './covered-routes.ts';
import { indexOf, type NamedRoute, namedRoute, pathTo } from './named-route.ts';

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

/** All routes of a delegate that some root takes in; without any root nothing is known of their traffic. */
export function unreachedOfDelegate(mesh: Mesh, delegate: ResourceOf<'VirtualService'>): readonly Unreachable[] {
  return unreached(
    delegate,
    rootsOf(mesh, delegate).map((config) => judgedConfig(mesh, config)),
  );
}

/** Where it is not known who else is at its gateways, only what the route hides from itself. */
export function unreachedOfGatewayApi(mesh: Mesh, route: ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'>): readonly Unreachable[] {
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
export function unreached(resource: RouteResource, configs: readonly (readonly JudgedEntry[])[]): readonly Unreachable[] {
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

/** Of a match that the resource itself writes: `spec.http.0.match.1`. */
function matchIndexOf(at: Place, resource: RouteResource): number {
  return at.kind === 'text' || at.resource !== resource || at.path.length < 5 ? -1 : Number(at.path[4]);
}
