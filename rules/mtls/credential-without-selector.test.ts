import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { credentialWithoutSelector } from './credential-without-selector.ts';

const namespace = (name: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { istio-injection: enabled } }
`;
const pod = (name: string, ns: string, annotations = '{}'): string => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${ns}, labels: { app: ${name} }, annotations: ${annotations} }
spec: { containers: [{ name: app }] }
`;
const rule = (spec: string): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bank, namespace: shop }
spec: ${spec}
`;
const shop = `${namespace('shop')}${pod('cart', 'shop')}`;
const tls = (mode: string, credential: string): string => `tls: { mode: ${mode}, credentialName: ${credential} }`;

testRule(it, credentialWithoutSelector, {
  'reports subsets and ports': `${shop}${rule(
    `{ host: bank, subsets: [{ name: v1, trafficPolicy: { ${tls('SIMPLE', 'one')} } }], trafficPolicy: { portLevelSettings: [{ port: { number: 1 }, ${tls('MUTUAL', 'two')} }] } } # warning(one): instead of SIMPLE # warning(two): instead of MUTUAL`,
  )}`,
  'accepts a ConfigMap, and certificates from files': `${shop}${rule(`{ host: bank, trafficPolicy: { ${tls('SIMPLE', '"configmap://ca"')} } }`)}${rule(
    '{ host: bank, trafficPolicy: { tls: { mode: MUTUAL, clientCertificate: /c, privateKey: /k } } }',
  ).replace('name: bank', 'name: files')}`,
  'leaves open a namespace of a gateway': {
    yaml: `${shop}${pod('egress', 'shop', '{ inject.istio.io/templates: gateway }')}${rule(`{ host: bank, trafficPolicy: { ${tls('SIMPLE', 'x')} } }`)}`,
    unknown: 1,
  },
  'leaves open a host that a VirtualService sends to an egress gateway': {
    yaml: `${shop}${rule(`{ host: api.bank.example.com, trafficPolicy: { ${tls('MUTUAL', 'x')} } }`)}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bank, namespace: shop }
spec:
  hosts: [api.bank.example.com]
  gateways: [mesh, edge/egress]
  http:
    - match: [{ gateways: [mesh] }]
      route: [{ destination: { host: egress.edge.svc.cluster.local } }]
    - match: [{ gateways: [edge/egress] }]
      route: [{ destination: { host: api.bank.example.com } }]
`,
    unknown: 1,
  },
  'leaves open a namespace without pods, and pods of which it is not known whether they have a sidecar': {
    yaml: `${rule(`{ host: bank, trafficPolicy: { ${tls('SIMPLE', 'x')} } }`)}${pod('cart', 'other')}${namespace('other')}`,
    unknown: 1,
  },
});
