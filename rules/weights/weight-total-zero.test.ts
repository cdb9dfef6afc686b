import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { weightTotalZero } from './weight-total-zero.ts';

testRule(it, weightTotalZero, {
  'reports weights of zero in http, tcp and tls routes': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: [db]
      http:
        - route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 0 }] # error(route): no destination
      tls:
        - match: [{ sniHosts: [db] }]
          route: [{ destination: { host: a } }, { destination: { host: b }, weight: 0 }] # error(route): no destination
      tcp:
        - route: [{ destination: { host: a } }, { destination: { host: b } }, { destination: { host: c } }] # error(route): whose 3 weights`,

  'accepts one destination with a weight of zero, which gets everything': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: [db]
      http:
        - route: [{ destination: { host: a }, weight: 0 }]`,

  'accepts one weight above zero': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: [db]
      http:
        - route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 1 }]`,

  'accepts redirects, mirrors and delegates, which have no weights': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: [db]
      http:
        - redirect: { uri: /x }
        - delegate: { name: other }
        - route: [{ destination: { host: a } }]
          mirrors: [{ destination: { host: b } }, { destination: { host: c } }]`,
});
