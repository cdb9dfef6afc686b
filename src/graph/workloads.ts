import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';

/** Kinds that make pods, or are one. */
export const workloadKinds = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Rollout',
] as const satisfies readonly ModelKind[];
export type WorkloadKind = (typeof workloadKinds)[number];
export type WorkloadResource = ResourceOf<WorkloadKind>;

/** Pods as their template describes them. */
export interface Workload {
  readonly resource: WorkloadResource;
  readonly namespace: string;
  readonly name: string;
  /** Of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly WorkloadPort[];
}

/** A port that a container declares. */
export interface WorkloadPort {
  readonly workload: Workload;
  /** The container's port, which is what policies mean. */
  readonly number: number;
  readonly name: string | undefined;
  readonly at: Place;
}

type PodTemplate = NonNullable<ResourceOf<'Deployment'>['spec']>['template'];

/** Keeps where it stands as two numbers: a place is made for the few ports of which something is said. */
class ContainerPort implements WorkloadPort {
  readonly workload: Workload;
  readonly number: number;
  readonly name: string | undefined;
  private readonly container: number;
  private readonly index: number;

  constructor(workload: Workload, number: number, name: string | undefined, container: number, index: number) {
    this.workload = workload;
    this.number = number;
    this.name = name;
    this.container = container;
    this.index = index;
  }

  get at(): Place {
    const { resource } = this.workload;
    const path = [...templateOf(resource).path, 'spec', 'containers', this.container, 'ports', this.index, 'containerPort'];
    return { kind: 'node', resource, path, part: 'value' };
  }
}

class PodsOfTemplate implements Workload {
  readonly resource: WorkloadResource;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly WorkloadPort[];

  constructor(resource: WorkloadResource) {
    const { template } = templateOf(resource);
    const spec = template?.spec;
    this.resource = resource;
    this.namespace = resource.metadata.namespace;
    this.name = resource.metadata.name;
    this.labels = template?.metadata?.labels ?? none;
    this.annotations = template?.metadata?.annotations ?? none;
    this.serviceAccount = spec?.serviceAccountName ?? spec?.serviceAccount ?? 'default';
    this.hostNetwork = spec?.hostNetwork ?? false;
    this.ports = portsDeclared(this, spec?.containers ?? []);
  }
}

const none: Readonly<Record<string, string>> = {};

export function workloadOf(resource: WorkloadResource): Workload {
  return new PodsOfTemplate(resource);
}

type Containers = NonNullable<NonNullable<NonNullable<PodTemplate>['spec']>['containers']>;

function portsDeclared(workload: Workload, containers: Containers): readonly WorkloadPort[] {
  const ports: WorkloadPort[] = [];
  const seen = new Set<number>();
  for (const [i, container] of containers.entries()) {
    for (const [j, { containerPort, name, protocol }] of (container.ports ?? []).entries()) {
      if (protocol === 'UDP' || protocol === 'SCTP' || seen.has(containerPort)) continue;
      seen.add(containerPort);
      ports.push(new ContainerPort(workload, containerPort, name, i, j));
    }
  }
  // Without the room to grow.
  return ports.slice();
}

/** A container's TCP port by its name: the first of that name, as Kubernetes finds it. */
export function portNamed(workload: Workload, name: string): number | undefined {
  for (const container of templateOf(workload.resource).template?.spec?.containers ?? []) {
    for (const port of container.ports ?? []) {
      if (port.name === name && (port.protocol === undefined || port.protocol === 'TCP')) return port.containerPort;
    }
  }
  return undefined;
}

/** Why the labels of a workload's pods are not known; undefined where they are. */
export function labelsInDoubt({ resource }: Pick<Workload, 'resource'>): DoubtReason | undefined {
  // Nearly always.
  if (resource.doubts === undefined && resource.leftOut.length === 0) return undefined;
  return doubtAt(resource, ...templateOf(resource).path, 'metadata', 'labels');
}

/** Where a label of a workload's pods stands. */
export function labelAt({ resource }: Workload, key: string): Place {
  return { kind: 'node', resource, path: [...templateOf(resource).path, 'metadata', 'labels', key], part: 'value' };
}

function templateOf(resource: WorkloadResource): { readonly template: PodTemplate | undefined; readonly path: readonly string[] } {
  switch (resource.kind) {
    case 'Pod':
      return { template: { metadata: resource.metadata, ...(resource.spec === undefined ? {} : { spec: resource.spec }) }, path: [] };
    case 'CronJob':
      return { template: resource.spec?.jobTemplate?.spec?.template, path: ['spec', 'jobTemplate', 'spec', 'template'] };
    default:
      return { template: resource.spec?.template, path: ['spec', 'template'] };
  }
}

/** Never injected. Source: pkg/kube/inject/inject.go, IgnoredNamespaces. */
const neverInjected: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

export type Membership = 'sidecar' | 'ambient' | 'none';

/**
 * How pods of a workload are part of the mesh; undefined when their Namespace decides it and is not known.
 * Source: pkg/kube/inject/inject.go (injectRequired), the chart's mutating webhook, and the ambient enrolment labels.
 */
export function membershipOf(workload: Workload, namespaceLabels: Readonly<Record<string, string>> | undefined): Membership | undefined {
  const { labels, annotations } = workload;
  if (workload.hostNetwork) return 'none';
  if (neverInjected.has(workload.namespace)) return 'none';
  const podChoice = labels['sidecar.istio.io/inject'];
  if (podChoice !== 'false') {
    const injected = injects(labels, annotations, namespaceLabels);
    if (injected === true) return 'sidecar';
    if (injected === undefined) return undefined;
  }
  const podMode = labels['istio.io/dataplane-mode'];
  if (podMode === 'none') return 'none';
  if (podMode === 'ambient') return 'ambient';
  if (namespaceLabels === undefined) return undefined;
  return namespaceLabels['istio.io/dataplane-mode'] === 'ambient' ? 'ambient' : 'none';
}

/** For pods whose label does not say "false". */
function injects(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  namespaceLabels: Readonly<Record<string, string>> | undefined,
): boolean | undefined {
  const podChoice = labels['sidecar.istio.io/inject'];
  const asked = podChoice === 'true' || labels['istio.io/rev'] !== undefined;
  const optedOut = podChoice === undefined && annotations['sidecar.istio.io/inject'] === 'false';
  if (namespaceLabels === undefined) return asked && !optedOut ? undefined : optedOut ? false : undefined;
  const byNamespace = namespaceLabels['istio-injection'];
  // Any other value than "enabled" keeps the webhook away, whatever the pod says.
  if (byNamespace !== undefined) return byNamespace === 'enabled' && !optedOut;
  if (namespaceLabels['istio.io/rev'] !== undefined) return !optedOut;
  return asked && !optedOut;
}
