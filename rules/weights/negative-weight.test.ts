import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { negativeWeight } from './negative-weight.ts';

const routes = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  ${spec}
`;

testRule(it, negativeWeight, {
  'reports a single destination, and tcp routes': routes(
    'tcp: [{ route: [{ destination: { host: a }, weight: -1 }] }] # error(-1): weight -1 is below zero',
  ),
  'accepts 0, and none': routes('http: [{ route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b } }] }]'),
});
