import { ofKind, type Pod, type World } from './world.test-support.ts';

const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

export type Membership = 'sidecar' | 'ambient' | 'none' | 'unknown';

/**
 * §1.3 as corrected under "Mutual TLS". The webhook is called by what the namespace says, in a namespace that says nothing by the pod's
 * *labels*; then the pod's label decides, then its annotation, where they are "true" or "false", else the namespace's policy.
 */
export function membershipOf(world: World, pod: Pod): Membership {
  const namespace = ofKind(world, 'Namespace').find(({ metadata }) => metadata.name === pod.namespace);
  if (isInjected(world, pod, namespace?.metadata.labels) === true) return 'sidecar';
  if (namespace === undefined && !pod.hostNetwork && !systemNamespaces.includes(pod.namespace)) return 'unknown';
  const mode = pod.labels['istio.io/dataplane-mode'] ?? namespace?.metadata.labels['istio.io/dataplane-mode'];
  return mode === 'ambient' ? 'ambient' : 'none';
}

function isInjected(_world: World, pod: Pod, labels: Readonly<Record<string, string>> | undefined): boolean | undefined {
  if (pod.hostNetwork || systemNamespaces.includes(pod.namespace)) return false;
  if (labels === undefined) return undefined;
  const label = pod.labels['sidecar.istio.io/inject'];
  const annotation = pod.annotations['sidecar.istio.io/inject'];
  const injection = labels['istio-injection'];
  let isCalled: boolean;
  if (injection !== undefined) isCalled = injection === 'enabled';
  else if (labels['istio.io/rev'] !== undefined) isCalled = true;
  else isCalled = label === 'true' || pod.labels['istio.io/rev'] !== undefined;
  if (!isCalled) return false;
  const wish = label ?? annotation;
  return wish !== 'false';
}
