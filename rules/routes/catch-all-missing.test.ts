import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { catchAllMissing } from './catch-all-missing.ts';

const routes = (...matches: readonly string[]): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
${matches.map((match) => `    - { match: [${match}], route: [{ destination: { host: reviews } }] }`).join('\n')}
`;

const atGateway = (name: string, match: string): string =>
  routes(match).replace('name: reviews }', `name: ${name} }`).replace('http:', 'gateways: [edge/public]\n  http:');

testRule(it, catchAllMissing, {
  'names a header that is lacking': routes('{ headers: { x-user: { exact: test } } }').replace(
    'http:',
    'http: # info(http): has none of what they ask for, which gets 404',
  ),
  'names a method': routes('{ uri: { prefix: / }, method: { exact: GET } }').replace(
    'http:',
    'http: # info(http): no route takes a request for',
  ),
  'accepts the prefix of every path': routes('{ uri: { prefix: /a } }', '{ uri: { prefix: / } }'),
  'accepts routes that together take everything': routes('{ headers: { x-a: {} } }', '{ withoutHeaders: { x-a: {} } }'),
  'accepts a regular expression for every path': routes('{ uri: { regex: "/.*" } }'),
  'leaves aside who calls': routes('{ sourceLabels: { app: web } }', '{ gateways: [mesh], port: 80 }'),
  'accepts a delegate, and a delegated VirtualService': `${routes('{ uri: { prefix: / } }').replace('route: [{ destination: { host: reviews } }]', 'delegate: { name: leaf }')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: leaf }
spec: { http: [{ match: [{ uri: { prefix: /a } }], route: [{ destination: { host: reviews } }] }] }
`,
  'sees VirtualServices of one host at a gateway together': `${atGateway('a', '{ uri: { prefix: /a } }')}
---
${atGateway('b', '{ uri: { prefix: / } }')}`,
  'does not at another one': `${atGateway('a', '{ uri: { prefix: /a } }').replace('http:', 'http: # info(http): no route takes')}
---
${atGateway('b', '{ uri: { prefix: / } }').replace('public', 'private')}`,
});
