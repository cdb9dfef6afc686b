import { isForGateways } from '../../src/graph/policy-workloads.ts';
import type { Place } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { asksOfCallers, type Clause } from '../../src/semantics/authorization-rules.ts';
import { areEveryone } from '../../src/semantics/identity-patterns.ts';
import { type Callers, callersOf, judgedRules, listed, placeOf } from '../../src/semantics/judged-rules.ts';

export const negativeOnlySource = defineRule({
  id: 'negative-only-source',
  title: 'Source that admits everyone but a few',
  category: 'security',
  severity: 'warning',
  securitySeverity: '5.0',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'An ALLOW rule that only says who is left out admits everyone else: each namespace and workload that is added later, and callers without mutual TLS, who have no identity that could be left out.',
    help: 'Name who may call (principals, serviceAccounts, namespaces). To keep a few out whatever else is allowed, use a DENY policy, together with mutual TLS in mode STRICT.',
    evidence:
      'A source of an ALLOW rule, together with the conditions of the rule, has notPrincipals, notNamespaces, notServiceAccounts, notTrustDomains or not-forms of addresses, and nothing that says who is meant, or only what takes every identity. Policies for gateways and dry runs are not reported.',
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
          - from:
              - source:
                  notNamespaces:
                    - sandbox # warning: everyone but namespace "sandbox" is admitted, and callers without an identity as well
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
                  namespaces:
                    - shop
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
      'https://istio.io/latest/docs/ops/best-practices/security/#use-allow-with-positive-matching-and-deny-with-negative-match-patterns',
    ],
  },

  *check(policy, { mesh }) {
    if (isForGateways(mesh, policy)) return;
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      if (!asksOfCallers(judged.rule, ({ notValues }) => notValues.length > 0)) continue;
      const seen = new Set<Clause>();
      for (const callers of callersOf(judged.rule)) {
        const left = leftOutBy(callers, policy.metadata.namespace);
        if (left === undefined || seen.has(left.clause)) continue;
        seen.add(left.clause);
        yield { at: left.at, message: left.message };
      }
    }
  },
});

const nouns: { readonly [F in Clause['field']]?: string } = {
  principals: 'principal',
  namespaces: 'namespace',
  serviceAccounts: 'service account',
  trustDomains: 'trust domain',
  ipBlocks: 'address',
  remoteIpBlocks: 'address',
};

function leftOutBy(
  { identity, narrowing }: Callers,
  namespace: string,
): { readonly clause: Clause; readonly at: Place; readonly message: string } | undefined {
  const clauses = [...identity, ...narrowing];
  const clause = clauses.find(({ field, notValues }) => notValues.length > 0 && nouns[field] !== undefined);
  if (clause === undefined || narrowing.some(({ values }) => values.length > 0)) return undefined;
  const positive = identity.filter(({ values }) => values.length > 0).map((one) => ({ ...one, notValues: [] }));
  if (positive.length > 0 && !areEveryone(positive, namespace)) return undefined;
  const { field, notValues, notValuesAt } = clause;
  const noun = nouns[field] ?? '';
  const message = `everyone but ${notValues.length === 1 ? noun : `${noun}${noun.endsWith('s') ? 'es' : 's'}`} ${listed(notValues)} is admitted${positive.length > 0 ? '' : ', and callers without an identity as well'}`;
  return { clause, at: placeOf(notValues, notValuesAt), message };
}
