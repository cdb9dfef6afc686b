import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { plaintextBypassesPolicy } from './plaintext-bypasses-policy.ts';

const policy = (rules: string, spec = '', name = 'web'): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  ${spec}
  rules:
    ${rules}
`;
const from = (source: string, comment = ''): string => `- from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}`;
const web = 'selector: { matchLabels: { app: web } }';
const deny = `${web}\n  action: DENY`;
const mtls = (spec: string, name = 'default', namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const permissive = mtls('{ mtls: { mode: PERMISSIVE } }');
const strict = mtls('{ mtls: { mode: STRICT } }');
const workload = (labels = '{ app: web }', ports = '[{ containerPort: 8080 }, { containerPort: 9090 }]'): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, ports: ${ports} }] }
`;
const inAmbient = workload().replace('istio-injection: enabled', 'istio.io/dataplane-mode: ambient');
const waypoint = `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { istio.io/use-waypoint: wp } }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }, { port: 90, targetPort: 9090 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
const evil = '{ notNamespaces: [evil] }';
const gotPast = (name = 'evil'): string =>
  `error(${name}): callers of namespace "evil" get past this with plaintext, which has no identity`;

const another = workload('{ app: other }', '[{ containerPort: 8080 }]')
  .replace(/^[^]*?---[^]*?---/, '---')
  .replace('name: web', 'name: other');

testRule(it, plaintextBypassesPolicy, {
  'does not know it where nobody knows whom another policy denies': {
    yaml: `${workload()}${policy(from(evil))}${policy('- from: [{ source: { notPrincipals: ["*"] } }]', 'selector: { matchLabels: { app: "\${APP}" } }\n  action: DENY', 'other')}${permissive}`,
    unknown: 1,
  },
  'tells workloads apart that take different policies': `${policy(from(evil, `${gotPast()}, on port 8080 of "shop/web" and 1 other port`))}${policy('- {}', 'selector: { matchLabels: { app: other } }', 'open')}${permissive}${workload()}${another}`,
  'tries no more policies than it can': {
    yaml: `${policy(from(evil), web)}${Array.from({ length: 200 }, (_, i) => policy('- from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]', web, `p${String(i)}`)).join('')}${permissive}${workload()}`,
    unknown: 1,
  },
  'reports exclusions of an ALLOW rule': `${policy(from(evil, gotPast()))}${permissive}`,

  'reports DISABLE, where nobody has an identity': `${policy(from(evil, gotPast()))}${mtls('{ mtls: { mode: DISABLE } }')}`,

  'names the ports of known workloads': `${policy(from(evil, `${gotPast()}, on port 8080 of "shop/web" and 1 other port`), web)}${permissive}${workload()}`,

  'names the one port that takes plaintext': `${policy(from(evil, `${gotPast()}, on port 9090 of "shop/web"`), web)}${mtls('{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { 9090: { mode: PERMISSIVE } } }')}${workload()}`,

  'reports several, and not-principals': `${policy(`
    - from:
        - source:
            notPrincipals: # error: the workloads of principals "cluster.local/ns/a/sa/b" and "cluster.local/ns/c/sa/d" get past this
              - cluster.local/ns/a/sa/b
              - cluster.local/ns/c/sa/d`)}${permissive}`,

  'reports a DENY rule with operations and conditions': `${policy(
    `
    - from: [{ source: { principals: [cluster.local/ns/evil/sa/web] } }] # error(cluster.local/ns/evil/sa/web): the workloads of principal "cluster.local/ns/evil/sa/web" get past this
      to: [{ operation: { methods: [POST], paths: ["/admin/*"], ports: ["8080"] } }]
      when: [{ key: "request.headers[x-a]", values: ["b*"] }]`,
    deny,
  )}${permissive}${workload()}`,

  'reports when conditions': `${policy(
    `
    - to: [{ operation: { paths: [/admin] } }]
      when: [{ key: source.namespace, values: [evil] }] # ${gotPast()}`,
    deny,
  )}${permissive}`,

  'reports it in a complete mesh where nothing decides': { complete: true, yaml: `${policy(from(evil, gotPast()), web)}${workload()}` },

  'reports ambient workloads, whose ztunnel takes plaintext as well': `${policy(from(evil, gotPast()), web)}${permissive}${workload().replace('istio-injection: enabled', 'istio.io/dataplane-mode: ambient')}`,

  'is silent where mutual TLS is required': `${policy(from(evil))}${policy(from('{ namespaces: [evil] }'), 'action: DENY', 'no-evil')}${strict}`,

  'does not know where nothing decides in an open mesh': { yaml: policy(from(evil)), unknown: 1 },

  'is silent about rules that name who may call': `${policy(from('{ principals: [cluster.local/ns/shop/sa/cart] }'))}${policy(from('{ namespaces: [shop], notPrincipals: [cluster.local/ns/shop/sa/web] }'))}${permissive}`,

  'is silent where another rule denies callers without an identity': `${policy(from(evil))}${policy(from('{ notPrincipals: ["*"] }'), 'action: DENY', 'require-mtls')}${permissive}`,

  'is silent where a DENY rule stands before ALLOW rules that name who may call': `${policy(from('{ namespaces: [evil] }'), 'action: DENY', 'no-evil')}${policy(from('{ principals: [cluster.local/ns/shop/sa/cart] }'))}${permissive}`,

  'is silent where the excluded is admitted by another rule anyway': `${policy(`
    ${from(evil)}
    ${from('{ namespaces: [evil] }')}`)}${permissive}`,

  'is silent where plaintext is admitted to something else only': `${policy('- from: [{ source: { namespaces: [evil] } }]\n      to: [{ operation: { paths: [/admin] } }]', 'action: DENY', 'no-evil')}${policy('- to: [{ operation: { paths: [/public] } }]')}${permissive}`,

  'is silent where only pods without a proxy are selected': `${policy(from(evil), web)}${permissive}${workload('{ app: web, sidecar.istio.io/inject: "false" }')}`,

  "is silent where the one port that takes plaintext is not the rule's": `${policy(
    `
    - from: [{ source: { namespaces: [evil] } }]
      to: [{ operation: { ports: ["8080"] } }]`,
    deny,
  )}${mtls('{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { 9090: { mode: PERMISSIVE } } }')}${workload()}`,

  'is silent about gateways, and about waypoints': `${policy(from(evil), 'selector: { matchLabels: { istio: ingressgateway } }')}${policy(from(evil), 'targetRefs: [{ kind: Service, group: "", name: web }]')}${permissive}`,

  'is silent about dry runs and AUDIT': `${policy(from('{ namespaces: [evil] }'), 'action: AUDIT')}${permissive}`,

  'does not know where other policies may take the same pods': {
    yaml: `${policy(from(evil), web)}${mtls('{ mtls: { mode: PERMISSIVE } }')}${mtls('{ selector: { matchLabels: { tier: front } }, mtls: { mode: STRICT } }', 'front')}`,
    unknown: 1,
  },

  'does not know where the oldest of two PeerAuthentications decides': {
    yaml: `${policy(from(evil))}${permissive}${mtls('{ mtls: { mode: STRICT } }', 'other')}`,
    unknown: 1,
  },

  'reports a mesh-wide policy and a mesh-wide mode': `
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: no-evil, namespace: istio-system }
    spec:
      action: DENY
      rules:
        - from: [{ source: { namespaces: [evil] } }] # ${gotPast()}
    ${mtls('{ mtls: { mode: PERMISSIVE } }', 'default', 'istio-system').replaceAll('\n', '\n    ')}`,

  'reports what ztunnels let in, which DISABLE tells nothing else': `${policy(from(evil, `${gotPast()}, on port 8080 of "shop/web" and 1 other port`), web)}${mtls('{ mtls: { mode: DISABLE } }')}${inAmbient}`,

  'is silent where ztunnels enforce nothing of the rule, or take no plaintext': `${policy('- from: [{ source: { namespaces: [evil] } }]\n      to: [{ operation: { paths: [/admin] } }]', deny)}${policy(from(evil), web, 'other')}${strict}${inAmbient}`,

  'reports what gets past a ztunnel behind a waypoint, which no plaintext comes over': `${policy(from(evil, `${gotPast()}, on port 8080 of "shop/web" and 1 other port`), web)}${permissive}${inAmbient}${waypoint}`,

  'reports a DENY rule behind a waypoint of the pods': `${policy(from('{ namespaces: [evil] }', gotPast()), deny)}${permissive}${inAmbient.replaceAll('{ app: web }', '{ app: web, istio.io/use-waypoint: wp }')}${waypoint.replace('name: wp,', 'name: wp, labels: { istio.io/waypoint-for: all },')}`,

  'is silent behind a waypoint where ztunnels admit nobody else': `${policy(from('{ namespaces: [evil] }'), deny)}${policy(from('{ principals: [cluster.local/ns/shop/sa/wp] }'), web, 'only-waypoint')}${permissive}${inAmbient}${waypoint}`,

  'does not know whom ztunnels admit where another policy may be for the same pods': {
    yaml: `${policy(from(evil), web)}${policy(from('{ principals: [cluster.local/ns/shop/sa/wp] }'), 'selector: { matchLabels: { app: "\${APP}" } }', 'only-waypoint')}${permissive}${inAmbient}${waypoint}`,
    unknown: 1,
  },
});
