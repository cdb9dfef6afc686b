import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { hostNotFound } from './host-not-found.ts';

const service = (name: string, ns: string, annotations = '{}'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${ns}, annotations: ${annotations} }
spec: { ports: [{ name: http, port: 80 }] }
`;
const entry = (host: string, ns: string, exportTo = "'*'"): string => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: e, namespace: ${ns} }
spec:
  hosts: ['${host}']
  exportTo: [${exportTo}]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`;
const route = (destination: string, gateways = 'mesh', ns = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: ${ns} }
spec:
  hosts: [web.example.com]
  gateways: [${gateways}]
  http:
    - route:
        - destination:
            host: ${destination}
`;
const complete = (yaml: string): { readonly yaml: string; readonly complete: true; readonly unknown: number } => ({
  yaml,
  complete: true,
  unknown: 0,
});
// The documentation's manifests are complete meshes, which the harness does not say.
const { docs, ...rule } = hostNotFound;

testRule(it, rule, {
  'reports its bad manifest': complete(docs?.bad ?? ''),
  'accepts its good manifest': complete(docs?.good ?? ''),
  'counts an open mesh as unknown': { yaml: route('web'), unknown: 1 },
  'reports a service of another namespace by its short name': complete(
    `${service('api', 'other')}${route('api # error: no Service or ServiceEntry has the host "api"')}`,
  ),
  'reports a name with namespace that is not the full one': complete(
    `${service('api', 'other')}${route('api.other # error: did you mean "api.other.svc.cluster.local"?')}`,
  ),
  'reports what is not exported to the clients of the route': complete(
    `${entry('api.example.com', 'other', "'.'")}${route('api.example.com # error: host "api.example.com" is not exported to the proxies')}`,
  ),
  'reports mirrors, tcp and tls routes': complete(`
${service('api', 'shop')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [api]
  http:
    - route: [{ destination: { host: api } }]
      mirror:
        host: copy # error: has the host "copy"
      mirrors:
        - destination:
            host: copies # error: has the host "copies"
  tls:
    - match: [{ sniHosts: [api] }]
      route:
        - destination:
            host: a # error: has the host "a"
  tcp:
    - route:
        - destination:
            host: b # error: has the host "b"
  `),
  'reports backends of the Gateway API': complete(`
${service('api', 'shop')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  rules:
    - filters:
        - type: RequestMirror
          requestMirror:
            backendRef:
              name: copy # error: has the host "copy"
              port: 80
      backendRefs:
        - name: api
          port: 80
        - name: apo # error: did you mean "api"?
          port: 80
  `),
  'accepts ServiceEntries, their wildcards, addresses, and what every cluster has': complete(
    [
      entry('api.example.com', 'other'),
      entry('*.wild.example.com', 'other'),
      route('api.example.com'),
      route('x.wild.example.com', 'mesh', 'b'),
      route('10.0.0.1', 'mesh', 'c'),
      route('kubernetes.default.svc.cluster.local', 'mesh', 'd'),
      route('api.shop.svc.clusterset.local', 'mesh', 'e'),
      route("'*'", 'mesh', 'f'),
    ].join(''),
  ),
  'leaves open what Istio installs itself': {
    yaml: `${route('istiod.istio-system.svc.cluster.local')}${route('istio-ingressgateway.istio-system.svc.cluster.local', 'mesh', 'b')}`,
    complete: true,
    unknown: 1,
  },
  'accepts what the pods of the gateway see, wherever they are': complete(`
${entry('api.example.com', 'pods', "'.'")}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { selector: { app: gw }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: gw, namespace: pods, labels: { app: gw } }
spec: { containers: [{ name: istio-proxy }] }
${route('api.example.com', 'edge/public')}
  `),
});
