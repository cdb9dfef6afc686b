import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { gatewayClashes } from '../../src/semantics/gateway-clashes.ts';
import { requestWords } from '../../src/semantics/request-words.ts';
import { routeOfEntry } from '../../src/semantics/named-route.ts';

export const gatewayRouteOrder = defineRule({
  id: 'gateway-route-order',
  title: 'Routes of two VirtualServices that a gateway takes in order of creation',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'A gateway puts the routes of all VirtualServices for a host one behind the other, those of the oldest first. Where two of them take the same requests, the older one gets them, and the manifests do not say which one that is: after the next reinstallation it may be the other.',
    help: 'Put both routes into one VirtualService, which may delegate to others, or make their matches exclude each other.',
    evidence:
      'Two VirtualServices have the same host at the same gateway, and a route of each takes one and the same request (the message names one), for which they do different things. Routes that take everything always stand behind all others, and are compared with each other only. Silent where a server admits only one of the two, where one is exported by name and therefore comes first, and where a match can not be compared. Reported once, at the VirtualService that comes later by namespace and name.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: api
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - match:
              - uri:
                  prefix: /api
            route:
              - destination:
                  host: api
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: users
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - name: users # warning: a request for path "/api/users" is also taken by route 1 of "shop/api": it gets the one that was created first
            match:
              - uri:
                  prefix: /api/users
            route:
              - destination:
                  host: users
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: api
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - name: users
            match:
              - uri:
                  prefix: /api/users
            route:
              - destination:
                  host: users
          - match:
              - uri:
                  prefix: /api
            route:
              - destination:
                  host: api
      `,
    references: [
      'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services',
      'https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService',
    ],
  },

  *check(virtualService, { mesh }) {
    for (const { own, other, rival, witness } of gatewayClashes(mesh, virtualService)) {
      const route = routeOfEntry(other);
      const name = `${route.name === undefined ? `route ${route.index + 1}` : `"${route.name}"`} of "${nameOf(rival)}"`;
      const words = requestWords(witness);
      yield {
        // What a delegate brings is reported where it is handed over.
        at: own.delegatedBy ?? routeOfEntry(own).at,
        message: `a request${words === undefined ? '' : ` for ${words}`} is also taken by ${name}: it gets the one that was created first`,
        related: [{ at: route.at, message: `${name} takes it as well` }],
      };
    }
  },
});
