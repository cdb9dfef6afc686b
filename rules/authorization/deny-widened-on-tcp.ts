import { defineRule } from '../../src/rule/rule.ts';
import type { AuthorizationRule } from '../../src/semantics/authorization-rules.ts';
import { denyWidened, inAmbient, tcpPorts } from '../../src/semantics/http-only-fields.ts';
import { judgedRules } from '../../src/semantics/judged-rules.ts';

export const denyWidenedOnTcp = defineRule({
  id: 'deny-widened-on-tcp',
  title: 'DENY rule that denies every connection of a TCP port',
  category: 'security',
  severity: 'warning',
  securitySeverity: '6.5',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  docs: {
    why: 'Paths, methods, hosts, headers and tokens exist in HTTP only. Where TCP is spoken Istio takes them out of a DENY rule and enforces the rest, which denies every connection to the port, or every one of the sources that it names.',
    help: 'Say in "ports" for which (HTTP) ports the rule is, or name the port of the Service so that it is HTTP (name or appProtocol).',
    evidence:
      'A rule of a DENY policy has fields of HTTP, and a port of a selected workload that it is about is TCP, since every Service that leads there says so. Or the policy has no targetRefs, its workloads are ambient, and something is left of the rule without fields of HTTP. Ports that no Service declares, or that are sniffed, are not reported, and neither are dry runs.',
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
                  paths: # warning: this denies every connection to TCP port 5432 of "shop/store", where "paths" means nothing
                    - /admin/*
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          app: store
        ports:
          - name: http-web
            port: 80
            targetPort: 8080
          - name: tcp-db
            port: 5432
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: store
        template:
          metadata:
            labels:
              app: store
          spec:
            containers:
              - name: store
      `,
    good: `
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
                  ports:
                    - "8080"
                  paths:
                    - /admin/*
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          app: store
        ports:
          - name: http-web
            port: 80
            targetPort: 8080
          - name: tcp-db
            port: 5432
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: store
        template:
          metadata:
            labels:
              app: store
          spec:
            containers:
              - name: store
      `,
    references: [
      'https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/',
      'https://istio.io/latest/docs/ambient/usage/l4-policy/',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['DENY'])) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { rule } = judged;
      const ambient = inAmbient(mesh, rule);
      if (ambient?.effect === 'widened') {
        const [{ name, at }] = ambient.fields;
        yield { at, message: `this denies every connection that the rest of the rule takes: ztunnels do not look at "${name}"` };
        continue;
      }
      const found = denyWidened(mesh, rule);
      if (found === undefined) continue;
      const [{ name, at }] = found.fields;
      const related = found.ports.flatMap(({ workload, port }) => {
        const declared = workload.ports.find(({ number }) => number === port);
        return declared === undefined ? [] : [{ at: declared.at, message: `port ${port} of "${workload.namespace}/${workload.name}"` }];
      });
      yield {
        at,
        message: `this denies every connection${narrowed(rule) ? ' of its sources' : ''} to ${tcpPorts(found.ports)}, where "${name}" means nothing`,
        related: related.slice(0, 3),
      };
    }
  },
});

/** By identity or address; tokens are gone. */
function narrowed({ sources, conditions }: AuthorizationRule): boolean {
  const fields = new Set(['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'ipBlocks', 'remoteIpBlocks']);
  const asks = ({ field }: AuthorizationRule['conditions'][number]): boolean => fields.has(field);
  return conditions.some(asks) || (sources.length > 0 && sources.every(({ clauses }) => clauses.some(asks)));
}
