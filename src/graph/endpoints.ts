import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { injectsGateway } from './gateway-pods.ts';
import { LabelIndex } from './label-index.ts';
import type { Mesh } from './mesh.ts';
import { workloadsIn } from './namespace-workloads.ts';
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
  return mesh.deriveFor(computeEndpoints, service, port);
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
  if (resource.kind === 'Service') {
    if (service.aliasOf !== undefined || service.selector === undefined) return [];
    return selected(mesh, service.namespace, service.selector, {
      pod: (workload) => (typeof port.targetPort === 'number' ? port.targetPort : portNamed(workload, port.targetPort)),
      // A virtual machine may name its ports; a number counts where it does not, and a name must be found.
      machine: (ports) => {
        const named = ports[typeof port.targetPort === 'string' ? port.targetPort : (port.name ?? '')];
        return named ?? (typeof port.targetPort === 'number' ? port.targetPort : undefined);
      },
    });
  }
  const fallback = typeof port.targetPort === 'number' ? port.targetPort : port.number;
  const { endpoints = [], workloadSelector, resolution } = resource.spec;
  if (workloadSelector !== undefined) {
    const portName = port.name ?? '';
    return selected(mesh, service.namespace, workloadSelector.labels ?? {}, {
      pod: (workload) => portNamed(workload, portName) ?? fallback,
      machine: (ports) => ports[portName] ?? fallback,
    });
  }
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

interface PortOf {
  pod(workload: Workload): number | undefined;
  machine(ports: Readonly<Record<string, number>>): number | undefined;
}

function selected(mesh: Mesh, namespace: string, selector: Labels, portOf: PortOf): readonly Endpoint[] {
  return mesh
    .deriveFor(selectableIn, namespace)
    .selectedBy(selector)
    .flatMap(({ workload, ports, ...endpoint }) => {
      const port = workload === undefined ? portOf.machine(ports) : portOf.pod(workload);
      if (port === undefined) return [];
      const declared = workload?.ports.find(({ number }) => number === port);
      return [{ ...endpoint, workload, port, at: declared?.at ?? endpoint.at }];
    });
}

type Selectable = Omit<Endpoint, 'port'> & { readonly ports: Readonly<Record<string, number>> };

function selectablePod(mesh: Mesh, workload: Workload): Selectable {
  const { namespace, resource } = workload;
  const labelsKnown = labelsInDoubt(workload) === undefined;
  const proxy = labelsKnown ? proxyOf(mesh, workload) : undefined;
  const labels = proxy === 'sidecar' ? withInjectedLabels(workload) : workload.labels;
  return { kind: 'pod', namespace, labels, labelsKnown, workload, proxy, ports: {}, at: nameAt(resource) };
}

/** What a selector can take in a namespace. */
function selectableIn(mesh: Mesh, namespace: string): LabelIndex<Selectable> {
  const index = new LabelIndex<Selectable>();
  for (const workload of workloadsIn(mesh, namespace)) {
    const pod = mesh.step(selectablePod, workload);
    index.add(pod.labels, pod);
  }
  for (const machine of mesh.step(machinesIn, namespace)) index.add(machine.labels, machine);
  return index;
}

function machinesIn(mesh: Mesh, namespace: string): readonly Selectable[] {
  return mesh.derive(machines).get(namespace) ?? [];
}

/** By namespace. */
function machines(mesh: Mesh): ReadonlyMap<string, readonly Selectable[]> {
  const byNamespace = new Map<string, Selectable[]>();
  const add = (entry: Selectable): void => {
    const known = byNamespace.get(entry.namespace);
    if (known === undefined) byNamespace.set(entry.namespace, [entry]);
    else known.push(entry);
  };
  for (const resource of mesh.of('WorkloadEntry')) {
    // Labels of the resource itself stand over those in its spec.
    const labels = { ...resource.spec.labels, ...resource.metadata.labels };
    addMachine(resource, labels, resource.spec);
  }
  for (const resource of mesh.of('WorkloadGroup')) {
    const labels = { ...resource.spec.template.labels, ...resource.spec.metadata?.labels };
    addMachine(resource, labels, resource.spec.template);
  }
  return byNamespace;

  function addMachine(
    resource: ResourceOf<'WorkloadEntry'> | ResourceOf<'WorkloadGroup'>,
    labels: Labels,
    { ports, serviceAccount }: ResourceOf<'WorkloadEntry'>['spec'],
  ): void {
    const { namespace } = resource.metadata;
    const proxy = proxyOfEntry(labels, serviceAccount);
    const labelsKnown = resource.doubts === undefined;
    add({ kind: 'virtual-machine', namespace, labels, labelsKnown, workload: undefined, proxy, ports: ports ?? {}, at: nameAt(resource) });
  }
}

const tlsMode = 'security.istio.io/tlsMode';

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
  const canonical = labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? name;
  const revision = labels['service.istio.io/canonical-revision'] ?? labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest';
  return {
    ...labels,
    [tlsMode]: labels[tlsMode] ?? 'istio',
    'service.istio.io/canonical-name': canonical,
    'service.istio.io/canonical-revision': revision,
  };
}

function nameAt(resource: Workload['resource'] | ResourceOf<'WorkloadEntry'> | ResourceOf<'WorkloadGroup'>): Place {
  return { kind: 'node', resource, path: ['metadata', 'name'], part: 'value' };
}
