import { defineRule } from '../../src/rule/rule.ts';
import { weightedRoutesOf } from '../../src/graph/weights.ts';

export const negativeWeight = defineRule({
  id: 'negative-weight',
  title: 'Destination with a weight below zero',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'Istio refuses a VirtualService with a negative weight, and what was in the cluster before stays there. Where the validation is off, proxies can refuse all routes of the port.',
    help: 'Write the share of the traffic that the destination is meant to get, or 0 for none.',
    evidence:
      'A destination of an http, tcp or tls route of a VirtualService has a weight below 0. A weight that is no integer, or too large for one, is a schema-violation.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: -90 # error: weight -90 is below zero
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination'],
  },

  *check(virtualService, { mesh }) {
    for (const { shares } of weightedRoutesOf(mesh, virtualService)) {
      for (const share of shares) {
        const { weight } = share;
        if (weight !== undefined && weight < 0) yield { at: share.at, message: `weight ${weight} is below zero` };
      }
    }
  },
});
