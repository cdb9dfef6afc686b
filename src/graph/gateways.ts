import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type GatewayListener, gatewayApiOf } from './gateway-api.ts';
import type { Mesh } from './mesh.ts';
import { SelectorIndex } from './selectors.ts';
import { type MeshService, servicesOf } from './services.ts';
import { portNamed, type Workload } from './workloads.ts';

/** A Gateway as Istio has it: a written one, or one that it makes of a listener of the Gateway API. */
export interface MeshGateway {
  /** `namespace/name`. */
  readonly name: string;
  /** Of the pods that it is for, where it belongs to a Gateway of the Gateway API. */
  readonly namespace: string;
  readonly resource: ResourceOf<'Gateway'> | ResourceOf<'KubernetesGateway'> | ResourceOf<'ListenerSet'>;
  readonly servers: readonly GatewayServer[];
}

export interface GatewayServer {
  readonly gateway: MeshGateway;
  /** As written; where the pod listens depends on its Services. */
  readonly port: number;
  readonly portName: string;
  /** As written. */
  readonly protocol: string;
  readonly bind: string;
  /** `namespace/host` for configs of one namespace, `host` for those of any. */
  readonly hosts: readonly string[];
  readonly tls: GatewayTlsMode | undefined;
  readonly httpsRedirect: boolean;
  readonly at: Place;
}

export type GatewayTlsMode = 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';

/** A server that pods of a gateway open, on their own port. */
export interface BoundServer {
  readonly server: GatewayServer;
  readonly podPort: number;
  /** Several Services lead its port to different ones of the pods, of which it takes only the first that Istio finds. */
  readonly ambiguous: boolean;
}

export interface Gateways {
  readonly all: readonly MeshGateway[];
  /** By `namespace/name`. */
  find(name: string): MeshGateway | undefined;
  /**
   * The servers that the pods of a gateway open as everything is written, in the order of the sources. What is known of them is a question for
   * `serversOf`.
   */
  serversNaming(workload: Workload): readonly BoundServer[];
  /** The pods' own ports behind a port of their Services; empty: no Service has it. Several Services may lead to several. */
  podPortsOf(workload: Workload, servicePort: number): readonly number[];
}

export function meshGatewaysOf(mesh: Mesh): Gateways {
  return mesh.derive(createGateways);
}

/** Source: pilot/pkg/model/push_context.go, mergeGateways. */
function createGateways(mesh: Mesh): Gateways {
  const selecting = new SelectorIndex<MeshGateway>();
  const unselecting: MeshGateway[] = [];
  const byService = new Map<string, MeshGateway[]>();
  const all: MeshGateway[] = [];
  for (const resource of mesh.of('Gateway')) {
    const gateway = classicGateway(resource);
    all.push(gateway);
    if (resource.spec.selector === undefined) unselecting.push(gateway);
    else selecting.add(resource.spec.selector, gateway);
  }
  const api = gatewayApiOf(mesh);
  for (const listener of api.listeners) {
    if (listener.conflicted) continue;
    const gateway = listenerGateway(listener);
    all.push(gateway);
    for (const host of api.servicesOf(listener.gateway)) byService.set(host, [...(byService.get(host) ?? []), gateway]);
  }
  const byName = new Map(all.map((gateway) => [gateway.name, gateway]));

  function computeServers(workload: Workload): readonly BoundServer[] {
    const services = servicesSelecting(mesh, workload);
    const managed = services
      .flatMap((service) => byService.get(service.host) ?? [])
      .filter(({ namespace }) => namespace === workload.namespace);
    // Strict merging: pods of the Gateway API take Gateways of their own namespace only.
    const classic = [...unselecting, ...selecting.matching(workload.labels)].filter(
      ({ namespace }) => managed.length === 0 || namespace === workload.namespace,
    );
    const bound = new Set([...classic, ...managed]);
    return all
      .filter((gateway) => bound.has(gateway))
      .flatMap((gateway) =>
        gateway.servers.flatMap((server) => {
          // A Gateway that selects pods also opens a port that no Service has; what refers to a Service does not.
          const open = podPorts(services, workload, server.port, gateway.resource.kind === 'Gateway');
          const ports = open.length === 0 && gateway.resource.kind === 'Gateway' ? [server.port] : open;
          const ambiguous = gateway.resource.kind === 'Gateway' && ports.length > 1;
          return ports.map((podPort) => ({ server, podPort, ambiguous }));
        }),
      );
  }

  return {
    all,
    find: (name) => byName.get(name),
    serversNaming: (workload) =>
      mesh.remember(createGateways, workload, undefined, () => {
        // What is remembered rests on all of this.
        meshGatewaysOf(mesh);
        return computeServers(workload);
      }),
    podPortsOf: (workload, servicePort) => podPorts(servicesSelecting(mesh, workload), workload, servicePort, false),
  };
}

function classicGateway(resource: ResourceOf<'Gateway'>): MeshGateway {
  const { namespace, name } = resource.metadata;
  const servers: GatewayServer[] = [];
  const gateway: MeshGateway = { name: `${namespace}/${name}`, namespace, resource, servers };
  for (const [i, { port, bind = '', hosts, tls }] of (resource.spec.servers ?? []).entries()) {
    servers.push({
      gateway,
      port: port.number,
      portName: port.name,
      protocol: port.protocol.toUpperCase(),
      bind,
      hosts: sanitized(hosts, namespace),
      tls: tls === undefined ? undefined : (tls.mode ?? 'PASSTHROUGH'),
      httpsRedirect: tls?.httpsRedirect ?? false,
      at: { kind: 'node', resource, path: ['spec', 'servers', i], part: 'value' },
    });
  }
  return gateway;
}

/** A dot stands for the Gateway's namespace, a star for any. Source: pilot/pkg/model/gateway.go, sanitizeServerHostNamespace. */
function sanitized(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.includes('*/*')) return ['*'];
  return hosts.map((host) => {
    if (host.startsWith('./')) return `${namespace}/${host.slice(2)}`;
    return host.startsWith('*/') ? host.slice(2) : host;
  });
}

function listenerGateway({ gateway: { metadata }, owner: resource, listener, name, hosts, at }: GatewayListener): MeshGateway {
  const servers: GatewayServer[] = [];
  const gateway: MeshGateway = { name, namespace: metadata.namespace, resource, servers };
  const mode = listener.tls?.options?.['gateway.istio.io/tls-terminate-mode'];
  const terminating = mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL' || mode === 'ISTIO_MUTUAL' ? mode : 'SIMPLE';
  servers.push({
    gateway,
    port: listener.port,
    portName: 'default',
    protocol: listener.protocol,
    bind: '',
    hosts,
    tls: listener.tls === undefined ? undefined : listener.tls.mode === 'Passthrough' ? 'PASSTHROUGH' : terminating,
    httpsRedirect: false,
    at,
  });
  return gateway;
}

/** Services of whose endpoints the pods are. */
function servicesSelecting(mesh: Mesh, workload: Workload): readonly MeshService[] {
  return mesh.derive(servicesBySelector).get(workload.namespace)?.matching(workload.labels) ?? [];
}

function servicesBySelector(mesh: Mesh): ReadonlyMap<string, SelectorIndex<MeshService>> {
  const byNamespace = new Map<string, SelectorIndex<MeshService>>();
  for (const service of servicesOf(mesh).all) {
    if (service.selector === undefined || service.aliasOf !== undefined) continue;
    const index = byNamespace.get(service.namespace) ?? new SelectorIndex<MeshService>();
    byNamespace.set(service.namespace, index);
    index.add(service.selector, service);
  }
  return byNamespace;
}

/** Source: pilot/pkg/model/gateway.go, resolvePorts; some Services of Knative opt out for Gateways that select pods. */
function podPorts(services: readonly MeshService[], workload: Workload, servicePort: number, byPods: boolean): readonly number[] {
  const ports = new Set<number>();
  for (const { resource, ports: declared } of services) {
    if (byPods && 'experimental.istio.io/disable-gateway-port-translation' in resource.metadata.labels) continue;
    for (const { number, targetPort } of declared) {
      if (number !== servicePort) continue;
      const target = typeof targetPort === 'number' ? targetPort : portNamed(workload, targetPort);
      if (target !== undefined) ports.add(target);
    }
  }
  return [...ports];
}
