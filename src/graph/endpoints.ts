import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { injectsGateway } from './gateway-pods.ts';
import { LabelIndex } from './label-index.ts';
import type { Mesh } from './mesh.ts';
import { workloadsWith } from './selected-workloads.ts';
import { selects } from './selectors.ts';
import type { MeshService, ServicePort } from './services.ts';
import { labelsInDoubt, portNamed, type Workload, workloadKinds } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;

/** Where requests to a service's port may end: one for each pod template, WorkloadEntry, WorkloadGroup, or address of a ServiceEntry. */
export interface Endpoint {
  readonly kind: 'pod' | 'virtual-machine' | 'address';
  readonly namespace: string;
  /** With those that injection adds. */
  readonly labels: Labels;
  /** False where they hold placeholders, so that it may belong to more or fewer subsets. */
  readonly labelsKnown: boolean;
  /** On which it listens: the container's port. */
  readonly port: number;
  /** Of a pod. */
  readonly workload: Workload | undefined;
  /**
   * Its proxy takes mutual TLS (`security.istio.io/tlsMode: istio`, which injection sets), it is reached through a ztunnel, or neither;
   * undefined: not known, since the Namespace is not in the input.
   */
  readonly proxy: 'sidecar' | 'ztunnel' | 'none' | undefined;
  readonly at: Place;
}

/**
 * The endpoints of one port of a service, all of them; a subset takes those with its labels.
 * Source: pilot/pkg/serviceregistry/kube/controller (endpointslice.go, util.go serviceInstanceFromWorkloadInstance) and
 * pilot/pkg/serviceregistry/serviceentry/conversion.go.
 */
export function endpointsOf(mesh: Mesh, service: MeshService, port: ServicePort): readonly Endpoint[] {
  return mesh.latest(computeEndpoints, service, port);
}

/** Finding no endpoint of a service in a namespace is evidence that it has none. */
export function endpointsAreComplete(mesh: Mesh, namespace: string): boolean {
  return mesh.isComplete([...workloadKinds, 'WorkloadEntry', 'WorkloadGroup'], namespace);
}

/** How a proxy finds the endpoints; `original` connects to the address that the application asked for. */
export type Resolution = 'endpoints' | 'dns' | 'original' | 'alias';

/** Source: ConvertService in pkg/kube/…, convertServices in pilot/pkg/serviceregistry/serviceentry/conversion.go. */
export function resolutionOf({ resource, headless, aliasOf }: MeshService): Resolution {
  if (aliasOf !== undefined) return 'alias';
  if (resource.kind === 'Service') return headless ? 'original' : 'endpoints';
  switch (resource.spec.resolution) {
    case 'STATIC':
      return 'endpoints';
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
    case 'DYNAMIC_DNS':
      return 'dns';
    default:
      return 'original';
  }
}

/** Labels that the platform adds to endpoints while it runs, so that manifests do not tell whether one has them. */
export function isRuntimeLabel(key: string): boolean {
  return key.startsWith('topology.') || key.startsWith('failure-domain.beta.kubernetes.io/') || key === 'istio-locality';
}

/** The endpoints that a subset takes; without labels it takes all. */
export function ofSubset(endpoints: readonly Endpoint[], labels: Labels): readonly Endpoint[] {
  const written = Object.fromEntries(Object.entries(labels).filter(([key]) => !isRuntimeLabel(key)));
  return endpoints.filter((endpoint) => selects(written, endpoint.labels));
}

function computeEndpoints(mesh: Mesh, service: MeshService, port: ServicePort): readonly Endpoint[] {
  const { resource } = service;
  const selector = podSelectorOf(service);
  if (selector !== undefined) return selected(mesh, service, selector, port);
  if (resource.kind === 'Service') return [];
  const fallback = typeof port.targetPort === 'number' ? port.targetPort : port.number;
  const { endpoints = [], resolution } = resource.spec;
  if (endpoints.length === 0 && (resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN' || resolution === 'DYNAMIC_DNS')) {
    // The host itself is resolved, and has no labels.
    const at: Place = { kind: 'node', resource, path: ['spec', 'hosts', resource.spec.hosts.indexOf(service.host)], part: 'value' };
    return [
      {
        kind: 'address',
        namespace: service.namespace,
        labels: {},
        labelsKnown: true,
        port: fallback,
        workload: undefined,
        proxy: 'none',
        at,
      },
    ];
  }
  return endpoints.map((endpoint, i) => ({
    kind: 'address' as const,
    namespace: service.namespace,
    labels: endpoint.labels ?? {},
    labelsKnown: doubtAt(resource, 'spec', 'endpoints', i, 'labels') === undefined,
    port: endpoint.ports?.[port.name ?? ''] ?? fallback,
    workload: undefined,
    proxy: proxyOfEntry(endpoint.labels ?? {}, endpoint.serviceAccount),
    at: { kind: 'node' as const, resource, path: ['spec', 'endpoints', i], part: 'value' as const },
  }));
}

/** By which labels a service takes its pods and virtual machines, in its own namespace; undefined: it takes none. */
export function podSelectorOf({ resource, selector, aliasOf }: MeshService): Labels | undefined {
  if (resource.kind === 'Service') return aliasOf === undefined ? selector : undefined;
  const { workloadSelector } = resource.spec;
  return workloadSelector === undefined ? undefined : (workloadSelector.labels ?? {});
}

/** The container's port behind a port of a service that takes the pod; undefined: it has none of that name. */
export function targetOn({ resource }: MeshService, { targetPort, number, name }: ServicePort, workload: Workload): number | undefined {
  if (resource.kind === 'Service') return typeof targetPort === 'number' ? targetPort : portNamed(workload, targetPort);
  return portNamed(workload, name ?? '') ?? (typeof targetPort === 'number' ? targetPort : number);
}

/** A virtual machine may name its ports; a number counts where it does not, and the name in a Service must be found. */
function targetOnMachine({ resource }: MeshService, { targetPort, number, name }: ServicePort, { ports }: Machine): number | undefined {
  const isService = resource.kind === 'Service';
  const key = isService && typeof targetPort === 'string' ? targetPort : (name ?? '');
  if (Object.hasOwn(ports, key)) return ports[key];
  return typeof targetPort === 'number' ? targetPort : isService ? undefined : number;
}

function selected(mesh: Mesh, service: MeshService, selector: Labels, port: ServicePort): readonly Endpoint[] {
  const { namespace } = service;
  const endpoints: Endpoint[] = [];
  for (const workload of podsTaken(mesh, namespace, selector)) {
    const target = targetOn(service, port, workload);
    if (target === undefined) continue;
    const declared = workload.ports.find(({ number }) => number === target);
    endpoints.push({
      kind: 'pod',
      namespace,
      ...mesh.latest(podOf, workload),
      labelsKnown: labelsInDoubt(workload) === undefined,
      port: target,
      workload,
      at: declared?.at ?? nameAt(workload.resource),
    });
  }
  for (const machine of mesh.derive(machines).selectedBy(selector, namespace)) {
    const target = targetOnMachine(service, port, machine);
    if (target === undefined) continue;
    const { labels, labelsKnown, proxy, resource } = machine;
    const at = nameAt(resource);
    endpoints.push({ kind: 'virtual-machine', namespace, labels, labelsKnown, port: target, workload: undefined, proxy, at });
  }
  return endpoints;
}

/** The pods that a service's selector takes: injection adds labels that it may name. */
function podsTaken(mesh: Mesh, namespace: string, selector: Labels): readonly Workload[] {
  if (!injectedLabels.some((key) => Object.hasOwn(selector, key))) return workloadsWith(mesh, namespace, selector);
  const others = Object.fromEntries(Object.entries(selector).filter(([key]) => !injectedLabels.includes(key)));
  return workloadsWith(mesh, namespace, others).filter((workload) => selects(selector, mesh.latest(podOf, workload).labels));
}

type Pod = Pick<Endpoint, 'labels' | 'proxy'>;

/** What mesh membership makes of a workload's pods; also the labels by which services take them. */
export function podOf(mesh: Mesh, workload: Workload): Pod {
  const proxy = labelsInDoubt(workload) === undefined ? proxyOf(mesh, workload) : undefined;
  return { labels: proxy === 'sidecar' ? withInjectedLabels(workload) : workload.labels, proxy };
}

interface Machine extends Pick<Endpoint, 'namespace' | 'labels' | 'labelsKnown' | 'proxy'> {
  readonly resource: ResourceOf<'WorkloadEntry'> | ResourceOf<'WorkloadGroup'>;
  readonly ports: Readonly<Record<string, number>>;
}

/** Virtual machines. Labels of the resource itself stand over those in its spec. */
function machines(mesh: Mesh): LabelIndex<Machine> {
  const all: Machine[] = [];
  const add = (
    resource: Machine['resource'],
    labels: Labels,
    { ports = {}, serviceAccount }: ResourceOf<'WorkloadEntry'>['spec'],
  ): void => {
    const proxy = proxyOfEntry(labels, serviceAccount);
    all.push({ resource, namespace: resource.metadata.namespace, labels, labelsKnown: resource.doubts === undefined, ports, proxy });
  };
  for (const resource of mesh.of('WorkloadEntry')) add(resource, { ...resource.spec.labels, ...resource.metadata.labels }, resource.spec);
  for (const resource of mesh.of('WorkloadGroup')) {
    const { template, metadata } = resource.spec;
    add(resource, { ...template.labels, ...metadata?.labels }, template);
  }
  return new LabelIndex(all);
}

const tlsMode = 'security.istio.io/tlsMode';
const canonicalName = 'service.istio.io/canonical-name';
const canonicalRevision = 'service.istio.io/canonical-revision';
const injectedLabels = [tlsMode, canonicalName, canonicalRevision];

/** Source: the sidecar injection template (which sets the label, the gateway's does not), GetTLSModeFromEndpointLabels. */
function proxyOf(mesh: Mesh, workload: Workload): Endpoint['proxy'] {
  const written = workload.labels[tlsMode];
  if (written !== undefined) return written === 'istio' ? 'sidecar' : 'none';
  const membership = mesh.membershipOf(workload);
  if (membership === 'ambient') return 'ztunnel';
  if (membership === 'sidecar') return injectsGateway(workload) ? 'none' : 'sidecar';
  return membership;
}

/** Source: getTLSModeFromWorkloadEntry: a service account says that the machine has a proxy. */
function proxyOfEntry(labels: Labels, serviceAccount: string | undefined): 'sidecar' | 'none' {
  const written = labels[tlsMode];
  if (written !== undefined) return written === 'istio' ? 'sidecar' : 'none';
  return (serviceAccount ?? '') === '' ? 'none' : 'sidecar';
}

function withInjectedLabels({ labels, name }: Workload): Labels {
  return {
    ...labels,
    [tlsMode]: labels[tlsMode] ?? 'istio',
    [canonicalName]: labels[canonicalName] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? name,
    [canonicalRevision]: labels[canonicalRevision] ?? labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest',
  };
}

function nameAt(resource: Workload['resource'] | ResourceOf<'WorkloadEntry'> | ResourceOf<'WorkloadGroup'>): Place {
  return { kind: 'node', resource, path: ['metadata', 'name'], part: 'value' };
}
