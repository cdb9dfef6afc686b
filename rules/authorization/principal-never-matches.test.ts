import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { principalNeverMatches } from './principal-never-matches.ts';

const policy = (source: string, comment = '', spec = ''): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: payments }
spec:
  ${spec}
  rules:
    - from: [{ source: ${source} }]${comment === '' ? '' : ` # ${comment}`}
`;
const one = (principal: string, comment = '', spec = ''): string => policy(`{ principals: ['${principal}'] }`, comment, spec);
const account = (name: string, namespace = 'shop'): string => `
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ${namespace} }
`;
const deployment = (name: string, serviceAccount: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: "${serviceAccount}", containers: [{ name: app }] } }
`;

testRule(it, principalNeverMatches, {
  'reports stars at both ends': one('*/ns/shop/*', 'error(*): a "*" at both ends is a wildcard at neither'),

  'reports a star within a name': one('cluster.local/ns/team-*/sa/web', 'error(*): a "*" in the middle is only a star'),

  'reports missing parts': `${one('cluster.local/ns/shop/web', 'error(\'cluster.local/ns/shop/web\'): no identity looks like "cluster.local/ns/shop/web"')}${one('ns/shop/sa/web', "error('ns/shop/sa/web'): no identity looks like")}${one('shop/web', "error('shop/web'): no identity looks like")}${one('web', "error('web'): no identity looks like")}`,

  'reports parts too many, and names that nobody can have': `${one('cluster.local/ns/shop/sa/web/v1', "error('cluster.local/ns/shop/sa/web/v1'): no identity looks like")}${one('cluster.local/ns/Shop/sa/web', "error('cluster.local/ns/Shop/sa/web'): no identity looks like")}`,

  'reports DENY rules and conditions': `${one('web', "error('web'): this principal matches nobody", 'action: DENY')}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: conditions, namespace: payments }
spec:
  rules:
    - when:
        - key: source.principal
          values:
            - spiffe://cluster.local/ns/shop/sa/web # error(spiffe://): this principal matches nobody`,

  'says of not-values that they keep nobody out': policy(
    '{ notPrincipals: [spiffe://cluster.local/ns/evil/sa/web] }',
    'error(spiffe://): this principal keeps nobody out',
  ),

  'reports dry runs as well, which would say nothing': `
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: draft, namespace: payments, annotations: { istio.io/dry-run: "true" } }
    spec:
      rules:
        - from:
            - source:
                principals: [spiffe://cluster.local/ns/shop/sa/web] # error(spiffe://): this principal matches nobody`,

  'is silent about identities, and wildcards at an end': `${one('td1.example/ns/shop/sa/web')}${one('cluster.local/ns/shop/sa/web.v1')}${one('*')}${one('cluster.local/ns/shop/*')}${one('cluster.local/ns/sho*')}${one('*/web')}${one('*/ns/shop/sa/web')}${one('cluster.local/*')}`,

  'does not judge identities of other trust domains, which may have any form': { yaml: one('partner.example/billing/api'), unknown: 1 },

  'does not judge identities of the clients of a gateway': {
    yaml: `${one('acme/client', '', 'selector: { matchLabels: { istio: ingressgateway } }')}${one('acme', '', 'selector: { matchLabels: { istio: ingressgateway } }')}`,
    unknown: 2,
  },

  'reports what can only be of the mesh on a gateway too': one(
    'spiffe://cluster.local/ns/shop/sa/web',
    'error(spiffe://): matches nobody',
    'selector: { matchLabels: { istio: ingressgateway } }',
  ),

  'is silent about placeholders': `${one('${CLIENT}')}${one('cluster.local/ns/${NAMESPACE}/sa/web')}`,

  'counts a service account as unknown in an open mesh': { yaml: `${one('cluster.local/ns/shop/sa/wbe')}${account('web')}`, unknown: 1 },

  'reports an unknown service account in a complete mesh': {
    complete: true,
    yaml: `${one('cluster.local/ns/shop/sa/wbe', 'error(\'cluster.local/ns/shop/sa/wbe\'): there is no service account "wbe" in namespace "shop": did you mean "web"?')}${account('web')}`,
  },

  "reports unknown serviceAccounts, of the policy's own namespace too": {
    complete: true,
    yaml: `${policy('{ serviceAccounts: [shop/api] }', 'error(shop/api): there is no service account "api" in namespace "shop"')}${policy('{ serviceAccounts: [web] }', 'error(web): this principal matches nobody: nothing runs in namespace "payments"')}${account('web')}`,
  },

  'reports a pattern that takes no service account': {
    complete: true,
    yaml: `${one('cluster.local/ns/ghost/*', 'error(\'cluster.local/ns/ghost/*\'): there is no service account that "cluster.local/ns/ghost/*" takes')}${one('*/sa/web')}${account('web')}`,
  },

  'knows the accounts that something runs with, that each namespace has, and that Istio brings': {
    complete: true,
    yaml: `${one('cluster.local/ns/shop/sa/web')}${one('cluster.local/ns/shop/sa/default')}${one('cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account')}${deployment('web', 'web')}`,
  },

  'knows the accounts of Gateways and of virtual machines': {
    complete: true,
    yaml: `${one('cluster.local/ns/edge/sa/public-istio')}${one('cluster.local/ns/shop/sa/legacy')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: legacy, namespace: shop }
spec: { template: { serviceAccount: legacy } }`,
  },

  'leaves foreign trust domains to the rule about those': {
    complete: true,
    yaml: `${one('partner.example/ns/shop/sa/ghost')}${account('web')}`,
  },

  'does not judge where a workload runs with an account that is not known': {
    complete: true,
    yaml: `${one('cluster.local/ns/shop/sa/api')}${deployment('api', '${ACCOUNT}')}`,
    unknown: 1,
  },
});
