import { expect, it } from 'vitest';
import { lint } from './index.ts';

/** The plainest manifest that shows each of the five faults, as somebody would write it who tries the tool for the first time. */
const faults: Readonly<Record<string, readonly [finding: string, manifest: string]>> = {
  'weights that do not add up to 100': [
    '8 warning weight-sum: weights add up to 90, not 100: Istio takes them as proportions, so "reviews|v1" gets 88.9 %, "reviews|v2" gets 11.1 %',
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts: [reviews]
  http:
    - route:
        - destination: { host: reviews, subset: v1 }
          weight: 80
        - destination: { host: reviews, subset: v2 }
          weight: 10
`,
  ],
  'a missing subset': [
    '11 error subset-not-found: subset "v3" of "reviews" is not defined: did you mean "v1"?',
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts: [reviews]
  http:
    - route:
        - destination:
            host: reviews
            subset: v3
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
spec:
  host: reviews
  subsets:
    - name: v1
      labels: { version: v1 }
    - name: v2
      labels: { version: v2 }
`,
  ],
  'an unreachable route': [
    '9 warning unreachable-route: no request reaches this route: route 1 takes them all',
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews } }]
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: reviews-v2 } }]
`,
  ],
  'permissive mutual TLS': [
    '7 warning permissive-mtls: PERMISSIVE accepts plaintext in namespace "default"',
    `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
spec:
  mtls:
    mode: PERMISSIVE
`,
  ],
  'permissive mutual TLS in the whole mesh': [
    '8 warning permissive-mtls: PERMISSIVE accepts plaintext in the whole mesh',
    `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: istio-system
spec:
  mtls:
    mode: PERMISSIVE
`,
  ],
  'principals that admit every identity': [
    '12 warning overbroad-principals: "*" admits every workload that has an identity, in whatever namespace',
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: reviews
spec:
  selector:
    matchLabels: { app: reviews }
  action: ALLOW
  rules:
    - from:
        - source:
            principals: ["*"]
`,
  ],
  'principals that admit every identity of a trust domain': [
    '9 warning overbroad-principals: "cluster.local/*" admits every workload of trust domain "cluster.local", in whatever namespace',
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: reviews
spec:
  rules:
    - from:
        - source:
            principals: ["cluster.local/*"]
`,
  ],
};

it.each(Object.entries(faults))('by default reports %s', async (_, [finding, manifest]) => {
  const { findings, complete } = await lint([{ path: 'manifest.yaml', read: () => manifest }]);
  expect(
    findings.map(({ location, severity, rule, message }) => `${String(location.start.line)} ${severity} ${rule.id}: ${message}`),
  ).toEqual([finding]);
  expect(complete).toBe(true);
});
