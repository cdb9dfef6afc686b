import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { destinationRepeated } from './destination-repeated.ts';

const route = (destinations: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - route: ${destinations}
`;

testRule(it, destinationRepeated, {
  'takes a short and a full name as the same': route(
    '[{ destination: { host: reviews }, weight: 5 }, { destination: { host: reviews.shop.svc.cluster.local }, weight: 15 }, { destination: { host: b }, weight: 80 }] # warning(destination): "reviews" is named twice in this route and gets 20 % of it',
  ),
  'accepts other ports and subsets': route(
    '[{ destination: { host: a, port: { number: 80 } }, weight: 50 }, { destination: { host: a, port: { number: 81 } }, weight: 50 }, { destination: { host: a, subset: v1 }, weight: 50 }]',
  ),
  'accepts destinations that are told apart by their headers': route(
    '[{ destination: { host: a }, weight: 50, headers: { request: { set: { x-variant: a } } } }, { destination: { host: a }, weight: 50, headers: { request: { set: { x-variant: b } } } }]',
  ),
  'accepts one that gets nothing': route('[{ destination: { host: a }, weight: 100 }, { destination: { host: a }, weight: 0 }]'),
});
