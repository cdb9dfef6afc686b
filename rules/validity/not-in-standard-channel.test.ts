import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { notInStandardChannel } from './not-in-standard-channel.ts';

const route = (rule: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules:
    - backendRefs: [{ name: web, port: 80 }]
      ${rule}
`;

testRule(
  it,
  notInStandardChannel,
  {
    'reports fields wherever they are': `
${route('sessionPersistence: # error: pruned by the API server: "sessionPersistence"\n        sessionName: a')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  defaultScope: All # error(defaultScope): pruned by the API server: "defaultScope" is a field
  listeners: [{ name: web, port: 80, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: { name: db, namespace: shop }
spec:
  useDefaultGateways: All # error(useDefaultGateways): pruned by the API server
  rules: [{ backendRefs: [{ name: db, port: 5432 }] }]`,

    'reports values, and the field that comes with them': route(
      `filters:
        - type: ExternalAuth # error: refused by the API server: "ExternalAuth" is a value of the experimental channel
          externalAuth: # error: pruned by the API server: "externalAuth"
            protocol: HTTP
            backendRef: { name: auth, port: 80 }`,
    ),

    'reports versions that are not served, and nothing else in them': `
apiVersion: gateway.networking.k8s.io/v1alpha2 # error: the API server does not serve "v1alpha2" of "TLSRoute"
kind: TLSRoute
metadata: { name: web, namespace: shop }
spec:
  useDefaultGateways: All
  hostnames: [a.example.com]
  rules: [{ backendRefs: [{ name: web, port: 443 }] }]`,

    'reports kinds': `
apiVersion: gateway.networking.x-k8s.io/v1alpha1
kind: XMesh # error: the API server knows no "XMesh"
metadata: { name: mesh }
spec: { controllerName: istio.io/mesh-controller }`,

    'is silent about null, and about what both channels have': `
${route('retry: null')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: web, namespace: shop }
spec:
  hostnames: [a.example.com]
  rules: [{ backendRefs: [{ name: web, port: 443 }] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ retries: { attempts: 1 }, route: [{ destination: { host: web } }] }] }`,
  },
  { gatewayApi: 'standard' },
);

const { docs: _, ...withoutDocs } = notInStandardChannel;
testRule(it, withoutDocs, {
  'is silent as long as nobody says which channel is installed': route('retry: { attempts: 3 }'),
});
