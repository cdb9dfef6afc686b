import { emptySubsets, isUnknownSubset } from '../../src/graph/subset-workloads.ts';
import { usesOfSubset } from '../../src/graph/subset-routes.ts';
import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const unusedSubsetWithoutWorkloads = defineRule({
  id: 'unused-subset-without-workloads',
  title: 'Subset without workloads and without traffic',
  category: 'hygiene',
  severity: 'info',
  presets: [],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0173' },
    { tool: 'kiali', code: 'KIA0203' },
  ],
  docs: {
    why: 'No pod has the labels of the subset, and no route of the input sends traffic to it. That is harmless, and right where the subset is prepared for a version to come; a route to it would fail.',
    help: 'Remove the subset if nothing is to come, or leave it until its pods are there.',
    evidence:
      'The input has all workloads of the namespace (or the addresses stand in the ServiceEntry itself), none of them has the labels, and no VirtualService of the input sends traffic to the subset. With a route it is a fault of subset-without-workloads.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: api
        namespace: shop
      spec:
        host: api.example.com
        subsets:
          - name: east # info: no workload belongs to subset "east", and no route sends traffic to it
            labels:
              region: east
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: api
        namespace: shop
      spec:
        hosts: [api.example.com]
        ports:
          - { number: 443, name: tls, protocol: TLS }
        resolution: STATIC
        endpoints:
          - address: 192.0.2.1
            labels:
              region: west
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: api
        namespace: shop
      spec:
        host: api.example.com
        subsets:
          - name: west
            labels:
              region: west
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: api
        namespace: shop
      spec:
        hosts: [api.example.com]
        ports:
          - { number: 443, name: tls, protocol: TLS }
        resolution: STATIC
        endpoints:
          - address: 192.0.2.1
            labels:
              region: west
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset'],
  },

  *check(rule, { mesh }) {
    for (const subset of emptySubsets(mesh, rule)) {
      // Where the pods are not known, neither is this; a route would make it the other rule's question.
      if (isUnknownSubset(subset) || !subset.certain) continue;
      if (usesOfSubset(mesh, rule, subset.name).some(({ getsTraffic }) => getsTraffic)) continue;
      yield {
        at: at(rule, 'spec', 'subsets', subset.index, 'name'),
        message: `no workload belongs to subset "${subset.name}", and no route sends traffic to it`,
      };
    }
  },
});
