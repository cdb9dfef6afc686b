import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { unreachableRoute } from './unreachable-route.ts';

/** A VirtualService whose http routes are given as lines of `match` and a name. */
const routes = (...lines: readonly string[]): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: reviews, namespace: shop }
  spec:
    hosts: [reviews]
    http:
${lines.map((line) => `      - ${line}`).join('\n')}
`;
const to = 'route: [{ destination: { host: a } }]';

testRule(it, unreachableRoute, {
  'sees that a route without match, a prefix / and a regex .* take everything': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - ${to}
        - match: # warning(match): no request reaches this route: route 1 takes them all
            - uri: { prefix: /a }
          ${to}`,

  'compares exact, prefix and regex': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - name: api
          match: [{ uri: { prefix: /api } }]
          ${to}
        - name: exact # warning: "api" takes them all
          match: [{ uri: { exact: /api/v1 } }]
          ${to}
        - name: regex # warning: "api" takes them all
          match: [{ uri: { regex: "/api/v[0-9]+(/.*)?" } }]
          ${to}
        - name: digits
          match: [{ uri: { regex: "/[0-9]+" } }]
          ${to}
        - name: number # warning: "digits" takes them all
          match: [{ uri: { regex: "/[1-9][0-9]{2,3}" } }]
          ${to}
        - name: letters
          match: [{ uri: { regex: "/[0-9a-f]+" } }]
          ${to}`,

  'sees that several earlier routes only together take everything': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - name: get
          match: [{ uri: { prefix: /a }, method: { exact: GET } }]
          ${to}
        - name: others
          match: [{ uri: { prefix: /a }, method: { regex: "[^G].*|G|G[^E].*|GE|GE[^T].*|GET.+" } }]
          ${to}
        - name: late # warning: "get" and "others" together take them all
          match: [{ uri: { prefix: /a/b } }]
          ${to}`,

  'reports a single match of a route that is still reached': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - name: v1
          match: [{ uri: { prefix: /v1 } }]
          ${to}
        - name: mixed
          match:
            - uri: { prefix: /v2 }
            - uri: { exact: /v1/x } # warning(uri: { exact: /v1/x }): no request reaches this match
          ${to}`,

  'knows what can never match': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews]
      http:
        - name: never # warning: no request can match this route
          match: [{ withoutHeaders: { a: { regex: ".*" } } }]
          ${to}
        - name: dots # warning: no request can match this route
          match: [{ uri: { exact: /a/../b } }]
          ${to}
        - ${to}`,

  'reports tls routes with the same host, and tcp routes behind one that takes everything': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: db }
    spec:
      hosts: ["*.example.com"]
      tls:
        - match: [{ sniHosts: ["a.example.com"] }]
          ${to}
        - match: # warning(match): route 1 takes them all
            - sniHosts: ["a.example.com"]
          ${to}
      tcp:
        - ${to}
        - match: # warning(match): route 1 takes them all
            - port: 5432
          ${to}`,

  // What istioctl reports wrongly, and what only looks alike.
  'accepts routes that differ in caller, gateway, port, case or headers': routes(
    `{ match: [{ uri: { prefix: / }, sourceLabels: { app: a } }], ${to} }`,
    `{ match: [{ uri: { prefix: / }, sourceNamespace: shop }], ${to} }`,
    `{ match: [{ uri: { prefix: / }, port: 8080 }], ${to} }`,
    `{ match: [{ uri: { prefix: / }, headers: { x-a: { exact: b } } }], ${to} }`,
    `{ match: [{ uri: { prefix: / }, queryParams: { q: { exact: "1" } } }], ${to} }`,
    `{ match: [{ uri: { prefix: / }, withoutHeaders: { x-b: {} } }], ${to} }`,
    `{ match: [{ uri: { prefix: /API } }], ${to} }`,
    `{ match: [{ uri: { prefix: /api }, ignoreUriCase: true }], ${to} }`,
    `{ match: [{ uri: { prefix: /apx } }], ${to} }`,
    to,
  ),

  'accepts a route for the mesh behind one for a gateway': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: [reviews.example.com]
      gateways: [mesh, edge]
      http:
        - match: [{ gateways: [edge] }]
          ${to}
        - match: [{ uri: { prefix: /a } }]
          ${to}
        - ${to}`,

  'accepts specific routes in front of general ones, and SNI wildcards in front of hosts': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: reviews }
    spec:
      hosts: ["*.example.com"]
      http:
        - match: [{ uri: { exact: /a/b } }]
          ${to}
        - match: [{ uri: { prefix: /a/ } }]
          ${to}
        - match: [{ uri: { prefix: /a } }]
          ${to}
        - ${to}
      tls:
        - match: [{ sniHosts: ["*.example.com"] }]
          ${to}
        - match: [{ sniHosts: ["a.example.com"] }]
          ${to}
      tcp:
        - match: [{ destinationSubnets: [10.0.0.0/8] }]
          ${to}
        - match: [{ port: 80 }]
          ${to}
        - ${to}`,

  'sees through delegates, in both directions': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: root }
    spec:
      hosts: [reviews]
      http:
        - match: [{ uri: { prefix: / } }]
          delegate: { name: leaf }
        - name: rest # warning(rest): route 1 of "default/leaf" takes them all
          ${to}
        - name: more # warning(more): route 1 of "default/leaf" takes them all
          match: [{ uri: { prefix: /more } }]
          delegate: { name: other }
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: leaf }
    spec:
      http:
        - ${to}
        - name: late # warning(late): route 1 takes them all
          match: [{ uri: { prefix: /a } }]
          ${to}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: other }
    spec:
      http:
        - ${to}`,

  'accepts routes behind a delegate that leaves requests to them, that is not here, or that does not fit': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: root }
    spec:
      hosts: [reviews]
      http:
        - match: [{ uri: { prefix: /a } }]
          delegate: { name: leaf }
        - match: [{ uri: { prefix: /b } }]
          delegate: { name: elsewhere }
        - match: [{ uri: { prefix: /a } }]
          ${to}
        - match: [{ uri: { prefix: /b/c } }]
          ${to}
        - ${to}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: leaf }
    spec:
      http:
        - match: [{ uri: { prefix: /a/x } }]
          ${to}
        - match: [{ uri: { prefix: / } }]
          ${to}`,

  'accepts routes of a delegate that one of its roots leaves open': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: one }
    spec: { hosts: [one], http: [{ match: [{ method: { exact: GET } }], ${to} }, { delegate: { name: leaf } }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: two }
    spec: { hosts: [two], http: [{ delegate: { name: leaf } }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: leaf }
    spec: { http: [{ match: [{ method: { exact: GET } }], ${to} }, { ${to} }] }`,

  'reports rules of the Gateway API that say the same, and regular expressions behind the prefix of everything': `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: reviews }
    spec:
      parentRefs: [{ name: edge }]
      rules:
        - matches: [{ path: { value: / } }]
          backendRefs: [{ name: a, port: 80 }]
        - matches: # warning(matches): no request reaches this rule: rule 1 takes them all
            - path: { type: RegularExpression, value: "/v[0-9]+" }
          backendRefs: [{ name: b, port: 80 }]
        - name: again # warning: rule 1 takes them all
          backendRefs: [{ name: b, port: 80 }]
        - matches:
            - path: { value: /new }
            - path: { value: / } # warning(path: { value: / }): no request reaches this match
          backendRefs: [{ name: b, port: 80 }]`,

  'accepts rules of the Gateway API in any order, where the more specific one wins': `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: reviews }
    spec:
      parentRefs: [{ name: edge }]
      rules:
        - backendRefs: [{ name: a, port: 80 }]
        - matches: [{ path: { value: /v2 } }]
          backendRefs: [{ name: b, port: 80 }]
        - matches: [{ path: { value: /v2x } }, { path: { value: /v2 }, method: GET }, { path: { type: Exact, value: /v2 } }]
          backendRefs: [{ name: b, port: 80 }]
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: ratings }
    spec:
      parentRefs: [{ name: edge }]
      rules:
        - backendRefs: [{ name: a, port: 80 }]`,
});
