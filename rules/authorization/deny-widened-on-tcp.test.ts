import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { denyWidenedOnTcp } from './deny-widened-on-tcp.ts';

const policy = (rule: string, spec = 'selector: { matchLabels: { app: db } }', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop, annotations: { ${annotations} } }
spec:
  action: DENY
  ${spec}
  rules:
    - ${rule}
`;
const workload = (
  ports = '[{ name: tcp-db, port: 5432 }, { name: http-admin, port: 8080 }]',
  labels = '{ app: db }',
  membership = 'istio-injection: enabled',
): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${membership} } }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: ${ports} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 5432 }] }] }
`;

testRule(it, denyWidenedOnTcp, {
  'says that only its sources are denied': `${policy('{ from: [{ source: { namespaces: [evil] } }], to: [{ operation: { paths: [/a] } }] } # warning(paths): this denies every connection of its sources to TCP port 5432 of "shop/db"')}${workload()}`,

  'reports what demands a token': `${policy('from: [{ source: { notRequestPrincipals: ["*"] } }] # warning(notRequestPrincipals): this denies every connection to TCP port 5432 of "shop/db", where "notRequestPrincipals" means nothing')}${workload()}`,

  'reports a TCP port that the rule names': `${policy('to: [{ operation: { methods: [GET], ports: ["5432"] } }] # warning(methods): this denies every connection to TCP port 5432')}${workload()}`,

  'reports what is left in an ambient mesh': `${policy('to: [{ operation: { paths: [/a], ports: ["8080"] } }] # warning(paths): this denies every connection that the rest of the rule takes: ztunnels do not look at "paths"')}${workload(undefined, undefined, 'istio.io/dataplane-mode: ambient')}`,

  'is silent where the rule names HTTP ports': `${policy('to: [{ operation: { paths: [/a], ports: ["8080"] } }]')}${policy('{ to: [{ operation: { paths: [/a] } }], when: [{ key: destination.port, values: ["8080"] }] }')}${workload()}`,

  'is silent where all ports are HTTP or sniffed': `${policy('to: [{ operation: { paths: [/a] } }]')}${workload('[{ name: db, port: 5432 }, { name: http, port: 8080 }]')}`,

  'is silent about operations without HTTP fields': `${policy('to: [{ operation: { ports: ["5432"] } }, { operation: { paths: [/a], ports: ["8080"] } }]')}${workload()}`,

  'is silent about what denies nothing in an ambient mesh, which is another rule': `${policy('to: [{ operation: { paths: [/a] } }]')}${workload(undefined, undefined, 'istio.io/dataplane-mode: ambient')}`,

  'is silent about pods without a proxy and dry runs': `${policy('to: [{ operation: { paths: [/a] } }]', 'selector: { matchLabels: { app: db, plain: "true" } }')}${policy('to: [{ operation: { paths: [/a] } }]', '', 'istio.io/dry-run: "true"')}${workload(undefined, '{ app: db, plain: "true", sidecar.istio.io/inject: "false" }')}`,
});
