import { weightedRoutesOf } from '../../src/graph/weights.ts';
import type { Destination } from '../../src/graph/destinations.ts';
import type { ResourceOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const destinationRepeated = defineRule({
  id: 'destination-repeated',
  title: 'Destination that one route names twice',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  equivalents: [{ tool: 'kiali', code: 'KIA1105' }],
  docs: {
    why: 'Two destinations of one route that are the same host, subset and port get their shares together, so that the split between them is none. Most often the subset of one of them was not changed after it was copied.',
    help: 'Name the subset or host that was meant, or join the two into one destination.',
    evidence:
      'Two destinations of one route with weights above 0 have the same host (as Istio reads it), subset and port, and change nothing else, such as headers. Silent for routes that a Rollout or Canary of the input moves.',
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
              - destination: # warning(destination): "reviews|v1" is named twice in this route and gets 100 %
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v1
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
      if (shares.length < 2) continue;
      const keys = shares.map(({ destination }) => keyOf(destination));
      if (new Set(keys).size === keys.length) continue;
      const same = new Map<string, (typeof shares)[number][]>();
      for (const [i, one] of shares.entries()) {
        if (one.share === 0 || changesHeaders(virtualService, one.destination)) continue;
        const key = keys[i] ?? '';
        const known = same.get(key);
        if (known === undefined) same.set(key, [one]);
        else known.push(one);
      }
      for (const [first, ...others] of same.values()) {
        if (first === undefined || others.length === 0) continue;
        const { host, subset, at: place } = first.destination;
        const share = [first, ...others].reduce((sum, one) => sum + one.share, 0);
        const times = others.length === 1 ? 'twice' : `${others.length + 1} times`;
        yield {
          at: place.kind === 'node' ? { ...place, part: 'key' } : place,
          message: `"${host}${subset === undefined ? '' : `|${subset}`}" is named ${times} in this route and gets ${Math.round(share * 1000) / 10} % of it`,
          related: others.map(({ destination }) => ({ at: destination.at, message: 'the same destination' })),
        };
      }
    }
  },
});

function keyOf({ fqdn, subset, port }: Destination): string {
  return `${fqdn}|${subset ?? ''}|${port ?? ''}`;
}

/** What changes headers is told apart by them. */
function changesHeaders({ spec }: ResourceOf<'VirtualService'>, { at }: Destination): boolean {
  if (at.kind !== 'node') return false;
  const [, protocol, route, , index] = at.path;
  if (protocol !== 'http' || typeof route !== 'number' || typeof index !== 'number') return false;
  return spec.http?.[route]?.route?.[index]?.headers !== undefined;
}
