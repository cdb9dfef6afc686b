import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { routeWithoutAction } from './route-without-action.ts';

const virtualService = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
${spec}
`;

testRule(it, routeWithoutAction, {
  'reports an empty list of destinations': virtualService(`  hosts: [reviews]
  http:
    - { match: [{ uri: { prefix: / } }], route: [] } # error({ match: [{ uri: { prefix: / } }], route: [] }): the route has no destination`),
  'reports tcp and tls routes': virtualService(`  hosts: [reviews]
  tls:
    - { match: [{ sniHosts: [reviews] }] } # error({ match: [{ sniHosts: [reviews] }] }): the tls route has no destination
  tcp:
    - { match: [{ port: 1 }] } # error({ match: [{ port: 1 }] }): the tcp route has no destination`),
  'reports delegates': virtualService(`  http:
    - { name: a, timeout: 1s } # error(a): the route "a" has no`),
  'accepts redirects, direct responses, delegates and mirrors beside destinations': virtualService(`  hosts: [reviews]
  http:
    - { match: [{ uri: { prefix: /a } }], redirect: { uri: /b } }
    - { match: [{ uri: { prefix: /c } }], directResponse: { status: 200 } }
    - { match: [{ uri: { prefix: /d } }], delegate: { name: other } }
    - { route: [{ destination: { host: reviews } }], mirror: { host: copy } }`),
});
