import { mostRivals, rivalsOf } from '../../src/graph/host-rivals.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const hostRoutedTwice = defineRule({
  id: 'host-routed-twice',
  title: 'Host that two VirtualServices route for the same sidecars',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0109' },
    { tool: 'kiali', code: 'KIA1106' },
  ],
  docs: {
    why: 'Sidecars do not merge VirtualServices: for each host they take the http routes of one alone, the oldest. The manifests do not say which one that is, and all routes of the other are ignored.',
    help: 'Put the routes into one VirtualService (it may delegate to others), or export the two to different namespaces. At gateways VirtualServices of one host are merged, and the rule does not look there.',
    evidence:
      'Two VirtualServices of the mesh (not only of a gateway) have the same host and http routes, some sidecars see both by exportTo and Sidecar resources, neither is nearer to them (what is exported by name goes before what is public), and at least one of the two routes for every client and port.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews # warning: host "reviews" is also routed by "shop/reviews-admin"
        http:
          - route:
              - destination:
                  host: reviews
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews-admin
        namespace: shop
      spec:
        hosts:
          - reviews.shop.svc.cluster.local # warning: is also routed by "shop/reviews"
        http:
          - match:
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
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - route:
              - destination:
                  host: reviews
      `,
    references: [
      'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services',
      'https://istio.io/latest/docs/reference/config/analysis/ist0109/',
    ],
  },

  *check(virtualService, { mesh }) {
    for (const { at, host, rivals } of rivalsOf(mesh, virtualService)) {
      const written = virtualService.spec.hosts?.find((one) => host === one || host.startsWith(`${one}.`)) ?? host;
      const names = rivals.map((rival) => `"${nameOf(rival.virtualService)}"`);
      const shown = names.length === mostRivals ? `${names.slice(0, -1).join(', ')} and others` : names.join(' and ');
      const loser = names.length === 1 ? 'the younger one of the two is ignored' : 'all but the oldest are ignored';
      yield {
        at,
        message: `host "${written}" is also routed by ${shown}: ${loser}`,
        related: rivals.map((rival) => ({ at: rival.at, message: `"${nameOf(rival.virtualService)}" routes it as well` })),
      };
    }
  },
});
