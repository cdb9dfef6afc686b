import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { authorizationOf, type PolicyTarget, policyScopeOf } from './authorization.ts';

const policy = (name: string, spec: string, kind = 'AuthorizationPolicy'): string => `
apiVersion: security.istio.io/v1
kind: ${kind}
metadata: { name: ${name.split('/')[1] ?? ''}, namespace: ${name.split('/')[0] ?? ''} }
spec: ${spec}
---`;

const gateway = 'group: gateway.networking.k8s.io, kind: Gateway';
const manifests = [
  policy('istio-system/everywhere', '{}'),
  policy('istio-system/red-everywhere', '{ selector: { matchLabels: { team: red } } }'),
  policy('istio-system/waypoints', '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint }] }'),
  policy('app/all', '{ selector: {} }'),
  policy('app/web', '{ selector: { matchLabels: { app: web } } }'),
  policy('app/gateway', `{ targetRef: { ${gateway}, name: edge } }`),
  policy('app/both-forms', `{ targetRef: { ${gateway}, name: other }, targetRefs: [{ ${gateway}, name: edge }] }`),
  policy('app/elsewhere', `{ targetRefs: [{ ${gateway}, name: edge, namespace: shop }] }`),
  policy('app/classic', '{ targetRefs: [{ group: networking.istio.io, kind: Gateway, name: edge }] }'),
  policy('app/class-outside-root', '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint }] }'),
  policy('shop/service', '{ targetRefs: [{ group: "", kind: Service, name: web }, { kind: Service, name: web }] }'),
  policy('shop/entry', '{ targetRefs: [{ group: networking.istio.io, kind: ServiceEntry, name: web }] }'),
  policy('shop/selector', '{}'),
  policy('app/tokens', '{ jwtRules: [{ issuer: a }] }', 'RequestAuthentication'),
  policy('istio-system/tokens', '{ jwtRules: [{ issuer: b }] }', 'RequestAuthentication'),
].join('');

async function attached(target: PolicyTarget): Promise<readonly string[]> {
  const authorization = authorizationOf(await meshOf(manifests));
  return authorization.policiesFor(target).map((one) => `${one.policy.metadata.namespace}/${one.policy.metadata.name}`);
}

describe('a policy attaches', () => {
  it('to an ordinary workload by selector, from its own namespace and the root namespace, and never with targetRefs', async () => {
    expect(await attached({ namespace: 'app', labels: { app: 'web', team: 'red' } })).toEqual([
      'istio-system/everywhere',
      'istio-system/red-everywhere',
      'app/all',
      'app/web',
    ]);
    expect(await attached({ namespace: 'app', labels: { app: 'other' } })).toEqual(['istio-system/everywhere', 'app/all']);
  });

  it('once, to a workload of the root namespace', async () => {
    expect(await attached({ namespace: 'istio-system', labels: {} })).toEqual(['istio-system/everywhere']);
  });

  it('to the pod of a Gateway API gateway by targetRefs as well, in its own namespace', async () => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'edge' };
    expect(await attached({ namespace: 'app', labels })).toEqual(['istio-system/everywhere', 'app/all', 'app/both-forms', 'app/gateway']);
    expect(await attached({ namespace: 'shop', labels })).toEqual(['istio-system/everywhere', 'shop/selector']);
  });

  it('to a waypoint by targetRefs only: its Gateway, the services that it serves, the class of the root namespace', async () => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'edge' };
    expect(await attached({ namespace: 'app', labels, waypoint: true })).toEqual([
      'istio-system/waypoints',
      'app/both-forms',
      'app/gateway',
    ]);
    const service = { kind: 'Service', namespace: 'shop', name: 'web' } as const;
    const entry = { kind: 'ServiceEntry', namespace: 'shop', name: 'web' } as const;
    expect(await attached({ namespace: 'infra', labels, waypoint: true, services: [service] })).toEqual([
      'istio-system/waypoints',
      'shop/service',
    ]);
    expect(await attached({ namespace: 'infra', labels, waypoint: true, services: [entry] })).toEqual([
      'istio-system/waypoints',
      'shop/entry',
    ]);
  });

  it('as RequestAuthentications do: all of them', async () => {
    const authorization = authorizationOf(await meshOf(manifests));
    expect(authorization.requestAuthenticationsFor({ namespace: 'app', labels: {} }).map((one) => one.policy.metadata.namespace)).toEqual([
      'istio-system',
      'app',
    ]);
  });

  it('through a place: the selector, the targetRef, or the policy itself', async () => {
    const authorization = authorizationOf(await meshOf(manifests));
    const labels = { app: 'web', 'gateway.networking.k8s.io/gateway-name': 'edge' };
    const places = authorization
      .policiesFor({ namespace: 'app', labels })
      .map(({ policy: { metadata }, at }) => [metadata.name, at.kind === 'node' ? at.path : undefined]);
    expect(places).toEqual([
      ['everywhere', []],
      ['all', []],
      ['both-forms', ['spec', 'targetRefs', 0]],
      ['gateway', ['spec', 'targetRef']],
      ['web', ['spec', 'selector']],
    ]);
  });

  it('with a reach that it says itself', async () => {
    const mesh = await meshOf(manifests);
    const scope = (namespace: string, name: string): unknown => {
      const found = mesh.find('AuthorizationPolicy', namespace, name);
      return found && policyScopeOf(mesh, found);
    };
    expect(scope('istio-system', 'everywhere')).toBe('mesh');
    expect(scope('app', 'all')).toBe('namespace');
    expect(scope('app', 'web')).toBe('workloads');
    expect(scope('app', 'gateway')).toBe('targets');
  });
});
