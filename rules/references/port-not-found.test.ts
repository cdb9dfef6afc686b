import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { portNotFound } from './port-not-found.ts';

const service = (ports: string, rest = ''): string => `
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { ports: [${ports}]${rest} }
`;
const http = (number: number): string => `{ name: http-${number}, port: ${number}, targetPort: 8080 }`;
const route = (port: string): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web.example.com]
  http:
    - route:
        - destination:
            host: api
            port:
              number: ${port}
`;

testRule(it, portNotFound, {
  'reports the port of the container, in an open mesh': `${service(`${http(80)}, ${http(443)}`)}${route('8080 # error: service "api" has no port 8080, only 80, 443')}`,
  'reports a ServiceEntry': `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: e, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
${route('80 # error: service "api.example.com" has no port 80, only 443').replace('host: api', 'host: api.example.com')}`,
  'reports a backend of the Gateway API': `
${service(http(80))}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  rules:
    - backendRefs:
        - name: api
          port: 8080 # error: has no port 8080, only 80`,
  'says nothing of a service that is not here': { yaml: route('80'), unknown: 0 },
  'accepts a port of one of several files that may be the real one': {
    yaml: { 'dev/service.yaml': service(http(80)), 'prod/service.yaml': service(http(8080)), 'routes.yaml': route('8080') },
  },
  'accepts an ExternalName Service, and one without ports': `${service('', ', type: ExternalName, externalName: api.example.com')}${route('80')}`,
  'leaves alone a service of which a port is not known': { yaml: `${service('{ name: http, port: abc }')}${route('80')}`, broken: true },
});
