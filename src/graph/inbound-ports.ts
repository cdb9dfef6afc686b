import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, oneOf, unknown } from './answer.ts';
import { reachInDoubt } from './doubtful-reach.ts';
import type { Mesh } from './mesh.ts';
import { isHttp, type Protocol, protocolOf } from './protocols.ts';
import { SelectorIndex, selects } from './selectors.ts';
import { type ServedBy, servedBy } from './served-by.ts';
import { type MeshService, type ServicePort, servicesOf } from './services.ts';
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

/** Whether something says of a port of a namespace's workloads, or of all, that TCP is spoken there; elsewhere no port is for sure. */
export function mayBeTcp(mesh: Mesh, namespace: string | undefined): boolean {
  const namespaces = mesh.derive(namespacesWithTcp);
  return namespace === undefined ? namespaces.size > 0 : namespaces.has(namespace) || namespaces.has(mesh.rootNamespace);
}

function namespacesWithTcp(mesh: Mesh): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { namespace, ports } of servicesOf(mesh).all) {
    if (ports.some(({ protocol }) => chainOf(protocol) === 'tcp')) namespaces.add(namespace);
  }
  for (const { metadata, spec } of mesh.of('Sidecar')) if ((spec?.ingress ?? []).length > 0) namespaces.add(metadata.namespace);
  return namespaces;
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

/** Of one service the first port that leads there counts. */
function byServices(mesh: Mesh, workload: Workload, port: number): readonly InboundPort[] {
  const leading: ServedBy[] = [];
  for (const served of servedBy(mesh, workload)) {
    const { resource, selector } = served.service;
    if (served.target !== port || selector === undefined || served.port.protocol === 'UDP') continue;
    if (!leading.some(({ service }) => service.resource === resource)) leading.push(served);
  }
  return leading.length === 0 ? [passedThrough] : leading.map((served) => mesh.step(inboundOn, served.service, served.port));
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
export function isProxyPort(port: number): boolean {
  return port === 15020 || port === 15021 || port === 15090;
}

const includedPorts = 'traffic.sidecar.istio.io/includeInboundPorts';
const excludedPorts = 'traffic.sidecar.istio.io/excludeInboundPorts';

/**
 * Whether what arrives on the port goes through the sidecar at all: what the pod's annotations exclude, and the proxy's own ports, do not.
 * Source: manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
 */
export function isCaptured(workload: Workload, port: number): boolean {
  if (isProxyPort(port)) return false;
  const included = annotationOf(workload, includedPorts);
  if (included !== undefined && included.trim() !== '*' && !lists(included, port)) return false;
  const excluded = annotationOf(workload, excludedPorts);
  return excluded === undefined || !lists(excluded, port);
}

/** The same of whatever port that a container declares. True only where no annotation says anything. */
export function isEachPortCaptured(workload: Workload): boolean {
  if (annotationOf(workload, includedPorts) !== undefined || annotationOf(workload, excludedPorts) !== undefined) return false;
  return !workload.ports.some(({ number }) => isProxyPort(number));
}

function annotationOf({ annotations }: Workload, key: string): string | undefined {
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

function lists(list: string, port: number): boolean {
  return list.split(',').some((entry) => entry.trim() === String(port));
}
