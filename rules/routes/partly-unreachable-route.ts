import type { RouteEntry } from '../../src/graph/route-config.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { ClientClass } from '../../src/semantics/client-classes.ts';
import { partlyUnreachable } from '../../src/semantics/partly-unreachable.ts';
import { routeOfEntry } from '../../src/semantics/named-route.ts';

export const partlyUnreachableRoute = defineRule({
  id: 'partly-unreachable-route',
  title: 'Route that only some clients or gateways reach',
  category: 'traffic',
  severity: 'info',
  presets: [],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'A route for some gateways, namespaces or pods that takes all of their requests hides the routes behind it from them. For all other clients these routes still work, so that the difference shows only with the right client.',
    help: 'Move the route in front of the one that hides it if it is meant for everyone, or say in its match whom it is for.',
    evidence:
      'An earlier route that names gateways, sourceLabels or sourceNamespace takes all requests of a later one that come from these clients, and other clients do reach it (if none does, that is unreachable-route). Silent for routes that say themselves whom they are for, for a route that matches everything, which is what is left for all others, and where a match can not be compared.',
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
          - name: testers
            match:
              - sourceNamespace: testing
            route:
              - destination:
                  host: reviews
                  subset: v2
          - name: admin # info: clients of namespace "testing" never reach this route: "testers" takes all of their requests for it
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - route:
              - destination:
                  host: reviews
                  subset: v1
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
          - name: admin
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - name: testers
            match:
              - sourceNamespace: testing
            route:
              - destination:
                  host: reviews
                  subset: v2
          - route:
              - destination:
                  host: reviews
                  subset: v1
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest'],
  },

  *check(virtualService, { mesh }) {
    for (const { entry, unreachedBy } of partlyUnreachable(mesh, virtualService)) {
      const takers = new Set(unreachedBy.flatMap(({ takenBy }) => takenBy));
      const names = [...takers].map(nameOfRoute);
      yield {
        at: routeOfEntry(entry).at,
        message: `${listed(
          unreachedBy.map(({ clients }) => wordsFor(clients)),
          'and',
        )} never reach this route: ${listed(names, 'and')} ${names.length === 1 ? 'takes' : 'take'} all of their requests for it`,
        related: [...takers].map((taker) => ({ at: routeOfEntry(taker).at, message: `${nameOfRoute(taker)} takes their requests` })),
      };
    }
  },
});

function wordsFor(clients: ClientClass): string {
  switch (clients.kind) {
    case 'gateway':
      return clients.gateway === 'mesh' ? 'clients in the mesh' : `clients of gateway "${clients.gateway}"`;
    case 'namespace':
      return `clients of namespace "${clients.namespace}"`;
    case 'labels':
      return `clients with ${Object.entries(clients.labels)
        .map(([name, value]) => `"${name}: ${value}"`)
        .join(' and ')}`;
  }
}

function nameOfRoute(entry: RouteEntry): string {
  const { name, index } = routeOfEntry(entry);
  return name === undefined ? `route ${index + 1}` : `"${name}"`;
}

function listed(words: readonly string[], join: string): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${join} ${last}`;
}
