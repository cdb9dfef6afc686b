import { defineRule } from '../../src/rule/rule.ts';
import { inAmbient } from '../../src/semantics/http-only-fields.ts';
import { judgedRules } from '../../src/semantics/judged-rules.ts';

export const denyWithoutEffect = defineRule({
  id: 'deny-without-effect',
  title: 'DENY rule that no ztunnel enforces',
  category: 'security',
  severity: 'error',
  securitySeverity: '8.9',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'In an ambient mesh a policy without targetRefs is enforced by ztunnels, which know nothing of HTTP: they leave paths, methods, hosts, headers and tokens out, and a rule of which nothing else is left matches nothing. What it should deny is allowed.',
    help: 'Attach the policy to a waypoint with targetRefs (a Service or a Gateway of class istio-waypoint), and make sure that the waypoint is in use.',
    evidence:
      'A DENY policy has no targetRefs, and all workloads of the input that it selects are ambient; where none is in the input, the label istio.io/dataplane-mode of its Namespace says so. What is left of the rule without fields of HTTP is empty in its operations, its sources or one of its conditions. Dry runs are not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        action: DENY
        rules:
          - to:
              - operation:
                  paths: # error: this rule denies nothing: ztunnels do not look at "paths"
                    - /admin/*
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        targetRefs:
          - kind: Service
            group: ""
            name: web
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,
    references: ['https://istio.io/latest/docs/ambient/usage/l4-policy/', 'https://istio.io/latest/docs/ambient/usage/l7-features/'],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['DENY'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const found = inAmbient(mesh, judged.rule);
      if (found?.effect !== 'left-out') continue;
      const [{ name, at }] = found.fields;
      yield {
        at,
        message: `this rule denies nothing: ztunnels do not look at "${name}", and without it too little is left of it to match`,
      };
    }
  },
});
