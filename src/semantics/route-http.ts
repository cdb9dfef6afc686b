import type { Mesh } from '../graph/mesh.ts';
import { seenByGateway } from '../graph/registry.ts';
import { hostRewriteOf, mirrorsOf, type RouteConfig, type RouteEntry, type RouteTarget } from '../graph/route-config.ts';
import { type GeneratedRoute, mayComeFirst, type RouteList, type RouteSequence } from '../graph/route-lists.ts';
import { servicesOf } from '../graph/services.ts';
import { isVisible } from '../graph/visibility.ts';
import type { Place } from '../model/place.ts';
import type { Regexes } from './access-strings.ts';
import { resolveDestinations, type RoutingProxy } from './route-clusters.ts';
import { type ComparedRequest, matchesRequest } from './route-match.ts';
import { outcome, type Possible, type RouteOutcome, tooMany } from './route-outcome.ts';

/** A route that may be the first that a request matches. */
interface Hit {
  readonly sequence: RouteSequence;
  readonly route: GeneratedRoute;
  /** Namespaces of which one gives the config its name in this case. */
  readonly owners: readonly string[];
}

/**
 * What becomes of a request by the routes of a virtual host: every outcome that some order of creation leads to.
 */
export function routeByList(
  mesh: Mesh,
  proxy: RoutingProxy,
  list: RouteList,
  request: ComparedRequest,
  regexes: Regexes,
  places: readonly Place[],
): Possible<RouteOutcome> {
  const hit = (sequence: RouteSequence, accept: (route: GeneratedRoute) => boolean): readonly Hit[] | undefined =>
    hitsIn(sequence, request, regexes, accept);
  let hits: readonly Hit[];
  let missed: readonly RouteSequence[] = [];
  if (list.take === 'first') {
    const first = mayComeFirst(list.sequences, (sequence) => sequence);
    hits = first.flatMap((sequence) => hit(sequence, () => true) ?? []);
    missed = first.filter((sequence) => hit(sequence, () => true) === undefined);
  } else {
    // Catch-alls stand behind everything else, whatever they come from.
    hits = mayComeFirst(list.sequences, (sequence) => hit(sequence, ({ catchAll }) => !catchAll)).flat();
    if (hits.length === 0) hits = mayComeFirst(list.sequences, (sequence) => hit(sequence, ({ catchAll }) => catchAll)).flat();
  }
  const results: RouteOutcome[] = [];
  for (const one of hits) {
    const { entry, match } = one.route;
    if (entry.unknown !== undefined) return { unknown: entry.unknown };
    if (match?.doubtful === true) return { unknown: 'a match is not known' };
    const taken = outcomesOf(mesh, proxy, one, list.domain, places);
    if (taken === undefined) return { unknown: tooMany };
    results.push(...taken);
  }
  if (missed.length > 0 || hits.length === 0) {
    const sequences = missed.length > 0 ? missed : list.sequences;
    results.push(outcome('no-route', [...places, ...sequences.flatMap(({ config }) => hostPlaces(config, list.domain))], { status: 404 }));
  }
  return results;
}

/** The first route that matches, and those of its rank that may as well stand before it. */
function hitsIn(
  sequence: RouteSequence,
  request: ComparedRequest,
  regexes: Regexes,
  accept: (route: GeneratedRoute) => boolean,
): readonly Hit[] | undefined {
  const { config, routes, owners = config.owners } = sequence;
  const matches = (route: GeneratedRoute): boolean => accept(route) && matchesRequest(route.match, request, regexes);
  const first = routes.find(matches);
  if (first === undefined) return undefined;
  if (config.resources.length < 2) return [{ sequence, route: first, owners }];
  const tied = new Map([[first.entry.resource, first]]);
  for (const route of routes) {
    if (route.entry.rank === first.entry.rank && !tied.has(route.entry.resource) && matches(route)) tied.set(route.entry.resource, route);
  }
  // The config has the name of the oldest of all; one of those that are tied is the oldest of these.
  const others = config.resources.filter((resource) => !tied.has(resource)).map(({ metadata }) => metadata.namespace);
  const hits = [...tied].map(([resource, route]) => {
    const named = new Set([resource.metadata.namespace, ...others]);
    return { sequence, route, owners: owners.filter((owner) => named.has(owner)) };
  });
  return hits.filter((hit) => hit.owners.length > 0);
}

function hostPlaces({ hosts }: RouteConfig, domain: string): readonly Place[] {
  const host = hosts.find((one) => one.host.toLowerCase() === domain) ?? hosts[0];
  return host === undefined ? [] : [host.at];
}

/** Source: pilot/pkg/networking/core/route/route.go, translateRoute: a redirect stands over a direct response, both over destinations. */
function outcomesOf(
  mesh: Mesh,
  proxy: RoutingProxy,
  { sequence, route, owners }: Hit,
  domain: string,
  before: readonly Place[],
): readonly RouteOutcome[] | undefined {
  const { config, port } = sequence;
  const { entry, match } = route;
  const places = [
    ...before,
    ...hostPlaces(config, domain),
    ...(entry.delegatedBy === undefined ? [] : [entry.delegatedBy]),
    entry.at,
    ...(match === undefined ? [] : [match.at]),
  ];
  const named = match?.name === undefined ? entry.name : `${entry.name}.${match.name}`;
  const routeName = named === '' ? undefined : named;
  return owners.reduce<readonly RouteOutcome[] | undefined>((known, owner) => {
    const details = { config, configName: `${owner}/${config.name}`, routeName };
    if (entry.redirect !== undefined) {
      const { at, ...redirect } = entry.redirect;
      return known?.concat(outcome('redirect', [...places, at], { ...details, redirect, status: redirect.status }));
    }
    if (entry.directResponse !== undefined) {
      return known?.concat(
        outcome('direct-response', [...places, entry.directResponse.at], { ...details, status: entry.directResponse.status }),
      );
    }
    const forwarded = forwardedBy(mesh, proxy, config, entry, port);
    return forwarded === undefined
      ? undefined
      : known?.concat(forwarded.map((one) => outcome('forward', [...places, ...one.places], { ...details, ...one.details })));
  }, []);
}

interface Forwarded {
  readonly details: Pick<RouteOutcome, 'destinations' | 'mirrors' | 'rewrite' | 'status'>;
  readonly places: readonly Place[];
}

function forwardedBy(
  mesh: Mesh,
  proxy: RoutingProxy,
  config: RouteConfig,
  entry: RouteEntry,
  port: number,
): readonly Forwarded[] | undefined {
  const targets =
    entry.targets.length === 1
      ? entry.targets.map((target) => ({ ...target, weight: 100 }))
      : entry.targets.filter(({ weight }) => weight !== 0);
  const copies = mirrorsOf(entry);
  const wanted = [...targets, ...copies.map(({ target }) => target)].map((target) => wantedOf(mesh, proxy, config, target, port));
  return resolveDestinations(mesh, proxy, wanted)?.map((resolved) => {
    const main = resolved.slice(0, targets.length);
    const absent = main.some(({ destination }) => destination.cluster === 'absent');
    return {
      details: {
        destinations: main.map(({ destination }) => destination),
        mirrors: copies.flatMap(({ percent }, i) => {
          const destination = resolved[targets.length + i]?.destination;
          return destination === undefined ? [] : [{ destination, percent }];
        }),
        rewrite: { prefix: entry.rewrite?.prefix, regex: entry.rewrite?.regex, host: hostRewriteOf(entry) },
        status: absent ? (config.kind === 'VirtualService' ? 503 : 500) : undefined,
      },
      places: main.flatMap((one) => one.places),
    };
  });
}

type Wanted = Pick<RouteTarget, 'host' | 'subset' | 'port' | 'weight' | 'at'>;

/**
 * A destination without port: a sidecar keeps the port that was called; a gateway takes that of a service with a single one, else the port of
 * its server. An alias stands for what it names.
 * Source: pilot/pkg/networking/core/route/route.go (GetDestinationCluster) and gateway.go (buildNameToServiceMapForHTTPRoutes).
 */
function wantedOf(
  mesh: Mesh,
  proxy: RoutingProxy,
  config: RouteConfig,
  { host, subset, port, weight, at }: RouteTarget,
  listenerPort: number,
): Wanted {
  if (host === undefined) return { host, subset, port: undefined, weight, at };
  const definitions = servicesOf(mesh).ofHost(host);
  const alias = definitions.find(({ aliasOf, visibility }) => aliasOf !== undefined && isVisible(visibility, proxy.namespace))?.aliasOf;
  const concrete = alias ?? host;
  if (port !== undefined || proxy.scope !== undefined) return { host: concrete, subset, port: port ?? listenerPort, weight, at };
  const own = definitions.filter(({ namespace, visibility }) => namespace === config.namespace && isVisible(visibility, proxy.namespace));
  const ports = own.length > 0 ? own.flatMap((service) => service.ports) : (seenByGateway(mesh, proxy.namespace, host)[0]?.ports ?? []);
  const [single, ...others] = ports;
  return { host: concrete, subset, port: single !== undefined && others.length === 0 ? single.number : listenerPort, weight, at };
}
