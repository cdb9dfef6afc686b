import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { ruleWithoutEffect } from './rule-without-effect.ts';

const policy = (rule: string, spec = 'selector: { matchLabels: { app: db } }', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop, annotations: { ${annotations} } }
spec:
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
const workload = (ports: string, labels = '{ app: db }', name = 'db'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: ${labels}, ports: ${ports} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 5432 }] }] }
`;
const injected = namespace('istio-injection: enabled');
const ambient = namespace('istio.io/dataplane-mode: ambient');
const tcp = workload('[{ name: tcp-db, port: 5432 }]');
const both = workload('[{ name: tcp-db, port: 5432 }, { name: http-admin, port: 8080 }]');

testRule(it, ruleWithoutEffect, {
  'reports HTTP fields where every port is TCP': `${policy('to: [{ operation: { methods: [GET] } }] # warning(methods): this rule is left out, so it admits nobody: "methods" means nothing on TCP port 5432 of "shop/db"')}${injected}${tcp}`,

  'reports tokens and headers': `${policy('from: [{ source: { requestPrincipals: ["*"] } }] # warning(requestPrincipals): "requestPrincipals" means nothing on TCP port 5432')}${policy('when: [{ key: "request.headers[x-a]", values: [b] }] # warning("request.headers[x-a]"): "request.headers[x-a]" means nothing on')}${injected}${tcp}`,

  'reports a rule for a TCP port beside others': `${policy('to: [{ operation: { ports: ["5432"], methods: [GET] } }] # warning(methods): "methods" means nothing on TCP port 5432')}${injected}${both}`,

  'reports an operation for a TCP port in a rule with HTTP fields': `${policy('to: [{ operation: { paths: [/admin] } }, { operation: { ports: ["5432"] } }] # warning("5432"): this rule is left out on TCP port 5432 of "shop/db", since "paths" in it means nothing there')}${injected}${both}`,

  'counts workloads': `${policy('to: [{ operation: { methods: [GET] } }] # warning(methods): on 2 TCP ports of 2 workloads', '')}${injected}${tcp}${workload('[{ name: tcp, port: 5432 }]', '{ app: cache }', 'cache')}`,

  'reports a policy of the root namespace': `${policy('to: [{ operation: { methods: [GET] } }] # warning(methods): on TCP port 5432 of "shop/db"').replace('namespace: shop', 'namespace: istio-system')}${injected}${tcp}`,

  'reports a port that a Sidecar makes TCP': `${policy('to: [{ operation: { methods: [GET] } }] # warning(methods): on TCP port 5432 of "shop/db"')}${injected}${workload('[{ name: http, port: 5432 }]')}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec: { ingress: [{ port: { number: 5432, protocol: TCP, name: tcp }, defaultEndpoint: "127.0.0.1:5432" }] }
`,

  'reports ambient workloads': `${policy('from: [{ source: { requestPrincipals: ["*"] } }] # warning(requestPrincipals): ztunnels leave this rule out, so it admits nobody: "requestPrincipals" needs a waypoint')}${ambient}${both}`,

  'is silent where a port is HTTP, sniffed, or declared by no Service': `${policy('to: [{ operation: { methods: [GET] } }]')}${injected}${both}`,

  'is silent where a port is sniffed': `${policy('to: [{ operation: { methods: [GET] } }]')}${injected}${workload('[{ name: db, port: 5432 }]')}`,

  'is silent where two Services say different things': `${policy('to: [{ operation: { methods: [GET] } }]')}${injected}${tcp}
---
apiVersion: v1
kind: Service
metadata: { name: db-web, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: http, port: 80, targetPort: 5432 }] }`,

  'is silent about rules without HTTP fields, and about DENY': `${policy('{ from: [{ source: { namespaces: [shop] } }], to: [{ operation: { ports: ["5432"] } }] }')}${policy('to: [{ operation: { methods: [GET] } }]', 'action: DENY')}${injected}${tcp}`,

  'is silent where a waypoint enforces the policy': `${policy('to: [{ operation: { methods: [GET] } }]', 'targetRefs: [{ kind: Service, group: "", name: db }]')}${ambient}${tcp}`,

  'is silent in an ambient namespace about pods with a sidecar of their own': `${policy('to: [{ operation: { methods: [GET] } }]')}${ambient}${workload('[{ name: http, port: 5432 }]', '{ app: db, sidecar.istio.io/inject: "true" }')}`,

  'is silent about dry runs, and where no workload is in the input': `${policy('to: [{ operation: { methods: [GET] } }]', '', 'istio.io/dry-run: "true"')}${policy('to: [{ operation: { methods: [GET] } }]')}${injected}`,
});
