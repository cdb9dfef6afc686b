import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { mtlsConflict } from './mtls-conflict.ts';

const rule = (spec: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: rule, namespace: ${namespace} }
spec: ${spec}
`;
const policy = (spec: string, namespace = 'shop', name = 'default'): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const namespace = (labels: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: ${labels} }
`;
const app = (name = 'cart', annotations = '{}', port = '{ name: http, port: 80, targetPort: 8080 }'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [${port}] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  template:
    metadata: { labels: { app: ${name} }, annotations: ${annotations} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
`;
const injected = namespace('{ istio-injection: enabled }');
const strict = policy('{ mtls: { mode: STRICT } }');
const mode = (written: string, marker = ''): string => `{ host: cart, trafficPolicy: { tls: { mode: ${written} } } }${marker}`;

testRule(it, mtlsConflict, {
  'reports plaintext to pods that require mutual TLS': `${rule(mode('DISABLE', ' # error(DISABLE): plaintext is sent to "shop/cart", but the pods of "shop/cart" require mutual TLS on port 8080'))}${strict}${injected}${app()}`,
  'reports a policy for the mesh where the pods are known': `${rule(mode('DISABLE', ' # error(DISABLE): plaintext is sent'))}${policy('{ mtls: { mode: STRICT } }', 'istio-system')}${injected}${app()}`,
  'reports settings without a mode, which mean DISABLE': `${rule('{ host: cart, trafficPolicy: { tls: {} } } # error(tls): plaintext is sent')}${strict}${injected}${app()}`,
  'reports a wildcard once, with what it breaks': `${rule("{ host: '*.shop.svc.cluster.local', trafficPolicy: { tls: { mode: DISABLE } } } # error(DISABLE): (and to 1 more services)")}${strict}${injected}${app()}${app('pay')}`,
  'reports plain TLS to a permissive http port': `${rule(mode('SIMPLE', ' # error(SIMPLE): take only plaintext and mutual TLS on port 8080'))}${policy('{ mtls: { mode: PERMISSIVE } }')}${injected}${app()}`,
  'reports plain TLS to a strict port': `${rule(mode('SIMPLE', ' # error(SIMPLE): TLS without a certificate of the mesh'))}${strict}${injected}${app()}`,
  'reports mutual TLS to pods without a proxy': `${rule(mode('ISTIO_MUTUAL', ' # error(ISTIO_MUTUAL): have no proxy that ends it'))}${namespace('{ team: old }')}${app()}`,
  'reports mutual TLS to a port that the proxy does not take': `${rule(mode('ISTIO_MUTUAL', ' # error(ISTIO_MUTUAL): have no proxy that ends it on port 8080'))}${strict}${injected}${app('cart', "{ traffic.sidecar.istio.io/excludeInboundPorts: '8080' }")}`,
  'reports mutual TLS to a port of the proxy itself': `${rule(mode('ISTIO_MUTUAL', ' # error(ISTIO_MUTUAL): have no proxy that ends it on port 15020'))}${strict}${injected}${app('cart', '{}', '{ name: http-metrics, port: 80, targetPort: 15020 }')}`,
  'reports a subset, and a port': `${rule('{ host: cart, subsets: [{ name: v1, labels: { app: cart }, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }] } }] } # error(DISABLE): plaintext is sent')}${strict}${injected}${app()}`,
  'looks at the rules of its own overlay': {
    yaml: {
      'base/shop.yaml': `${strict}${injected}${app()}`,
      'overlays/dev/rules.yaml': `${rule(mode('DISABLE'), 'other')}${rule(mode('DISABLE', ' # error(DISABLE): plaintext is sent'))}`,
      'overlays/prod/rules.yaml': `${rule(mode('ISTIO_MUTUAL'), 'other')}${rule(mode('ISTIO_MUTUAL')).replace('name: rule', 'name: mutual')}`,
    },
  },
  'accepts plaintext to pods without a proxy': `${rule(mode('DISABLE'))}${policy('{ mtls: { mode: STRICT } }', 'istio-system')}${namespace('{ team: old }')}${app()}`,
  'accepts plaintext to a port that the proxy does not take': `${rule(mode('DISABLE'))}${strict}${injected}${app('cart', "{ traffic.sidecar.istio.io/excludeInboundPorts: '8080' }")}`,
  'accepts plaintext to a permissive workload': `${rule(mode('DISABLE'))}${strict}${policy('{ selector: { matchLabels: { app: cart } }, mtls: { mode: PERMISSIVE } }', 'shop', 'cart')}${injected}${app()}`,
  'accepts TLS that an application ends itself': `${rule(mode('SIMPLE'))}${policy('{ mtls: { mode: PERMISSIVE } }')}${injected}${app('cart', '{}', '{ name: https, port: 443, targetPort: 8080 }')}`,
  'accepts plaintext to a namespace without sidecars in a strict mesh, of which no pod is known': `${rule("{ host: '*.legacy.svc.cluster.local', trafficPolicy: { tls: { mode: DISABLE } } }", 'istio-system')}${policy('{ mtls: { mode: STRICT } }', 'istio-system')}`,
  'accepts ambient pods, which take HBONE': `${rule(mode('DISABLE'))}${strict}${namespace('{ istio.io/dataplane-mode: ambient }')}${app()}`,
  'accepts a host outside of the mesh': `${rule('{ host: api.example.com, trafficPolicy: { tls: { mode: SIMPLE } } }')}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ number: 443, name: http, protocol: HTTP }], resolution: DNS }
`,
  'is silent where the pods are not known': `${rule(mode('DISABLE'))}${strict}${injected}`,
  'is silent where the order of creation decides': `${rule(mode('DISABLE'))}${strict}${policy('{ mtls: { mode: PERMISSIVE } }', 'shop', 'other')}${injected}${app()}`,
});
