import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { peerAuthenticationIgnored } from './peer-authentication-ignored.ts';

const policy = (ns: string, spec: string): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${ns} }
spec: ${spec}
`;

testRule(it, peerAuthenticationIgnored, {
  'accepts a policy for the whole mesh': policy('istio-system', '{ mtls: { mode: STRICT } }'),
  'takes an empty selector as none': policy('istio-system', '{ selector: {}, mtls: { mode: STRICT } }'),
  'accepts a selector elsewhere': policy('istio-ingress', '{ selector: { matchLabels: { istio: ingress } }, mtls: { mode: STRICT } }'),
  'reports modes for ports without a selector, or with an empty one': `${policy('shop', '{ portLevelMtls: { 8080: { mode: STRICT } } } # warning(portLevelMtls): need a selector')}
---${policy('istio-system', '{ selector: {}, portLevelMtls: { 8080: { mode: STRICT } } } # warning(portLevelMtls): need a selector')}`,
  'uses the root namespace that it is told': {
    istioNamespace: 'mesh',
    yaml: policy(
      'mesh',
      '{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT } } # warning(selector): in the root namespace "mesh"',
    ),
  },
  'follows the mesh configuration': `${policy('istio-system', '{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT } }')}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    rootNamespace: mesh-config
`,
});
