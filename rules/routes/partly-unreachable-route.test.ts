import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { partlyUnreachableRoute } from './partly-unreachable-route.ts';

const to = 'route: [{ destination: { host: reviews } }]';
const routes = (...lines: readonly string[]): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [mesh, edge/public]
  http:
${lines.map((line) => `    - ${line}`).join('\n')}
`;

testRule(it, partlyUnreachableRoute, {
  'names a gateway': routes(
    `{ match: [{ gateways: [edge/public] }], ${to} }`,
    `{ name: api, match: [{ uri: { prefix: /api } }], ${to} } # info(api): clients of gateway "edge/public" never reach this route: route 1 takes`,
    `{ ${to} }`,
  ),
  'names labels, and several takers': routes(
    `{ name: get, match: [{ sourceLabels: { app: web }, method: { exact: GET } }], ${to} }`,
    `{ name: others, match: [{ sourceLabels: { app: web }, method: { regex: "[^G].*|G[^E].*|G|GE|GE[^T].*|GET.+" } }], ${to} }`,
    `{ name: api, match: [{ uri: { prefix: /api } }], ${to} } # info(api): clients with "app: web" never reach this route: "get" and "others" take all`,
  ),
  'leaves to unreachable-route what nobody reaches': routes(
    `{ match: [{ sourceNamespace: a }], ${to} }`,
    `{ ${to} }`,
    `{ match: [{ uri: { prefix: /api } }], ${to} }`,
  ),
  'accepts what is left for all others': routes(`{ match: [{ sourceNamespace: a }], ${to} }`, `{ ${to} }`),
  'accepts routes that say whom they are for': routes(
    `{ match: [{ gateways: [edge/public] }], ${to} }`,
    `{ match: [{ gateways: [mesh], uri: { prefix: /api } }], ${to} }`,
  ),
  'accepts an earlier route for some clients that takes only some of the requests': routes(
    `{ match: [{ sourceNamespace: a, uri: { prefix: /api/v2 } }], ${to} }`,
    `{ match: [{ uri: { prefix: /api } }], ${to} }`,
  ),
});
