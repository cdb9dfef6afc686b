import { at, keyAt } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const peerAuthenticationIgnored = defineRule({
  id: 'peer-authentication-ignored',
  title: 'PeerAuthentication that no workload takes',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.0',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  docs: {
    why: 'In the root namespace a PeerAuthentication is for the whole mesh, and Istio reads only those without a selector there. One with a selector has no effect, not even on pods of the root namespace, so that what it asks for never comes about.',
    help: 'Move the policy to the namespace of the pods that it selects, or remove the selector if it is meant for the whole mesh.',
    evidence:
      'The policy lies in the root namespace (istio-system, unless the mesh configuration or --istio-namespace says otherwise) and has a selector with labels. Or it has portLevelMtls and no label to select workloads by, wherever it lies.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: istio-system
      spec:
        selector: # warning: the policy has no effect
          matchLabels:
            app: cart
        mtls:
          mode: STRICT
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        mtls:
          mode: STRICT
      `,
    references: ['https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication'],
  },

  *check(policy, { mesh }) {
    const { selector, portLevelMtls = {} } = policy.spec ?? {};
    if (Object.keys(selector?.matchLabels ?? {}).length === 0) {
      if (Object.keys(portLevelMtls).length === 0) return;
      yield {
        at: keyAt(at(policy, 'spec', 'portLevelMtls')),
        message: 'modes for single ports need a selector: Istio refuses the policy, and ignores them where its validation is off',
      };
      return;
    }
    if (mesh.peerAuthentications.scopeOf(policy) !== 'ignored') return;
    yield {
      at: keyAt(at(policy, 'spec', 'selector')),
      message: `the policy has no effect: in the root namespace "${mesh.rootNamespace}" Istio ignores every PeerAuthentication with a selector`,
    };
  },
});
