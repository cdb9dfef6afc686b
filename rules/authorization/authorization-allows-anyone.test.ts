import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { authorizationAllowsAnyone } from './authorization-allows-anyone.ts';

const policy = (rules: string, spec = 'selector: { matchLabels: { app: ledger } }', namespace = 'payments', annotations = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: ${namespace}, annotations: { ${annotations} } }
spec:
  ${spec}
  rules: ${rules}
`;
const anyone = 'this rule admits anyone to anything';
const gatewayPods = (annotations: string, labels: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: payments }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: ${labels}, annotations: ${annotations} }
    spec: { containers: [{ name: app }] }
`;

testRule(it, authorizationAllowsAnyone, {
  'reports an empty rule in a list in brackets': policy(`[{}] # warning({}): ${anyone}`),

  'reports it in the whole namespace and in the whole mesh': `${policy(`[{}] # warning({}): ${anyone}`, '')}${policy(`[{}] # warning({}): ${anyone}`, '', 'istio-system')}`,

  'reports an empty list of sources, which Istio accepts': policy(`[{ from: [] }] # warning([]): ${anyone}`),

  'reports sources that are every address': policy(
    `[{ from: [{ source: { ipBlocks: [10.0.0.0/8, 0.0.0.0/0] } }] }] # warning(0.0.0.0/0): ${anyone}`,
  ),

  'reports operations that are anything': policy(`
    - to: # warning: ${anyone}
        - operation:
            paths: ["*"]`),

  'reports it beside rules that name someone': policy(`
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/cart] } }]
    - {} # warning: ${anyone}`),

  'reports a policy of a service': policy(`[{}] # warning({}): ${anyone}`, 'targetRefs: [{ kind: Service, group: "", name: ledger }]'),

  'is silent about gateways by their labels': `${policy('[{}]', 'selector: { matchLabels: { istio: ingressgateway } }', 'istio-system')}${policy('[{}]', 'selector: { matchLabels: { app: cluster-local-gateway } }', 'istio-system')}${policy('[{}]', 'selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: edge } }')}`,

  'is silent about gateways by what selects them': `${policy('[{}]')}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: payments }
spec:
  selector: { app: ledger }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]`,

  'is silent about gateways by their pods': `${policy('[{}]')}${gatewayPods('{ inject.istio.io/templates: gateway }', '{ app: ledger }')}`,

  'is silent about gateways by their namespace': policy('[{}]', '', 'istio-ingress'),

  'is silent about a Gateway of the Gateway API': policy(
    '[{}]',
    'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: edge }]',
  ),

  'reports a waypoint, which is no way in from outside': `${policy(`[{}] # warning({}): ${anyone}`, 'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: inner }]')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: inner, namespace: payments }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]`,

  'reports a namespace policy that applications take beside a gateway': `${policy(`[{}] # warning({}): ${anyone}`, '', 'istio-ingress')}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: istio-ingress }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app }] } }`,

  'is silent about a policy without rules, which admits nobody': `
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: deny-by-default, namespace: payments }
    spec: {}`,

  'is silent about rules that ask for an operation or a condition': `${policy('[{ to: [{ operation: { methods: [GET] } }] }]')}${policy('[{ to: [{ operation: { paths: ["*"], ports: ["8080"] } }] }]')}${policy('[{ when: [{ key: "request.headers[x-token]", values: ["*"] }] }]')}`,

  'is silent about rules that ask for a token or an identity': `${policy('[{ from: [{ source: { requestPrincipals: ["*"] } }] }]')}${policy('[{ from: [{ source: { principals: ["*"] } }] }]')}`,

  'is silent about DENY, AUDIT and dry runs': `${policy('[{}]', 'action: DENY')}${policy('[{}]', 'action: AUDIT')}${policy('[{}]', '', 'payments', 'istio.io/dry-run: "true"')}`,

  'reports a rule whose sources are misspelt, since Istio does not see them': {
    yaml: policy(`[{ form: [{ source: { principals: [a] } }] }] # warning({ form: [{ source: { principals: [a] } }] }): ${anyone}`),
    broken: true,
  },

  'says nothing of a rule of which a part has the wrong type': {
    yaml: policy('[{ from: cluster.local/ns/shop/sa/cart }]'),
    broken: true,
    unknown: 1,
  },
});
