import { defineRule } from '../../src/rule/rule.ts';
import { judgedRules } from '../../src/semantics/judged-rules.ts';
import { type WideValue, wideValuesOf } from '../../src/semantics/wide-sources.ts';

export const overbroadPrincipals = defineRule({
  id: 'overbroad-principals',
  title: 'Source that admits every identity',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.7',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'Every workload in the mesh has an identity, so a source that takes any of them keeps out nobody but callers without mutual TLS. One workload that is taken over, in whatever namespace, can then call this one.',
    help: 'Name the callers: principals such as "cluster.local/ns/shop/sa/web", or serviceAccounts, or at least namespaces. To demand only mutual TLS, use a PeerAuthentication of mode STRICT.',
    evidence:
      'A source of an ALLOW rule, together with all else that it and the conditions of the rule ask of the caller, takes every identity, or every identity of one trust domain. Sources that also ask for an address or a token are not reported, and neither are dry runs. What the rule asks of the request (paths, methods, ports) does not matter here: it does not choose among callers.',
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
                  principals:
                    - "*" # warning: "*" admits every workload that has an identity, in whatever namespace
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
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
      'https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      for (const wide of wideValuesOf(mesh, judged.rule)) yield { at: wide.at, message: messageOf(wide) };
    }
  },
});

function messageOf({ value, trustDomain }: WideValue): string {
  if (trustDomain === undefined) return `"${value}" admits every workload that has an identity, in whatever namespace`;
  const domains = trustDomain.includes('*') ? `every trust domain "${trustDomain}"` : `trust domain "${trustDomain}"`;
  return `"${value}" admits every workload of ${domains}, in whatever namespace`;
}
