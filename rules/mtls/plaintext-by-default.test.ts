import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { plaintextByDefault } from './plaintext-by-default.ts';

const namespace = (name: string, labels: string, marker = ''): string => `
---
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}${marker}
  labels: ${labels}
`;
const workload = (name: string, ns: string, annotations = '{}'): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${ns} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} }, annotations: ${annotations} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
`;
const policy = (ns: string, spec: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${ns} }
spec: ${spec}
`;
const injected = '{ istio-injection: enabled }';

// The documentation's manifests are complete meshes, which the harness does not say.
const { docs, ...rule } = plaintextByDefault;

testRule(it, rule, {
  'reports its bad manifest': { complete: true, yaml: docs?.bad ?? '' },
  'accepts its good manifest': { complete: true, yaml: docs?.good ?? '' },
  'counts an open mesh as unknown': { yaml: `${namespace('shop', injected)}${workload('web', 'shop')}`, unknown: 1 },
  'reports an unset mode as one that requires nothing': {
    complete: true,
    yaml: `${namespace('shop', injected, ' # warning: for 2 workloads')}${workload('web', 'shop')}${workload('api', 'shop')}${policy('istio-system', '{ mtls: { mode: UNSET } }')}`,
  },
  'accepts a policy for the whole mesh': {
    complete: true,
    yaml: `${namespace('shop', injected)}${workload('web', 'shop')}${policy('istio-system', '{ mtls: { mode: STRICT } }')}`,
  },
  'leaves PERMISSIVE to permissive-mtls': {
    complete: true,
    yaml: `${namespace('shop', injected)}${workload('web', 'shop')}${policy('shop', '{ mtls: { mode: PERMISSIVE } }')}`,
  },
  'is silent about pods without a proxy, gateways and ports that the proxy does not take': {
    complete: true,
    yaml: `${namespace('legacy', '{ team: old }')}${workload('web', 'legacy')}${namespace('edge', injected)}${workload('ingress', 'edge', '{ inject.istio.io/templates: gateway }')}${namespace('shop', injected)}${workload('metrics', 'shop', "{ traffic.sidecar.istio.io/excludeInboundPorts: '8080' }")}`,
  },
  'reports what annotations keep away from sidecars only, where ztunnels take it': {
    complete: true,
    yaml: `${namespace('shop', '{ istio.io/dataplane-mode: ambient }', ' # warning: for 1 workload')}${workload('metrics', 'shop', "{ traffic.sidecar.istio.io/excludeInboundPorts: '8080' }")}`,
  },
  'reports ambient namespaces too': {
    complete: true,
    yaml: `${namespace('shop', '{ istio.io/dataplane-mode: ambient }', ' # warning: for 1 workload of namespace "shop"')}${workload('web', 'shop')}`,
  },
});
