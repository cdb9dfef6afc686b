import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { permissiveMtls } from './permissive-mtls.ts';

const workload = (name: string, version = 'v1'): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec:
      containers:
        - name: app
          ports: [{ containerPort: 8080 }, { containerPort: 9090 }]
`;
const namespace = (name: string, labels: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: ${labels} }
`;
const policy = (name: string, ns: string, spec: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${ns} }
spec: ${spec}
`;
const injected = namespace('shop', '{ istio-injection: enabled }');

testRule(it, permissiveMtls, {
  'reports DISABLE on a port': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: { name: web, namespace: shop }
    spec:
      selector: { matchLabels: { app: web } }
      mtls: { mode: STRICT }
      portLevelMtls:
        8080:
          mode: DISABLE # warning: DISABLE accepts plaintext on port 8080`,

  'names the workload and ports that the policy decides': `${policy('default', 'shop', '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): PERMISSIVE accepts plaintext on ports 8080, 9090 of "shop/web"')}${injected}${workload('web')}`,

  'counts ports and workloads when there are several': `${policy('default', 'shop', '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): on 4 ports of 2 workloads')}${injected}${workload('web')}${workload('api')}`,

  'reports a mesh-wide policy': policy(
    'default',
    'istio-system',
    '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): in the whole mesh',
  ),

  'is silent when a namespace policy decides for every workload': `${policy('default', 'istio-system', '{ mtls: { mode: PERMISSIVE } }')}${policy('strict', 'shop', '{ mtls: { mode: STRICT } }')}${injected}${workload('web')}`,

  'is silent when every namespace of the input has a policy of its own': `${policy('default', 'istio-system', '{ mtls: { mode: PERMISSIVE } }')}${policy('strict', 'shop', '{ mtls: { mode: STRICT } }')}`,

  'reports a namespace that weakens the mesh': `${policy('default', 'istio-system', '{ mtls: { mode: STRICT } }')}${policy('legacy', 'shop', '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): on ports 8080, 9090 of "shop/web"')}${injected}${workload('web')}`,

  'is silent about UNSET, and about a selector in the root namespace, which Istio ignores': `${policy('default', 'istio-system', '{ mtls: { mode: STRICT } }')}${policy('web', 'istio-system', '{ selector: { matchLabels: { app: web } }, mtls: { mode: PERMISSIVE } }')}${policy('unset', 'shop', '{ mtls: { mode: UNSET } }')}`,

  'is silent where the only pods have no proxy': `${policy('default', 'shop', '{ mtls: { mode: PERMISSIVE } }')}${namespace('shop', '{ team: shop }')}${workload('web')}`,

  'says that two policies of one level depend on which is created first': `${policy('a', 'shop', '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): it depends on which is created first')}${policy('b', 'shop', '{ mtls: { mode: STRICT } }')}${injected}${workload('web')}`,

  'takes a port that inherits from a strict workload policy as strict': `${policy('web', 'shop', '{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: UNSET } } }')}${injected}${workload('web')}`,

  'says which stricter entry it weakens': `${policy('web', 'shop', '{ selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } } } # warning(PERMISSIVE): on port 8080 of "shop/web", against the STRICT of the same policy')}${policy('default', 'istio-system', '{ mtls: { mode: STRICT } }')}${policy('api', 'shop', '{ selector: { matchLabels: { app: api } }, mtls: { mode: DISABLE } } # warning(DISABLE): of "shop/api", against the STRICT of "istio-system/default"')}${injected}${workload('web')}${workload('api')}`,

  'is silent about ports that the proxy does not take, and about gateways': `${policy('default', 'shop', '{ mtls: { mode: PERMISSIVE } }')}${injected}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: shop }
spec:
  selector: { matchLabels: { app: ingress } }
  template:
    metadata: { labels: { app: ingress }, annotations: { inject.istio.io/templates: gateway } }
    spec: { containers: [{ name: istio-proxy, ports: [{ containerPort: 8443 }] }] }
`,

  'reports a mesh-wide policy although the only known pods have no proxy': `${policy('default', 'istio-system', '{ mtls: { mode: PERMISSIVE } } # warning(PERMISSIVE): in the whole mesh')}${namespace('legacy', '{ team: old }')}${workload('web').replace('namespace: shop', 'namespace: legacy')}`,

  'honours allowNamespaces': {
    options: { allowNamespaces: ['shop'] },
    yaml: policy('default', 'shop', '{ mtls: { mode: PERMISSIVE } }'),
  },

  'uses the root namespace that it is told': {
    istioNamespace: 'mesh',
    yaml: policy('default', 'mesh', '{ mtls: { mode: DISABLE } } # warning(DISABLE): in the whole mesh'),
  },
});
