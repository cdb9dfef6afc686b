import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { policySelectsNothing } from './policy-selects-nothing.ts';

const policy = (kind: string, labels: string, comment = '', namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: ${kind}
metadata: { name: web, namespace: ${namespace} }
spec: { selector: { matchLabels: ${labels} } }${comment === '' ? '' : ` # ${comment}`}
`;
const workload = (labels: string, namespace = 'shop', kind = 'Deployment'): string => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: web, namespace: ${namespace}, labels: { on: deployment } }
spec:
  selector: { matchLabels: ${labels} }
  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: app }] } }
`;
const web = workload('{ app: web, tier: front }');

testRule(it, policySelectsNothing, {
  'reports each kind of policy': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: api }', 'warning(api): no pod in namespace "shop" has "app: api"')}${policy('RequestAuthentication', '{ app: api }', 'warning(api): no pod in namespace "shop" has "app: api"')}${policy('PeerAuthentication', '{ app: api }', 'warning(api): no pod in namespace "shop" has "app: api"')}${web}`,
  },

  'guesses what was meant': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: wbe, tier: front }', 'warning(wbe): no pod in namespace "shop" has "app: wbe": did you mean "web"?')}${web}`,
  },

  'reports labels that no pod has together, and labels of the Deployment itself': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: web, zone: north }', 'warning({ app: web, zone: north }): no pod in namespace "shop" has all of these labels')}${policy('AuthorizationPolicy', '{ on: deployment }', 'warning(deployment): no pod in namespace "shop" has')}${web}`,
  },

  'looks in the namespace of the policy only': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: web }', 'warning(web): no pod in namespace "pay" has "app: web"', 'pay')}${web}`,
  },

  'looks everywhere for a policy of the root namespace': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: web }', '', 'istio-system')}${policy('AuthorizationPolicy', '{ app: api }', 'warning(api): no pod in the mesh has "app: api"', 'istio-system')}${web}`,
  },

  'does not know in an open mesh': { yaml: `${policy('AuthorizationPolicy', '{ app: api }')}${web}`, unknown: 1 },

  'is silent where pods of any kind have the labels': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: web }')}${workload('{ app: web }', 'shop', 'StatefulSet')}`,
  },

  'is silent about virtual machines and the proxies of Gateways': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: legacy }')}${policy('AuthorizationPolicy', '{ gateway.networking.k8s.io/gateway-name: edge }')}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: legacy, namespace: shop }
spec: { address: 10.0.0.1, labels: { app: legacy } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }`,
  },

  'is silent about the ingress gateway that Istio brings, and about policies without a selector': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ istio: ingressgateway }', '', 'istio-system')}${policy('AuthorizationPolicy', '{}')}`,
  },

  'leaves a PeerAuthentication of the root namespace, which never selects, to another rule': {
    complete: true,
    yaml: policy('PeerAuthentication', '{ app: api }', '', 'istio-system'),
  },

  'does not know where labels are placeholders': {
    complete: true,
    yaml: `${policy('AuthorizationPolicy', '{ app: api }')}${workload('{ app: "${APP}" }')}`,
    unknown: 1,
  },

  'is silent about services that policies target': `
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: { name: web, namespace: shop }
    spec: { targetRefs: [{ kind: Service, group: "", name: web }] }`,
});
