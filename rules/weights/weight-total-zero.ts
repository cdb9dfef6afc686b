import { weightedRoutesOf } from '../../src/graph/weights.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const weightTotalZero = defineRule({
  id: 'weight-total-zero',
  title: 'Route with several destinations and no weight above zero',
  category: 'traffic',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'Istio refuses a VirtualService with such a route. Where its validation is not in the way, the proxies refuse the whole route configuration and keep the old one; one that starts anew answers 404 for every host.',
    help: 'Give the destinations weights that add up to 100, or name one destination only.',
    evidence:
      'Two or more destinations of one http, tcp or tls route have weights that are all zero or not written. Silent for routes that a Rollout or Canary of the input moves.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route: # error: no destination has a weight above zero
              - destination:
                  host: reviews
                  subset: v1
              - destination:
                  host: reviews
                  subset: v2
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
    references: [
      'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination',
      'https://github.com/istio/istio/issues/36021',
    ],
  },

  *check(virtualService, { mesh }) {
    for (const route of weightedRoutesOf(mesh, virtualService)) {
      const { shares, total } = route;
      if (shares.length < 2 || total !== 0 || shares.some(({ weight = 0 }) => weight < 0)) continue;
      yield {
        at: route.at,
        message: `no destination has a weight above zero: Istio refuses a route whose ${shares.length} weights add up to 0`,
      };
    }
  },
});
