import { streamsOfGatewayApi } from './api-stream-routes.ts';
import { gatewaysOf } from './claims.ts';
import { entriesWithDelegates } from './delegated-routes.ts';
import { type HostIndex, resolveHost } from './hosts.ts';
import { routesOfGatewayApi } from './http-routes.ts';
import type { Mesh } from './mesh.ts';
import type { RouteConfig, RouteEntry, StreamEntry } from './route-config.ts';
import { byGateways, byTargets } from './route-config-index.ts';
import { hasDelegates, type VirtualService, VirtualServiceRoutes } from './virtual-service-routes.ts';
import { streamsOf } from './virtual-service-streams.ts';
import { type Visibility, visibilityOf } from './visibility.ts';

/** All VirtualServices as Istio has them: delegates put together, routes of the Gateway API made into some of their own. */
export interface RouteConfigs {
  readonly all: readonly RouteConfig[];
  /** Those bound to `mesh` or a gateway (`namespace/name`), by their hosts. */
  boundTo(gateway: string): HostIndex<readonly RouteConfig[]>;
  /** Those bound to the mesh that send traffic to a host. */
  sendingTo(host: string): readonly RouteConfig[];
  /** The config that was made of a VirtualService; undefined for a delegate. */
  ofVirtualService(virtualService: VirtualService): RouteConfig | undefined;
}

export function routeConfigsOf(mesh: Mesh): RouteConfigs {
  return mesh.derive(createRouteConfigs);
}

/** The config that was made of a VirtualService; undefined for a delegate. Who asks does not rest on all others. */
export function routeConfigOf(mesh: Mesh, virtualService: VirtualService): RouteConfig | undefined {
  return mesh.step(findConfig, virtualService);
}

function findConfig(mesh: Mesh, virtualService: VirtualService): RouteConfig | undefined {
  return routeConfigsOf(mesh).ofVirtualService(virtualService);
}

/** Those bound to `mesh` or a gateway whose hosts cover a host, the nearest hosts first. */
export function configsCovering(mesh: Mesh, gateway: string, host: string): readonly RouteConfig[] {
  return mesh.step(findCovering, host, gateway);
}

function findCovering(mesh: Mesh, host: string, gateway: string): readonly RouteConfig[] {
  return [...routeConfigsOf(mesh).boundTo(gateway).covering(host)].flatMap(([, configs]) => configs);
}

const noStreams: readonly StreamEntry[] = [];

function createRouteConfigs(mesh: Mesh): RouteConfigs {
  const all: RouteConfig[] = [];
  const byVirtualService = new Map<VirtualService, RouteConfig>();
  for (const virtualService of mesh.of('VirtualService')) {
    if ((virtualService.spec.hosts ?? []).length === 0 || isReplaced(mesh, virtualService)) continue;
    const config = mesh.step(configOf, virtualService);
    all.push(config);
    byVirtualService.set(virtualService, config);
  }
  const ofGatewayApi = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'] as const;
  if (ofGatewayApi.some((kind) => mesh.of(kind).length > 0))
    all.push(...mesh.derive(routesOfGatewayApi), ...mesh.derive(streamsOfGatewayApi));

  let bound: RouteConfigs['boundTo'] | undefined;
  let sending: RouteConfigs['sendingTo'] | undefined;
  return {
    all,
    boundTo: (gateway) => (bound ??= byGateways(all))(gateway),
    sendingTo: (host) => (sending ??= byTargets(all))(host),
    ofVirtualService: (virtualService) => byVirtualService.get(virtualService),
  };
}

/** What is applied is the last of its name in a file. */
function isReplaced(mesh: Mesh, virtualService: VirtualService): boolean {
  const same = mesh.sameIdentity(virtualService);
  return same.length > 1 && same.findLast(({ origin }) => origin.text === virtualService.origin.text) !== virtualService;
}

function configOf(mesh: Mesh, virtualService: VirtualService): RouteConfig {
  return new WrittenConfig(mesh, virtualService);
}

/** Most is never asked for, or only once. What delegates say may change while this stays. */
class WrittenConfig implements RouteConfig {
  readonly kind = 'VirtualService';
  readonly gateways: readonly string[];
  readonly visibility: Visibility;
  private readonly mesh: Mesh;
  private readonly resource: VirtualService;
  private madeHosts: RouteConfig['hosts'] | undefined;
  private madeTls: RouteConfig['tls'] | undefined;
  private madeTcp: RouteConfig['tcp'] | undefined;

  constructor(mesh: Mesh, virtualService: VirtualService) {
    this.mesh = mesh;
    this.resource = virtualService;
    this.gateways = gatewaysOf(virtualService);
    const { exportTo } = virtualService.spec;
    this.visibility = visibilityOf(exportTo, virtualService.metadata.namespace, mesh.config.defaultVirtualServiceExportTo);
  }

  get namespace(): string {
    return this.resource.metadata.namespace;
  }

  get owners(): readonly string[] {
    return [this.namespace];
  }

  get name(): string {
    return this.resource.metadata.name;
  }

  get resources(): readonly [VirtualService] {
    return [this.resource];
  }

  get hosts(): RouteConfig['hosts'] {
    this.madeHosts ??= (this.resource.spec.hosts ?? []).map((host, i) => ({
      host: resolveHost(host, this.namespace, this.mesh.domain),
      at: { kind: 'node', resource: this.resource, path: ['spec', 'hosts', i], part: 'value' },
    }));
    return this.madeHosts;
  }

  get http(): RouteConfig['http'] {
    return this.mesh.latest(httpOf, this.resource);
  }

  get tls(): RouteConfig['tls'] {
    this.madeTls ??= streams(this.resource, this.mesh.domain, 'tls');
    return this.madeTls;
  }

  get tcp(): RouteConfig['tcp'] {
    this.madeTcp ??= streams(this.resource, this.mesh.domain, 'tcp');
    return this.madeTcp;
  }
}

function httpOf(mesh: Mesh, virtualService: VirtualService): readonly RouteEntry[] {
  if (hasDelegates(virtualService)) return entriesWithDelegates(mesh, virtualService);
  const routes = new VirtualServiceRoutes(virtualService, mesh.domain);
  return (virtualService.spec.http ?? []).map((written, i) => routes.http(written, i));
}

/** Nearly always there are none. */
function streams(resource: VirtualService, domain: string, protocol: 'tls' | 'tcp'): readonly StreamEntry[] {
  return (resource.spec[protocol] ?? []).length === 0 ? noStreams : streamsOf(resource, domain, protocol);
}
