import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { policiesNaming } from './authorization.ts';
import { describedPod, isForGateways, portsOf, workloadsTaking } from './policy-workloads.ts';
import { selectedPodsOf } from './selected-pods.ts';
import { serviceAccountsOf } from './service-accounts.ts';

const policy = (name: string, spec: string, namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}`;
const deployment = (name: string, labels: string, more = ''): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { ${more}containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }`;
const service = `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 9090 }, { name: dns, port: 53, protocol: UDP }] }`;
const gateway = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop, labels: { team: red } }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }`;

describe('the workloads of a policy', () => {
  it('are those that take it, each with the ports of its containers and of its services', async () => {
    const mesh = await meshOf(
      `${policy('web', '{ selector: { matchLabels: { app: web } } }')}${policy('all', '{}', 'istio-system')}${deployment('web', '{ app: web }')}${deployment('db', '{ app: db }')}${service}`,
    );
    const taking = mesh.of('AuthorizationPolicy').map((one) => workloadsTaking(mesh, one).map(({ name }) => name));
    expect(taking).toEqual([['web'], ['web', 'db']]);
    expect(mesh.workloads.map((workload) => portsOf(mesh, workload))).toEqual([[8080, 9090], [8080]]);
  });

  it('are those whose proxies say that they take it', async () => {
    const edge = "{ app: edge, 'gateway.networking.k8s.io/gateway-name': edge }";
    const toGateway = '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: edge }] }';
    const mesh = await meshOf(
      [
        policy('web', '{ selector: { matchLabels: { app: web } } }'),
        policy('web-anywhere', '{ selector: { matchLabels: { app: web } } }', 'istio-system'),
        policy('edge', toGateway),
        policy('edge-of-others', toGateway, 'other'),
        policy('service', '{ targetRefs: [{ kind: Service, group: "", name: web }] }'),
        policy('wrong-group', '{ targetRefs: [{ kind: Gateway, group: networking.istio.io, name: edge }] }'),
        policy('elsewhere', '{}', 'other'),
        deployment('edge', edge),
        deployment('web', '{ app: web, tier: front }'),
      ].join(''),
    );
    const policies = mesh.of('AuthorizationPolicy');
    const taking = policies.map((one) => workloadsTaking(mesh, one).map(({ name }) => name));
    expect(taking).toEqual([['web'], ['web'], ['edge'], [], [], [], []]);
    const taken = (one: (typeof policies)[number]): readonly string[] =>
      mesh.workloads.flatMap((workload) =>
        policiesNaming(mesh, workload).some((attached) => attached.policy === one) ? [workload.name] : [],
      );
    expect(policies.map(taken)).toEqual(taking);
  });

  it('are described by the selector where none is known', async () => {
    const mesh = await meshOf(policy('web', '{ selector: { matchLabels: { app: web } } }'));
    const [web] = mesh.of('AuthorizationPolicy');
    expect(web && describedPod(web)).toMatchObject({ namespace: 'shop', labels: { app: 'web' }, ports: [] });
  });

  it.each<[string, boolean]>([
    ['{ selector: { matchLabels: { istio: ingressgateway } } }', true],
    ['{ selector: { matchLabels: { app: web } } }', false],
    ['{ selector: { matchLabels: { app: istio-ingressgateway } } }', true],
    ['{ selector: { matchLabels: { app: cluster-local-gateway } } }', true],
    ['{ selector: { matchLabels: { app: payment-gateway } } }', false],
    ['{ selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: edge } } }', true],
    ['{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: edge }] }', true],
    ['{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }] }', false],
    ['{ targetRefs: [{ kind: Service, group: "", name: web }] }', false],
    ['{}', false],
  ])('are gateways by %s: %s', async (spec, expected) => {
    const mesh = await meshOf(policy('web', spec));
    expect(mesh.of('AuthorizationPolicy').map((one) => isForGateways(mesh, one))).toEqual([expected]);
  });
});

describe('what a selector takes', () => {
  it('are pods, virtual machines and the proxies of Gateways', async () => {
    const mesh = await meshOf(`${deployment('web', '{ app: web }')}${gateway}`);
    const pods = selectedPodsOf(mesh);
    expect(pods.some({ app: 'web' }, 'shop')).toBe(true);
    expect(pods.some({ app: 'web' }, undefined)).toBe(true);
    expect(pods.some({ app: 'web' }, 'pay')).toBe(false);
    expect(pods.some({ team: 'red', 'gateway.networking.k8s.io/gateway-name': 'edge' }, 'shop')).toBe(true);
    expect(pods.isComplete('shop')).toBe(true);
  });

  it('is not known where labels are placeholders', async () => {
    const pods = selectedPodsOf(await meshOf(deployment('web', '{ app: "${APP}" }')));
    expect([pods.isComplete('shop'), pods.isComplete(undefined), pods.isComplete('pay')]).toEqual([false, false, true]);
  });
});

describe('service accounts', () => {
  it('are those that are defined, run with, or made for a Gateway', async () => {
    const accounts = serviceAccountsOf(
      await meshOf(`${deployment('web', '{ app: web }', 'serviceAccountName: web, ')}${deployment('db', '{ app: db }')}${gateway}
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop }`),
    );
    expect([...accounts.named('shop')].sort()).toEqual(['api', 'default', 'edge', 'edge-istio', 'web']);
    expect(accounts.named('istio-system').has('istiod')).toBe(true);
    expect(accounts.isComplete('shop')).toBe(true);
  });

  it('are not all known where one is a placeholder', async () => {
    const accounts = serviceAccountsOf(await meshOf(deployment('web', '{ app: web }', 'serviceAccountName: "${ACCOUNT}", ')));
    expect([accounts.isComplete('shop'), accounts.isComplete('pay'), accounts.isComplete()]).toEqual([false, true, false]);
  });
});
