import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { gatewayRouteOrder } from './gateway-route-order.ts';

const virtualService = (name: string, match: string, { ns = 'shop', host = name, more = '' } = {}): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${ns} }
spec:
  hosts: [shop.example.com]
  gateways: [edge/public]${more}
  http:
    - ${match}
      route: [{ destination: { host: ${host} } }]
`;
const gateway = (hosts: string): string => `
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec:
  selector: { app: gw }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}] }]
`;
const path = (prefix: string): string => `match: [{ uri: { prefix: ${prefix} } }]`;
const everything = 'name: rest';

testRule(it, gatewayRouteOrder, {
  'reports two that take everything': `${virtualService('a', everything)}${virtualService('b', 'name: rest # warning(rest): a request is also taken by "rest" of "shop/a": it gets the one')}`,
  'reports a longer path in the one that comes first by name': `${virtualService('a', path('/api/users'))}${virtualService('b', `name: b # warning(b): is also taken by route 1 of "shop/a"\n      ${path('/api')}`)}`,
  'compares regular expressions': `${virtualService('a', 'match: [{ uri: { regex: "/v[0-9]+" } }]')}${virtualService('b', `name: b # warning(b): is also taken by route 1\n      ${path('/v1')}`)}`,
  'reports two namespaces that the server admits': `${gateway("'*'")}${virtualService('a', path('/x'), { ns: 'one' })}${virtualService('a', `name: b # warning(b): is also taken by route 1 of "one/a"\n      ${path('/x')}`, { ns: 'two', host: 'b' })}`,
  'accepts paths that exclude each other': `${virtualService('a', path('/a'))}${virtualService('b', path('/b'))}`,
  'accepts methods that do': `${virtualService('a', 'match: [{ method: { exact: GET } }]')}${virtualService('b', 'match: [{ method: { exact: POST } }]')}`,
  'accepts one that takes everything, which moves to the end': `${virtualService('a', path('/'))}${virtualService('b', path('/b'))}${virtualService('c', path('/c'))}`,
  'accepts routes that do the same': `${virtualService('a', path('/a'), { host: 'x' })}${virtualService('b', path('/a/b'), { host: 'x' })}`,
  'accepts what an earlier route of its own takes away': `${virtualService('a', `${path('/a/b')}\n      redirect: { uri: /x }\n    - ${path('/a')}`).replace('redirect: { uri: /x }', 'route: [{ destination: { host: b } }]')}${virtualService('b', path('/a/b'))}`,
  'accepts other hosts, other gateways, and the mesh': `${virtualService('a', everything)}${virtualService('b', everything).replace('shop.example.com', 'api.example.com')}${virtualService('c', everything).replace('edge/public', 'edge/private')}${virtualService('d', everything).replace('edge/public', 'mesh')}`,
  'accepts a namespace that the server does not admit, or that is not known to be': `${gateway('one/*')}${virtualService('a', path('/x'), { ns: 'one' })}${virtualService('a', path('/x'), { ns: 'two', host: 'b' })}`,
  'accepts two namespaces at a gateway that is not in the input': `${virtualService('a', path('/x'), { ns: 'one' })}${virtualService('a', path('/x'), { ns: 'two', host: 'b' })}`,
  'accepts one that is exported by name and comes first': `${gateway("'*'")}${virtualService('a', path('/x'), { ns: 'one', more: '\n  exportTo: [edge]' })}${virtualService('a', path('/x'), { ns: 'two', host: 'b' })}`,
  'accepts overlays of one VirtualService': {
    yaml: {
      'overlays/dev/routes.yaml': `${virtualService('a', path('/y'))}${virtualService('dev', path('/x'))}`,
      'overlays/prod/routes.yaml': `${virtualService('a', path('/x'), { host: 'other' })}${virtualService('prod', path('/prod'))}`,
    },
  },
});
