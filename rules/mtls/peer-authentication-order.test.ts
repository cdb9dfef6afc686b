import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { peerAuthenticationOrder } from './peer-authentication-order.ts';

const policy = (name: string, spec: string, marker = '', namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }${marker}
spec: ${spec}
`;
const deployment = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web, tier: front } } } }
`;
const strictWith = (selector: string, ports: string): string =>
  `{ selector: { matchLabels: ${selector} }, mtls: { mode: STRICT }, portLevelMtls: ${ports} }`;

testRule(it, peerAuthenticationOrder, {
  'reports two that select one workload and name different ports': `${policy('one', '{ selector: { matchLabels: { app: web } }, portLevelMtls: { 80: { mode: STRICT } } }', ' # warning(one): only the older one')}${policy('two', '{ selector: { matchLabels: { tier: front } }, mtls: { mode: STRICT } }', ' # warning(two): "shop/two" and "shop/one"')}${deployment}`,
  'names a few of many': `${['a', 'b', 'c', 'd', 'e', 'f']
    .map((name, i) =>
      policy(
        name,
        `{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { ${80 + i}: { mode: STRICT } } }`,
        ` # warning(${name}): ${name < 'd' ? '' : `only the oldest of "shop/${name}" and "shop/a", "shop/b", "shop/c" and others counts`}`,
      ),
    )
    .join('')}${deployment}`,
  'accepts two that say the same': `${policy('one', '{ mtls: { mode: STRICT } }')}${policy('two', '{ mtls: { mode: STRICT } }')}`,
  'accepts different levels, and different namespaces': `${policy('one', '{ mtls: { mode: STRICT } }')}${policy('two', '{ selector: { matchLabels: { app: web } }, mtls: { mode: UNSET } }')}${policy('three', '{}', '', 'pay')}${deployment}`,
  'leaves what accepts plaintext to permissive-mtls': `${policy('one', '{ mtls: { mode: STRICT } }')}${policy('two', '{ mtls: { mode: PERMISSIVE } }')}`,
  'accepts overlays of one policy': {
    yaml: {
      'overlays/dev/policy.yaml': policy('one', strictWith('{ app: web }', '{ 80: { mode: STRICT } }')),
      'overlays/prod/policy.yaml': policy('one', strictWith('{ app: web }', '{ 81: { mode: STRICT } }')),
    },
  },
});
