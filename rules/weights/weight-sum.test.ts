import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { weightSum } from './weight-sum.ts';

const route = (weights: string, rest = ''): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: reviews, namespace: shop }
  spec:
    hosts: [reviews]
    http:
      - name: split
        route: ${weights}
${rest}`;

testRule(it, weightSum, {
  'says what each destination gets': route(
    '[{ destination: { host: a }, weight: 1 }, { destination: { host: b, subset: v2 }, weight: 2 }] # warning(route): weights add up to 3, not 100: Istio takes them as proportions, so "a" gets 33.3 %, "b|v2" gets 66.7 %',
  ),

  'reports tcp and tls routes too': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: [db]
      tls:
        - match: [{ sniHosts: [db] }]
          route: # warning(route): add up to 110
            - { destination: { host: a }, weight: 60 }
            - { destination: { host: b }, weight: 50 }
      tcp:
        - route: # warning(route): add up to 99
            - { destination: { host: a }, weight: 98 }
            - { destination: { host: b }, weight: 1 }`,

  'accepts 100, one destination, a weight of zero beside 100, and an explicit 50/50': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - match: [{ uri: { prefix: /a } }]
          route: [{ destination: { host: a }, weight: 100 }, { destination: { host: b }, weight: 0 }]
        - match: [{ uri: { prefix: /b } }]
          route: [{ destination: { host: a }, weight: 50 }, { destination: { host: b }, weight: 50 }]
        - route: [{ destination: { host: a }, weight: 1 }]`,

  'leaves a missing weight, and a total of zero, to the rules that are about them': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - match: [{ uri: { prefix: /a } }]
          route: [{ destination: { host: a }, weight: 60 }, { destination: { host: b } }]
        - route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 0 }]`,

  'does not judge a route that an Argo Rollout moves': route(
    '[{ destination: { host: a }, weight: 80 }, { destination: { host: b }, weight: 10 }]',
    `---
  apiVersion: argoproj.io/v1alpha1
  kind: Rollout
  metadata: { name: reviews, namespace: shop }
  spec: { strategy: { canary: { trafficRouting: { istio: { virtualService: { name: reviews, routes: [split] } } } } } }`,
  ),

  'judges the routes that a Rollout does not name': route(
    '[{ destination: { host: a }, weight: 80 }, { destination: { host: b }, weight: 10 }] # warning(route): add up to 90',
    `---
  apiVersion: argoproj.io/v1alpha1
  kind: Rollout
  metadata: { name: reviews, namespace: shop }
  spec: { strategy: { canary: { trafficRouting: { istio: { virtualService: { name: reviews, routes: [other] } } } } } }`,
  ),

  'does not judge what a Flagger Canary moves': route(
    '[{ destination: { host: a }, weight: 80 }, { destination: { host: b }, weight: 10 }]',
    `---
  apiVersion: flagger.app/v1beta1
  kind: Canary
  metadata: { name: reviews, namespace: shop }
  spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: reviews }, service: { port: 80 } }`,
  ),

  'never judges an HTTPRoute, whose weights are proportions': `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: reviews }
    spec:
      parentRefs: [{ name: gw }]
      rules: [{ backendRefs: [{ name: a, port: 80, weight: 1 }, { name: b, port: 80, weight: 3 }] }]`,
});
