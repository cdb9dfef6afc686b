import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule, type Fault } from '../../src/rule/rule.ts';
import { asksForMore, judgedRules, listed } from '../../src/semantics/judged-rules.ts';
import { overruledBy, takesEveryCall } from '../../src/semantics/lockouts.ts';
import { wideValuesOf } from '../../src/semantics/wide-sources.ts';

/** Policies named as related places. */
const shownPolicies = 5;

export const denyAllLockout = defineRule({
  id: 'deny-all-lockout',
  title: 'DENY rule that locks everyone out',
  category: 'security',
  severity: 'warning',
  securitySeverity: '5.0',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'DENY stands over ALLOW: what one DENY rule matches no ALLOW policy can admit. A DENY rule for everyone is therefore no default from which ALLOW policies except someone; and one for every identity refuses exactly the callers with mutual TLS.',
    help: 'To deny by default, use an ALLOW policy without rules ("spec: {}") and admit callers in further ALLOW policies. To require mutual TLS, deny notPrincipals ["*"].',
    evidence:
      'A rule of a DENY policy matches every request, and an ALLOW policy with rules is in the input whose workloads it all covers: of the same namespace, or of any when the DENY policy is for the whole mesh. Or a rule denies every identity ("*") for whatever they ask. A DENY policy for everyone without such an ALLOW policy may be meant (a quarantine), as may one that is an exception from a wider ALLOW policy; these, policies for gateways and dry runs are not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny-by-default
        namespace: payments
      spec:
        action: DENY
        rules:
          - {} # warning: this denies everyone, also whom "payments/ledger" allows
      ---
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
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny-by-default
        namespace: payments
      spec: {}
      ---
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
      'https://istio.io/latest/docs/concepts/security/#implicit-enablement',
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/',
    ],
  },

  *check(policy, { mesh }) {
    if (isForGateways(mesh, policy)) return;
    for (const judged of judgedRules(mesh, policy, ['DENY'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { rule } = judged;
      if (takesEveryCall(rule)) {
        const overruled = overruledBy(mesh, policy);
        if (overruled.length === 0) continue;
        yield {
          at: rule.at,
          message: `this denies everyone, also whom ${listed(overruled.map(nameOf))} ${overruled.length === 1 ? 'allows' : 'allow'}`,
          related: overruled
            .slice(0, shownPolicies)
            .map((other) => ({ at: at(other, 'metadata', 'name'), message: `"${nameOf(other)}" admits nobody` })),
        };
        continue;
      }
      if (asksForMore(rule)) continue;
      for (const { value, at: place, trustDomain, callers } of wideValuesOf(mesh, rule)) {
        // With an exception it is a list of who may call, written the other way round.
        if (trustDomain !== undefined || callers.identity.some(({ notValues }) => notValues.length > 0)) continue;
        yield {
          at: place,
          message: `"${value}" denies every caller that has an identity, so that only plaintext gets through`,
        } satisfies Fault;
      }
    }
  },
});
