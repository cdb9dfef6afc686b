import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetDefinedTwice } from './subset-defined-twice.ts';

const rule = (name: string, spec: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

testRule(it, subsetDefinedTwice, {
  'looks at the rules of its own overlay': {
    yaml: {
      'overlays/dev/rules.yaml': `${rule('a', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] } # warning(v1): in "shop/b"')}${rule('b', '{ host: reviews, subsets: [{ name: v1, labels: { version: v2 } }] } # warning(v1): in "shop/a"')}`,
      'overlays/prod/rules.yaml': rule('a', '{ host: reviews, subsets: [{ name: v1, labels: { version: v3 } }] }'),
    },
  },
  'accepts equal definitions, whatever the order of their keys': `${rule('a', '{ host: reviews, subsets: [{ name: v1, labels: { app: a, version: v1 } }] }')}${rule('b', '{ host: reviews.shop.svc.cluster.local, subsets: [{ labels: { version: v1, app: a }, name: v1 }] }')}`,
  'reports different traffic policies': `${rule('a', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 }, trafficPolicy: { tls: { mode: DISABLE } } }] } # warning(v1): in "shop/b"')}${rule('b', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] } # warning(v1): in "shop/a"')}`,
  'accepts rules that are not merged': `${rule('a', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }')}${rule('b', '{ host: reviews.shop.svc.cluster.local, subsets: [{ name: v1, labels: { version: v2 } }] }', 'web')}`,
  'accepts overlays of one rule': {
    yaml: {
      'overlays/dev/rule.yaml': rule('reviews', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }'),
      'overlays/prod/rule.yaml': rule('reviews', '{ host: reviews, subsets: [{ name: v1, labels: { version: v2 } }] }'),
    },
  },
});
