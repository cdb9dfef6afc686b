import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { authorizationWithoutSource } from './authorization-without-source.ts';

const policy = (rule: string, spec = 'selector: { matchLabels: { app: web } }'): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec:
  ${spec}
  rules:
    - ${rule}
`;

testRule(it, authorizationWithoutSource, {
  'reports conditions on the request': policy(
    'when: [{ key: "request.headers[x-a]", values: [b] }] # info([{ key: "request.headers[x-a]", values: [b] }]): anyone may do this',
  ),

  'reports an empty list of sources': policy(
    '{ from: [], to: [{ operation: { ports: ["8080"] } }] } # info([{ operation: { ports: ["8080"] } }]): anyone may do this',
  ),

  'is silent about what admits anyone to anything, which is another rule': policy('{}'),

  'is silent where a source, an address or a token is asked for': `${policy('{ from: [{ source: { namespaces: [shop] } }], to: [{ operation: { methods: [GET] } }] }')}${policy('{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { methods: [GET] } }] }')}${policy('{ to: [{ operation: { methods: [GET] } }], when: [{ key: "request.auth.claims[iss]", values: [x] }] }')}`,

  'is silent about gateways': policy(
    '{ to: [{ operation: { hosts: [shop.example.com] } }] }',
    'selector: { matchLabels: { istio: ingressgateway } }',
  ),

  'is silent about DENY': policy('{ to: [{ operation: { paths: [/admin*] } }] }', 'action: DENY'),
});
