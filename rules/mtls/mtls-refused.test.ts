import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { mtlsRefused } from './mtls-refused.ts';

const policy = (spec: string, namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${namespace} }
spec: ${spec}
`;
const rule = (spec: string, namespace = 'shop', name = 'rule'): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const mutual = (host: string): string => `{ host: ${host}, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`;
const pods = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
`;

testRule(it, mtlsRefused, {
  'reports the port that decides': `${policy('{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } } } # error(DISABLE): mutual TLS is refused on port 8080, but "shop/rule" tells clients to send it to "shop/cart"')}${rule(mutual('cart'))}${pods}`,
  'reports a policy for the mesh where the pods are known': `${policy('{ mtls: { mode: DISABLE } } # error(DISABLE): mutual TLS is refused', 'istio-system')}${rule(mutual('cart'))}${pods}`,
  'reports a rule for one service of the namespace': `${policy('{ mtls: { mode: DISABLE } } # error(DISABLE): to "cart"')}${rule(mutual('cart'))}`,
  'accepts a rule of the namespace that turns it off for clients, too': `${policy('{ mtls: { mode: DISABLE } }')}${rule("{ host: '*.shop.svc.cluster.local', trafficPolicy: { tls: { mode: DISABLE } } }")}${rule(mutual("'*.local'"), 'istio-system', 'mesh')}`,
  'accepts DISABLE where no rule says anything': `${policy('{ mtls: { mode: DISABLE } }')}${pods}`,
  'accepts PERMISSIVE': `${policy('{ mtls: { mode: PERMISSIVE } }')}${rule(mutual('cart'))}${pods}`,
  'accepts another policy that decides for the pods': `${policy('{ mtls: { mode: DISABLE } }')}${rule(mutual('cart'))}${pods}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }
`,
});
