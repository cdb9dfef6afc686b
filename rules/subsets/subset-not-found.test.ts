import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetNotFound } from './subset-not-found.ts';

const destinationRule = (metadata: string, spec: string): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: ${metadata}
spec: ${spec}
`;

testRule(it, subsetNotFound, {
  'reports mirrors, tcp and tls destinations': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - route:
            - destination: { host: reviews, subset: v1 }
          mirror:
            host: reviews
            subset: v9 # error: subset "v9" of "reviews" is not defined
          mirrors:
            - destination: { host: reviews, subset: v8 } # error(v8): subset "v8"
      tls:
        - match: [{ sniHosts: [reviews] }]
          route:
            - destination: { host: reviews, subset: v7 } # error(v7): subset "v7"
      tcp:
        - route:
            - destination: { host: reviews, subset: "v6" } # error("v6"): subset "v6"
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews }
    spec: { host: reviews, subsets: [{ name: v1 }] }`,

  'suggests a near name': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - route:
            - destination:
                host: reviews
                subset: canray # error: did you mean "canary"?
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews }
    spec: { host: reviews, subsets: [{ name: canary }] }`,

  'takes short and full host names as the same': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews, namespace: shop }
    spec:
      hosts: [reviews]
      tcp:
        - route:
            - destination: { host: reviews.shop.svc.cluster.local, subset: v1 }
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews, namespace: shop }
    spec: { host: reviews, subsets: [{ name: v1 }] }`,

  'does not take a dotted host for a short name of another namespace': {
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews.pay, subset: v1 } }]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: pay }
      spec: { host: reviews, subsets: [{ name: v2 }] }`,
    unknown: 1,
  },

  'is undecided when the DestinationRule may lie elsewhere': {
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews, subset: v1 } }]`,
    unknown: 1,
  },

  'reports a missing DestinationRule in a complete mesh': {
    complete: true,
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews, subset: v1 } }] # error(v1): subset "v1" of "reviews" is not defined`,
  },

  'takes a DestinationRule of the namespace of the service': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews, namespace: shop }
    spec:
      hosts: [reviews.data.svc.cluster.local]
      http:
        - route: [{ destination: { host: reviews.data.svc.cluster.local, subset: v1 } }]
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews, namespace: data }
    spec: { host: reviews, subsets: [{ name: v1 }] }`,

  'takes a DestinationRule of the root namespace': {
    istioNamespace: 'mesh-config',
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews, subset: v1 } }]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: mesh-config }
      spec: { host: reviews.shop.svc.cluster.local, subsets: [{ name: v1 }] }`,
  },

  'merges DestinationRules of one host': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - route:
            - destination: { host: reviews, subset: v1 }
              weight: 50
            - destination: { host: reviews, subset: v2 }
              weight: 50
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews-a }
    spec: { host: reviews, subsets: [{ name: v1 }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews-b }
    spec: { host: reviews.default.svc.cluster.local, subsets: [{ name: v2 }] }`,

  'sees that a wildcard rule of the client namespace hides the subsets of the owner': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews, namespace: shop }
    spec:
      hosts: [reviews.data.svc.cluster.local]
      exportTo: ["."]
      http:
        - route:
            - destination:
                host: reviews.data.svc.cluster.local
                subset: v1 # error: subset "v1" of "reviews.data.svc.cluster.local" is not defined
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: everything, namespace: shop }
    spec: { host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews, namespace: data }
    spec: { host: reviews, subsets: [{ name: v1 }] }`,

  'does not see a rule that is private to another namespace': {
    complete: true,
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews.data.svc.cluster.local]
        http:
          - route: [{ destination: { host: reviews.data.svc.cluster.local, subset: v1 } }] # error(v1): subset "v1"
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: data }
      spec: { host: reviews, exportTo: ["."], subsets: [{ name: v1 }] }`,
  },

  'accepts a route that only a gateway uses, with a rule exported to the namespace of the gateway': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews, namespace: shop }
    spec:
      hosts: [shop.example.com]
      gateways: [edge/public]
      http:
        - route: [{ destination: { host: reviews.data.svc.cluster.local, subset: v1 } }]
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: reviews, namespace: data }
    spec: { host: reviews, exportTo: [edge], subsets: [{ name: v1 }] }`,

  'leaves rules with a workloadSelector undecided': {
    unknown: 1,
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews, subset: v1 } }]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews }
      spec: { host: reviews, workloadSelector: { matchLabels: { app: web } }, subsets: [{ name: v2 }] }`,
  },

  'accepts a delegate and subsets that two overlays define differently': {
    yaml: {
      'base/route.yaml': `
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews }
        spec:
          hosts: [reviews]
          http:
            - delegate: { name: other, namespace: teams }
            - route: [{ destination: { host: reviews, subset: canary } }]`,
      'overlays/dev/rule.yaml': destinationRule('{ name: reviews }', '{ host: reviews, subsets: [{ name: v1 }] }'),
      'overlays/prod/rule.yaml': destinationRule('{ name: reviews }', '{ host: reviews, subsets: [{ name: canary }] }'),
    },
  },

  'looks for the rules that clients of the roots get, where a delegate routes': {
    complete: true,
    yaml: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: root, namespace: shop }
      spec:
        hosts: [shop.example.com]
        gateways: [edge/public]
        http: [{ delegate: { name: leaf, namespace: teams } }]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: leaf, namespace: teams }
      spec:
        exportTo: [shop]
        http:
          - match: [{ uri: { prefix: /kept } }]
            route: [{ destination: { host: kept, subset: v1 } }] # error(v1): subset "v1" of "kept" is not defined
          - route: [{ destination: { host: reviews.data.svc.cluster.local, subset: v1 } }]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: kept, namespace: teams }
      spec: { host: kept, exportTo: [.], subsets: [{ name: v1 }] }
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: edge }
      spec: { host: reviews.data.svc.cluster.local, exportTo: [.], subsets: [{ name: v1 }] }`,
  },
});
