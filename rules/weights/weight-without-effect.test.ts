import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { weightWithoutEffect } from './weight-without-effect.ts';

const route = (destinations: string, protocol = 'http'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  ${protocol}:
    - route: ${destinations}
`;

testRule(it, weightWithoutEffect, {
  'reports a weight of 0, which still gets everything': route(
    '[{ destination: { host: reviews }, weight: 0 }] # info(0): weight 0 has no effect',
  ),
  'reports tcp routes': route('[{ destination: { host: reviews }, weight: 50 }] # info(50): gets everything', 'tcp'),
  'accepts 100, and no weight': `${route('[{ destination: { host: reviews }, weight: 100 }]')}---${route('[{ destination: { host: reviews } }]')}`,
  'accepts several destinations': route('[{ destination: { host: a }, weight: 50 }, { destination: { host: b }, weight: 50 }]'),
  'leaves routes alone that a Rollout moves': `${route('[{ destination: { host: reviews }, weight: 50 }]')}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: reviews }
spec: { strategy: { canary: { trafficRouting: { istio: { virtualService: { name: reviews } } } } } }
`,
});
