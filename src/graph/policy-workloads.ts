import { outcomes } from './answer.ts';
import { type AuthorizationPolicy, isAttachable, targetsOf } from './authorization.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import { gatewayNameLabel, gatewayNameOf, gatewaySelectors, isGatewayPod } from './gateway-pods.ts';
import type { Mesh } from './mesh.ts';
import { podsByLabels, workloadsWith } from './selected-workloads.ts';
import { servedBy } from './served-by.ts';
import { type Workload, workloadOf } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;

/** The workloads of the input that take a policy, gateways among them. */
export function workloadsTaking(mesh: Mesh, policy: AuthorizationPolicy): readonly Workload[] {
  return mesh.latest(takersOf, policy);
}

function takersOf(mesh: Mesh, policy: AuthorizationPolicy): readonly Workload[] {
  const { namespace } = policy.metadata;
  const targets = targetsOf(policy);
  if (targets.length === 0) {
    const pods = mesh.derive(podsByLabels);
    return pods.selectedBy(policy.spec?.selector?.matchLabels ?? {}, namespace === mesh.rootNamespace ? undefined : namespace);
  }
  const gateways = targets.flatMap(({ ref }) =>
    ref.kind === 'Gateway' && isAttachable(ref, namespace, mesh.rootNamespace) ? ref.name : [],
  );
  if (gateways.length === 0) return [];
  return workloadsWith(mesh, namespace, {}).filter(({ labels }) => gateways.includes(gatewayNameOf(labels) ?? ''));
}

/** A pod as the selector of a policy describes it, for questions about workloads that are not in the input. */
export function describedPod({ metadata, origin, spec }: AuthorizationPolicy): Workload {
  const { namespace } = metadata;
  const labels = spec?.selector?.matchLabels ?? {};
  return workloadOf({ kind: 'Pod', apiVersion: 'v1', metadata: { name: '', namespace, labels, annotations: {} }, origin, leftOut: [] });
}

/** The ports of a workload: those that its containers declare, and those that services lead to. */
export function portsOf(mesh: Mesh, workload: Workload): readonly number[] {
  return mesh.latest(findPorts, workload);
}

function findPorts(mesh: Mesh, workload: Workload): readonly number[] {
  const served = servedBy(mesh, workload).flatMap(({ port, target }) => (port.protocol === 'UDP' ? [] : [target]));
  return [...new Set([...workload.ports.map(({ number }) => number), ...served])].sort((a, b) => a - b);
}

/**
 * Whether a policy is for gateways only, which outsiders call. Where its workloads are not in the input its selector says so, by a label
 * that calls something a gateway or an ingress, or since a Gateway selects the same; without a selector the name of its namespace does.
 */
export function isForGateways(mesh: Mesh, policy: AuthorizationPolicy): boolean {
  return mesh.latest(findWhetherForGateways, policy);
}

function findWhetherForGateways(mesh: Mesh, policy: AuthorizationPolicy): boolean {
  const { namespace } = policy.metadata;
  const { targetRefs = [], targetRef } = policy.spec ?? {};
  const refs = targetRefs.length > 0 ? targetRefs : targetRef === undefined ? [] : [targetRef];
  if (refs.length > 0) return refs.every(({ kind, name }) => kind === 'Gateway' && !isWaypoint(mesh, namespace, name));

  const workloads = workloadsTaking(mesh, policy);
  if (workloads.length > 0) return workloads.every((workload) => isGatewayPod(mesh, workload) || callItselfGateway(workload.labels));
  const selector = policy.spec?.selector?.matchLabels ?? {};
  if (Object.keys(selector).length === 0) return namespace !== mesh.rootNamespace && gatewayWords.test(namespace);
  return callItselfGateway(selector) || mesh.derive(gatewaySelectors).matches(selector);
}

function isWaypoint(mesh: Mesh, namespace: string, name: string): boolean {
  const gateway = mesh.find('KubernetesGateway', namespace, name);
  // The name that istioctl gives is the best hint where the Gateway itself is not known.
  return gateway === undefined
    ? name.includes('waypoint')
    : outcomes(gatewayRoleOf(mesh, gateway.spec.gatewayClassName)).includes('waypoint');
}

/** Of the label `istio`, which only Istio's own gateways have, and of namespaces. */
const gatewayWords = /gateway|ingress|egress/i;
/** Of names that anything may have: `istio-ingressgateway`, `eastwest-gateway`, but no `payment-gateway`. */
const gatewayNames =
  /ingress|egress|istio-?gateway|^gateway$|(^|-)(api|cluster-?local|east-?west|edge|external|internal|local|mesh|private|public)-?gateway/i;
const namingLabels = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/component', 'k8s-app', 'name'];

function callItselfGateway(labels: Labels): boolean {
  const value = (key: string): string => (Object.hasOwn(labels, key) ? (labels[key] ?? '') : '');
  const ofGateway = value(gatewayNameLabel);
  if (ofGateway !== '') return !ofGateway.includes('waypoint');
  return gatewayWords.test(value('istio')) || namingLabels.some((key) => gatewayNames.test(value(key)));
}
