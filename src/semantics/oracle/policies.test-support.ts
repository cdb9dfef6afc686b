import { type Labels, ofKind, selects, type World } from './world.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

/**
 * §2.1: policies of the root namespace and of the workload's. One with targetRefs is not for ordinary workloads; for a pod of a Gateway API
 * gateway it is when it names it. A selector selects pod labels; none selects all.
 */
function attaches(
  policy: ResourceOf<'AuthorizationPolicy' | 'RequestAuthentication'>,
  world: World,
  namespace: string,
  labels: Labels,
): boolean {
  const owner = policy.metadata.namespace;
  if (owner !== world.rootNamespace && owner !== namespace) return false;
  const { selector, targetRef, targetRefs = [] } = policy.spec ?? {};
  const targets = targetRef === undefined ? targetRefs : [targetRef, ...targetRefs];
  if (targets.length === 0) return selects(selector?.matchLabels, labels);
  const gateway = labels['gateway.networking.k8s.io/gateway-name'];
  return (
    gateway !== undefined &&
    owner === namespace &&
    targets.some(({ kind, name, namespace: elsewhere }) => kind === 'Gateway' && name === gateway && elsewhere === undefined)
  );
}

export function authorizationPolicies(world: World, namespace: string, labels: Labels): readonly ResourceOf<'AuthorizationPolicy'>[] {
  return ofKind(world, 'AuthorizationPolicy').filter((policy) => attaches(policy, world, namespace, labels));
}

/** All that match, in union (§1.1 g, §2.7). */
export function requestAuthentications(world: World, namespace: string, labels: Labels): readonly ResourceOf<'RequestAuthentication'>[] {
  return ofKind(world, 'RequestAuthentication').filter((policy) => attaches(policy, world, namespace, labels));
}
