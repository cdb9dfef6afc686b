import type { Mesh } from '../../src/graph/mesh.ts';
import { otherValues, selectedPodsOf } from '../../src/graph/selected-pods.ts';
import { at, below, type Place } from '../../src/model/place.ts';
import type { ResourceOf } from '../../src/model/resource.ts';
import { doubtAt } from '../../src/model/doubt.ts';
import { closest } from '../../src/rule/closest.ts';
import { defineRule, type Fault, type Unknown } from '../../src/rule/rule.ts';

export const policySelectsNothing = defineRule({
  id: 'policy-selects-nothing',
  title: 'Policy that no proxy takes',
  category: 'reference',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication'],
  equivalents: [
    { tool: 'kiali', code: 'KIA0004' },
    { tool: 'istioctl', code: 'IST0127' },
  ],
  docs: {
    why: 'A policy is enforced by the proxies that its selector or targetRefs take, and by no other. One that takes none says nothing: what it should deny is allowed, and what it should require is not required.',
    help: 'Write the labels as they stand on the pods (in the template of the Deployment, not on the Deployment itself), in the namespace of the pods. A policy for a GatewayClass belongs into the root namespace.',
    evidence:
      'The mesh is complete for the namespace of the policy (for all namespaces, if it is the root namespace), and no pod template, WorkloadEntry, WorkloadGroup or Gateway there has all labels of the selector; otherwise that counts as unknown. Without a complete mesh it is reported only of targetRefs that Istio takes for no policy: a GatewayClass outside of the root namespace. A PeerAuthentication with a selector in the root namespace is another fault.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: waypoints
        namespace: shop
      spec:
        targetRefs:
          - kind: GatewayClass # warning(GatewayClass): no proxy takes this policy
            group: gateway.networking.k8s.io
            name: istio-waypoint
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: waypoints
        namespace: istio-system
      spec:
        targetRefs:
          - kind: GatewayClass
            group: gateway.networking.k8s.io
            name: istio-waypoint
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/type/workload-selector/',
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy',
    ],
  },

  *check(policy, { mesh }) {
    const {
      selector,
      targetRef,
      targetRefs = [],
    } = policy.kind === 'PeerAuthentication' ? { selector: policy.spec?.selector } : (policy.spec ?? {});
    if (targetRefs.length > 0 || targetRef !== undefined) {
      if (policy.kind !== 'PeerAuthentication') yield* foreignTargets(mesh, policy);
      return;
    }
    const labels = selector?.matchLabels ?? {};
    const isRoot = policy.metadata.namespace === mesh.rootNamespace;
    if (Object.keys(labels).length === 0 || (isRoot && policy.kind === 'PeerAuthentication')) return;
    yield* selectionOf(mesh, policy, labels, isRoot ? undefined : policy.metadata.namespace);
  },
});

type Policy = ResourceOf<'AuthorizationPolicy'> | ResourceOf<'RequestAuthentication'> | ResourceOf<'PeerAuthentication'>;

function* selectionOf(
  mesh: Mesh,
  policy: Policy,
  labels: Readonly<Record<string, string>>,
  namespace: string | undefined,
): Iterable<Fault | Unknown> {
  const place = at(policy, 'spec', 'selector', 'matchLabels');
  const doubt = doubtAt(policy, 'spec', 'selector');
  const pods = selectedPodsOf(mesh);
  if (doubt !== undefined) {
    yield { at: place, reason: doubt };
    return;
  }
  if (pods.some(labels, namespace)) return;
  if (!pods.isComplete(namespace)) {
    yield { at: place, reason: 'no pod with these labels in the input' };
    return;
  }
  const where = namespace === undefined ? 'in the mesh' : `in namespace "${namespace}"`;
  const wrong = namespace === undefined ? undefined : wrongLabel(labels, pods.labelsIn(namespace));
  const keys = Object.keys(labels);
  const [only = ''] = keys;
  if (wrong !== undefined) {
    yield {
      at: below(place, wrong.key),
      message: `no pod ${where} has "${wrong.key}: ${labels[wrong.key] ?? ''}": did you mean "${wrong.meant}"?`,
      fix: {
        title: `Write "${wrong.meant}"`,
        safety: 'suggestion',
        edits: [{ op: 'replace', at: below(place, wrong.key), value: wrong.meant }],
      },
    };
    return;
  }
  yield {
    at: keys.length === 1 ? below(place, only) : place,
    message: keys.length === 1 ? `no pod ${where} has "${only}: ${labels[only] ?? ''}"` : `no pod ${where} has all of these labels`,
  };
}

/** The one label whose value was nearly right. */
function wrongLabel(
  labels: Readonly<Record<string, string>>,
  candidates: readonly Readonly<Record<string, string>>[],
): { readonly key: string; readonly meant: string } | undefined {
  for (const key of Object.keys(labels)) {
    const meant = closest(labels[key] ?? '', otherValues(labels, key, candidates));
    if (meant !== undefined) return { key, meant };
  }
  return undefined;
}

function* foreignTargets(mesh: Mesh, policy: ResourceOf<'AuthorizationPolicy'> | ResourceOf<'RequestAuthentication'>): Iterable<Fault> {
  if (policy.metadata.namespace === mesh.rootNamespace) return;
  const { targetRef, targetRefs = [] } = policy.spec ?? {};
  const single = targetRefs.length === 0 && targetRef !== undefined ? [[targetRef, at(policy, 'spec', 'targetRef')] as const] : [];
  const refs: readonly (readonly [NonNullable<typeof targetRef>, Place])[] = [
    ...targetRefs.map((ref, i) => [ref, at(policy, 'spec', 'targetRefs', i)] as const),
    ...single,
  ];
  for (const [{ kind, name }, place] of refs) {
    if (kind !== 'GatewayClass') continue;
    yield {
      at: below(place, 'kind'),
      message: `no proxy takes this policy: "${name}" is a GatewayClass, which counts in the root namespace "${mesh.rootNamespace}" only`,
    };
  }
}
