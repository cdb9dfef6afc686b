import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { overbroadPrincipals } from './overbroad-principals.ts';

const policy = (rules: string, spec = '', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: payments, annotations: { ${annotations} } }
spec:
  selector: { matchLabels: { app: ledger } }
  ${spec}
  rules:
    ${rules}
`;
const from = (source: string, comment = ''): string => `- from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}`;

testRule(it, overbroadPrincipals, {
  'reports any namespace': policy(from('{ namespaces: ["*"] }', 'warning("*"): "*" admits every workload that has an identity')),

  'reports a whole trust domain': policy(
    from(
      '{ principals: [cluster.local/*] }',
      'warning(cluster.local/*): "cluster.local/*" admits every workload of trust domain "cluster.local"',
    ),
  ),

  'reports all namespaces of a trust domain': policy(
    from('{ principals: ["cluster.local/ns/*"] }', 'warning("cluster.local/ns/*"): every workload of trust domain "cluster.local"'),
  ),

  'reports a trust domain by its own field': policy(
    from('{ trustDomains: [cluster.local] }', 'warning(cluster.local): every workload of trust domain "cluster.local"'),
  ),

  'reports trust domains that begin alike': policy(
    from('{ principals: [cluster*] }', 'warning(cluster*): every workload of every trust domain "cluster*"'),
  ),

  'names the one value that is too wide': policy(
    from('{ principals: [cluster.local/ns/shop/sa/cart, "*"] }', 'warning("*"): "*" admits every workload'),
  ),

  'reads conditions as part of the source': policy(`
    - when:
        - key: source.principal
          values: ["*"] # warning("*"): "*" admits every workload`),

  'reports a condition once, however many sources it counts for': policy(`
    - from: [{ source: { trustDomains: ["*"] } }, { source: { namespaces: ["*"] } }] # warning("*"): "*" admits # warning("*"): "*" admits
      when: [{ key: source.principal, values: ["*"] }]`),

  'reports it whatever is asked of the request': policy(`
    - from: [{ source: { principals: ["*"] } }] # warning("*"): "*" admits every workload
      to: [{ operation: { methods: [GET], paths: [/healthz] } }]`),

  'takes blocks that hold every address for no narrowing': policy(
    from('{ principals: ["*"], ipBlocks: [0.0.0.0/0] }', 'warning("*"): "*" admits every workload'),
  ),

  'is silent where another field narrows the source': `${policy(from('{ principals: ["*"], namespaces: [shop] }'))}${policy(from('{ namespaces: ["*"], serviceAccounts: [web] }'))}`,

  'is silent where a condition narrows it': policy(`
    - from: [{ source: { principals: ["*"] } }]
      when: [{ key: source.namespace, values: [shop] }]`),

  'is silent where an address or a token is asked for as well': `${policy(from('{ principals: ["*"], ipBlocks: [10.0.0.0/8] }'))}${policy(from('{ principals: ["*"], requestPrincipals: ["*"] }'))}${policy(`
    - from: [{ source: { principals: ["*"] } }]
      when: [{ key: "request.auth.claims[groups]", values: [admin] }]`)}`,

  'is silent about everyone but a few, which is another rule': policy(from('{ principals: ["*"], notNamespaces: [evil] }')),

  'is silent about a namespace, a prefix in it, and an account in any namespace': `${policy(from('{ principals: [cluster.local/ns/shop/*] }'))}${policy(from('{ namespaces: [shop] }'))}${policy(from('{ principals: ["*/sa/web"] }'))}`,

  'is silent about DENY, where "*" closes and does not open': policy(from('{ notPrincipals: ["*"] }'), 'action: DENY'),

  'is silent about a dry run, which admits nobody': policy(from('{ principals: ["*"] }'), '', 'istio.io/dry-run: "true"'),

  'enforces what is no dry run by its value': policy(
    from('{ principals: ["*"] }', 'warning("*"): "*" admits'),
    '',
    'istio.io/dry-run: "yes"',
  ),

  'is silent about a placeholder': { yaml: policy(from('{ principals: ["${CLIENT}"] }')), unknown: 0 },

  'counts a rule as unknown where a placeholder stands for its sources': { yaml: policy('- from: ${SOURCES}'), unknown: 1, broken: true },

  'leaves a foreign trust domain to the rule about those': { yaml: policy(from('{ principals: [partner.example/*] }')), complete: true },
});
