import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { wholeNamespaceSource } from './whole-namespace-source.ts';

const policy = (source: string, comment = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: payments }
spec:
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
`;
const account = (name: string): string => `
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: shop }
`;
const accounts = `${account('cart')}${account('web')}`;

testRule(it, wholeNamespaceSource, {
  'reports all principals of a namespace': `${policy('{ principals: [cluster.local/ns/shop/*] }', 'info(cluster.local/ns/shop/*): every workload of namespace "shop" is admitted')}${accounts}`,

  'is silent where only one account is known, or none': `${policy('{ namespaces: [shop] }')}${account('cart')}${account('default')}`,

  'is silent where accounts are named, or left out': `${policy('{ namespaces: [shop], notServiceAccounts: [shop/web] }')}${policy('{ principals: [cluster.local/ns/shop/sa/cart] }')}${accounts}`,

  'is silent where a token is asked for as well': `${policy('{ namespaces: [shop], requestPrincipals: ["*"] }')}${accounts}`,
});
