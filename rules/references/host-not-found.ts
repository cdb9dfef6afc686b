import { backendsOf } from '../../src/graph/backends.ts';
import { lookupHost } from '../../src/graph/host-lookup.ts';
import { servicesOf } from '../../src/graph/services.ts';
import { at } from '../../src/model/place.ts';
import { likelyHost } from '../../src/rule/likely-host.ts';
import { defineRule, type Related } from '../../src/rule/rule.ts';

export const hostNotFound = defineRule({
  id: 'host-not-found',
  title: 'Route to a host that no service has',
  category: 'reference',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService', 'HTTPRoute', 'GRPCRoute'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0101' },
    { tool: 'kiali', code: 'KIA1101' },
  ],
  docs: {
    why: 'A proxy has clusters for the hosts of the Services and ServiceEntries that it sees. For any other host there is none, and every request on the route fails with 503 (500 for a route of the Gateway API); copies for a mirror are lost.',
    help: 'Write the host of a Service or ServiceEntry that the proxies of the route see, or define one. A host without a dot is a service of the namespace of the route; for another namespace write the full name.',
    evidence:
      'The mesh is complete for the namespace of the service (for all namespaces, if the host is no name of a Service), and no Service or ServiceEntry there has the host, or none that has it is exported to the namespaces whose proxies use the route. In an open mesh it may be defined elsewhere, and the question counts as unknown. A wildcard of a ServiceEntry counts for all hosts that it covers, and what Istio installs in its own namespace is not looked for.',
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
                  host: review # error: no Service or ServiceEntry has the host "review": did you mean "reviews"?
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
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',
      'https://istio.io/latest/docs/reference/config/networking/service-entry/',
    ],
  },

  *check(route, { mesh }) {
    let fine: string | undefined;
    for (const backend of backendsOf(mesh, route)) {
      const { host, fqdn, mirror, clients } = backend;
      if (fqdn === fine) continue;
      const answer = lookupHost(mesh, clients, fqdn, route);
      if (answer.kind === 'found') fine = fqdn;
      if (answer.kind !== 'unknown' && answer.kind !== 'missing') continue;
      const { hostAt } = backend;
      if (answer.kind === 'unknown') yield { at: hostAt, reason: answer.reason };
      if (answer.kind !== 'missing') continue;
      const hidden = servicesOf(mesh).ofHost(fqdn);
      const guess = hidden.length > 0 ? undefined : likelyHost(mesh, host, fqdn);
      yield {
        at: hostAt,
        message:
          hidden.length > 0
            ? `host "${host}" is not exported to the proxies that use this route`
            : `no Service or ServiceEntry has the host "${host}"${guess === undefined ? '' : `: did you mean "${guess}"?`}`,
        related: hidden.map(({ resource }): Related => ({
          at: at(resource, 'metadata', 'name'),
          message: `"${resource.metadata.namespace}" keeps it to itself, or exports it to others`,
        })),
        reports: answer.cause,
        reference: mirror ? 'mirror host' : 'host',
        fix:
          guess === undefined
            ? undefined
            : { title: `Write "${guess}"`, safety: 'suggestion', edits: [{ op: 'replace', at: hostAt, value: guess }] },
      };
    }
  },
});
