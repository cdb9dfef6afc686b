import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetHidden } from './subset-hidden.ts';

const rule = (name: string, namespace: string, spec: string): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const route = (namespace: string, spec = ''): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: ${namespace} }
spec: { hosts: [reviews.shop.svc.cluster.local]${spec}, http: [{ route: [{ destination: { host: reviews.shop.svc.cluster.local, subset: v1 } }] }] }
`;
const owner = rule('reviews', 'shop', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }');
const broad = (namespace: string): string =>
  rule('broad', namespace, "{ host: '*.local', trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }");

testRule(it, subsetHidden, {
  'accepts what is hidden in another overlay only': {
    yaml: {
      'base/shop.yaml': route('shop'),
      'overlays/dev/rules.yaml': `${broad('web')}${rule('reviews', 'shop', '{ host: reviews, subsets: [{ name: v0, labels: { version: v0 } }] }')}`,
      'overlays/prod/rules.yaml': owner,
    },
  },
  'accepts a broad rule in the root namespace': `${broad('istio-system')}${owner}${route('shop')}`,
  'leaves routes of its own namespace to subset-not-found': `${broad('web')}${owner}${route('web')}`,
  'accepts routes that the namespace does not see': `${broad('web')}${owner}${route('shop', ', exportTo: [.]')}`,
  'accepts routes of gateways only': `${broad('web')}${owner}${route('shop', ', gateways: [edge/public]')}`,
  'accepts a broad rule of the namespace that owns the service, beside a narrow one': `${broad('shop')}${owner}${route('other')}`,
  'accepts a rule of the client that defines the subset itself': `${broad('web')}${rule('own', 'web', '{ host: reviews.shop.svc.cluster.local, subsets: [{ name: v1, labels: { version: v1 } }] }')}${owner}${route('shop')}`,
});
