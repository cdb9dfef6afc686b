import { type Answer, found, oneOf, outcomes, unknown } from './answer.ts';
import { positionFor } from './config-position.ts';
import { routesInDoubt } from './doubtful-routes.ts';
import { serversOf } from './gateway-servers.ts';
import { type GatewayServer, meshGatewaysOf } from './gateways.ts';
import { HostIndex, isWildcard, isWithin } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import type { RouteConfig } from './route-config.ts';
import { generateRoutes, type RouteList, type RouteSequence } from './route-lists.ts';
import { routeConfigsOf } from './virtual-services.ts';
import type { Workload } from './workloads.ts';

/** The http routes of servers that share one route configuration: all plain ones of a port, or a single one that ends TLS. */
export interface GatewayRouteTable {
  readonly servers: readonly GatewayServer[];
  /** By the domain of the virtual host, in lower case. */
  readonly lists: HostIndex<RouteList>;
  /** Domains whose requests without TLS are redirected to https, and the server that says so. */
  readonly redirects: HostIndex<GatewayServer>;
}

/** What the pods of a gateway listen for on one of their ports. */
export interface GatewayPort {
  /** `http`: one route table for all. `chains`: by the name that the client asks TLS for, or none. */
  readonly kind: 'http' | 'chains';
  readonly servers: readonly GatewayServer[];
}

/** Source: pkg/config/gateway/gateway.go; pkg/config/protocol/instance.go, IsHTTP. */
export function isHttpProtocol(protocol: string): boolean {
  return protocol === 'HTTP' || protocol === 'HTTP2' || protocol === 'GRPC' || protocol === 'GRPC-WEB' || protocol === 'HTTP_PROXY';
}

export function endsTls({ tls }: GatewayServer): boolean {
  return tls !== undefined && tls !== 'PASSTHROUGH' && tls !== 'AUTO_PASSTHROUGH';
}

/** It ends TLS and reads http inside. */
export function isHttps(server: GatewayServer): boolean {
  return server.protocol === 'HTTPS' && endsTls(server);
}

/** Why it is not known on which port of theirs gateway pods take what is sent to a port of their Services. */
export const severalPorts = 'several Services lead the port to different ones of the gateway';

/** More Gateways on one port, in conflict with each other, than are tried in every order. */
const mostInConflict = 5;

/**
 * What gateway pods listen for on a port of theirs, or nothing (undefined). Where Gateways contend for it the older one decides; without conflict there
 * is one answer, whatever is older.
 */
export function gatewayPortsOf(mesh: Mesh, workload: Workload, podPort: number): Answer<GatewayPort | undefined> {
  return mesh.deriveFor(computePorts, workload, podPort);
}

function computePorts(mesh: Mesh, workload: Workload, podPort: number): Answer<GatewayPort | undefined> {
  const servers = serversOf(mesh, workload);
  if (servers.kind === 'unknown') return servers;
  const bound = outcomes(servers)
    .flat()
    .filter((one) => one.podPort === podPort);
  if (bound.some(({ ambiguous }) => ambiguous)) return unknown(severalPorts);
  const byGateway = new Map<string, GatewayServer[]>();
  for (const { server } of bound) byGateway.set(server.gateway.name, [...(byGateway.get(server.gateway.name) ?? []), server]);
  const groups = [...byGateway.values()];
  const merged = mergeServers(groups.flat());
  // In one order plaintext stands beside TLS, in another it takes its place.
  const isMixed = new Set(bound.map(({ server: { tls, protocol } }) => tls === undefined || isHttpProtocol(protocol))).size > 1;
  if (groups.length < 2 || ((merged?.servers.length ?? 0) === bound.length && !isMixed)) return found(merged);
  if (groups.length > mostInConflict) return unknown('more Gateways contend for the port than can be put in every order');
  const results = new Map<string, GatewayPort | undefined>();
  for (const order of permutations(groups)) {
    const result = mergeServers(order.flat());
    // Which servers are left decides; in which order they are is left to the order of their routes.
    const key = bound.map(({ server }) => (result?.servers.includes(server) === true ? '1' : '0')).join('');
    if (!results.has(key)) results.set(key, result);
  }
  const [first, ...others] = results.values();
  return oneOf(first, ...others);
}

function* permutations<T>(items: readonly T[]): Iterable<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries()) {
    for (const rest of permutations([...items.slice(0, i), ...items.slice(i + 1)])) yield [item, ...rest];
  }
}

/**
 * The servers of one port that hold beside each other, the older Gateway's first.
 * Source: pilot/pkg/model/gateway.go, mergeGateways.
 */
function mergeServers(servers: readonly GatewayServer[]): GatewayPort | undefined {
  const kept: GatewayServer[] = [];
  const tlsHosts = new Set<string>();
  const routeNames = new Set<string>();
  let plain: GatewayServer | undefined;
  for (const server of servers) {
    if (server.tls !== undefined) {
      const keys = server.hosts.map((host) => `${host} ${server.bind}`);
      if (keys.some((key) => tlsHosts.has(key))) continue;
      for (const key of keys) tlsHosts.add(key);
    }
    const http = isHttpProtocol(server.protocol);
    const isPlain = server.tls === undefined || http;
    if (plain?.bind === server.bind) {
      if (!(http && isHttpProtocol(plain.protocol))) continue;
    } else if (isPlain) {
      // Behind TLS it stands beside it; TLS behind it is dropped.
      plain = server;
    } else if (plain === undefined && isHttps(server) && routeNames.has(`${server.portName} ${server.gateway.name}`)) {
      continue;
    }
    if (isHttps(server)) routeNames.add(`${server.portName} ${server.gateway.name}`);
    kept.push(server);
  }
  const [first] = kept;
  if (first === undefined) return undefined;
  return { kind: isHttpProtocol(first.protocol) ? 'http' : 'chains', servers: kept };
}

/**
 * The routes of servers with one route configuration, by domain: those of the older Gateway first, of each the nearer configs first, of those
 * the older ones.
 * Source: pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig.
 */
export function routeTableOf(mesh: Mesh, workload: Workload, servers: readonly GatewayServer[]): GatewayRouteTable {
  const key = servers.map((server) => `${server.gateway.name} ${String(server.gateway.servers.indexOf(server))}`).join();
  return mesh.remember(computeTable, workload, key, () => {
    // The servers are only named by the key, and are others when these are.
    meshGatewaysOf(mesh);
    return computeTable(mesh, workload, servers);
  });
}

function computeTable(mesh: Mesh, workload: Workload, servers: readonly GatewayServer[]): GatewayRouteTable {
  const lists = new HostIndex<RouteList & { readonly sequences: RouteSequence[] }>();
  const redirects = new HostIndex<GatewayServer>();
  // A config's routes are made once for each Gateway, for the port of its first server.
  const made = new Map<string, Map<RouteConfig, Pick<RouteSequence, 'port' | 'routes'>>>();
  const serverNumbers = new Map<string, number>();
  for (const server of servers) {
    const { gateway } = server;
    const number = serverNumbers.get(gateway.name) ?? 0;
    serverNumbers.set(gateway.name, number + 1);
    const ofGateway = made.get(gateway.name) ?? new Map<RouteConfig, Pick<RouteSequence, 'port' | 'routes'>>();
    made.set(gateway.name, ofGateway);
    for (const { config, domain } of attachedTo(mesh, server)) {
      const places = placesOf(config, workload.namespace);
      if (places.length === 0) continue;
      const facts = { namespace: workload.namespace, labels: workload.labels, gateway: gateway.name, port: server.port };
      const generated = ofGateway.get(config) ?? { port: server.port, routes: generateRoutes(config, facts) };
      ofGateway.set(config, generated);
      if (generated.routes.length === 0) continue;
      for (const placed of places) {
        const sequence = { config, track: gateway.name, ...generated, ...placed, position: number * 8 + placed.position };
        const list = lists.get(domain);
        if (list === undefined) lists.set(domain, { domain, take: 'all', sequences: [sequence] });
        else list.sequences.push(sequence);
      }
      if (server.httpsRedirect) redirects.set(domain, server);
    }
    if (server.httpsRedirect) for (const host of server.hosts) redirects.set(host.toLowerCase(), server);
  }
  return { servers, lists, redirects };
}

/** The namespace of a config that is made of resources of several ones is that of the oldest: it may stand at one place or at another. */
function placesOf(config: RouteConfig, client: string): readonly Pick<RouteSequence, 'position' | 'owners' | 'either'>[] {
  const byPosition = new Map<number, string[]>();
  for (const owner of config.owners) {
    const position = positionFor(config, client, owner);
    if (position !== undefined) byPosition.set(position, [...(byPosition.get(position) ?? []), owner]);
  }
  const either = byPosition.size > 1 ? { either: {} } : {};
  return [...byPosition].map(([position, owners]) => ({ position, owners, ...either }));
}

interface Attached {
  readonly config: RouteConfig;
  /** In lower case. */
  readonly domain: string;
}

/** Configs that name the Gateway, with each host that they have in common with a server: of two hosts the narrower one. */
function* attachedTo(mesh: Mesh, server: GatewayServer): Iterable<Attached> {
  const configs = routeConfigsOf(mesh).boundTo(server.gateway.name);
  const seen = new Map<RouteConfig, Set<string>>();
  const isNew = (config: RouteConfig, host: string): boolean => {
    const hosts = seen.get(config) ?? new Set<string>();
    seen.set(config, hosts);
    return hosts.size < hosts.add(host).size;
  };
  for (const written of server.hosts) {
    const slash = written.indexOf('/');
    const [namespace, host] = slash === -1 ? [undefined, written] : [written.slice(0, slash), written.slice(slash + 1)];
    const admitted = (config: RouteConfig): boolean => namespace === undefined || config.owners.includes(namespace);
    for (const [, list] of configs.covering(host)) {
      for (const config of list) if (admitted(config) && isNew(config, host)) yield { config, domain: host.toLowerCase() };
    }
    if (!isWildcard(host)) continue;
    for (const [narrower, list] of configs.within(host)) {
      for (const config of list) if (admitted(config) && isNew(config, narrower)) yield { config, domain: narrower.toLowerCase() };
    }
  }
}

/** Source: pilot/pkg/networking/core/gateway.go, pickMatchingGatewayHosts. */
export function isAttached(server: GatewayServer, config: Pick<RouteConfig, 'owners' | 'hosts'>): boolean {
  return server.hosts.some((written) => {
    const slash = written.indexOf('/');
    if (slash !== -1 && !config.owners.includes(written.slice(0, slash))) return false;
    const host = written.slice(slash + 1);
    return config.hosts.some((one) => isWithin(one.host, host) || isWithin(host, one.host));
  });
}

/** The virtual host for a Host header (lower case, without port): the exact domain, else the longest wildcard. */
export function listFor(
  { lists, redirects }: GatewayRouteTable,
  authority: string,
): { readonly list: RouteList | undefined; readonly redirect: GatewayServer | undefined } | undefined {
  const domains = [...lists.covering(authority), ...redirects.covering(authority)].map(([domain]) => domain);
  const domain = domains.find((one) => one === authority) ?? domains.sort((a, b) => b.length - a.length)[0];
  return domain === undefined ? undefined : { list: lists.get(domain), redirect: redirects.get(domain) };
}

/**
 * The http routes that a gateway's pods have for a host on one of their own ports, without what depends on TLS: one list for all servers that share
 * their routes. None: no server there takes requests for the host. Where Gateways contend for the port the older one decides.
 */
export function gatewayRoutesOf(mesh: Mesh, workload: Workload, podPort: number, host: string): Answer<readonly RouteList[]> {
  const doubt = routesInDoubt(mesh, host);
  if (doubt !== undefined) return unknown(doubt);
  const ports = gatewayPortsOf(mesh, workload, podPort);
  if (ports.kind === 'unknown') return ports;
  const distinct = new Map<string, readonly RouteList[]>();
  for (const lists of outcomes(ports).map((port) => listsOn(mesh, workload, port, host))) {
    const key = lists.map(
      ({ domain, sequences }) => `${domain} ${sequences.map(({ track, config }) => `${track} ${config.namespace}/${config.name}`).join()}`,
    );
    if (!distinct.has(key.join('|'))) distinct.set(key.join('|'), lists);
  }
  const [first = [], ...others] = distinct.values();
  return oneOf(first, ...others);
}

function listsOn(mesh: Mesh, workload: Workload, port: GatewayPort | undefined, host: string): readonly RouteList[] {
  if (port === undefined) return [];
  const groups = port.kind === 'http' ? [port.servers] : port.servers.filter(isHttps).map((server) => [server]);
  return groups.flatMap((servers) => listFor(routeTableOf(mesh, workload, servers), host)?.list ?? []);
}
