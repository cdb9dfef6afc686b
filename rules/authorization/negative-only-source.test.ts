import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { negativeOnlySource } from './negative-only-source.ts';

const policy = (rule: string, spec = 'selector: { matchLabels: { app: web } }', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop, annotations: { ${annotations} } }
spec:
  ${spec}
  rules:
    - ${rule}
`;
const from = (source: string): string => `from: [{ source: ${source} }]`;

testRule(it, negativeOnlySource, {
  'reports principals, and lists several': policy(`
      from:
        - source:
            notPrincipals: # warning: everyone but principals "cluster.local/ns/a/sa/b" and "cluster.local/ns/c/sa/d" is admitted
              - cluster.local/ns/a/sa/b
              - cluster.local/ns/c/sa/d`),

  'reports every identity but a few, which needs mutual TLS at least': policy(
    `${from('{ principals: ["*"], notNamespaces: [sandbox] }')} # warning(sandbox): everyone but namespace "sandbox" is admitted`,
  ),

  'reports conditions, once': policy(`
      from: [{ source: { notNamespaces: [a] } }, { source: { notNamespaces: [b] } }] # warning(a): but namespace "a" # warning(b): but namespace "b"
      when: [{ key: source.trustDomain, notValues: [partner.example] }]`),

  'is silent where someone is named as well': `${policy(from('{ namespaces: [shop], notPrincipals: [cluster.local/ns/shop/sa/web] }'))}${policy(from('{ principals: ["*/sa/web"], notNamespaces: [sandbox] }'))}${policy(from('{ ipBlocks: [10.0.0.0/8], notIpBlocks: [10.1.0.0/16] }'))}`,

  'is silent where a token is asked for, or its absence': `${policy(from('{ requestPrincipals: ["*"], notNamespaces: [sandbox] }'))}${policy(from('{ notRequestPrincipals: ["*"] }'))}`,

  'is silent about DENY, where not-forms close': policy(from('{ notNamespaces: [shop] }'), 'action: DENY'),

  'is silent about gateways and dry runs': `${policy(from('{ notRemoteIpBlocks: [10.0.0.0/8] }'), 'selector: { matchLabels: { istio: ingressgateway } }')}${policy(from('{ notNamespaces: [a] }'), '', 'istio.io/dry-run: "true"')}`,
});
