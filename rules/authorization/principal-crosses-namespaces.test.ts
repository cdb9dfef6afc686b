import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { principalCrossesNamespaces } from './principal-crosses-namespaces.ts';

const policy = (source: string, comment = '', spec = '', when = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: payments }
spec:
  ${spec}
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
      ${when}
`;

testRule(it, principalCrossesNamespaces, {
  'reports an account of any namespace': policy(
    '{ principals: ["*/sa/web"] }',
    'warning("*/sa/web"): "*/sa/web" admits callers of more than one namespace',
  ),

  'reports a prefix with a dash, which whoever creates namespaces can extend': policy(
    '{ principals: [cluster.local/ns/prod-*] }',
    'warning(cluster.local/ns/prod-*): each namespace that begins with "prod-"',
  ),

  'reports namespaces where the wildcard follows a letter': `${policy('{ namespaces: [shop*] }', 'warning(shop*): "shop*" admits callers of each namespace that begins with "shop"')}${policy('{ namespaces: ["*shop"] }', 'warning("*shop"): each namespace that ends with "shop"')}`,

  'is silent about a family of namespaces that is written as one': policy('{ namespaces: [prod-*] }'),

  'is silent within a namespace, also if another field says so': `${policy('{ principals: [cluster.local/ns/shop/*] }')}${policy('{ principals: ["*/sa/web"], namespaces: [shop] }')}${policy('{ principals: ["*/sa/web"] }', '', '', 'when: [{ key: source.namespace, values: [shop] }]')}`,

  'leaves everyone and whole trust domains to another rule': `${policy('{ principals: ["*"] }')}${policy('{ principals: [cluster.local/*] }')}${policy('{ principals: [cluster.local/ns/*] }')}${policy('{ namespaces: ["*"] }')}`,

  'leaves what matches nobody to another rule': policy('{ principals: [cluster.local/ns/*/sa/web] }'),

  'is silent where a token is asked for as well, and about DENY': `${policy('{ principals: ["*/sa/web"], requestPrincipals: ["*"] }')}${policy('{ principals: ["*/sa/web"] }', '', 'action: DENY')}`,
});
