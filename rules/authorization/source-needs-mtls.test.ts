import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { sourceNeedsMtls } from './source-needs-mtls.ts';

const policy = (source: string, comment = '', spec = 'selector: { matchLabels: { app: web } }', operation = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec:
  ${spec}
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
      ${operation}
`;
const mtls = (spec: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: ${spec}
`;
const destinationRule = (host: string, trafficPolicy: string, namespace = 'shop', more = ''): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: plain, namespace: ${namespace} }
spec: { host: ${host}, trafficPolicy: ${trafficPolicy}${more} }
`;
const workload = (labels = '{ app: web }', membership = 'istio-injection: enabled'): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${membership} } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }, { containerPort: 9090 }] }] }
`;
const config = (mesh: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "${mesh}" }
`;
const cart = '{ principals: [cluster.local/ns/cart/sa/cart] }';
const off = '{ tls: { mode: DISABLE } }';
const switchedOff = 'DestinationRule "shop/plain" switches mutual TLS off for its clients';

testRule(it, sourceNeedsMtls, {
  'names the workload': `${policy(cart, 'error(cluster.local/ns/cart/sa/cart): this admits nobody: mutual TLS is off on ports 8080, 9090 of "shop/web"')}${mtls('{ mtls: { mode: DISABLE } }')}${workload()}`,

  'reports conditions and server names': `
    ${mtls('{ mtls: { mode: DISABLE } }').replaceAll('\n', '\n    ')}
    ---
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: web, namespace: shop }
    spec:
      rules:
        - when:
            - key: source.namespace
              values: [cart] # error(cart): this admits nobody
            - key: connection.sni
              values: [web.shop] # error(web.shop): this admits nobody`,

  'reports the one port of a rule': `${policy(cart, 'error(cluster.local/ns/cart/sa/cart): on port 9090 of "shop/web"', undefined, 'to: [{ operation: { ports: ["9090"] } }]')}${mtls('{ selector: { matchLabels: { app: web } }, portLevelMtls: { 9090: { mode: DISABLE } } }')}${workload()}`,

  'reports clients that a DestinationRule makes send plaintext': `${policy(cart, `error(cluster.local/ns/cart/sa/cart): "cluster.local/ns/cart/sa/cart" admits nobody: ${switchedOff}`)}${destinationRule('web', off)}${workload()}`,

  'reports a DestinationRule for all services of the namespace, and one without a mode': `${policy(cart, `error(cluster.local/ns/cart/sa/cart): ${switchedOff}`)}${destinationRule('"*.shop.svc.cluster.local"', '{ tls: {} }')}`,

  "reports a DestinationRule of the clients' namespace": `${policy('{ namespaces: [cart, api] }', 'error(cart): "cart" admits nobody: DestinationRule "cart/plain" switches mutual TLS off')}${destinationRule('web.shop.svc.cluster.local', off, 'cart')}${workload()}`,

  'reports clients whose automatic mutual TLS is off': {
    complete: true,
    yaml: `${config('enableAutoMtls: false')}${policy(cart, 'error(cluster.local/ns/cart/sa/cart): automatic mutual TLS is off')}${workload()}`,
  },

  'is silent where a port takes both, since clients send mutual TLS by themselves': `${policy(cart)}${mtls('{ mtls: { mode: PERMISSIVE } }')}${workload()}`,

  'is silent where mutual TLS is on for one port of the rule': `${policy(cart)}${mtls('{ selector: { matchLabels: { app: web } }, portLevelMtls: { 9090: { mode: DISABLE } } }')}${workload()}`,

  'is silent where a DestinationRule switches mutual TLS on': {
    complete: true,
    yaml: `${config('enableAutoMtls: false')}${policy(cart)}${destinationRule('web', '{ tls: { mode: ISTIO_MUTUAL } }')}${workload()}`,
  },

  'is silent where other clients, another service or one subset only is concerned': `${policy(cart)}${destinationRule('web.shop.svc.cluster.local', off, 'other')}${destinationRule('ratings', off)}${workload()}`,

  'is silent where a subset switches it on again': `${policy(cart)}${destinationRule('web', off, 'shop', ', subsets: [{ name: v1, labels: { version: v1 }, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }]')}${workload()}`,

  'leaves clients that a strict port refuses to another rule': `${policy(cart)}${mtls('{ mtls: { mode: STRICT } }')}${destinationRule('web', off)}${workload()}`,

  'is silent about ambient workloads, which always take mutual TLS': `${policy(cart)}${mtls('{ mtls: { mode: DISABLE } }')}${destinationRule('web', off)}${workload('{ app: web }', 'istio.io/dataplane-mode: ambient')}`,

  'is silent about pods without a proxy, gateways, DENY and not-values': `${policy(cart, '', 'selector: { matchLabels: { istio: ingressgateway } }')}${policy(cart, '', 'action: DENY')}${policy('{ notNamespaces: [evil] }')}${mtls('{ mtls: { mode: DISABLE } }')}`,
});
