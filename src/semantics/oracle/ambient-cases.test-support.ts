import fc from 'fast-check';
import { deployment, type Manifest, maybe, namespace, root, worldOf, written } from './meshes.test-support.ts';
import type { World } from './world.test-support.ts';

type Labels = Readonly<Record<string, string>>;

export const ambient = { 'istio.io/dataplane-mode': 'ambient' };

/** Mostly a waypoint that is there. */
const useLabels = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Labels>({}) },
  {
    weight: 4,
    arbitrary: written({
      'istio.io/use-waypoint': fc.constantFrom('wp', 'wp', 'wp', 'nowhere', 'none'),
      'istio.io/use-waypoint-namespace': maybe('a', 'b'),
    }),
  },
) as fc.Arbitrary<Labels>;

/** What a label of its own says, where it has one; mostly it has none. */
const ownLabels = fc.oneof({ weight: 2, arbitrary: fc.constant<Labels>({}) }, { weight: 3, arbitrary: useLabels });

const purpose = maybe('service', 'workload', 'all', 'all', 'none');

const waypoint = (owner: string): fc.Arbitrary<Manifest> =>
  fc
    .record({
      purpose,
      gatewayClassName: fc.constantFrom('istio-waypoint', 'istio-waypoint', 'special'),
      hbone: fc.constantFrom({ port: 15008, protocol: 'HBONE' }, { port: 15008, protocol: 'HBONE' }, { port: 80, protocol: 'HTTP' }),
      allowed: maybe(
        { namespaces: { from: 'All' } },
        { namespaces: { from: 'All' } },
        { namespaces: { from: 'Same' } },
        { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'x' } } } },
        {},
      ),
    })
    .map(({ purpose: traffic, gatewayClassName, hbone, allowed }) => ({
      kind: 'KubernetesGateway',
      namespace: owner,
      name: 'wp',
      labels: traffic === undefined ? {} : { 'istio.io/waypoint-for': traffic },
      spec: { gatewayClassName, listeners: [{ name: 'mesh', ...hbone, ...(allowed === undefined ? {} : { allowedRoutes: allowed }) }] },
    }));

/** `a/web` of ambient and its Service, a ServiceEntry beside it, and waypoints of `a` and `b` that they may use. */
export const ambientMesh: fc.Arbitrary<readonly Manifest[]> = fc
  .record({
    ofNamespace: useLabels,
    team: fc.boolean(),
    ofService: ownLabels,
    managed: fc.option(fc.constantFrom('istio.io-mesh-controller', 'istio.io-gateway-controller'), { nil: undefined, freq: 8 }),
    ofEntry: ownLabels,
    ofPods: ownLabels,
    waypoints: fc.tuple(fc.option(waypoint('a'), { nil: undefined, freq: 6 }), fc.option(waypoint('b'), { nil: undefined })),
    ofClass: purpose,
  })
  .map((parts) => manifestsOf(parts));

const bound = { 'istio.io/use-waypoint': 'wp' };
const boundLabels = fc.constantFrom<Labels>({}, bound, bound, { ...bound, 'istio.io/use-waypoint-namespace': 'b' });

/** Where what is called uses a waypoint that serves it, or none. */
export const boundMesh: fc.Arbitrary<readonly Manifest[]> = fc
  .record({ ofNamespace: boundLabels, ofService: boundLabels, ofPods: boundLabels })
  .map((parts) =>
    manifestsOf({
      ...parts,
      team: false,
      managed: undefined,
      ofEntry: {},
      ofClass: undefined,
      waypoints: ['a', 'b'].map((owner) => ({
        kind: 'KubernetesGateway',
        namespace: owner,
        name: 'wp',
        labels: { 'istio.io/waypoint-for': 'all' },
        spec: {
          gatewayClassName: 'istio-waypoint',
          listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'All' } } }],
        },
      })),
    }),
  );

interface Parts {
  readonly ofNamespace: Labels;
  readonly team: boolean;
  readonly ofService: Labels;
  readonly managed: string | undefined;
  readonly ofEntry: Labels;
  readonly ofPods: Labels;
  readonly waypoints: readonly (Manifest | undefined)[];
  readonly ofClass: string | undefined;
}

function manifestsOf({ ofNamespace, team, ofService, managed, ofEntry, ofPods, waypoints, ofClass }: Parts): readonly Manifest[] {
  return [
    namespace('a', { ...ambient, ...ofNamespace, ...(team ? { team: 'x' } : {}) }),
    namespace('b', ambient),
    namespace(root, ambient),
    {
      kind: 'GatewayClass',
      namespace: '',
      name: 'special',
      labels: ofClass === undefined ? {} : { 'istio.io/waypoint-for': ofClass },
      spec: { controllerName: 'istio.io/mesh-controller' },
    },
    ...waypoints.filter((one) => one !== undefined),
    deployment('a', 'web', { app: 'web', version: 'v1', ...ofPods }),
    {
      kind: 'Service',
      namespace: 'a',
      name: 'web',
      labels: { ...ofService, ...(managed === undefined ? {} : { 'gateway.istio.io/managed': managed }) },
      spec: {
        selector: { app: 'web' },
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'tcp', port: 90, targetPort: 9090 },
          { name: 'misc', port: 70, targetPort: 7777 },
        ],
      },
    },
    {
      kind: 'ServiceEntry',
      namespace: 'a',
      name: 'web',
      labels: ofEntry,
      spec: { hosts: ['ext.example.com'], ports: [{ name: 'http', number: 80, protocol: 'HTTP' }], resolution: 'DNS' },
    },
  ];
}

const gatewayApi = 'gateway.networking.k8s.io';
const targets = [
  { group: gatewayApi, kind: 'Gateway', name: 'wp' },
  { group: '', kind: 'Service', name: 'web' },
  { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'web' },
  { group: gatewayApi, kind: 'GatewayClass', name: 'istio-waypoint' },
] as const;
const oddTargets = [
  { group: '', kind: 'Gateway', name: 'wp' },
  { group: gatewayApi, kind: 'Gateway', name: 'other' },
  { group: gatewayApi, kind: 'Gateway', name: 'wp', namespace: 'b' },
  { group: gatewayApi, kind: 'Service', name: 'web' },
  { group: '', kind: 'Service', name: 'other' },
  { group: gatewayApi, kind: 'GatewayClass', name: 'istio' },
] as const;

const targetRefs: fc.Arbitrary<object[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom<object>(...targets) }, { weight: 1, arbitrary: fc.constantFrom<object>(...oddTargets) }),
  { minLength: 1, maxLength: 2 },
);

/** For ztunnels, by the identity of a waypoint. */
export const aboutWaypoints: fc.Arbitrary<Manifest> = fc
  .record({
    action: fc.constantFrom('ALLOW', 'ALLOW', 'DENY'),
    principals: fc.constantFrom(['td1/ns/a/sa/wp'], ['td1/ns/b/sa/wp'], ['*/sa/wp'], ['td1/ns/a/*']),
  })
  .map(({ action, principals }) => ({
    kind: 'AuthorizationPolicy',
    namespace: 'a',
    spec: { action, rules: [{ from: [{ source: { principals } }] }] },
  }));

/** Selectors without labels. */
const emptySelector = fc.constantFrom<object | undefined>(undefined, undefined, undefined, {}, {}, { matchLabels: {} });

/** Some of the policies name targets instead of what they select; of the others some have a selector without labels. */
export const targeted = (policy: fc.Arbitrary<Manifest>): fc.Arbitrary<Manifest> =>
  fc
    .record({ policy, emptySelector, refs: fc.option(targetRefs, { nil: undefined, freq: 2 }) })
    .map(({ policy: one, emptySelector: empty, refs }) => {
      const { selector: _, ...spec } = one.spec as { readonly selector?: object };
      if (refs !== undefined) return { ...one, spec: { ...spec, targetRefs: refs } };
      return empty === undefined ? one : { ...one, spec: { ...spec, selector: empty } };
    });

export const ambientWorld = (manifests: readonly Manifest[]): World =>
  worldOf(manifests, { rootNamespace: root, trustDomain: 'td1', trustDomainAliases: ['old-td'] });
