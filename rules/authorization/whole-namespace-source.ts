import type { Mesh } from '../../src/graph/mesh.ts';
import { serviceAccountsOf } from '../../src/graph/service-accounts.ts';
import { below } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { Clause } from '../../src/semantics/authorization-rules.ts';
import { identitiesOf, takesNamespace } from '../../src/semantics/identities.ts';
import { callersOf, judgedRules, listed } from '../../src/semantics/judged-rules.ts';

export const wholeNamespaceSource = defineRule({
  id: 'whole-namespace-source',
  title: 'Source that admits a whole namespace',
  category: 'security',
  severity: 'info',
  securitySeverity: '3.5',
  presets: [],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'All workloads of a namespace may call, where often one or two of them need to. Service accounts tell them apart, and the namespace has several.',
    help: 'Name the service accounts that call, in principals or serviceAccounts.',
    evidence:
      'A source of an ALLOW rule takes every identity of one namespace, and at least two service accounts of that namespace (other than "default") are in the input: defined, or used by a workload. Sources that also ask for an address or a token, and dry runs, are not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  namespaces:
                    - shop # info: every workload of namespace "shop" is admitted, with any of its service accounts "cart" and "web"
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: cart
        namespace: shop
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: web
        namespace: shop
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  serviceAccounts:
                    - shop/cart
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: cart
        namespace: shop
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: web
        namespace: shop
      `,
    references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source'],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const seen = new Set<Clause>();
      for (const { identity, narrowing } of callersOf(judged.rule)) {
        if (narrowing.length > 0) continue;
        for (const clause of identity) {
          if (seen.has(clause)) continue;
          seen.add(clause);
          for (const [i, value] of clause.values.entries()) {
            const { namespace, trustDomain } = namespaceIn(clause, value);
            if (namespace === undefined) continue;
            const accounts = mesh.deriveFor(accountsIn, namespace);
            if (accounts.length < 2) continue;
            // With nothing else beside it the value takes what it says.
            const isAlone = identity.length === 1 && clause.notValues.length === 0;
            const clauses = [...identity.filter((other) => other !== clause), { ...clause, values: [value] }];
            if (!isAlone && !takesNamespace(identitiesOf(clauses, policy.metadata.namespace), namespace, trustDomain)) continue;
            yield {
              at: below(clause.valuesAt, i),
              message: `every workload of namespace "${namespace}" is admitted, with any of its service accounts ${listed(accounts)}`,
            };
          }
        }
      }
    }
  },
});

/** But for the one that each namespace has. */
function accountsIn(mesh: Mesh, namespace: string): readonly string[] {
  return [...serviceAccountsOf(mesh).named(namespace)].filter((account) => account !== 'default').sort();
}

function namespaceIn(
  { field }: Clause,
  value: string,
): { readonly namespace?: string | undefined; readonly trustDomain?: string | undefined } {
  if (field === 'namespaces') return value.includes('*') ? {} : { namespace: value };
  const [, trustDomain, namespace] = field === 'principals' ? (/^([^/*]+)\/ns\/([^/*]+)\/(?:sa\/)?\*$/.exec(value) ?? []) : [];
  return { namespace, trustDomain };
}
