import { doubtAt } from '../model/doubt.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { ResourceOf } from '../model/resource.ts';
import { gatewayNameLabel } from './gateway-pods.ts';
import { LabelIndex } from './label-index.ts';
import type { Mesh } from './mesh.ts';
import { podsByLabels } from './selected-workloads.ts';
import { selects } from './selectors.ts';
import { labelsInDoubt, workloadKinds } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;

/** Kinds of which something may be what a selector means. */
const kinds: readonly ModelKind[] = [...workloadKinds, 'WorkloadEntry', 'WorkloadGroup', 'KubernetesGateway'];

/** What a selector of a policy takes. */
export interface SelectedPods {
  /** Whether pods, virtual machines or proxies that Istio makes for Gateways have all of the labels; without a namespace: in any. */
  some(labels: Labels, namespace: string | undefined): boolean;
  /** Whether nothing else may have them that is not known. */
  isComplete(namespace: string | undefined): boolean;
  /** The labels of what there is in the namespace. */
  labelsIn(namespace: string): readonly Labels[];
}

export function selectedPodsOf(mesh: Mesh): SelectedPods {
  return mesh.derive(createSelectedPods);
}

interface Pods {
  readonly indexes: readonly LabelIndex<{ readonly namespace: string; readonly labels: Labels }>[];
  /** Namespaces with pods whose labels are not known. */
  readonly unclear: ReadonlySet<string>;
}

/** Asks when it is asked, so that who asks about some labels does not rest on all pods. */
function createSelectedPods(mesh: Mesh): SelectedPods {
  return {
    some: (labels, namespace) => mesh.step(hasPods, labels, namespace),
    isComplete: (namespace) => {
      if (!mesh.isComplete(kinds, namespace)) return false;
      const unclear = mesh.step(unclearNamespaces, '');
      return namespace === undefined ? unclear.size === 0 : !unclear.has(namespace);
    },
    labelsIn: (namespace) =>
      mesh.derive(collectPods).indexes.flatMap((index) => index.selectedBy({}, namespace).map(({ labels }) => labels)),
  };
}

function hasPods(mesh: Mesh, labels: Labels, namespace: string | undefined): boolean {
  return mesh.derive(collectPods).indexes.some((index) => index.selectedBy(labels, namespace).length > 0);
}

function unclearNamespaces(mesh: Mesh): ReadonlySet<string> {
  return mesh.derive(collectPods).unclear;
}

function collectPods(mesh: Mesh): Pods {
  const unclear = new Set<string>();
  const others: { readonly namespace: string; readonly labels: Labels }[] = [];
  const add = (namespace: string, labels: Labels, isKnown: boolean): void => {
    if (!isKnown) unclear.add(namespace);
    others.push({ namespace, labels });
  };
  for (const workload of mesh.workloads) if (labelsInDoubt(workload) !== undefined) unclear.add(workload.namespace);
  for (const { metadata, spec, doubts } of mesh.of('WorkloadEntry'))
    add(metadata.namespace, { ...spec.labels, ...metadata.labels }, doubts === undefined);
  for (const { metadata, spec, doubts } of mesh.of('WorkloadGroup')) {
    add(metadata.namespace, { ...spec.template.labels, ...spec.metadata?.labels }, doubts === undefined);
  }
  for (const gateway of mesh.of('KubernetesGateway')) {
    const isKnown = doubtAt(gateway, 'metadata') === undefined && doubtAt(gateway, 'spec', 'infrastructure') === undefined;
    add(gateway.metadata.namespace, proxyLabelsOf(gateway), isKnown);
  }
  return { indexes: [mesh.derive(podsByLabels), new LabelIndex(others)], unclear };
}

/** Source: pilot/pkg/config/kube/gateway/deploymentcontroller.go and its templates. */
function proxyLabelsOf({ metadata, spec }: ResourceOf<'KubernetesGateway'>): Labels {
  const name = metadata.annotations['gateway.istio.io/name-override'];
  const own = spec.gatewayClassName === 'istio-waypoint' ? metadata.name : `${metadata.name}-${spec.gatewayClassName}`;
  return {
    ...metadata.labels,
    ...spec.infrastructure?.labels,
    [gatewayNameLabel]: metadata.name,
    'gateway.istio.io/managed': spec.gatewayClassName === 'istio-waypoint' ? 'istio.io-mesh-controller' : 'istio.io-gateway-controller',
    'service.istio.io/canonical-name': name ?? own,
    'service.istio.io/canonical-revision': 'latest',
    'sidecar.istio.io/inject': 'false',
    'istio.io/dataplane-mode': 'none',
  };
}

/**
 * The value of a label by which a selector takes nothing, where all else of it is right: `near` are the values that pods with the other labels have.
 */
export function otherValues(labels: Labels, key: string, candidates: readonly Labels[]): readonly string[] {
  const others = Object.fromEntries(Object.entries(labels).filter(([other]) => other !== key));
  return [
    ...new Set(
      candidates
        .filter((candidate) => selects(others, candidate) && Object.hasOwn(candidate, key))
        .map((candidate) => candidate[key] ?? ''),
    ),
  ];
}
