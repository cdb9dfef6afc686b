import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { callersOf, judgedRules, placeOf } from '../../src/semantics/judged-rules.ts';
import { plaintextClientsOf } from '../../src/semantics/plaintext-clients.ts';
import { policyPortsOf } from '../../src/semantics/policy-ports.ts';

export const sourceReliesOnDestinationRules = defineRule({
  id: 'source-relies-on-destination-rules',
  title: 'Source by identity that only some DestinationRules give',
  category: 'security',
  severity: 'info',
  securitySeverity: '2.0',
  presets: [],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  equivalents: [{ tool: 'kiali', code: 'KIA0105' }],
  docs: {
    why: 'Automatic mutual TLS is off, so that callers come with an identity only where a DestinationRule that they get says ISTIO_MUTUAL. Since the port takes plaintext as well, nobody notices a client without one, but that the rule refuses it.',
    help: 'Switch automatic mutual TLS on (enableAutoMtls), or require mutual TLS with a PeerAuthentication of mode STRICT.',
    evidence:
      'The mesh configuration in the input switches automatic mutual TLS off, a rule of an ALLOW policy asks for an identity, and the port takes mutual TLS and plaintext: a PeerAuthentication says so, or the mesh is complete and none says anything. Callers that are known to send plaintext are another fault.',
    bad: `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          enableAutoMtls: false
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      ---
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
                    - shop # info: only callers whose DestinationRule says ISTIO_MUTUAL have an identity here
      `,
    good: `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          enableAutoMtls: true
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      ---
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
                    - shop
      `,
    references: [
      'https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls',
      'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-enable_auto_mtls',
    ],
  },

  *check(policy, { mesh }) {
    if (mesh.config.enableAutoMtls || isForGateways(mesh, policy)) return;
    for (const judged of judgedRules(mesh, policy, ['ALLOW'], { exact: true })) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { rule } = judged;
      const clauses = new Set(callersOf(rule).flatMap(({ identity }) => identity.filter(({ values }) => values.length > 0)));
      if (clauses.size === 0) continue;
      const answer = policyPortsOf(mesh, rule);
      if ('unclear' in answer) {
        yield { at: rule.at, reason: answer.unclear };
        continue;
      }
      if (!answer.ports.some(({ mtls, ambient }) => !ambient && mtls.every(({ mode }) => mode === 'PERMISSIVE'))) continue;
      for (const clause of clauses) {
        if (plaintextClientsOf(mesh, rule, clause) !== undefined) continue;
        yield {
          at: placeOf(clause.values, clause.valuesAt),
          message:
            'only callers whose DestinationRule says ISTIO_MUTUAL have an identity here: automatic mutual TLS is off, and plaintext is taken as well',
        };
      }
    }
  },
});
