import { doubtAt } from '../model/doubt.ts';
import { streamsOfGatewayApi } from './api-stream-routes.ts';
import { gatewaysOf } from './claims.ts';
import { delegatedRoutes } from './delegates.ts';
import { HostIndex, resolveHost } from './hosts.ts';
import { routesOfGatewayApi } from './http-routes.ts';
import type { Mesh } from './mesh.ts';
import type { RouteConfig, RouteEntry, RouteTarget } from './route-config.ts';
import { hasDelegates, type VirtualService, VirtualServiceRoutes } from './virtual-service-routes.ts';
import { isVisible, nearnessOf, type Visibility, visibilityOf } from './visibility.ts';

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

const noConfigs = new HostIndex<readonly RouteConfig[]>();

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
  if (ofGatewayApi.some((kind) => mesh.of(kind).length > 0)) all.push(...routesOfGatewayApi(mesh), ...streamsOfGatewayApi(mesh));

  let byGateway: ReadonlyMap<string, HostIndex<readonly RouteConfig[]>> | undefined;
  let byTarget: ReadonlyMap<string, readonly RouteConfig[]> | undefined;
  return {
    all,
    boundTo: (gateway) => {
      byGateway ??= byGateways(all);
      return byGateway.get(gateway) ?? noConfigs;
    },
    sendingTo: (host) => {
      byTarget ??= byTargets(all);
      return byTarget.get(host) ?? [];
    },
    ofVirtualService: (virtualService) => byVirtualService.get(virtualService),
  };
}

function byGateways(all: readonly RouteConfig[]): ReadonlyMap<string, HostIndex<readonly RouteConfig[]>> {
  const byGateway = new Map<string, HostIndex<RouteConfig[]>>();
  for (const config of all) {
    const names = new Set(config.hosts.map(({ host }) => host));
    for (const gateway of new Set(config.gateways)) {
      const hosts = byGateway.get(gateway) ?? new HostIndex<RouteConfig[]>();
      byGateway.set(gateway, hosts);
      for (const host of names) {
        const known = hosts.get(host);
        if (known === undefined) hosts.set(host, [config]);
        else known.push(config);
      }
    }
  }
  return byGateway;
}

function byTargets(all: readonly RouteConfig[]): ReadonlyMap<string, readonly RouteConfig[]> {
  const byTarget = new Map<string, RouteConfig[]>();
  for (const config of all) {
    if (!config.gateways.includes('mesh')) continue;
    for (const host of new Set(targetsOf(config).map((target) => target.host))) {
      if (host === undefined) continue;
      const known = byTarget.get(host);
      if (known === undefined) byTarget.set(host, [config]);
      else known.push(config);
    }
  }
  return byTarget;
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
    this.madeTls ??= new VirtualServiceRoutes(this.resource, this.mesh.domain).streams('tls');
    return this.madeTls;
  }

  get tcp(): RouteConfig['tcp'] {
    this.madeTcp ??= new VirtualServiceRoutes(this.resource, this.mesh.domain).streams('tcp');
    return this.madeTcp;
  }
}

/**
 * A delegate that is not there, or not exported to the root's namespace, takes only the root's entry with it; so does one that delegates
 * itself. Where it is not known what it is, the root's entry stands for whatever may come of it.
 * Source: pilot/pkg/model/virtualservice.go, mergeVirtualServicesIfNeeded.
 */
function httpOf(mesh: Mesh, virtualService: VirtualService): readonly RouteEntry[] {
  const routes = new VirtualServiceRoutes(virtualService, mesh.domain);
  const { http = [] } = virtualService.spec;
  if (!hasDelegates(virtualService)) return http.map((written, i) => routes.http(written, i));
  const entries = http.flatMap((written, i) => {
    const entry = routes.http(written, i);
    if (written.delegate === undefined) return [entry];
    const delegate = delegateOf(mesh, virtualService, written.delegate);
    if (typeof delegate === 'string') return [{ ...entry, unknown: delegate }];
    if (delegate === undefined) return [];
    const leaf = new VirtualServiceRoutes(delegate, mesh.domain);
    return delegatedRoutes(
      entry,
      (delegate.spec.http ?? []).map((route, j) => leaf.http(route, j)),
    );
  });
  return entries.map((entry, rank) => ({ ...entry, rank }));
}

/** The VirtualServices that take in routes of a delegate. */
export function rootsOf(mesh: Mesh, delegate: VirtualService): readonly RouteConfig[] {
  return mesh.derive(rootsByDelegate).get(delegate) ?? [];
}

function rootsByDelegate(mesh: Mesh): ReadonlyMap<RouteEntry['resource'], readonly RouteConfig[]> {
  const roots = new Map<RouteEntry['resource'], RouteConfig[]>();
  for (const config of routeConfigsOf(mesh).all) {
    const [resource] = config.resources;
    if (resource?.kind !== 'VirtualService' || !hasDelegates(resource)) continue;
    for (const delegate of new Set(config.http.flatMap(({ delegatedBy, resource }) => (delegatedBy === undefined ? [] : [resource])))) {
      const known = roots.get(delegate);
      if (known === undefined) roots.set(delegate, [config]);
      else known.push(config);
    }
  }
  return roots;
}

/** A text: why it is not known. */
function delegateOf(
  mesh: Mesh,
  root: VirtualService,
  { name = '', namespace = '' }: { readonly name?: string; readonly namespace?: string },
): VirtualService | string | undefined {
  const own = root.metadata.namespace;
  const answer = mesh.lookup('VirtualService', namespace === '' ? own : namespace, name, root);
  if (answer.kind === 'missing') return undefined;
  if (answer.kind === 'unknown') return answer.reason;
  if (answer.kind === 'order-dependent') return 'a VirtualService is defined in several ways';
  const delegate = answer.value;
  const { hosts = [], exportTo, http = [] } = delegate.spec;
  const doubt =
    doubtAt(delegate, 'spec', 'hosts') ??
    doubtAt(delegate, 'spec', 'exportTo') ??
    (http.length === 0 ? doubtAt(delegate, 'spec', 'http') : doubtAt(delegate, 'spec', 'http', '*', 'delegate'));
  if (doubt !== undefined) return doubt;
  if (hosts.length > 0 || http.some((route) => route.delegate !== undefined)) return undefined;
  const visibility = visibilityOf(exportTo, delegate.metadata.namespace, mesh.config.defaultVirtualServiceExportTo);
  return isVisible(visibility, own) ? delegate : undefined;
}

/** Every destination that a config names, mirrors included. */
function targetsOf({ http, tls, tcp }: RouteConfig): readonly RouteTarget[] {
  return [...http.flatMap(httpTargets), ...[...tls, ...tcp].flatMap(({ targets }) => targets)];
}

export function httpTargets({ targets, mirror, mirrors }: RouteEntry): readonly RouteTarget[] {
  return [...targets, ...(mirror === undefined ? [] : [mirror]), ...mirrors.map(({ target }) => target)];
}

/**
 * Where a config stands among those that a client of a namespace sees; lower comes first, and of equal ones the oldest. Undefined: the client
 * does not see it. Within a bucket, routes of the Gateway API of the client's own namespace come first.
 * Source: SelectVirtualServices in pilot/pkg/model/virtualservice.go; VirtualServicesForGateway in push_context.go, where it makes no
 * difference, since what is made of HTTPRoutes is in one bucket.
 * `namespace`: the one of its owners that it is named by.
 */
export function positionFor(config: RouteConfig, client: string, namespace: string = config.namespace): number | undefined {
  const nearness = nearnessOf(config.visibility, namespace, client);
  if (nearness === undefined) return undefined;
  return nearness * 2 + (config.kind !== 'VirtualService' && namespace === client ? 0 : 1);
}
