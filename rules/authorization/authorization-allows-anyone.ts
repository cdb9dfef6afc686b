import { below, type Place } from '../../src/model/place.ts';
import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { AuthorizationRule } from '../../src/semantics/authorization-rules.ts';
import { asksForMore, type Callers, callersOf, holdsEveryAddress, judgedRules } from '../../src/semantics/judged-rules.ts';

export const authorizationAllowsAnyone = defineRule({
  id: 'authorization-allows-anyone',
  title: 'Rule that admits anyone to anything',
  category: 'security',
  severity: 'warning',
  securitySeverity: '8.1',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'A rule that names no source and no operation matches every request, also of callers without mutual TLS and without an identity. Since one ALLOW rule is enough, no other ALLOW policy of the same workloads keeps anyone out any more.',
    help: 'Name who may call, and what. To admit nobody, leave out the rules altogether ("spec: {}"); to admit everyone, no ALLOW policy is needed at all.',
    evidence:
      'A rule of an ALLOW policy asks for no source, no operation and no condition, or only for what every request has ("0.0.0.0/0", any path, any method). Policies for gateways, which outsiders are meant to call, are not reported: those that target a Gateway, that select gateway pods, or whose selector or namespace is named after a gateway. Dry runs admit nobody and are not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - {} # warning: this rule admits anyone to anything, with or without mutual TLS
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule',
      'https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies',
    ],
  },

  *check(policy, { mesh }) {
    if (isForGateways(mesh, policy)) return;
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { rule } = judged;
      const open = callersOf(rule).find(({ identity, narrowing }) => identity.length === 0 && narrowing.length === 0);
      if (open === undefined || asksForMore(rule)) continue;
      yield { at: placeOf(rule, open), message: 'this rule admits anyone to anything, with or without mutual TLS' };
    }
  },
});

/** What is written and asks for nothing; the rule itself where nothing is. */
function placeOf({ at, sources, operations, conditions, policy, index }: AuthorizationRule, { source }: Callers): Place {
  const block = [...(source?.clauses ?? []), ...conditions].find(holdsEveryAddress);
  if (block !== undefined) return below(block.valuesAt, block.values.indexOf(block.values.find((value) => value.endsWith('/0')) ?? ''));
  if (sources.length === 0 && policy.spec?.rules?.[index]?.from !== undefined) return below(at, 'from');
  return operations.length > 0 ? below(at, 'to') : conditions.length > 0 ? below(at, 'when') : at;
}
