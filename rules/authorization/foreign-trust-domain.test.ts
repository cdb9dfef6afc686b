import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { foreignTrustDomain } from './foreign-trust-domain.ts';

const policy = (source: string, comment = '', spec = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: payments }
spec:
  ${spec}
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
`;
const config = (mesh: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    ${mesh.replaceAll('\n', '\n    ')}
`;

testRule(it, foreignTrustDomain, {
  'reports a foreign trust domain in a complete mesh, which has the default one': {
    complete: true,
    yaml: policy(
      '{ principals: [partner.example/ns/shop/sa/cart] }',
      'warning(partner.example): no caller has trust domain "partner.example": the mesh has "cluster.local"',
    ),
  },

  'reports trustDomains, where "cluster.local" is only a name': `${config('trustDomain: shop.example')}${policy('{ trustDomains: [cluster.local] }', 'warning(cluster.local): no caller has trust domain "cluster.local"')}`,

  'reports not-values and patterns': `${config('trustDomain: shop.example')}${policy('{ principals: ["*"], notPrincipals: [partner.example/ns/a*] }', 'warning(partner.example): no caller has')}`,

  'knows the aliases': `${config('trustDomain: shop.example\ntrustDomainAliases: [old.example]')}${policy('{ principals: [old.example/ns/shop/sa/cart, shop.example/ns/shop/*], trustDomains: [old.example] }')}`,

  'takes "cluster.local" for the trust domain of the mesh in a whole principal': `${config('trustDomain: shop.example')}${policy('{ principals: [cluster.local/ns/shop/sa/cart, cluster.local/ns/shop/sa/*] }')}`,

  'counts it as unknown where the mesh configuration is not in the input': {
    yaml: policy('{ principals: [partner.example/ns/shop/sa/cart] }'),
    unknown: 1,
  },

  'knows the trust domains of other authorities that are trusted, which are no aliases': `${config('trustDomain: shop.example\ncaCertificates:\n  - trustDomains: [partner.example]\n  - pem: x')}${policy('{ principals: [partner.example/ns/shop/sa/cart] }')}${policy('{ principals: [other.example/ns/shop/sa/cart] }', 'warning(other.example): the mesh has "shop.example" and "partner.example"')}`,

  'counts it as unknown where the trust domains of other authorities are placeholders': {
    yaml: `${config('trustDomain: shop.example\ncaCertificates:\n  - trustDomains: ["${PARTNER}"]')}${policy('{ principals: [partner.example/ns/shop/sa/cart] }')}`,
    unknown: 1,
  },

  'is silent about gateways, whose clients may be anyone': {
    complete: true,
    yaml: policy('{ principals: [partner.example/ns/shop/sa/cart] }', '', 'selector: { matchLabels: { istio: ingressgateway } }'),
  },

  'is silent about wildcards, placeholders and what is no principal': {
    complete: true,
    yaml: policy(
      '{ principals: ["*", "*/ns/shop/sa/cart", "${TRUST_DOMAIN}/ns/shop/sa/cart", "spiffe://partner.example/ns/shop/sa/cart", "partner.example/cart"] }',
    ),
    unknown: 0,
  },
});
