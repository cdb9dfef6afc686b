import fc from 'fast-check';
import type { Workload } from '../../graph/workloads.ts';
import { call, policy, requestAuthentication } from './access-look-up.test-support.ts';
import { type AmbientCall, ambientVerdict } from './ambient-access.test-support.ts';
import { aboutWaypoints, ambient, ambientMesh, ambientWorld, boundMesh, targeted } from './ambient-cases.test-support.ts';
import { ambientMode } from './ambient-mtls.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, namespace, root, worldOf } from './meshes.test-support.ts';
import { peerAuthentication } from './security-look-ups.test-support.ts';
import { attachesToWaypoint, type Served, waypointOf } from './waypoints.test-support.ts';
import { answers, nameOf, ofKind, orders } from './world.test-support.ts';

/** Which reason a thing is not known for is no matter of the semantics. */
const withoutReason = (here: readonly string[]): readonly string[] => here.map((one) => (one.startsWith('unknown') ? '"unknown"' : one));

/** Where one of the orders is not known, nothing is. */
const orUnknown = (expected: readonly string[]): readonly string[] => (expected.includes('"unknown"') ? ['"unknown"'] : expected);

const mode = fc.constantFrom('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT', 'STRICT');

/** Of the workload with its ports, of its namespace and of the mesh; now and then with an empty selector. */
const ambientPeer: fc.Arbitrary<Manifest> = fc.oneof(
  { weight: 1, arbitrary: peerAuthentication },
  {
    weight: 4,
    arbitrary: fc
      .record({
        owner: fc.constantFrom('a', 'a', root),
        mtls: fc.option(mode, { nil: undefined }),
        selector: fc.constantFrom(undefined, undefined, {}, { app: 'web' }, { app: 'web' }),
        ports: fc.dictionary(fc.constantFrom('8080', '9090'), fc.record({ mode }, { noNullPrototype: true }), {
          minKeys: 1,
          noNullPrototype: true,
        }),
      })
      .map(({ owner, mtls, selector, ports }): Manifest => ({
        kind: 'PeerAuthentication',
        namespace: owner,
        spec: {
          ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
          ...(mtls === undefined ? {} : { mtls: { mode: mtls } }),
          // Validation refuses them without labels.
          ...(selector?.app === undefined ? {} : { portLevelMtls: ports }),
        },
      })),
  },
);

const modes = lookUp(
  'whether an ambient port takes plaintext',
  fc.array(ambientPeer, { minLength: 1, maxLength: 5, size: 'max' }).map((policies) => ({
    world: worldOf([
      namespace('a', ambient),
      namespace(root, ambient),
      deployment('a', 'web', { app: 'web', version: 'v1' }),
      deployment(root, 'tool', { app: 'tool', version: 'v1' }),
      ...policies,
    ]),
  })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['PeerAuthentication']);
    for (const { workload, pod } of pairs(mesh, world)) {
      for (const port of [8080, 9090, 7777]) {
        yield {
          question: `${pod.namespace}/${pod.name} ${String(port)}`,
          here: withoutReason(distinctModes(told(of.mtlsModeOf(mesh, workload, port), ({ mode }) => mode))),
          expected: () => orUnknown(answers(worlds, (one) => ambientMode(one, pod.namespace, pod.labels, port))),
        };
      }
    }
  },
);

/** Of outcomes that differ by what decides, their modes. */
const distinctModes = (here: readonly string[]): readonly string[] => [...new Set(here)].sort();

const waypoints = lookUp(
  'the waypoint of a service or workload',
  ambientMesh.map((manifests) => ({ world: ambientWorld(manifests) })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const index = of.waypointsOf(mesh);
    type Use = ReturnType<typeof index.ofService>;
    const shown = (use: Use): readonly string[] =>
      told(use, (one) => {
        if (one.kind === 'waypoint') return `${one.inherited ? 'inherited' : 'own'} ${one.waypoint.name}`;
        return one.kind === 'none' ? 'none' : one.why;
      });
    const expected = (traffic: 'service' | 'workload', one: Parameters<typeof waypointOf>[2]): readonly string[] => {
      const used = waypointOf(world, traffic, one);
      if (used.kind === 'waypoint') return distinct([`${used.inherited ? 'inherited' : 'own'} ${nameOf(used.gateway)}`]);
      return distinct([used.kind === 'none' ? 'none' : used.why]);
    };
    for (const service of [...mesh.of('Service'), ...mesh.of('ServiceEntry')].filter((one) => nameOf(one) === 'a/web')) {
      const { namespace: owner, labels } = service.metadata;
      yield {
        question: `${service.kind} ${nameOf(service)}`,
        here: shown(index.ofService(service)),
        expected: () => expected('service', { namespace: owner, labels }),
      };
    }
    for (const { workload, pod } of pairs(mesh, world)) {
      yield { question: nameOf({ metadata: pod }), here: shown(index.ofWorkload(workload)), expected: () => expected('workload', pod) };
    }
  },
);

const policies = lookUp(
  'the policies of a waypoint',
  fc
    .record({
      mesh: fc.oneof(ambientMesh, boundMesh),
      policies: fc.array(targeted(policy), { minLength: 1, maxLength: 4, size: 'max' }),
      tokens: few(targeted(requestAuthentication), 2),
    })
    .map(({ mesh, policies: some, tokens }) => ({ world: ambientWorld([...mesh, ...some, ...tokens]) })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const authorization = of.authorizationOf(mesh);
    for (const gateway of ofKind(world, 'KubernetesGateway')) {
      const here = mesh.of('KubernetesGateway').find((one) => nameOf(one) === nameOf(gateway));
      if (here === undefined) continue;
      const target = of.waypointTarget(mesh, here);
      const served = (['Service', 'ServiceEntry'] as const).flatMap((kind): readonly Served[] =>
        ofKind(world, kind).flatMap(({ metadata: { namespace: owner, name, labels } }) => {
          const used = waypointOf(world, 'service', { namespace: owner, labels });
          return used.kind === 'waypoint' && nameOf(used.gateway) === nameOf(gateway) ? [{ kind, namespace: owner, name }] : [];
        }),
      );
      const sorted = (names: readonly string[]): readonly string[] => [...names].sort();
      for (const [kind, attached] of [
        ['AuthorizationPolicy', authorization.policiesFor(target)],
        ['RequestAuthentication', authorization.requestAuthenticationsFor(target)],
      ] as const) {
        yield {
          question: `${kind} of ${nameOf(gateway)}`,
          here: sorted(attached.map((one) => nameOf(one.policy))),
          expected: () => {
            const all = ofKind(world, kind).filter((one) => attachesToWaypoint(world, one, gateway, served));
            return sorted(all.map(nameOf));
          },
        };
      }
    }
  },
);

const ambientCall: fc.Arbitrary<AmbientCall> = fc
  .record({
    call,
    identity: fc.option(fc.constantFrom('td1/ns/a/sa/wp', 'td1/ns/b/sa/wp'), { nil: undefined, freq: 1 }),
    isOfWaypoint: fc.integer({ min: 0, max: 5 }).map((i) => i === 0),
    by: fc.constantFrom('pod', 'service', 'service'),
  })
  .map(({ call: one, identity, isOfWaypoint, by }) => {
    const port = ({ 8080: 80, 9090: 90, 7777: 70 } as Readonly<Record<number, number>>)[one.port] ?? 0;
    return {
      ...one,
      ...(isOfWaypoint && identity !== undefined ? { identity } : {}),
      address: by === 'pod' ? 'pod' : { namespace: 'a', service: 'web', port },
    };
  });

const access = lookUp(
  'whether a call is admitted in ambient',
  fc
    .record({
      mesh: fc.oneof({ weight: 1, arbitrary: ambientMesh }, { weight: 4, arbitrary: boundMesh }),
      policies: fc.array(fc.oneof({ weight: 4, arbitrary: targeted(policy) }, { weight: 1, arbitrary: aboutWaypoints }), {
        minLength: 1,
        maxLength: 4,
        size: 'max',
      }),
      tokens: few(targeted(requestAuthentication), 2),
      modes: few(peerAuthentication, 1),
      calls: fc.array(ambientCall, { minLength: 3, maxLength: 8 }),
    })
    .map(({ mesh, policies: some, tokens, modes: peer, calls }) => ({
      calls,
      world: ambientWorld([...mesh, ...some, ...tokens, ...peer]),
    })),
  function* (of, mesh, { world, calls }): Iterable<Comparison> {
    const [pair] = pairs(mesh, world);
    const service = mesh.of('Service').find((one) => nameOf(one) === 'a/web');
    if (pair === undefined || service === undefined) return;
    const worlds = orders(world, ['PeerAuthentication']);
    const to: Workload = pair.workload;
    for (const one of calls) {
      const { identity, ip, remoteIp, port, http, claims, address } = one;
      if (typeof ip !== 'string' || typeof remoteIp !== 'string') continue;
      yield {
        question: JSON.stringify(one),
        here: withoutReason(
          told(
            of.accessOf(mesh, {
              from: { identity, ip, remoteIp, proxy: 'ztunnel' },
              to,
              port,
              address: address === 'pod' ? 'pod' : { service, port: address.port },
              http: http === undefined ? undefined : { ...http, jwt: claims },
            }),
            ({ outcome }) => outcome,
          ),
        ),
        expected: () => orUnknown(answers(worlds, (each) => ambientVerdict(each, pair.pod, one))),
      };
    }
  },
);

export const ambientLookUps: readonly LookUp[] = [modes, waypoints, policies, access];
