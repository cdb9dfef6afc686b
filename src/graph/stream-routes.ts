import { positionFor } from './config-position.ts';
import { type GatewayServer } from './gateways.ts';
import { isAttached } from './gateway-routes.ts';
import { isWildcard } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import type { SidecarPort } from './mesh-routes.ts';
import type { RouteConfig, StreamEntry } from './route-config.ts';
import { type GeneratedStream, generateStreams } from './route-lists.ts';
import { routeConfigsOf } from './virtual-services.ts';
import type { Workload } from './workloads.ts';

/** The tcp or tls routes that one config gives a proxy; in the order of `position`, then of creation. */
export interface StreamSequence {
  readonly config: RouteConfig;
  readonly track: string;
  readonly position: number;
  readonly routes: readonly GeneratedStream[];
}

/**
 * The routes for connections to a service: of all configs with a host that overlaps with it, an exact one no nearer than a wildcard.
 * Source: pilot/pkg/networking/core/listener.go (buildSidecarOutboundTCPListenerOpts) and tls.go (getConfigsForHost).
 */
export function meshStreamsOf(
  mesh: Mesh,
  { scope, listener, labels, port }: SidecarPort,
  host: string,
  protocol: 'tcp' | 'tls',
): readonly StreamSequence[] {
  const configs = routeConfigsOf(mesh).boundTo('mesh');
  const overlapping = new Set<RouteConfig>();
  for (const [, list] of configs.covering(host)) for (const config of list) overlapping.add(config);
  if (isWildcard(host)) for (const [, list] of configs.within(host)) for (const config of list) overlapping.add(config);
  const facts = { namespace: scope.namespace, labels, gateway: 'mesh', port };
  return [...overlapping].flatMap((config) => {
    const position = listener.positionOf(config);
    const routes = position === undefined ? [] : generateStreams(config[protocol], facts);
    return position === undefined || routes.length === 0 ? [] : [{ config, track: 'mesh', position, routes }];
  });
}

/** Source: pilot/pkg/networking/core/gateway.go, buildGatewayNetworkFiltersFromTCPRoutes and …FromTLSRoutes. */
export function gatewayStreamsOf(
  mesh: Mesh,
  workload: Workload,
  server: GatewayServer,
  protocol: 'tcp' | 'tls',
): readonly StreamSequence[] {
  const what = protocol === 'tcp' ? tcpStreams : tlsStreams;
  return mesh.deriveFor(what, workload, server);
}

type Streams = (mesh: Mesh, workload: Workload, server: GatewayServer) => readonly StreamSequence[];
const tcpStreams: Streams = (mesh, workload, server) => computeStreams(mesh, workload, server, 'tcp');
const tlsStreams: Streams = (mesh, workload, server) => computeStreams(mesh, workload, server, 'tls');

function computeStreams(mesh: Mesh, workload: Workload, server: GatewayServer, protocol: 'tcp' | 'tls'): readonly StreamSequence[] {
  const facts = { namespace: workload.namespace, labels: workload.labels, gateway: server.gateway.name, port: server.port };
  const configs = new Set<RouteConfig>();
  for (const list of routeConfigsOf(mesh).boundTo(server.gateway.name).values()) for (const config of list) configs.add(config);
  return [...configs].flatMap((config) => {
    const position = positionFor(config, workload.namespace);
    if (position === undefined || !isAttached(server, config)) return [];
    const written: readonly StreamEntry[] = config[protocol].filter(({ targets, unknown }) => targets.length > 0 || unknown !== undefined);
    const routes = generateStreams(written, facts);
    return routes.length === 0 ? [] : [{ config, track: server.gateway.name, position, routes }];
  });
}
