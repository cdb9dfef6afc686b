import { describe, expect, it } from 'vitest';
import { ingest } from '../engine/ingest.ts';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { validatorChunks } from '../validator-chunks.ts';
import { library } from '../yaml/library.ts';
import type { Answer } from './answer.ts';
import { authorizationOf } from './authorization.ts';
import type { Completeness } from './completeness.ts';
import { createLivingMesh, type MeshInput } from './mesh.ts';
import { defaultMeshConfig } from './mesh-config.ts';

import { MeshMemory } from './mesh-memory.ts';
import { enforcersOf, waypointTarget } from './policy-targets.ts';
import { parentsOf } from './route-attachments.ts';
import { waypointsOf, type WaypointUse } from './waypoints.ts';

const manifest = (apiVersion: string, kind: string, name: string, labels: string, spec: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name.split('/').at(-1) ?? ''}${name.includes('/') ? `, namespace: ${name.split('/')[0] ?? ''}` : ''}, labels: ${labels} }
spec: ${spec}
---`;
const namespace = (name: string, labels = '{}'): string => manifest('v1', 'Namespace', name, labels, '{}');
const service = (name: string, labels = '{}'): string =>
  manifest('v1', 'Service', name, labels, '{ selector: { app: web }, ports: [{ port: 80 }] }');
const waypoint = (name: string, labels = '{}', allowed = ''): string =>
  manifest(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    name,
    labels,
    `{ gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE${allowed} }] }`,
  );
const pods = (labels: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: shop, name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web, ${labels} } }, spec: { containers: [{ name: app, image: app }] } }
---`;
const uses = '{ istio.io/use-waypoint: wp }';

function tell(answer: Answer<WaypointUse>): string {
  if (answer.kind === 'unknown') return `unknown: ${answer.reason}`;
  if (answer.kind !== 'found') return answer.kind;
  const use = answer.value;
  if (use.kind === 'none') return use.label === undefined ? 'none' : 'none by label';
  const by = use.inherited ? ' by namespace' : '';
  return use.kind === 'waypoint' ? `${use.waypoint.name}${by}` : `${use.why} ${use.name}${by}`;
}

async function ofService(manifests: string, complete: Completeness = true): Promise<string> {
  const mesh = await meshOf(manifests, {}, complete);
  const [first] = [...mesh.of('ServiceEntry'), ...mesh.of('Service')];
  return first === undefined ? '' : tell(waypointsOf(mesh).ofService(first));
}

async function ofPods(manifests: string): Promise<string> {
  const mesh = await meshOf(manifests);
  const [first] = mesh.workloads;
  return first === undefined ? '' : tell(waypointsOf(mesh).ofWorkload(first));
}

describe('the waypoint of a service', () => {
  it('is that of its own label, else that of its Namespace', async () => {
    const wp = waypoint('shop/wp');
    expect(await ofService(wp + namespace('shop', uses) + service('shop/web'))).toBe('shop/wp by namespace');
    expect(await ofService(wp + namespace('shop') + service('shop/web', uses))).toBe('shop/wp');
    expect(await ofService(wp + namespace('shop') + service('shop/web'))).toBe('none');
    expect(await ofService(wp + namespace('shop', uses) + service('shop/web', '{ istio.io/use-waypoint: none }'))).toBe('none by label');
    const entry = manifest(
      'networking.istio.io/v1',
      'ServiceEntry',
      'shop/ext',
      uses,
      '{ hosts: [a.org], ports: [{ number: 80, name: http }] }',
    );
    expect(await ofService(wp + namespace('shop') + entry)).toBe('shop/wp');
  });

  it('is none where its own label names one that can’t be, whatever the Namespace says', async () => {
    const ofNamespace = waypoint('shop/wp') + namespace('shop', uses);
    expect(await ofService(ofNamespace + service('shop/web', '{ istio.io/use-waypoint: nope }'))).toBe('not-found shop/nope');
    const forPods = waypoint('shop/pods', '{ istio.io/waypoint-for: workload }');
    expect(await ofService(ofNamespace + forPods + service('shop/web', '{ istio.io/use-waypoint: pods }'))).toBe('traffic shop/pods');
    expect(await ofService(waypoint('shop/wp', '{ istio.io/waypoint-for: all }') + namespace('shop') + service('shop/web', uses))).toBe(
      'shop/wp',
    );
  });

  it('lies elsewhere if it takes the namespace', async () => {
    const far =
      service('shop/web', '{ istio.io/use-waypoint: wp, istio.io/use-waypoint-namespace: infra }') + namespace('shop', '{ team: a }');
    expect(await ofService(far + waypoint('infra/wp'))).toBe('namespace infra/wp');
    expect(await ofService(far + waypoint('infra/wp', '{}', ', allowedRoutes: { namespaces: { from: All } }'))).toBe('infra/wp');
    const selector = (team: string): string =>
      `, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: ${team} } } } }`;
    expect(await ofService(far + waypoint('infra/wp', '{}', selector('a')))).toBe('infra/wp');
    expect(await ofService(far + waypoint('infra/wp', '{}', selector('b')))).toBe('namespace infra/wp');
  });

  it('is not known where the Namespace or the Gateway is not', async () => {
    expect(await ofService(service('shop/web'), false)).toBe('unknown: the Namespace, which may name a waypoint, is not in the input');
    expect(await ofService(service('shop/web', uses), false)).toBe('unknown: no such Gateway in the input');
    expect(await ofService(service('shop/web', '{ istio.io/use-waypoint: none }'), false)).toBe('none by label');
  });

  it('is none of an alias', async () => {
    const alias = manifest('v1', 'Service', 'shop/web', uses, '{ type: ExternalName, externalName: a.org }');
    expect(await ofService(waypoint('shop/wp') + namespace('shop') + alias)).toBe('none');
  });

  it('is not known where the class of the Gateway, which may say what it is for, is not', async () => {
    const other = waypoint('shop/wp').replace('istio-waypoint', 'special');
    expect(await ofService(other + namespace('shop') + service('shop/web', uses), false)).toMatch(/^unknown: /);
    expect(await ofService(other + namespace('shop') + service('shop/web', uses))).toBe('shop/wp');
  });

  it('is never another waypoint', async () => {
    const own = service('shop/wp', '{ gateway.istio.io/managed: istio.io-mesh-controller }');
    expect(await ofService(own + waypoint('shop/wp') + namespace('shop', uses))).toBe('none');
  });
});

describe('a canary waypoint', () => {
  const canary = '{ istio.io/use-waypoint: wp, istio.io/use-waypoint-canary: next }';
  const both = namespace('shop') + waypoint('shop/wp') + waypoint('shop/next');
  const weighted = (text: string, weight: string): string =>
    text.replace('labels: {', `annotations: { istio.io/use-waypoint-canary-weight: "${weight}" }, labels: {`);
  const shares = async (manifests: string, complete: Completeness = true): Promise<string> => {
    const mesh = await meshOf(manifests, {}, complete);
    const [web] = mesh.of('Service');
    const answer = web === undefined ? undefined : waypointsOf(mesh).ofService(web);
    if (answer?.kind !== 'found' || answer.value.kind !== 'waypoint') return answer?.kind === 'unknown' ? answer.reason : 'no waypoint';
    const { waypoint: first, canary: second } = answer.value;
    return `${first.name}${second === undefined ? '' : ` and ${second.waypoint.name} for ${String(second.weight)}`}`;
  };

  it('takes the share that service or Namespace writes', async () => {
    expect(await shares(both + weighted(service('shop/web', canary), '20'))).toBe('shop/wp and shop/next for 20');
    expect(await shares(both + service('shop/web', canary))).toBe('shop/wp and shop/next for 0');
    const ofNamespace = weighted(namespace('shop', canary), '30') + waypoint('shop/wp') + waypoint('shop/next');
    expect(await shares(ofNamespace + service('shop/web'))).toBe('shop/wp and shop/next for 30');
    // What the service says of its waypoint stands alone.
    expect(await shares(ofNamespace + service('shop/web', uses))).toBe('shop/wp');
  });

  it('is none where it can not be used', async () => {
    expect(await shares(both + weighted(service('shop/web', canary), '101'))).toBe('shop/wp');
    expect(await shares(both + weighted(service('shop/web', canary.replace('next', 'wp')), '20'))).toBe('shop/wp');
    expect(await shares(both + weighted(service('shop/web', canary.replace('next', 'nope')), '20'))).toBe('shop/wp');
    expect(await shares(both + service('shop/web', canary.replace('next', 'nope')), false)).toBe('no such Gateway in the input');
    const forPods = namespace('shop') + waypoint('shop/wp') + waypoint('shop/next', '{ istio.io/waypoint-for: workload }');
    expect(await shares(forPods + weighted(service('shop/web', canary), '20'))).toBe('shop/wp');
    expect(await shares(both + weighted(service('shop/web', canary), '${WEIGHT}'))).toBe('a value is a placeholder');
  });

  it('serves the service as well', async () => {
    const mesh = await meshOf(both + service('shop/web', canary));
    expect(mesh.of('KubernetesGateway').map((gateway) => waypointsOf(mesh).servedBy(gateway).length)).toEqual([1, 1]);
  });
});

describe('the waypoint of pods', () => {
  it('must be for them; that of a Namespace which is for services is none', async () => {
    expect(await ofPods(pods('') + waypoint('shop/wp') + namespace('shop', uses))).toBe('none');
    expect(await ofPods(pods('istio.io/use-waypoint: wp') + waypoint('shop/wp') + namespace('shop'))).toBe('traffic shop/wp');
    const forPods = waypoint('shop/wp', '{ istio.io/waypoint-for: workload }');
    expect(await ofPods(pods('') + forPods + namespace('shop', uses))).toBe('shop/wp by namespace');
    expect(await ofPods(pods('istio.io/use-waypoint: none') + forPods + namespace('shop', uses))).toBe('none by label');
  });
});

describe('gateways', () => {
  it('go through a waypoint where Service or Namespace says so', async () => {
    const asked = async (ofServiceLabels: string, ofNamespace: string, complete = false): Promise<string> => {
      const mesh = await meshOf(service('shop/web', ofServiceLabels) + ofNamespace, {}, complete);
      const [first] = mesh.of('Service');
      const answer = first === undefined ? undefined : waypointsOf(mesh).fromIngress(first);
      if (answer?.kind !== 'found') return answer?.kind === 'unknown' ? answer.reason : 'no answer';
      const { used, at } = answer.value;
      return `${String(used)}${at?.kind === 'node' ? ` by ${at.resource.kind}` : ''}`;
    };
    const yes = '{ istio.io/ingress-use-waypoint: "true" }';
    expect(await asked(yes, '')).toBe('true by Service');
    expect(await asked('{}', namespace('shop', yes))).toBe('true by Namespace');
    expect(await asked('{ istio.io/ingress-use-waypoint: "false" }', namespace('shop', yes))).toBe('false by Service');
    expect(await asked('{ istio.io/ingress-use-waypoint: "1" }', '')).toBe('true by Service');
    expect(await asked('{ istio.io/ingress-use-waypoint: "yes" }', namespace('shop', yes))).toBe('false by Service');
    expect(await asked('{}', namespace('shop'))).toBe('false');
    expect(await asked('{}', '')).toBe('the Namespace, which may say what gateways do, is not in the input');
    expect(await asked('{}', '', true)).toBe('false');
    expect(await asked('{ istio.io/ingress-use-waypoint: "${X}" }', '')).toBe('a value is a placeholder');
  });
});

describe('a policy with targetRefs', () => {
  const policy = (name: string, refs: string): string =>
    manifest('security.istio.io/v1', 'AuthorizationPolicy', name, '{}', `{ targetRefs: [${refs}], rules: [{}] }`);
  const gateway = '{ group: gateway.networking.k8s.io, kind: Gateway, name: wp }';
  const enforced = async (manifests: string, complete: Completeness = true): Promise<readonly string[]> => {
    const mesh = await meshOf(manifests, {}, complete);
    return mesh.of('AuthorizationPolicy').flatMap((one) =>
      enforcersOf(mesh, one).map(({ answer }) => {
        if (answer.kind !== 'found') return answer.kind;
        const by = answer.value;
        if (by.kind === 'nobody') return `nobody: ${by.why}${by.use === undefined ? '' : ` (${tell({ kind: 'found', value: by.use })})`}`;
        return by.kind === 'gateway'
          ? `gateway ${by.gateway.metadata.name}`
          : `waypoints ${by.gateways.map(({ metadata }) => metadata.name).join(' ')}`;
      }),
    );
  };

  it('is enforced by the waypoint of the Service, by a Gateway, or by all waypoints', async () => {
    const wp = waypoint('shop/wp') + namespace('shop');
    expect(await enforced(wp + policy('shop/p', gateway))).toEqual(['waypoints wp']);
    const edge = manifest(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'shop/wp',
      '{}',
      '{ gatewayClassName: istio, listeners: [{ name: web, port: 80, protocol: HTTP }] }',
    );
    expect(await enforced(edge + policy('shop/p', gateway))).toEqual(['gateway wp']);
    const web = '{ group: "", kind: Service, name: web }';
    expect(await enforced(wp + service('shop/web', uses) + policy('shop/p', web))).toEqual(['waypoints wp']);
    const everywhere = '{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint }';
    expect(await enforced(wp + waypoint('pay/other') + policy('istio-system/p', everywhere))).toEqual(['waypoints wp other']);
  });

  it('is enforced by nobody where nothing is bound to what it names', async () => {
    const web = '{ group: "", kind: Service, name: web }';
    expect(await enforced(namespace('shop') + service('shop/web') + policy('shop/p', web))).toEqual(['nobody: not-bound (none)']);
    expect(await enforced(namespace('shop') + service('shop/web', uses) + policy('shop/p', web))).toEqual([
      'nobody: not-bound (not-found shop/wp)',
    ]);
    expect(await enforced(policy('shop/p', web))).toEqual(['nobody: not-found']);
    expect(await enforced(policy('shop/p', web), false)).toEqual(['unknown']);
    const className = (name: string): string => `{ group: gateway.networking.k8s.io, kind: GatewayClass, name: ${name} }`;
    expect(await enforced(policy('shop/p', className('istio-waypoint')))).toEqual(['nobody: not-root']);
    expect(await enforced(policy('istio-system/p', className('istio')))).toEqual(['nobody: class']);
    expect(await enforced(policy('shop/p', '{ group: networking.istio.io, kind: Gateway, name: wp }'))).toEqual(['nobody: kind']);
  });

  it('reaches a waypoint through the services that use it', async () => {
    const mesh = await meshOf(
      waypoint('infra/wp', '{}', ', allowedRoutes: { namespaces: { from: All } }') +
        namespace('shop', '{ istio.io/use-waypoint: wp, istio.io/use-waypoint-namespace: infra }') +
        service('shop/web') +
        service('shop/other', '{ istio.io/use-waypoint: none }') +
        policy('shop/web', '{ group: "", kind: Service, name: web }') +
        policy('shop/other', '{ group: "", kind: Service, name: other }') +
        policy('infra/own', gateway),
    );
    const [first] = mesh.of('KubernetesGateway');
    const attached = first === undefined ? [] : authorizationOf(mesh).policiesFor(waypointTarget(mesh, first));
    expect(attached.map(({ policy: one }) => `${one.metadata.namespace}/${one.metadata.name}`)).toEqual(['infra/own', 'shop/web']);
  });
});

describe('the proxies of Gateways', () => {
  it('have no waypoint, whatever their namespace says', async () => {
    const all = waypoint('shop/wp', '{ istio.io/waypoint-for: all }');
    const used = async (labels: string): Promise<readonly string[]> => {
      const mesh = await meshOf(namespace('shop', uses) + all + pods(labels));
      return mesh.workloads.map((workload) => tell(waypointsOf(mesh).ofWorkload(workload)));
    };
    expect(await used('team: x')).toEqual(['shop/wp by namespace']);
    expect(await used('gateway.networking.k8s.io/gateway-name: wp')).toEqual(['none']);
  });
});

describe('what is known of waypoints in a mesh that changes', () => {
  it('is of the mesh as it is', async () => {
    const [before, after] = await Promise.all(
      ['service', 'workload'].map((traffic) =>
        inputOf(namespace('shop') + waypoint('shop/wp', `{ istio.io/waypoint-for: ${traffic} }`) + service('shop/web', uses) + route),
      ),
    );
    if (before === undefined || after === undefined) return;
    const living = createLivingMesh(before, new MeshMemory());
    const { mesh } = living;
    const told = (): readonly unknown[] => {
      const [web] = mesh.of('Service');
      const [wp] = mesh.of('KubernetesGateway');
      const [http] = mesh.of('HTTPRoute');
      if (web === undefined || wp === undefined || http === undefined) return [];
      return [
        tell(waypointsOf(mesh).ofService(web)),
        waypointsOf(mesh).servedBy(wp).length,
        parentsOf(mesh, http).map(({ answer }) => answer.kind),
      ];
    };
    expect(told()).toEqual(['shop/wp', 1, ['not-attached']]);
    // The Service and the route are the very same ones.
    const kept = before.resources.filter(({ kind }) => kind !== 'KubernetesGateway');
    const gateways = after.resources.filter(({ kind }) => kind === 'KubernetesGateway');
    living.replace({ ...before, resources: [...kept, ...gateways, ...(await inputOf(edge)).resources] });
    expect(told()).toEqual(['traffic shop/wp', 0, ['attached']]);
  });
});

const route = manifest('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/r', '{}', '{ parentRefs: [{ name: edge }] }');
const edge = manifest(
  'gateway.networking.k8s.io/v1',
  'Gateway',
  'shop/edge',
  '{}',
  '{ gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }',
);

async function inputOf(manifests: string): Promise<MeshInput> {
  const { resources, documents } = await ingest(
    [{ path: 'mesh.yaml', named: true, read: () => manifests }],
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  return { resources, documents, complete: true, config: defaultMeshConfig, domain: 'cluster.local' };
}
