import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { below } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { asksForMore, callersOf, judgedRules } from '../../src/semantics/judged-rules.ts';

export const authorizationWithoutSource = defineRule({
  id: 'authorization-without-source',
  title: 'Rule that admits anyone to some operations',
  category: 'security',
  severity: 'info',
  securitySeverity: '5.0',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'A rule without a source admits every caller to the operations that it names, also one without mutual TLS and without an identity. That is right for health checks and public pages, and easily forgotten for the rest.',
    help: 'Add the callers as sources ("from"), or suppress the finding with the reason why anyone may call.',
    evidence:
      'A rule of an ALLOW policy asks for an operation or for something of the request, and for nothing of the caller: no identity, no address, no token. Policies for gateways and dry runs are not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: catalogue
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: catalogue
        rules:
          - to: # info: this rule names no source, so anyone may do this
              - operation:
                  methods:
                    - GET
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: catalogue
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: catalogue
        rules:
          - from:
              - source:
                  serviceAccounts:
                    - shop/web
            to:
              - operation:
                  methods:
                    - GET
      `,
    references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule'],
  },

  *check(policy, { mesh }) {
    if (isForGateways(mesh, policy)) return;
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { rule } = judged;
      const isOpen = callersOf(rule).some(({ identity, narrowing }) => identity.length === 0 && narrowing.length === 0);
      if (!isOpen || !asksForMore(rule)) continue;
      yield { at: below(rule.at, rule.operations.length > 0 ? 'to' : 'when'), message: 'this rule names no source, so anyone may do this' };
    }
  },
});
