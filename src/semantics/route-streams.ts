import type { GatewayServer } from '../graph/gateways.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { SidecarPort } from '../graph/mesh-routes.ts';
import type { Protocol } from '../graph/protocols.ts';
import { seenByGateway, type SeenService } from '../graph/registry.ts';
import type { RouteConfig, StreamEntry } from '../graph/route-config.ts';
import { type GeneratedStream, mayComeFirst } from '../graph/route-lists.ts';
import { gatewayStreamsOf, meshStreamsOf, type StreamSequence } from '../graph/stream-routes.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import { resolveDestinations, type RoutingProxy, servicesFor } from './route-clusters.ts';
import type { Traffic } from './route-match.ts';
import { outcome, type Possible, type RouteOutcome, tooMany } from './route-outcome.ts';
import { toService } from './route-service.ts';

interface StreamCall {
  readonly mesh: Mesh;
  readonly proxy: RoutingProxy & { readonly scope: { readonly outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY' } };
  readonly host: string;
  readonly port: number;
  readonly traffic: Traffic;
  readonly places: readonly Place[];
}

/** How near a TLS server name is to the one that a client asks for; -1: it is another one. `*` and none take every name. */
export function nearness(name: string, sni: string | undefined): number {
  if (name === '*') return 0;
  if (sni === undefined) return -1;
  if (name.startsWith('*')) return sni.endsWith(name.slice(1)) && sni.length >= name.length ? name.length : -1;
  return name === sni ? Number.POSITIVE_INFINITY : -1;
}

export function sniOf(traffic: Traffic, host: string): string | undefined {
  if (traffic.kind === 'tcp' || (traffic.kind === 'http' && traffic.tls !== true)) return undefined;
  return (traffic.sni ?? host).toLowerCase();
}

/**
 * What a sidecar does with a connection to a service that it does not read as http.
 * Source: pilot/pkg/networking/core/tls.go, buildSidecarOutboundTCPFilterChainOpts and buildSidecarOutboundTLSFilterChainOpts.
 */
export function meshStream(
  call: StreamCall,
  at: SidecarPort,
  service: SeenService,
  protocol: Protocol,
  place: Place,
): Possible<RouteOutcome> {
  const tls = protocol === 'TLS' || protocol === 'HTTPS';
  const sequences = meshStreamsOf(call.mesh, at, service.host, tls ? 'tls' : 'tcp');
  if (!tls) return byConnection(call, service, sequences);
  const unknown = undecided(sequences.flatMap(({ routes }) => routes));
  return unknown === undefined ? byServerName(call, service, sequences, place) : { unknown };
}

/** Why it can't be told which of these routes a connection takes; gateways don't look at addresses (gateway.go, l4SingleMatch). */
function undecided(routes: readonly GeneratedStream[], atGateway = false): string | undefined {
  for (const { entry, match } of routes) {
    if (entry.unknown !== undefined) return entry.unknown;
    if (!atGateway && isForAddresses(match)) return 'a tcp or tls route decides by the address of the destination';
  }
  return undefined;
}

const isForAddresses = (match: GeneratedStream['match']): boolean => (match?.destinationSubnets ?? []).length > 0;

/** The match of the first route that says nothing of addresses, if there is one: it makes the others of the route be of no account. */
function firstOf([first, ...others]: readonly GeneratedStream[]): GeneratedStream | undefined {
  if (first === undefined || !isForAddresses(first.match)) return first;
  return others.find(({ entry, match }) => entry === first.entry && !isForAddresses(match)) ?? first;
}

/** The first route without matches, or with one that says nothing of addresses; what stands behind it is of no account. */
function byConnection(call: StreamCall, service: SeenService, sequences: readonly StreamSequence[]): Possible<RouteOutcome> {
  const hits = mayComeFirst(sequences, (sequence) => {
    const route = firstOf(sequence.routes);
    return route === undefined ? undefined : { ...sequence, route };
  });
  const unknown = undecided(hits.map(({ route }) => route));
  return unknown === undefined ? forwardAll(call, service, hits) : { unknown };
}

/** Chains with the same server names are the first one's; once there is one, the service itself gets nothing. */
function byServerName(call: StreamCall, service: SeenService, sequences: readonly StreamSequence[], place: Place): Possible<RouteOutcome> {
  const { traffic, host, proxy, places } = call;
  const sni = sniOf(traffic, host);
  const outside = outcome(proxy.scope.outbound === 'ALLOW_ANY' ? 'passthrough' : 'blackhole', [...places, place], { via: 'tcp' });
  if (sequences.length === 0) {
    const named = service.definitions.every(({ resource, addresses }) => resource.kind === 'ServiceEntry' && addresses.length === 0);
    if (named && nearness(service.host, sni) < 0) return [outside];
    return forwardAll(call, service, []);
  }
  const hits = nearest(sequences, sni);
  return hits.length === 0 ? [outside] : forwardAll(call, service, hits);
}

interface StreamHit {
  readonly config: RouteConfig;
  readonly route: GeneratedStream;
}

/** Routes for the server name that is nearest to the one asked for; of several the first, which may be any of one position. */
function nearest(sequences: readonly StreamSequence[], sni: string | undefined): readonly StreamHit[] {
  const distance = ({ match }: GeneratedStream): number =>
    Math.max(-1, ...(match?.sniHosts ?? []).map((name) => nearness(name.toLowerCase(), sni)));
  const best = Math.max(-1, ...sequences.flatMap(({ routes }) => routes.map(distance)));
  if (best < 0) return [];
  return mayComeFirst(sequences, ({ config, routes }) => {
    const route = routes.find((one) => distance(one) === best);
    return route === undefined ? undefined : { config, route };
  });
}

function forwardAll(call: StreamCall, service: SeenService, hits: readonly StreamHit[]): Possible<RouteOutcome> {
  const { mesh, proxy, port, places } = call;
  if (hits.length === 0) {
    // On a port that only the Sidecar names a service with a single port is called on that one.
    const [single, ...others] = service.ports;
    const own = service.ports.some(({ number }) => number === port) || single === undefined || others.length > 0 ? port : single.number;
    return [toService(mesh, proxy, service, own, places, 'tcp')];
  }
  return forwardHits(mesh, proxy, hits, port, places);
}

/** What may come of a connection: of each route that may be the one that takes it. */
function forwardHits(
  mesh: Mesh,
  proxy: RoutingProxy,
  hits: readonly StreamHit[],
  port: number,
  places: readonly Place[],
): Possible<RouteOutcome> {
  const results: RouteOutcome[] = [];
  for (const { config, route } of hits) {
    const forwarded = forward(mesh, proxy, config, route, port, places);
    if (forwarded === undefined) return { unknown: tooMany };
    results.push(...forwarded);
  }
  return results;
}

/** Source: pilot/pkg/networking/core/networkfilter.go, buildOutboundNetworkFilters. */
function forward(
  mesh: Mesh,
  proxy: RoutingProxy,
  config: RouteConfig,
  { entry, match }: GeneratedStream,
  port: number,
  places: readonly Place[],
): readonly RouteOutcome[] | undefined {
  const targets: StreamEntry['targets'] =
    entry.targets.length === 1
      ? entry.targets.map((target) => ({ ...target, weight: 100 }))
      : entry.targets.filter(({ weight }) => weight > 0);
  const wanted = targets.map((target) => ({ ...target, port: target.port ?? singlePort(mesh, proxy, target.host) ?? port }));
  const at = [...places, entry.at, ...(match === undefined ? [] : [match.at])];
  return resolveDestinations(mesh, proxy, wanted)?.map((resolved) =>
    outcome('forward', [...at, ...resolved.flatMap((one) => one.places)], {
      via: 'tcp',
      config,
      configName: `${config.namespace}/${config.name}`,
      destinations: resolved.map(({ destination }) => destination),
    }),
  );
}

/** The port of a service that has a single one. */
function singlePort(mesh: Mesh, proxy: RoutingProxy, host: string | undefined): number | undefined {
  if (host === undefined) return undefined;
  const [service] = proxy.scope === undefined ? seenByGateway(mesh, proxy.namespace, host) : servicesFor(mesh, proxy, host);
  return service?.ports.length === 1 ? service.ports[0]?.number : undefined;
}

/** What a gateway's plain or TLS-ending server does with a connection: the first route of the first config that has one for it. */
export function gatewayStream(
  mesh: Mesh,
  proxy: RoutingProxy,
  workload: Workload,
  server: GatewayServer,
  places: readonly Place[],
): Possible<RouteOutcome> {
  const sequences = gatewayStreamsOf(mesh, workload, server, 'tcp');
  const unknown = undecided(
    sequences.flatMap(({ routes }) => routes),
    true,
  );
  if (unknown !== undefined) return { unknown };
  const hits = mayComeFirst(sequences, ({ config, routes: [route] }) => (route === undefined ? undefined : { config, route }));
  if (hits.length === 0) return [outcome('reset', places, { via: 'tcp' })];
  return forwardHits(mesh, proxy, hits, server.port, places);
}

/** A server that passes TLS on, with the distance of its nearest route; undefined: no route of it is for the name. */
export function passedOn(
  mesh: Mesh,
  proxy: RoutingProxy,
  workload: Workload,
  server: GatewayServer,
  sni: string | undefined,
): { readonly distance: number; readonly take: (places: readonly Place[]) => Possible<RouteOutcome> } | undefined {
  const sequences = gatewayStreamsOf(mesh, workload, server, 'tls');
  const unknown = undecided(
    sequences.flatMap(({ routes }) => routes),
    true,
  );
  if (unknown !== undefined) return { distance: Number.POSITIVE_INFINITY, take: () => ({ unknown }) };
  const hits = nearest(sequences, sni);
  if (hits.length === 0) return undefined;
  const distance = Math.max(...hits.flatMap(({ route }) => (route.match?.sniHosts ?? []).map((name) => nearness(name.toLowerCase(), sni))));
  return {
    distance,
    take: (places) => forwardHits(mesh, proxy, hits, server.port, places),
  };
}
