import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { plaintextToStrictMesh } from './plaintext-to-strict-mesh.ts';

const rule = (host: string, marker = ''): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: rule, namespace: shop }
spec: { host: '${host}', trafficPolicy: { tls: { mode: DISABLE } } }${marker}
`;
const policy = (namespace: string, mode: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${namespace} }
spec: { mtls: { mode: ${mode} } }
`;
const pod = `
---
apiVersion: v1
kind: Pod
metadata: { name: old, namespace: shop, labels: { app: old } }
spec: { containers: [] }
`;

testRule(it, plaintextToStrictMesh, {
  'reports a namespace': `${rule('*.shop.svc.cluster.local', ' # warning(DISABLE): every service of namespace "shop"')}${policy('istio-system', 'STRICT')}`,
  'leaves a policy of the namespace to mtls-conflict': `${rule('*.shop.svc.cluster.local')}${policy('istio-system', 'STRICT')}${policy('shop', 'STRICT')}`,
  'accepts a namespace that takes plaintext': `${rule('*.shop.svc.cluster.local')}${policy('istio-system', 'STRICT')}${policy('shop', 'PERMISSIVE')}`,
  'leaves known pods to mtls-conflict': `${rule('*.shop.svc.cluster.local')}${policy('istio-system', 'STRICT')}${pod}`,
  'accepts a single service': `${rule('cart')}${policy('istio-system', 'STRICT')}`,
  'accepts hosts outside of the cluster': `${rule('*.example.com')}${policy('istio-system', 'STRICT')}`,
});
