import type { DefinedSubset } from '../../src/graph/destination-rules.ts';
import { resolveHost } from '../../src/graph/hosts.ts';
import { outcomes } from '../../src/graph/answer.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const subsetDefinedTwice = defineRule({
  id: 'subset-defined-twice',
  title: 'Subset that two DestinationRules define differently',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'Istio merges the DestinationRules of one namespace that have the same host, and of two subsets of one name it keeps that of the older rule. The manifests do not say which one is older, so that it depends on the order in which they are created where the traffic goes.',
    help: 'Define the subset in one of the rules only, or give the subsets different names.',
    evidence:
      'Two DestinationRules of one namespace have the same host and the same exportTo, so that they are merged, and define a subset of one name with different labels or traffic policies.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary # warning: subset "canary" is defined differently in "shop/reviews-canary"
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews-canary
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary # warning: subset "canary" is defined differently in "shop/reviews"
            labels:
              version: v3
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
          - name: v2
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews-canary
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary
            labels:
              version: v3
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset'],
  },

  *check(rule, { mesh }) {
    const { subsets = [], host } = rule.spec;
    if (subsets.length === 0) return;
    const { namespace } = rule.metadata;
    const fqdn = resolveHost(host, namespace, mesh.domain);
    if (mesh.destinationRulesCovering(fqdn).length < 2) return;
    const merged = outcomes(mesh.destinationRuleFor(namespace, fqdn, rule)).find(({ rules }) => rules.includes(rule));
    if (merged === undefined) return;
    for (const [index, { name }] of subsets.entries()) {
      const definitions = merged.subsets.get(name) ?? [];
      const own = definitions.find((defined) => defined.rule === rule && defined.index === index);
      const other = definitions.find(
        (defined) => defined.rule !== rule && mesh.coexist(defined.rule, rule) && own !== undefined && differs(own, defined),
      );
      if (other === undefined) continue;
      yield {
        at: at(rule, 'spec', 'subsets', index, 'name'),
        message: `subset "${name}" is defined differently in "${nameOf(other.rule)}": it depends on which is created first`,
        related: [{ at: other.at, message: `the definition in "${nameOf(other.rule)}"` }],
      };
    }
  },
});

function differs(a: DefinedSubset, b: DefinedSubset): boolean {
  const [first, second] = [a, b].map(({ rule, index }) => JSON.stringify(sorted(rule.spec.subsets?.[index])));
  return first !== second;
}

/** The same value with keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
