import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { hostRoutedTwice } from './host-routed-twice.ts';

const all = 'http: [{ route: [{ destination: { host: reviews } }] }]';
const virtualService = (name: string, ns: string, rest: string, marker = '', hosts = '[api.example.com]'): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${ns} }
spec:
  hosts: ${hosts}${marker}
  ${rest.split('\n').join('\n  ')}
`;
const sidecar = `
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec: { egress: [{ hosts: [./*, istio-system/*] }] }
`;

testRule(it, hostRoutedTwice, {
  'reports two namespaces, both public': `${virtualService('a', 'one', all, ' # warning(api.example.com): is also routed by "two/b"')}${virtualService('b', 'two', all, ' # warning(api.example.com): by "one/a": the younger one of the two is ignored')}`,
  'names several': `${virtualService('a', 'one', all, ' # warning(api.example.com): by "one/b" and "one/c": all but the oldest')}${virtualService('b', 'one', all, ' # warning(api.example.com): by "one/a" and "one/c"')}${virtualService('c', 'one', all, ' # warning(api.example.com): by "one/a" and "one/b"')}`,
  'names a few of many': ['a', 'b', 'c', 'd', 'e', 'f']
    .map((name) =>
      virtualService(
        name,
        'one',
        all,
        ` # warning(api.example.com): ${name < 'd' ? '' : 'by "one/a", "one/b", "one/c" and others: all but the oldest'}`,
      ),
    )
    .join(''),
  'accepts one that its own namespace keeps to itself': `${virtualService('a', 'one', `exportTo: [.]\n${all}`)}${virtualService('b', 'two', all)}`,
  'accepts two that no client sees together': `${virtualService('a', 'one', `exportTo: [.]\n${all}`)}${virtualService('b', 'two', `exportTo: [.]\n${all}`)}`,
  'accepts public ones that Sidecars keep apart': `${virtualService('a', 'one', all)}${virtualService('b', 'two', all)}${sidecar}`,
  'reports what one namespace has twice in spite of Sidecars': `${virtualService('a', 'one', all, ' # warning(api.example.com): by "one/b"')}${virtualService('b', 'one', all, ' # warning(api.example.com): by "one/a"')}${sidecar}`,
  'accepts gateways, where they are merged': `${virtualService('a', 'one', `gateways: [edge/public]\n${all}`)}${virtualService('b', 'one', `gateways: [edge/public]\n${all}`)}`,
  'accepts one for a gateway beside one for the mesh': `${virtualService('a', 'one', `gateways: [edge/public]\n${all}`)}${virtualService('b', 'one', all)}`,
  'accepts a wildcard beside an exact host': `${virtualService('a', 'one', all, '', "['*.example.com']")}${virtualService('b', 'one', all)}`,
  'accepts http beside tls, which are put together': `${virtualService('a', 'one', all)}${virtualService('b', 'one', 'tls: [{ match: [{ sniHosts: [api.example.com] }], route: [{ destination: { host: api.example.com } }] }]')}`,
  'accepts routes for different callers': `${virtualService('a', 'one', 'http: [{ match: [{ sourceNamespace: a }], route: [{ destination: { host: reviews } }] }]')}${virtualService('b', 'one', 'http: [{ match: [{ sourceNamespace: b }], route: [{ destination: { host: reviews } }] }]')}`,
  'takes short names of two namespaces as two services': `${virtualService('a', 'one', all, '', '[reviews]')}${virtualService('b', 'two', all, '', '[reviews]')}`,
  'accepts overlays of one VirtualService, and a delegate': {
    yaml: {
      'overlays/dev/routes.yaml': `${virtualService('routes', 'one', all)}${virtualService('dev', 'one', all, '', '[b.example.com]')}`,
      'overlays/prod/routes.yaml': `${virtualService('routes', 'one', `exportTo: ["*"]\n${all}`)}${virtualService('prod', 'one', all, '', '[b.example.com]')}`,
      'base/delegate.yaml': virtualService('leaf', 'one', all, '', '[api.example.com]').replace(/ {2}hosts.*\n/, ''),
    },
  },
});
