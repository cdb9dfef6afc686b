import { type Labels, ofKind, type Pod, type World } from './world.test-support.ts';

const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

export type Membership = 'sidecar' | 'ambient' | 'none' | 'unknown';

/** What a Namespace that is not in the input may say. */
const possibleNamespaces: readonly Labels[] = [
  {},
  { 'istio-injection': 'enabled' },
  { 'istio-injection': 'disabled' },
  { 'istio.io/rev': 'canary' },
  { 'istio.io/dataplane-mode': 'ambient' },
];

/** §1.3, "Unknown: namespace object missing": unless the pod is the same in every namespace. */
export function membershipOf(world: World, pod: Pod): Membership {
  const namespace = ofKind(world, 'Namespace').find(({ metadata }) => metadata.name === pod.namespace);
  if (namespace !== undefined) return membershipIn(pod, namespace.metadata.labels);
  const [first, ...others] = new Set(possibleNamespaces.map((labels) => membershipIn(pod, labels)));
  return first === undefined || others.length > 0 ? 'unknown' : first;
}

/**
 * §1.3 as corrected under "Mutual TLS". The webhook is called by what the namespace says, in a namespace that says nothing by the pod's
 * *labels*; then the pod's label decides, then its annotation, where they are "true" or "false", else the namespace's policy.
 */
function membershipIn(pod: Pod, namespace: Labels): Membership {
  if (pod.hostNetwork || systemNamespaces.includes(pod.namespace)) return 'none';
  if (isInjected(pod, namespace)) return 'sidecar';
  const mode = pod.labels['istio.io/dataplane-mode'] ?? namespace['istio.io/dataplane-mode'];
  return mode === 'ambient' ? 'ambient' : 'none';
}

function isInjected(pod: Pod, namespace: Labels): boolean {
  const label = pod.labels['sidecar.istio.io/inject'];
  const annotation = pod.annotations['sidecar.istio.io/inject'];
  const injection = namespace['istio-injection'];
  let isCalled: boolean;
  if (injection !== undefined) isCalled = injection === 'enabled';
  else if (namespace['istio.io/rev'] !== undefined) isCalled = true;
  else isCalled = label === 'true' || pod.labels['istio.io/rev'] !== undefined;
  return isCalled && (label ?? annotation) !== 'false';
}
