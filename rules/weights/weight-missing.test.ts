import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { weightMissing } from './weight-missing.ts';

const route = (weights: string): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: reviews, namespace: shop }
  spec:
    hosts: [reviews]
    http:
      - route: ${weights}`;

testRule(it, weightMissing, {
  'reports each destination without a weight': route(
    '[{ destination: { host: a }, weight: 100 }, { destination: { host: b } }, { destination: { host: c } }] # warning(destination): "b" gets no traffic # warning(destination): "c" gets no traffic',
  ),
  'accepts a weight of zero that is written': route('[{ destination: { host: a }, weight: 100 }, { destination: { host: b }, weight: 0 }]'),
  'accepts a single destination without a weight': route('[{ destination: { host: a } }]'),
  'leaves weights that are all missing to weight-total-zero': route('[{ destination: { host: a } }, { destination: { host: b } }]'),
});
