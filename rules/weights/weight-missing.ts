import { weightedRoutesOf } from '../../src/graph/weights.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** So many of the others are shown. */
const shown = 8;

export const weightMissing = defineRule({
  id: 'weight-missing',
  title: 'Destination without a weight beside weighted ones',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'A weight that is not written is 0, so the destination gets no traffic at all. The others share everything, in proportion to their weights.',
    help: 'Write the weight, also if it is 0, or remove the destination.',
    evidence:
      'A destination of a route has no weight, and another destination of the same route has one above zero. Silent for routes that a Rollout or Canary of the input moves.',
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
                weight: 90
              - destination: # warning(destination): "reviews|v2" gets no traffic
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
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination'],
  },

  *check(virtualService, { mesh }) {
    for (const { shares, total } of weightedRoutesOf(mesh, virtualService)) {
      if (shares.length < 2 || total === 0) continue;
      // That is negative-weight.
      if (shares.some(({ weight = 0 }) => weight < 0)) continue;
      const weighted = shares.filter(({ weight }) => weight !== undefined).slice(0, shown);
      for (const share of shares) {
        const { destination, weight } = share;
        if (weight !== undefined) continue;
        const { host, subset } = destination;
        yield {
          at: share.at,
          message: `"${host}${subset === undefined ? '' : `|${subset}`}" gets no traffic: a weight that is not written is 0`,
          related: weighted.map((other) => ({ at: other.at, message: `this destination gets ${Math.round(other.share * 1000) / 10} %` })),
        };
      }
    }
  },
});
