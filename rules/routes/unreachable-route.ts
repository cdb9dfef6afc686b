import type { RouteResource } from '../../src/graph/route-config.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { NamedRoute } from '../../src/semantics/named-route.ts';
import { unreachableRoutes } from '../../src/semantics/unreachable-routes.ts';

export const unreachableRoute = defineRule({
  id: 'unreachable-route',
  title: 'Route that no request reaches',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService', 'HTTPRoute', 'GRPCRoute'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0130' },
    { tool: 'istioctl', code: 'IST0131' },
  ],
  docs: {
    why: 'Routes are tried in order and the first that matches takes the request. What stands behind a route that already matches all of its requests is dead: its destinations, timeouts and headers never apply.',
    help: 'Move the more specific route in front of the more general one, or remove it.',
    evidence:
      'Earlier routes of the same VirtualService, alone or together, match every request that the route (or one of its matches) matches, for every client, port and gateway. A delegate in the input is seen together with the VirtualServices that delegate to it, and rules of HTTPRoutes and GRPCRoutes in the order that the Gateway API gives them. All fields of a match are compared, regular expressions as languages; what can not be compared, and what depends on which resource is older, is not reported.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - name: everything
            match:
              - uri:
                  prefix: /
            route:
              - destination:
                  host: reviews
          - name: admin # warning: no request reaches this route: "everything" takes them all
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
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
          - name: admin
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - name: everything
            match:
              - uri:
                  prefix: /
            route:
              - destination:
                  host: reviews
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute',
      'https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence',
    ],
  },

  *check(resource, { mesh }) {
    for (const { match, at, takenBy } of unreachableRoutes(mesh, resource)) {
      const what = match !== undefined ? 'match' : wordFor(resource);
      yield {
        at,
        message:
          takenBy.length === 0
            ? `no request can match this ${what}`
            : `no request reaches this ${what}: ${listOf(takenBy, resource)} them all`,
        related: takenBy.map((taker) => ({ at: taker.at, message: `${describe(taker, resource)} takes its requests` })),
      };
    }
  },
});

function wordFor({ kind }: RouteResource): string {
  return kind === 'VirtualService' ? 'route' : 'rule';
}

function listOf(takers: readonly NamedRoute[], from: RouteResource): string {
  const names = takers.map((taker) => describe(taker, from));
  const last = names.at(-1) ?? '';
  return names.length === 1 ? `${last} takes` : `${names.slice(0, -1).join(', ')} and ${last} together take`;
}

function describe({ name, index, resource }: NamedRoute, from: RouteResource): string {
  const own = name === undefined ? `${wordFor(resource)} ${index + 1}` : `"${name}"`;
  return resource === from ? own : `${own} of "${nameOf(resource)}"`;
}
