import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, oneOf, unknown } from './answer.ts';
import { reachInDoubt } from './doubtful-reach.ts';
import { endpointsOf } from './endpoints.ts';
import type { Mesh } from './mesh.ts';
import { isHttp, type Protocol, protocolOf } from './protocols.ts';
import { SelectorIndex, selects } from './selectors.ts';
import { type MeshService, type ServicePort, servicesIn } from './services.ts';
import type { Workload } from './workloads.ts';

/** How a sidecar takes what arrives on a port: as HTTP, as bytes, or by what it sniffs. */
export type Chain = 'http' | 'tcp' | 'auto';

/** A port of a workload as its sidecar opens it. */
export interface InboundPort {
  readonly chain: Chain;
  readonly protocol: Protocol;
  /** What declares the port: a port of a Service or ServiceEntry, or an ingress listener of a Sidecar. None: it is passed through. */
  readonly declared?: {
    readonly by: MeshService['resource'] | ResourceOf<'Sidecar'>;
    readonly at: Place;
  };
  /** The sidecar ends TLS with certificates of its own there, where mutual TLS is disabled. */
  readonly ownTls: boolean;
}

const passedThrough: InboundPort = { chain: 'auto', protocol: 'auto', ownTls: false };

/**
 * A container's port as the workload's sidecar opens it. The oldest service that targets the port decides its protocol, so that services that
 * do not agree make this order-dependent; a Sidecar with ingress listeners replaces what the services say. A port that nothing declares is passed
 * through with its protocol sniffed.
 * Source: pilot/pkg/networking/core/listener_inbound.go (getFilterChainsByServicePort, buildInboundChainConfigs).
 */
export function inboundPortOf(mesh: Mesh, workload: Workload, port: number): Answer<InboundPort> {
  const doubt = portsInDoubt(mesh, workload);
  if (doubt !== undefined) return unknown(doubt);
  const ports: InboundPort[] = [];
  const add = (found: readonly InboundPort[]): void => {
    for (const one of found) if (!ports.some((known) => known.declared?.by === one.declared?.by)) ports.push(one);
  };
  const sidecars = mesh.derive(sidecarIndex).candidates(workload);
  for (const sidecar of sidecars) {
    if ((sidecar.spec?.ingress ?? []).length > 0) add([byIngress(sidecar, port)]);
    else add(byServices(mesh, workload, port));
  }
  if (sidecars.length === 0) add(byServices(mesh, workload, port));
  const [first = passedThrough, ...others] = ports;
  return oneOf(first, ...others);
}

/** Why it is not known which services or Sidecars open ports of a workload, or what they say of them. */
function portsInDoubt(mesh: Mesh, workload: Workload): DoubtReason | undefined {
  const reach = reachInDoubt(mesh, 'Service', workload) ?? reachInDoubt(mesh, 'Sidecar', workload);
  if (reach !== undefined) return reach;
  for (const sidecar of mesh.derive(sidecarIndex).candidates(workload)) {
    const listener = ['spec', 'ingress', '*'] as const;
    const ingress =
      doubtAt(sidecar, ...listener, 'port', 'number') ??
      doubtAt(sidecar, ...listener, 'port', 'protocol') ??
      doubtAt(sidecar, ...listener, 'tls');
    if (ingress !== undefined) return ingress;
  }
  for (const service of mesh.derive(doubtfulPorts).get(workload.namespace) ?? []) {
    if (selects(service.spec.selector ?? {}, workload.labels)) return doubtAt(service, 'spec', 'ports');
  }
  return undefined;
}

/** By namespace, the Services with a port that is not known. */
function doubtfulPorts(mesh: Mesh): ReadonlyMap<string, readonly ResourceOf<'Service'>[]> {
  const doubtful = new Map<string, ResourceOf<'Service'>[]>();
  for (const service of mesh.of('Service')) {
    if (service.spec.selector === undefined || doubtAt(service, 'spec', 'ports') === undefined) continue;
    const { namespace } = service.metadata;
    doubtful.set(namespace, [...(doubtful.get(namespace) ?? []), service]);
  }
  return doubtful;
}

function byServices(mesh: Mesh, workload: Workload, port: number): readonly InboundPort[] {
  return mesh.step(findServed, workload)?.get(port) ?? [passedThrough];
}

function findServed(mesh: Mesh, workload: Workload): ReadonlyMap<number, readonly InboundPort[]> | undefined {
  return mesh.deriveFor(servedPorts, workload.namespace).get(workload);
}

function byIngress(sidecar: ResourceOf<'Sidecar'>, number: number): InboundPort {
  for (const [i, { port, tls }] of (sidecar.spec?.ingress ?? []).entries()) {
    if (port.number !== number) continue;
    // A number that stands for no well-known protocol: ingress listeners have what they are told, or sniff.
    const written = protocolOf({ number: 0, name: port.protocol?.toLowerCase() });
    const protocol = tls !== undefined && (written === 'HTTPS' || written === 'TLS') ? afterTls(written) : written;
    const at: Place = { kind: 'node', resource: sidecar, path: ['spec', 'ingress', i, 'port'], part: 'value' };
    return { chain: chainOf(protocol), protocol, declared: { by: sidecar, at }, ownTls: tls !== undefined };
  }
  return passedThrough;
}

/** Source: pkg/config/protocol/instance.go, AfterTLSTermination. */
function afterTls(protocol: 'HTTPS' | 'TLS'): Protocol {
  return protocol === 'HTTPS' ? 'HTTP' : 'TCP';
}

function chainOf(protocol: Protocol): Chain {
  return isHttp(protocol) ? 'http' : protocol === 'auto' ? 'auto' : 'tcp';
}

function inboundOn(_mesh: Mesh, service: MeshService, { protocol, at }: ServicePort): InboundPort {
  return { chain: chainOf(protocol), protocol, declared: { by: service.resource, at }, ownTls: false };
}

/** The ports of each workload of a namespace that services lead to; of one service the first port that leads there counts. */
function servedPorts(mesh: Mesh, namespace: string): ReadonlyMap<Workload, ReadonlyMap<number, readonly InboundPort[]>> {
  const served = new Map<Workload, Map<number, InboundPort[]>>();
  for (const service of servicesIn(mesh, namespace)) {
    if (service.selector === undefined) continue;
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      for (const { workload, port: number } of endpointsOf(mesh, service, port)) {
        if (workload === undefined) continue;
        const ofWorkload = served.get(workload) ?? new Map<number, InboundPort[]>();
        served.set(workload, ofWorkload);
        const one = mesh.step(inboundOn, service, port);
        const known = ofWorkload.get(number);
        if (known === undefined) ofWorkload.set(number, [one]);
        else if (!known.some(({ declared }) => declared?.by === service.resource)) known.push(one);
      }
    }
  }
  return served;
}

interface SidecarIndex {
  /** Each may be the one that holds for the workload, the oldest does; empty: none is written for it. */
  candidates(workload: Workload): readonly ResourceOf<'Sidecar'>[];
}

/** Source: pilot/pkg/model/push_context.go (getSidecarScope): with a selector, then of the namespace, then of the root namespace. */
function sidecarIndex(mesh: Mesh): SidecarIndex {
  const selecting = new Map<string, SelectorIndex<ResourceOf<'Sidecar'>>>();
  const unselected = new Map<string, ResourceOf<'Sidecar'>[]>();
  for (const sidecar of mesh.of('Sidecar')) {
    const { namespace } = sidecar.metadata;
    const labels = sidecar.spec?.workloadSelector?.labels ?? {};
    if (Object.keys(labels).length > 0) {
      const index = selecting.get(namespace) ?? new SelectorIndex<ResourceOf<'Sidecar'>>();
      selecting.set(namespace, index);
      index.add(labels, sidecar);
      continue;
    }
    const known = unselected.get(namespace);
    if (known === undefined) unselected.set(namespace, [sidecar]);
    else known.push(sidecar);
  }
  return {
    candidates({ namespace, labels }) {
      const selected = selecting.get(namespace)?.matching(labels) ?? [];
      if (selected.length > 0) return selected;
      return unselected.get(namespace) ?? unselected.get(mesh.rootNamespace) ?? [];
    },
  };
}

/** Whether a policy of the mesh is asked about what arrives on the port. What annotations exclude from a sidecar is still taken by a ztunnel. */
export function reachesPolicies(mesh: Mesh, workload: Workload, port: number): boolean {
  return mesh.membershipOf(workload) === 'ambient' || isCaptured(workload, port);
}

/** Ports of the proxy itself: metrics, health, Envoy's own statistics. */
const proxyPorts: ReadonlySet<number> = new Set([15020, 15021, 15090]);

/**
 * Whether what arrives on the port goes through the sidecar at all: what the pod's annotations exclude, and the proxy's own ports, do not.
 * Source: manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
 */
export function isCaptured(workload: Workload, port: number): boolean {
  if (proxyPorts.has(port)) return false;
  const annotation = (name: string): string | undefined => {
    const key = `traffic.sidecar.istio.io/${name}`;
    return Object.hasOwn(workload.annotations, key) ? workload.annotations[key] : undefined;
  };
  const listed = (list: string): boolean => list.split(',').some((entry) => entry.trim() === String(port));
  const included = annotation('includeInboundPorts') ?? '*';
  if (included.trim() !== '*' && !listed(included)) return false;
  return !listed(annotation('excludeInboundPorts') ?? '');
}
