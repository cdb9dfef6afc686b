import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { denyAllLockout } from './deny-all-lockout.ts';

const policy = (name: string, spec: string, namespace = 'shop', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
spec: ${spec}
`;
const rules = 'rules: [{ from: [{ source: { namespaces: [cart] } }] }]';
const allow = policy('web', `{ selector: { matchLabels: { app: web, tier: front } }, ${rules} }`);
const deny = (comment = '', selector = '', namespace = 'shop', annotations = ''): string =>
  policy('deny-all', `{ ${selector}action: DENY, rules: [{}] }${comment === '' ? '' : ` # ${comment}`}`, namespace, annotations);
const denied = 'warning({}): this denies everyone, also whom "shop/web" allows';

testRule(it, denyAllLockout, {
  'reports a mesh-wide policy': `${deny(denied, '', 'istio-system')}${allow}`,

  'reports one whose selector takes all that the other takes': `${deny(denied, 'selector: { matchLabels: { app: web } }, ')}${allow}`,

  'names several': `${deny('warning({}): also whom "shop/web" and "shop/api" allow')}${allow}${policy('api', `{ ${rules} }`)}`,

  'reports workloads that are the same by other labels': `${deny(denied, 'selector: { matchLabels: { zone: a } }, ')}${allow}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web, tier: front, zone: a } }, spec: { containers: [{ name: app }] } }`,

  'reports a rule against every identity': policy(
    'deny',
    '{ action: DENY, rules: [{ from: [{ source: { principals: ["*"] } }] }] } # warning("*"): "*" denies every caller that has an identity, so that only plaintext gets through',
  ),

  'is silent where nothing is allowed besides: a quarantine': deny(),

  'is silent about an exception from a wider policy': `${deny('', 'selector: { matchLabels: { app: web } }, ')}${policy('all', `{ ${rules} }`)}`,

  'is silent about other workloads, namespaces, and ALLOW policies that admit nobody': `${deny('', 'selector: { matchLabels: { app: db } }, ')}${allow}${policy('pay', `{ ${rules} }`, 'payments')}${policy('deny-by-default', '{ selector: { matchLabels: { app: db } } }')}`,

  'is silent about rules that demand mutual TLS, or leave someone out': `${policy('mtls', '{ action: DENY, rules: [{ from: [{ source: { notPrincipals: ["*"] } }] }] }')}${policy('others', '{ action: DENY, rules: [{ from: [{ source: { principals: ["*"], notNamespaces: [cart] } }] }] }')}${allow}`,

  'is silent about rules that ask for something': `${policy('paths', '{ action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }')}${policy('identities', '{ action: DENY, rules: [{ from: [{ source: { principals: ["*"] } }], to: [{ operation: { paths: [/admin] } }] }] }')}${allow}`,

  'is silent about gateways and dry runs': `${deny('', 'selector: { matchLabels: { istio: ingressgateway } }, ', 'istio-system')}${deny('', '', 'shop', 'istio.io/dry-run: "true"')}${allow}`,
});
