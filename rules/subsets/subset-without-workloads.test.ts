import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetWithoutWorkloads } from './subset-without-workloads.ts';

const destinationRule = (subsets: string, host = 'reviews'): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: ${host}
  subsets: ${subsets}
`;
const route = (subset: string, host = 'reviews'): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [${host}]
  http: [{ route: [{ destination: { host: ${host}, subset: ${subset} } }] }]
`;
const service = (spec = '{ selector: { app: reviews }, ports: [{ name: http, port: 80 }] }'): string => `
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: ${spec}
`;
const deployment = (labels: string, name = 'reviews-v1'): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec: { template: { metadata: { labels: ${labels} } } }
`;
const v1 = deployment('{ app: reviews, version: v1 }');

testRule(it, subsetWithoutWorkloads, {
  'reports a label that no pod of a complete mesh has': {
    complete: true,
    yaml: `${destinationRule('[{ name: canary, labels: { version: v2 } }] # warning(v2): no workload behind "reviews" has the label "version: v2", so that subset "canary" is empty')}${route('canary')}${service()}${v1}`,
  },
  'leaves it undecided in an open mesh': {
    unknown: 1,
    yaml: `${destinationRule('[{ name: v2, labels: { version: v2 } }]')}${route('v2')}${service()}${v1}`,
  },
  'finds another spelling in an open mesh': `${destinationRule('[{ name: one, labels: { version: V1 } }] # warning(V1): did you mean "v1"?')}${route('one')}${service()}${v1}`,
  'does not take another version for a misspelt one': {
    unknown: 1,
    yaml: `${destinationRule('[{ name: v2, labels: { version: v2 } }]')}${route('v2')}${service()}${deployment('{ app: reviews, version: v3 }')}`,
  },
  'reports labels that no pod has together': {
    complete: true,
    yaml: `${destinationRule('[{ name: fast, labels: { version: v1, tier: gold } }] # warning(fast): has all labels of subset "fast"')}${route('fast')}${service()}${v1}${deployment('{ app: reviews, tier: gold }', 'gold')}`,
  },
  'reports a service without any workload in a complete mesh': {
    complete: true,
    yaml: `${destinationRule('[{ name: one, labels: { version: v1 } }] # warning(v1): no workload is behind "reviews", so that subset "one" is empty')}${route('one')}${service()}`,
  },
  'does not count pods that the service does not select': {
    complete: true,
    yaml: `${destinationRule('[{ name: one, labels: { version: v1 } }] # warning(v1): no workload is behind')}${route('one')}${service()}${deployment('{ app: other, version: v1 }')}`,
  },
  'reports addresses of a ServiceEntry, which are all there are': `${destinationRule('[{ name: fast, labels: { region: east } }] # warning(east): has the label "region: east"', 'api.example.com')}${route('fast', 'api.example.com')}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints: [{ address: 192.0.2.1, labels: { region: west } }]
`,
  'accepts labels of a WorkloadEntry': {
    complete: true,
    yaml: `${destinationRule('[{ name: vm, labels: { version: vm } }]')}${route('vm')}${service()}${v1}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop }
spec: { address: 192.0.2.7, labels: { app: reviews, version: vm } }
`,
  },
  'accepts labels that are added while the mesh runs': {
    complete: true,
    yaml: `${destinationRule('[{ name: east, labels: { topology.istio.io/cluster: east } }, { name: first, labels: { statefulset.kubernetes.io/pod-name: reviews-0 } }]')}${route('east')}${service()}${v1}`,
  },
  'is silent about a subset that no route sends traffic to': {
    complete: true,
    yaml: `${destinationRule('[{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]')}${service()}${v1}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - route:
        - { destination: { host: reviews, subset: v1 }, weight: 100 }
        - { destination: { host: reviews, subset: v2 }, weight: 0 }
`,
  },
  'is silent about headless services, whose endpoints proxies do not choose': {
    complete: true,
    yaml: `${destinationRule('[{ name: v2, labels: { version: v2 } }]')}${route('v2')}${service('{ clusterIP: None, selector: { app: reviews }, ports: [{ port: 80 }] }')}${v1}`,
  },
  'is silent about what an Argo Rollout or a Flagger Canary moves': {
    complete: true,
    yaml: {
      'rollout.yaml': `${destinationRule('[{ name: canary, labels: { app: reviews, role: canary } }]')}${route('canary')}${service()}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: reviews, namespace: shop }
spec:
  template: { metadata: { labels: { app: reviews } } }
  strategy:
    canary: { trafficRouting: { istio: { destinationRule: { name: reviews, canarySubsetName: canary, stableSubsetName: stable } } } }
`,
      'canary.yaml': `${destinationRule('[{ name: primary, labels: { app: cart-primary } }]', 'cart').replace('name: reviews', 'name: cart')}${route('primary', 'cart').replace('name: reviews', 'name: cart')}${service().replaceAll('reviews', 'cart')}
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: cart, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: cart }, service: { port: 80 } }
`,
    },
  },
});
