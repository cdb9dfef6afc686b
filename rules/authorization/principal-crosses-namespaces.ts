import { below, type Place } from '../../src/model/place.ts';
import { defineRule, type Fault } from '../../src/rule/rule.ts';
import { asksOfCallers, type Clause } from '../../src/semantics/authorization-rules.ts';
import { areEveryone, crossNamespaces } from '../../src/semantics/identity-patterns.ts';
import { type Callers, callersOf, judgedRules } from '../../src/semantics/judged-rules.ts';

export const principalCrossesNamespaces = defineRule({
  id: 'principal-crosses-namespaces',
  title: 'Wildcard that takes callers of several namespaces',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.2',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'A "*" is only about letters: "cluster.local/ns/shop*" also takes namespaces "shopping" and "shop-test", and "*/sa/web" takes an account "web" that anyone makes in a namespace of their own. Whoever may create such a namespace or account may then call the workload.',
    help: 'End a prefix with a slash ("cluster.local/ns/shop/*"), or name namespace and service account in full.',
    evidence:
      'A value with a "*" in the sources or conditions of an ALLOW rule takes identities of several namespaces, also with all else that is asked of the caller. Prefixes in the field namespaces are reported only where the "*" follows a letter or digit. Values that take everyone or a whole trust domain belong to another rule; sources that also ask for an address or a token, and dry runs, are not reported.',
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
                  principals:
                    - cluster.local/ns/shop* # warning: "cluster.local/ns/shop*" admits callers of each namespace that begins with "shop"
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
                  principals:
                    - cluster.local/ns/shop/*
      `,
    references: [
      'https://istio.io/latest/docs/concepts/security/#value-matching',
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      if (!asksOfCallers(judged.rule, ({ values }) => values.some((value) => value.includes('*')))) continue;
      const faults = new Map<string, Fault>();
      for (const callers of callersOf(judged.rule)) {
        // A condition counts for each source.
        for (const fault of crossing(callers, policy.metadata.namespace))
          if (fault.at.kind === 'node') faults.set(fault.at.path.join('/'), fault);
      }
      yield* faults.values();
    }
  },
});

function* crossing({ identity, narrowing }: Callers, namespace: string): Iterable<Fault> {
  if (narrowing.length > 0) return;
  for (const clause of identity) {
    for (const [i, value] of clause.values.entries()) {
      if (!mayCross(clause, value)) continue;
      const clauses = [...identity.filter((other) => other !== clause), { ...clause, values: [value] }];
      if (!crossNamespaces(clauses, value, namespace) || areEveryone(clauses, namespace)) continue;
      // All of a trust domain, or of several, is the matter of another rule.
      if (clause.field === 'principals' && /^[^/*]+(\/(n(s\/?)?)?)?\*$/.test(value)) continue;
      yield {
        at: below(clause.valuesAt, i),
        message: `"${value}" admits callers of ${namespacesOf(clause, value)}`,
        fix: fixOf(clause, value, below(clause.valuesAt, i)),
      };
    }
  }
}

function mayCross({ field }: Clause, value: string): boolean {
  if (field === 'principals') return value.includes('*') && value !== '*';
  return field === 'namespaces' && (/[a-z0-9]\*$/i.test(value) || /^\*[a-z0-9]/i.test(value));
}

function namespacesOf({ field }: Clause, value: string): string {
  const name = field === 'namespaces' ? value : (/\/ns\/([^/]*\*)$/.exec(value)?.[1] ?? '');
  const letters = name.replaceAll('*', '');
  if (letters === '' || name.indexOf('*') !== name.lastIndexOf('*')) return 'more than one namespace';
  if (name.endsWith('*')) return `each namespace that begins with "${letters}"`;
  return name.startsWith('*') ? `each namespace that ends with "${letters}"` : 'more than one namespace';
}

function fixOf({ field }: Clause, value: string, place: Place): Fault['fix'] {
  if (field !== 'principals' || !/\/ns\/[^/*]*[a-z0-9]\*$/i.test(value)) return undefined;
  const meant = `${value.slice(0, -1)}/*`;
  return { title: `Write "${meant}"`, safety: 'suggestion', edits: [{ op: 'replace', at: place, value: meant }] };
}
