import { type Share, weightedRoutesOf } from '../../src/graph/weights.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** So many shares are told. */
const shown = 8;

export const weightSum = defineRule({
  id: 'weight-sum',
  title: 'Weights of a route that do not add up to 100',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'Istio takes weights as proportions of their sum, so nothing fails: each destination just gets another share of the traffic than the number says. Weights are nearly always meant as percentages, and a sum that is not 100 is the trace of an edit that was not finished.',
    help: 'Make the weights add up to 100, so that each number is the share that the destination gets.',
    evidence:
      'Two or more destinations of one http, tcp or tls route of a VirtualService have weights whose sum is neither 100 nor 0. Silent where a destination has no weight at all (that is weight-missing), for routes that a Rollout or Canary of the input moves, and for the Gateway API, whose weights are proportions by design.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route: # warning: weights add up to 90, not 100
              - destination:
                  host: reviews
                  subset: v1
                weight: 80
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
    for (const route of weightedRoutesOf(mesh, virtualService)) {
      const { shares, total } = route;
      if (shares.length < 2 || total === 100 || total === 0) continue;
      // That is negative-weight.
      if (shares.some(({ weight = 0 }) => weight < 0)) continue;
      if (shares.some(({ weight }) => weight === undefined)) continue;
      yield {
        at: route.at,
        message: `weights add up to ${total}, not 100: Istio takes them as proportions, so ${shares.slice(0, shown).map(describe).join(', ')}${shares.length > shown ? ' …' : ''}`,
        related: shares.slice(0, shown).map((share) => ({ at: share.at, message: describe(share) })),
      };
    }
  },
});

function describe({ destination: { host, subset }, share }: Share): string {
  const percent = Math.round(share * 1000) / 10;
  return `"${host}${subset === undefined ? '' : `|${subset}`}" gets ${percent} %`;
}
