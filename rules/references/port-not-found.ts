import { outcomes } from '../../src/graph/answer.ts';
import type { Backend } from '../../src/graph/backend.ts';
import { backendsOf } from '../../src/graph/backends.ts';
import { lookupHost } from '../../src/graph/host-lookup.ts';
import type { MeshService } from '../../src/graph/services.ts';
import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** So many ports are listed. */
const shownPorts = 5;

export const portNotFound = defineRule({
  id: 'port-not-found',
  title: 'Route to a port that the service does not have',
  category: 'reference',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService', 'HTTPRoute', 'GRPCRoute'],
  equivalents: [{ tool: 'istioctl', code: 'IST0101' }],
  docs: {
    why: 'A proxy has one cluster for each port of a service. For any other port there is none, and every request on the route fails with 503 (500 for a route of the Gateway API).',
    help: 'Write a port of the Service or ServiceEntry, by its own number and not that of the container.',
    evidence:
      'A Service or ServiceEntry with the host is in the input and seen by proxies that use the route, and none of those that are has the port. Silent for a Service without ports, for an ExternalName Service, and for a host that is only covered by a wildcard.',
    bad: `
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  port:
                    number: 8080 # error: service "reviews" has no port 8080, only 9080
      `,
    good: `
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  port:
                    number: 9080
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/networking/virtual-service/#PortSelector',
      'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
    ],
  },

  *check(route, { mesh }) {
    let fine: Backend | undefined;
    for (const backend of backendsOf(mesh, route)) {
      const { host, fqdn, port, clients } = backend;
      if (port === undefined || port === 0 || (fqdn === fine?.fqdn && port === fine.port)) continue;
      const [services = []] = outcomes(lookupHost(mesh, clients, fqdn, route));
      if (services.length === 0 || services.some((service) => isOpen(service) || service.ports.some(({ number }) => number === port))) {
        fine = backend;
        continue;
      }
      const numbers = [...new Set(services.flatMap(({ ports }) => ports.map(({ number }) => number)))];
      const shown = numbers.length > shownPorts ? `${numbers.slice(0, shownPorts).join(', ')} …` : numbers.join(', ');
      const [only] = numbers;
      yield {
        at: backend.portAt,
        message: `service "${host}" has no port ${port}, only ${shown}`,
        related: services.map(({ resource }) => ({ at: at(resource, 'spec', 'ports'), message: 'its ports' })),
        reference: 'host:port',
        fix:
          numbers.length > 1 || only === undefined
            ? undefined
            : { title: `Write ${only}`, safety: 'suggestion', edits: [{ op: 'replace', at: backend.portAt, value: only }] },
      };
    }
  },
});

/** Nothing can be said of its ports. */
function isOpen({ ports, aliasOf, resource }: MeshService): boolean {
  return ports.length === 0 || aliasOf !== undefined || resource.leftOut.some(([, field]) => field === 'ports');
}
