import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const subsetDuplicate = defineRule({
  id: 'subset-duplicate',
  title: 'Subset name that a DestinationRule defines twice',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'Istio refuses a DestinationRule that has two subsets of one name. What was in the cluster before stays there.',
    help: 'Give each subset a name of its own, or remove the second one.',
    evidence: 'Two subsets of one DestinationRule have the same name.',
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
          - name: v1 # error: subset "v1" is defined twice
            labels:
              version: v2
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
          - name: v2
            labels:
              version: v2
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset'],
  },

  *check(rule) {
    const first = new Map<string, number>();
    for (const [index, { name }] of (rule.spec.subsets ?? []).entries()) {
      const known = first.get(name);
      if (known === undefined) {
        first.set(name, index);
        continue;
      }
      yield {
        at: at(rule, 'spec', 'subsets', index, 'name'),
        message: `subset "${name}" is defined twice`,
        related: [{ at: at(rule, 'spec', 'subsets', known, 'name'), message: 'it is defined here already' }],
      };
    }
  },
});
