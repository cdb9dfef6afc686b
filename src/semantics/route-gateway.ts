import { outcomes } from '../graph/answer.ts';
import {
  endsTls,
  gatewayPortsOf,
  type GatewayPort,
  isHttpProtocol,
  isHttps,
  listFor,
  routeTableOf,
  severalPorts,
} from '../graph/gateway-routes.ts';
import { type GatewayServer, meshGatewaysOf } from '../graph/gateways.ts';
import type { Mesh } from '../graph/mesh.ts';
import { gatewayStreamsOf } from '../graph/stream-routes.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { Regexes } from './access-strings.ts';
import type { RoutingProxy } from './route-clusters.ts';
import { routeByList } from './route-http.ts';
import { comparedRequest, domainOf, type Traffic } from './route-match.ts';
import { outcome, type Possible, type RouteOutcome } from './route-outcome.ts';
import { gatewayStream, nearness, passedOn, sniOf } from './route-streams.ts';

interface Call {
  readonly mesh: Mesh;
  readonly workload: Workload;
  readonly proxy: RoutingProxy;
  readonly host: string;
  readonly traffic: Traffic;
  readonly regexes: Regexes;
}

/**
 * What the pods of a gateway do with what arrives on a port of their Service; on one that the Service does not have, with what arrives on
 * the pods' own port of this number.
 * Source: pilot/pkg/networking/core/gateway.go, buildGatewayListeners.
 */
export function routeAtGateway(
  mesh: Mesh,
  workload: Workload,
  host: string,
  port: number,
  traffic: Traffic,
  regexes: Regexes,
): Possible<RouteOutcome> {
  const { namespace, labels } = workload;
  const call: Call = { mesh, workload, proxy: { namespace, labels, scope: undefined }, host, traffic, regexes };
  const [podPort = port, ...others] = meshGatewaysOf(mesh).podPortsOf(workload, port);
  if (others.length > 0) return { unknown: severalPorts };
  const ports = gatewayPortsOf(mesh, workload, podPort);
  if (ports.kind === 'unknown') return { unknown: ports.reason };
  const results: RouteOutcome[] = [];
  for (const one of outcomes(ports)) {
    const possible =
      one === undefined ? [outcome('reset', [], { via: 'tcp' })] : one.kind === 'http' ? plainHttp(call, one) : byChain(call, one);
    if ('unknown' in possible) return possible;
    results.push(...possible);
  }
  return results;
}

function plainHttp(call: Call, { servers }: GatewayPort): Possible<RouteOutcome> {
  const { traffic } = call;
  const places = servers.map(({ at }) => at);
  if (traffic.kind !== 'http' || traffic.tls === true) return [outcome('reset', places, { via: 'tcp' })];
  return byTable(call, servers, false);
}

/** Source: pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig. */
function byTable(call: Call, servers: readonly GatewayServer[], tls: boolean): Possible<RouteOutcome> {
  const { mesh, workload, proxy, host, traffic, regexes } = call;
  if (traffic.kind !== 'http') return [outcome('reset', serverPlaces(servers), { via: 'tcp' })];
  const request = comparedRequest(traffic.request, host, tls, mesh.config.pathNormalization);
  const found = listFor(routeTableOf(mesh, workload, servers), domainOf(request.authority));
  if (found?.redirect !== undefined && !tls) {
    const redirect = { host: undefined, path: undefined, prefix: undefined, scheme: 'https', port: undefined, status: 301 };
    return [outcome('redirect', [found.redirect.at], { redirect, status: 301 })];
  }
  if (found?.list === undefined) return [outcome('no-route', serverPlaces(servers), { status: 404 })];
  const tracks = new Set(found.list.sequences.map(({ track }) => track));
  const places = serverPlaces(servers.filter(({ gateway }) => tracks.has(gateway.name)));
  return routeByList(mesh, proxy, found.list, request, regexes, places);
}

function serverPlaces(servers: readonly GatewayServer[]): readonly Place[] {
  return servers.map(({ at }) => at);
}

interface Chain {
  readonly server: GatewayServer;
  readonly distance: number;
  readonly take: () => Possible<RouteOutcome>;
}

/** The chain for the name that the client asks for; what sends no TLS finds only chains that need none. */
function byChain(call: Call, { servers }: GatewayPort): Possible<RouteOutcome> {
  const { mesh, workload, proxy, traffic, host } = call;
  const sni = sniOf(traffic, host);
  if (servers.some(({ tls }) => tls === 'AUTO_PASSTHROUGH')) return { unknown: 'a server passes TLS on by names that sidecars make' };
  const chains: Chain[] = [];
  for (const server of servers) {
    const distance = Math.max(-1, ...server.hosts.map((written) => nearness(written.slice(written.indexOf('/') + 1).toLowerCase(), sni)));
    if (server.tls === undefined) {
      const take = isHttpProtocol(server.protocol)
        ? (): Possible<RouteOutcome> => byTable(call, [server], false)
        : (): Possible<RouteOutcome> => gatewayStream(mesh, proxy, workload, server, [server.at]);
      chains.push({ server, distance: 0, take });
    } else if (!endsTls(server)) {
      const passed = passedOn(mesh, proxy, workload, server, sni);
      if (passed !== undefined) chains.push({ server, distance: passed.distance, take: () => passed.take([server.at]) });
    } else if (sni !== undefined && distance >= 0 && (isHttps(server) || gatewayStreamsOf(mesh, workload, server, 'tcp').length > 0)) {
      const take = isHttps(server)
        ? (): Possible<RouteOutcome> => byTable(call, [server], true)
        : (): Possible<RouteOutcome> => gatewayStream(mesh, proxy, workload, server, [server.at]);
      chains.push({ server, distance, take });
    }
  }
  if (chains.length === 0) return [outcome('reset', serverPlaces(servers), { via: 'tcp' })];
  // Of chains for one name the first stays: of each Gateway its first, and that of the oldest Gateway in the end.
  const best = Math.max(...chains.map(({ distance }) => distance));
  const byGateway = new Map<string, Chain>();
  for (const chain of chains) {
    const { name } = chain.server.gateway;
    if (chain.distance === best && !byGateway.has(name)) byGateway.set(name, chain);
  }
  const results: RouteOutcome[] = [];
  for (const { take } of byGateway.values()) {
    const possible = take();
    if ('unknown' in possible) return possible;
    results.push(...possible);
  }
  return results;
}
