import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { sourceReliesOnDestinationRules } from './source-relies-on-destination-rules.ts';

const config = (mesh = 'enableAutoMtls: false'): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "${mesh}" }
`;
const policy = (source: string, comment = '', spec = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec:
  ${spec}
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
`;
const mtls = (mode: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: ${mode} } }
`;
const destinationRule = (mode: string): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ${mode} } } }
`;
const cart = '{ principals: [cluster.local/ns/cart/sa/cart] }';

testRule(it, sourceReliesOnDestinationRules, {
  'reports it beside a DestinationRule that does so, in a complete mesh without a PeerAuthentication': {
    complete: true,
    yaml: `${config()}${policy(cart, 'info(cluster.local/ns/cart/sa/cart): only callers whose DestinationRule says ISTIO_MUTUAL')}${destinationRule('ISTIO_MUTUAL')}`,
  },

  'leaves clients that send plaintext to another rule': { complete: true, yaml: `${config()}${policy(cart)}${destinationRule('DISABLE')}` },

  'is silent where mutual TLS is required, or off': `${config()}${policy(cart)}${mtls('STRICT')}`,

  'is silent with automatic mutual TLS, which is the default': `${policy(cart)}${mtls('PERMISSIVE')}`,

  'is silent about not-values, DENY and gateways': `${config()}${policy('{ notNamespaces: [evil] }')}${policy(cart, '', 'action: DENY')}${policy(cart, '', 'selector: { matchLabels: { istio: ingressgateway } }')}${mtls('PERMISSIVE')}`,

  'does not know where nothing decides in an open mesh': { yaml: `${config()}${policy(cart)}`, unknown: 1 },
});
