import type { Place } from '../../src/model/place.ts';
import type { ResourceOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const routeWithoutAction = defineRule({
  id: 'route-without-action',
  title: 'Route that leads nowhere',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'Istio refuses a VirtualService with a route that neither sends requests anywhere nor answers them, and what was in the cluster before stays there. Where the validation is off, such a route can make proxies refuse all routes of the port.',
    help: 'Give the route a destination, a redirect, a directResponse or a delegate, or remove it.',
    evidence:
      'An http route has none of route, redirect, directResponse and delegate, or a tcp or tls route has no route. What else it has (a match, a rewrite, a fault, a mirror) is no action.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: old # error: the route "old" has no destination, redirect, direct response or delegate
            match:
              - uri:
                  prefix: /old
            rewrite:
              uri: /new
          - route:
              - destination:
                  host: reviews
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: old
            match:
              - uri:
                  prefix: /old
            rewrite:
              uri: /new
            route:
              - destination:
                  host: reviews
          - route:
              - destination:
                  host: reviews
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute'],
  },

  *check(virtualService) {
    const { http = [], tls = [], tcp = [] } = virtualService.spec;
    for (const [i, { name, route = [], redirect, directResponse, delegate }] of http.entries()) {
      if (route.length > 0 || redirect !== undefined || directResponse !== undefined || delegate !== undefined) continue;
      const named = name === undefined || name === '' ? undefined : name;
      yield {
        at: placeOf(virtualService, 'http', i, named !== undefined),
        message: `the route${named === undefined ? '' : ` "${named}"`} has no destination, redirect, direct response or delegate`,
      };
    }
    for (const [protocol, routes] of [
      ['tls', tls],
      ['tcp', tcp],
    ] as const) {
      for (const [i, { route = [] }] of routes.entries()) {
        if (route.length === 0)
          yield { at: placeOf(virtualService, protocol, i, false), message: `the ${protocol} route has no destination` };
      }
    }
  },
});

/** A route is shown at its name. */
function placeOf(resource: ResourceOf<'VirtualService'>, protocol: string, index: number, named: boolean): Place {
  return { kind: 'node', resource, path: ['spec', protocol, index, ...(named ? ['name'] : [])], part: 'value' };
}
