import { weightedRoutesOf } from '../../src/graph/weights.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const weightWithoutEffect = defineRule({
  id: 'weight-without-effect',
  title: 'Weight of a single destination',
  category: 'hygiene',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  equivalents: [{ tool: 'kiali', code: 'KIA1104' }],
  docs: {
    why: 'A route with one destination sends everything there, whatever the weight says. A weight below 100, even 0, reads as if the rest went elsewhere or nowhere, which does not happen.',
    help: 'Remove the weight, or add the destination that gets the rest.',
    evidence:
      'A route has one destination, and its weight is written and not 100. Silent for routes that a Rollout or Canary of the input moves.',
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
                weight: 20 # info: weight 20 has no effect: "reviews" is the only destination and gets everything
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
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination'],
  },

  *check(virtualService, { mesh }) {
    for (const { shares } of weightedRoutesOf(mesh, virtualService)) {
      const [only, ...others] = shares;
      if (only === undefined || others.length > 0) continue;
      const { destination, weight } = only;
      // Istio refuses negative ones, whatever stands beside them.
      if (weight === undefined || weight === 100 || weight < 0) continue;
      const { at } = only;
      yield {
        at,
        message: `weight ${weight} has no effect: "${destination.host}" is the only destination and gets everything`,
        fix: { title: 'Remove the weight', safety: 'safe', edits: [{ op: 'remove', at }] },
      };
    }
  },
});
