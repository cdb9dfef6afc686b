import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { denyWithoutEffect } from './deny-without-effect.ts';

const policy = (rule: string, spec = '', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop, annotations: { ${annotations} } }
spec:
  action: DENY
  ${spec}
  rules:
    - ${rule}
`;
const namespace = (labels: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }
`;
const ambient = namespace('istio.io/dataplane-mode: ambient');
const deployment = (labels: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: app }] } }
`;
const web = 'selector: { matchLabels: { app: web } }';
const nothing = 'this rule denies nothing: ztunnels do not look at';

testRule(it, denyWithoutEffect, {
  'reports sources beside: a rule needs each of its parts': `${policy(`{ from: [{ source: { namespaces: [evil] } }], to: [{ operation: { paths: [/a] } }] } # error(paths): ${nothing} "paths"`)}${ambient}`,

  'reports tokens and conditions': `${policy(`from: [{ source: { notRequestPrincipals: ["*"] } }] # error(notRequestPrincipals): ${nothing} "notRequestPrincipals"`)}${policy(`{ from: [{ source: { namespaces: [evil] } }], when: [{ key: "request.headers[x]", values: [z] }] } # error("request.headers[x]"): ${nothing} "request.headers[x]"`)}${ambient}`,

  'reports a workload that is ambient by its own label': `${policy(`to: [{ operation: { methods: [GET] } }] # error(methods): ${nothing} "methods"`, web)}${namespace('team: shop')}${deployment('{ app: web, istio.io/dataplane-mode: ambient }')}`,

  'is silent where a port is left, since the rule then denies more': `${policy('to: [{ operation: { paths: [/a], ports: ["8080"] } }]')}${ambient}`,

  'is silent about rules without HTTP fields': `${policy('{ from: [{ source: { namespaces: [evil], serviceAccounts: [a/b] } }] }')}${policy('{}')}${ambient}`,

  'is silent where a sidecar enforces the rule': `${policy('to: [{ operation: { paths: [/a] } }]', web)}${ambient}${deployment('{ app: web, sidecar.istio.io/inject: "true" }')}`,

  'is silent where the namespace is not ambient, or not known': `${policy('to: [{ operation: { paths: [/a] } }]')}${namespace('istio-injection: enabled')}`,

  'is silent where a waypoint or a gateway enforces the rule': `${policy('to: [{ operation: { paths: [/a] } }]', 'targetRefs: [{ kind: Service, group: "", name: web }]')}${policy('to: [{ operation: { paths: [/a] } }]', 'selector: { matchLabels: { istio: ingressgateway } }')}${ambient}`,

  'is silent about dry runs': `${policy('to: [{ operation: { paths: [/a] } }]', '', 'istio.io/dry-run: "true"')}${ambient}`,
});
