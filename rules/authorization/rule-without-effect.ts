import { defineRule, type Fault } from '../../src/rule/rule.ts';
import { allowLeftOut, inAmbient, type OnTcp, tcpPorts } from '../../src/semantics/http-only-fields.ts';
import { judgedRules } from '../../src/semantics/judged-rules.ts';

export const ruleWithoutEffect = defineRule({
  id: 'rule-without-effect',
  title: 'ALLOW rule that is left out for its HTTP fields',
  category: 'security',
  severity: 'warning',
  securitySeverity: '5.0',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'Paths, methods, hosts, headers and tokens exist in HTTP only. On a TCP port, and in an ambient mesh without a waypoint, Istio leaves an ALLOW rule with any of them out as a whole, also what it says about other ports. The policy is still there, so that whoever the rule should admit is refused.',
    help: 'Put what is about TCP ports into a rule of its own without HTTP fields, or name the port of the Service so that it is HTTP (name or appProtocol). In an ambient mesh attach the policy to a waypoint with targetRefs.',
    evidence:
      'A rule of an ALLOW policy has fields of HTTP, and every port of the selected workloads that it is about is TCP, since the Services that lead there say so; or an operation names only such ports, and another part of the rule has fields of HTTP. Or the policy has no targetRefs and its workloads are ambient, so that only ztunnels enforce it; where no workload is in the input, the label of the Namespace says so. Ports that no Service declares, or that are sniffed, are not reported, and neither are dry runs.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: web
        namespace: shop
      spec:
        rules:
          - to:
              - operation:
                  paths: # warning: ztunnels leave this rule out, so it admits nobody
                    - /public
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
        name: web
        namespace: shop
      spec:
        targetRefs:
          - kind: Service
            group: ""
            name: web
        rules:
          - to:
              - operation:
                  paths:
                    - /public
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation',
      'https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/',
      'https://istio.io/latest/docs/ambient/usage/l4-policy/',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const ambient = inAmbient(mesh, judged.rule);
      if (ambient !== undefined) {
        const [{ name, at }] = ambient.fields;
        yield { at, message: `ztunnels leave this rule out, so it admits nobody: "${name}" needs a waypoint` };
        continue;
      }
      for (const found of allowLeftOut(mesh, judged.rule)) yield faultOf(found);
    }
  },
});

function faultOf({ fields: [field], ports, portsAt }: OnTcp): Fault {
  const where = tcpPorts(ports);
  const related = ports.slice(0, 3).flatMap(({ workload, port }) => {
    const declared = workload.ports.find(({ number }) => number === port);
    return declared === undefined ? [] : [{ at: declared.at, message: `port ${port} of "${workload.namespace}/${workload.name}"` }];
  });
  if (portsAt !== undefined) {
    return {
      at: portsAt,
      message: `this rule is left out on ${where}, since "${field.name}" in it means nothing there`,
      related: [{ at: field.at, message: `"${field.name}" means nothing on a TCP port` }],
    };
  }
  return { at: field.at, message: `this rule is left out, so it admits nobody: "${field.name}" means nothing on ${where}`, related };
}
