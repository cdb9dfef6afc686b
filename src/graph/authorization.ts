import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { reachInDoubt } from './doubtful-reach.ts';
import { gatewayNameOf } from './gateway-pods.ts';
import type { Mesh } from './mesh.ts';
import { SelectorIndex } from './selectors.ts';
import type { Workload } from './workloads.ts';

export type AuthorizationPolicy = ResourceOf<'AuthorizationPolicy'>;
export type RequestAuthentication = ResourceOf<'RequestAuthentication'>;
type Policy = AuthorizationPolicy | RequestAuthentication;
type TargetRef = NonNullable<NonNullable<Policy['spec']>['targetRef']>;
type Labels = Readonly<Record<string, string>>;

/** A proxy that policies attach to: a sidecar, a gateway or a waypoint. */
export interface PolicyTarget {
  readonly namespace: string;
  /** Of the pods. */
  readonly labels: Labels;
  /** A waypoint takes policies by targetRefs only, those of the services that it serves among them. */
  readonly waypoint?: boolean;
  /** What a waypoint serves: Services and ServiceEntries by their own names. */
  readonly services?: readonly { readonly kind: 'Service' | 'ServiceEntry'; readonly namespace: string; readonly name: string }[];
}

/** A policy that a proxy takes, and through what. */
export interface Attached<P extends Policy> {
  readonly policy: P;
  /** The selector or the targetRef through which; the policy itself where it names neither and takes all of its reach. */
  readonly at: Place;
}

/** The reach of a policy: `mesh` and `namespace` for what names nothing, `workloads` for a selector, `targets` for targetRefs. */
export type PolicyScope = 'mesh' | 'namespace' | 'workloads' | 'targets';

export interface Authorization {
  /** The policies that a proxy enforces: of the root namespace, then of its own, then of its services'; each by name. */
  policiesFor(target: PolicyTarget): readonly Attached<AuthorizationPolicy>[];
  /** The ones whose rules verify tokens there; all of them do. */
  requestAuthenticationsFor(target: PolicyTarget): readonly Attached<RequestAuthentication>[];
}

export function authorizationOf(mesh: Mesh): Authorization {
  return mesh.derive(createAuthorization);
}

const waypointClass = 'istio-waypoint';

interface PolicyIndex<P extends Policy> {
  /** By selector, none written being one that takes everything. */
  readonly bySelector: SelectorIndex<Attached<P>>;
  /** By kind and name of the target; group and namespace are already found right. */
  readonly byTarget: Map<string, Attached<P>[]>;
}

function createAuthorization(mesh: Mesh): Authorization {
  const { rootNamespace } = mesh;
  const policies = indexed(mesh, mesh.of('AuthorizationPolicy'));
  const requestAuthentications = indexed(mesh, mesh.of('RequestAuthentication'));
  return {
    policiesFor: (target) => attachedTo(target, policies, rootNamespace),
    requestAuthenticationsFor: (target) => attachedTo(target, requestAuthentications, rootNamespace),
  };
}

/** The policies that a workload takes, as far as it is known whom policies are for. */
export interface PoliciesOn {
  readonly attached: readonly Attached<AuthorizationPolicy>[];
  /** Why others may be for it too, or not all of these. */
  readonly doubt: string | undefined;
}

export function policiesOn(mesh: Mesh, workload: Workload): PoliciesOn {
  return { attached: policiesNaming(mesh, workload), doubt: reachInDoubt(mesh, 'AuthorizationPolicy', workload) };
}

/** The ones that are for a workload as they are written. For lists: what they come to is a question for `policiesOn`. */
export function policiesNaming(mesh: Mesh, workload: Workload): readonly Attached<AuthorizationPolicy>[] {
  return mesh.step(findPolicies, workload);
}

function findPolicies(mesh: Mesh, workload: Workload): readonly Attached<AuthorizationPolicy>[] {
  return authorizationOf(mesh).policiesFor(workload);
}

/** The same for each workload of the input; those that take the same policies share one list. */
export function sharedPolicies(mesh: Mesh): ReadonlyMap<Workload, readonly Attached<AuthorizationPolicy>[]> {
  const numbers = new Map(mesh.of('AuthorizationPolicy').map((policy, number) => [policy, number]));
  const lists = new Map<string, readonly Attached<AuthorizationPolicy>[]>();
  const byWorkload = new Map<Workload, readonly Attached<AuthorizationPolicy>[]>();
  for (const workload of mesh.workloads) {
    const policies = policiesNaming(mesh, workload);
    const key = policies.map(({ policy }) => numbers.get(policy)).join();
    const known = lists.get(key) ?? policies;
    lists.set(key, known);
    byWorkload.set(workload, known);
  }
  return byWorkload;
}

/** For what a policy is. */
export function policyScopeOf({ rootNamespace }: Mesh, policy: Policy): PolicyScope {
  if (targetsOf(policy).length > 0) return 'targets';
  if (Object.keys(selectorOf(policy)).length > 0) return 'workloads';
  return policy.metadata.namespace === rootNamespace ? 'mesh' : 'namespace';
}

/**
 * Which policies a proxy takes. An ordinary proxy takes by selector and ignores whatever has targetRefs; the pod of a Gateway API gateway takes
 * both; a waypoint takes by targetRefs only. Unlike a PeerAuthentication, a policy of the root namespace with a selector reaches all namespaces.
 * Sources: pilot/pkg/model/policyattachment.go (ShouldAttachPolicy), pilot/pkg/model/authorization.go (ListAuthorizationPolicies) and
 * pilot/pkg/model/authentication.go (GetJwtPoliciesForWorkload).
 */
function attachedTo<P extends Policy>(
  target: PolicyTarget,
  byNamespace: ReadonlyMap<string, PolicyIndex<P>>,
  rootNamespace: string,
): readonly Attached<P>[] {
  const gateway = gatewayNameOf(target.labels);
  const waypoint = target.waypoint === true;
  const namespaces = new Set([rootNamespace, target.namespace]);
  if (waypoint) for (const service of target.services ?? []) namespaces.add(service.namespace);

  const attached: Attached<P>[] = [];
  for (const namespace of namespaces) {
    const index = byNamespace.get(namespace);
    if (index === undefined) continue;
    const found: Attached<P>[] = waypoint ? [] : [...index.bySelector.matching(target.labels)];
    const byTarget = (kind: string, name: string): void => {
      for (const one of index.byTarget.get(`${kind}/${name}`) ?? []) {
        if (!found.some(({ policy }) => policy === one.policy)) found.push(one);
      }
    };
    if (gateway !== undefined && namespace === target.namespace) byTarget('Gateway', gateway);
    if (waypoint) {
      for (const service of target.services ?? []) if (service.namespace === namespace) byTarget(service.kind, service.name);
      if (namespace === rootNamespace) byTarget('GatewayClass', waypointClass);
    }
    // In an order that does not depend on the order of files.
    found.sort((a, b) => (a.policy.metadata.name < b.policy.metadata.name ? -1 : a.policy.metadata.name > b.policy.metadata.name ? 1 : 0));
    attached.push(...found);
  }
  return attached;
}

function indexed<P extends Policy>(mesh: Mesh, all: readonly P[]): ReadonlyMap<string, PolicyIndex<P>> {
  const byNamespace = new Map<string, PolicyIndex<P>>();
  for (const policy of all) {
    const { namespace } = policy.metadata;
    const index = byNamespace.get(namespace) ?? {
      bySelector: new SelectorIndex<Attached<P>>(),
      byTarget: new Map<string, Attached<P>[]>(),
    };
    byNamespace.set(namespace, index);
    const refs = targetsOf(policy);
    if (refs.length === 0) {
      index.bySelector.add(selectorOf(policy), mesh.step(attachedBySelector<P>, policy));
    }
    for (const { ref, at } of refs) {
      if (!isAttachable(ref, namespace, mesh.rootNamespace)) continue;
      const key = `${ref.kind}/${ref.name}`;
      const known = index.byTarget.get(key);
      if (known === undefined) index.byTarget.set(key, [{ policy, at }]);
      else known.push({ policy, at });
    }
  }
  return byNamespace;
}

function attachedBySelector<P extends Policy>(_mesh: Mesh, policy: P): Attached<P> {
  const path = Object.keys(selectorOf(policy)).length === 0 ? [] : ['spec', 'selector'];
  return { policy, at: { kind: 'node', resource: policy, path, part: 'value' } };
}

/** The group that each kind of target must have. A GatewayClass is a target for policies of the root namespace only. */
const groups: ReadonlyMap<string, readonly string[]> = new Map([
  ['Gateway', ['gateway.networking.k8s.io']],
  ['GatewayClass', ['gateway.networking.k8s.io']],
  ['Service', ['', 'core']],
  ['ServiceEntry', ['networking.istio.io']],
]);

export function isAttachable(ref: TargetRef, namespace: string, rootNamespace: string): boolean {
  if (ref.namespace !== undefined && ref.namespace !== '' && ref.namespace !== namespace) return false;
  if (ref.kind === 'GatewayClass' && namespace !== rootNamespace) return false;
  return groups.get(ref.kind)?.includes(ref.group ?? '') === true;
}

/** `targetRef` counts only where there are no `targetRefs`. Source: pilot/pkg/model/policyattachment.go, GetTargetRefs. */
export function targetsOf(policy: Policy): readonly { readonly ref: TargetRef; readonly at: Place }[] {
  const { targetRef, targetRefs = [] } = policy.spec ?? {};
  if (targetRefs.length > 0) {
    return targetRefs.map((ref, i) => ({ ref, at: { kind: 'node', resource: policy, path: ['spec', 'targetRefs', i], part: 'value' } }));
  }
  if (targetRef === undefined) return [];
  return [{ ref: targetRef, at: { kind: 'node', resource: policy, path: ['spec', 'targetRef'], part: 'value' } }];
}

function selectorOf(policy: Policy): Labels {
  return policy.spec?.selector?.matchLabels ?? {};
}
