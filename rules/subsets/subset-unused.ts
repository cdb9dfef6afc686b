import { isWildcard, resolveHost } from '../../src/graph/hosts.ts';
import { isSubsetNamed } from '../../src/graph/subset-routes.ts';
import { emptySubsets, isUnknownSubset } from '../../src/graph/subset-workloads.ts';
import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const subsetUnused = defineRule({
  id: 'subset-unused',
  title: 'Subset that no route names',
  category: 'hygiene',
  severity: 'info',
  presets: [],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'A subset is used only by routes that name it. One that no route names does nothing, and each proxy keeps a cluster for it all the same.',
    help: 'Remove the subset, or route to it.',
    evidence:
      'The mesh is complete, and no VirtualService names the subset: in an open mesh the question counts as unknown. A subset that has no workloads either is reported by unused-subset-without-workloads. Silent for hosts with wildcards.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v2 # info: no route names subset "v2" of "reviews"
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset'],
  },

  *check(rule, { mesh }) {
    const { host, subsets = [] } = rule.spec;
    const unused = subsets.flatMap(({ name }, index) => (isSubsetNamed(mesh, rule, name) ? [] : [{ name, index }]));
    if (unused.length === 0 || isWildcard(resolveHost(host, rule.metadata.namespace, mesh.domain))) return;
    const empty = new Set(emptySubsets(mesh, rule).flatMap((subset) => (isUnknownSubset(subset) || !subset.certain ? [] : [subset.index])));
    for (const { name, index } of unused) {
      if (empty.has(index)) continue;
      const place = at(rule, 'spec', 'subsets', index, 'name');
      if (mesh.isComplete('VirtualService')) yield { at: place, message: `no route names subset "${name}" of "${host}"` };
      else yield { at: place, reason: 'a route to the subset may not be in the input' };
    }
  },
});
