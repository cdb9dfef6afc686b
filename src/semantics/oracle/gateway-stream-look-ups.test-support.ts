import fc from 'fast-check';
import type { Traffic } from '../routing.ts';
import { type Arrival, gatewayStreamOutcome } from './gateway-streams.test-support.ts';
import { type Comparison, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, type Manifest, maybe, population, root, sparse, worldOf, written } from './meshes.test-support.ts';
import { expected, regexes, shown, subsetRule } from './route-cases.test-support.ts';
import { api, entry, external, service, web } from './service-cases.test-support.ts';
import { orders } from './world.test-support.ts';

const serverHosts = fc.constantFrom(
  ['*'],
  ['*.pass.com'],
  ['*.pass.com'],
  ['p.pass.com'],
  ['a/p.pass.com', 'q.pass.com'],
  ['./*.pass.com'],
  ['*/q.pass.com'],
  ['b/*'],
);
const passing = { tls: { mode: 'PASSTHROUGH' } };
const ending = { tls: { mode: 'SIMPLE', credentialName: 'cert' } };
/** What it speaks, and what it does with it. */
const manner = fc.constantFrom<{ readonly protocol: string; readonly tls?: object }>(
  { protocol: 'TCP' },
  { protocol: 'TCP' },
  { protocol: 'MONGO' },
  { protocol: 'HTTP' },
  { protocol: 'TLS', ...passing },
  { protocol: 'TLS', ...passing },
  { protocol: 'HTTPS', ...passing },
  { protocol: 'TLS', ...ending },
  { protocol: 'TLS', ...ending },
  { protocol: 'TCP', ...ending },
  { protocol: 'HTTPS', ...ending },
);
const autoPassing = fc.constantFrom(['*.svc.cluster.local'], ['*.local'], [web], [`b/${api}`, external]).map((hosts) => ({
  port: { number: 443, protocol: 'TLS' },
  hosts,
  tls: { mode: 'AUTO_PASSTHROUGH' },
}));
const server = fc.record({ manner, hosts: serverHosts }).map(({ manner: { protocol, tls }, hosts }) => ({
  port: { number: 443, protocol },
  hosts,
  ...(tls === undefined ? {} : { tls }),
}));
const servers = fc.array(fc.oneof({ weight: 9, arbitrary: server }, { weight: 1, arbitrary: autoPassing }), {
  minLength: 1,
  maxLength: 2,
  size: 'max',
});

const gateways: fc.Arbitrary<Manifest[]> = fc
  .uniqueArray(
    fc.record({
      owner: fc.constantFrom('a', root),
      selector: fc.constantFrom(...Array<object>(4).fill({ istio: 'ingressgateway' }), { istio: 'other' }, undefined),
      own: servers,
    }),
    { minLength: 1, maxLength: 2, size: 'max', selector: ({ owner }) => owner },
  )
  .map((all) =>
    all.map(({ owner, selector, own }) => ({
      kind: 'Gateway' as const,
      namespace: owner,
      name: 'edge',
      spec: {
        ...(selector === undefined ? {} : { selector }),
        servers: own.map((one, i) => ({ ...one, port: { ...one.port, name: `p${String(i)}` } })),
      },
    })),
  );

const conditions = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: sparse({
      port: fc.constantFrom(443, 443, 80),
      gateways: fc.constantFrom(['a/edge'], ['a/edge'], ['istio-system/edge'], ['mesh']),
      sourceLabels: fc.constant({ app: 'nobody' }),
      sourceNamespace: fc.constant('nobody'),
      destinationSubnets: fc.constant(['10.0.0.0/8']),
    }),
  },
);
const destination = written({
  host: fc.constantFrom('web', web, api, 'none'),
  port: fc.constantFrom(undefined, undefined, { number: 80 }, { number: 90 }),
  subset: fc.constantFrom(undefined, undefined, 'v1', 'v9'),
});
const target = fc
  .array(fc.record({ to: destination, weight: maybe(0, 1, 7) }), { minLength: 1, maxLength: 2 })
  .filter((list) => list.length === 1 || list.some(({ weight }) => (weight ?? 0) > 0))
  .map((list) => list.map(({ to, weight }) => ({ destination: to, ...(weight === undefined ? {} : { weight }) })));
const tcp = fc.array(
  fc
    .record({ match: fc.option(fc.array(conditions, { minLength: 1, maxLength: 2 }), { nil: undefined }), route: target })
    .map(({ match, route }) => ({ ...(match === undefined ? {} : { match }), route })),
  { minLength: 1, maxLength: 2 },
);
// One name each: a rule of several that has one of them in common with another is dropped whole, which depends on more than the first.
const names = fc.constantFrom('p.pass.com', 'p.pass.com', 'q.pass.com', '*.pass.com', '*.com').map((name) => [name]);
const tls = fc.array(
  fc.record({
    match: fc.array(
      fc.tuple(names, conditions).map(([sniHosts, more]) => ({ sniHosts, ...more })),
      { minLength: 1, maxLength: 2 },
    ),
    route: target,
  }),
  { minLength: 1, maxLength: 2 },
);

const virtualService: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: fc.constantFrom('a', 'a', 'b'),
    spec: written({
      hosts: fc.constantFrom(['*'], ['p.pass.com'], ['*.pass.com'], ['*.com'], ['q.pass.com', 'x.org']),
      gateways: fc.constantFrom(
        ['a/edge'],
        ['istio-system/edge'],
        ['a/edge', 'istio-system/edge'],
        ['a/edge', 'istio-system/edge', 'mesh'],
      ),
      exportTo: fc.constantFrom(undefined, undefined, undefined, ['.'], [root]),
      tcp: fc.option(tcp, { nil: undefined, freq: 2 }),
      tls: fc.option(tls, { nil: undefined, freq: 3 }),
    }),
  })
  .map(({ namespace, spec }) => ({ kind: 'VirtualService', namespace, spec }));

const cases = fc
  .record({ gateways, routes: fc.array(virtualService, { minLength: 1, maxLength: 3, size: 'max' }) })
  .map(({ gateways: all, routes }) => ({
    world: worldOf([
      ...population,
      deployment(root, 'ingress', { istio: 'ingressgateway', version: 'v1' }, { ports: [443] }),
      { kind: 'Secret', namespace: root, name: 'cert' },
      service('a', 'web', [80, 90]),
      service('b', 'api', [80]),
      { ...entry('b', external, [80]), name: 'ext' },
      subsetRule,
      ...all,
      ...routes,
    ]),
  }));

const arrivals: readonly Arrival[] = [
  { kind: 'tcp' },
  ...[
    'p.pass.com',
    'q.pass.com',
    'r.pass.com',
    'x.org',
    `outbound_.80_._.${web}`,
    `outbound_.80_.v1_.${web}`,
    `outbound_.80_._.${external}`,
  ].map((sni) => ({ kind: 'tls', sni }) as const),
];

const atGateways = lookUp('the route that a connection takes at a gateway', cases, function* (of, mesh, { world }): Iterable<Comparison> {
  const worlds = orders(world, ['VirtualService', 'Gateway']);
  for (const { workload, pod, proxy } of pairs(mesh, world)) {
    if (pod.name !== 'ingress') continue;
    for (const arrival of arrivals) {
      const outcomes = worlds.map((each) => gatewayStreamOutcome(each, { ...proxy, isGateway: true }, pod, 443, arrival));
      if (outcomes.some((one) => one === 'silent' || one === 'requests' || one === 'of-sidecars')) continue;
      // What sidecars ask for is not told.
      if (
        world.resources.some(
          (one) => one.kind === 'Gateway' && one.spec.servers?.some(({ tls: how }) => how?.mode === 'AUTO_PASSTHROUGH') === true,
        )
      )
        continue;
      const wanted = [
        ...new Set(outcomes.map((one) => JSON.stringify(typeof one === 'string' ? { kind: 'reset' } : expected(one)))),
      ].sort();
      const traffic: Traffic = arrival;
      const host = arrival.kind === 'tls' ? arrival.sni : 'p.pass.com';
      yield {
        question: JSON.stringify(arrival),
        here: told(of.routeOf(mesh, { kind: 'gateway', workload }, host, 443, traffic, regexes), shown),
        expected: () => wanted,
      };
    }
  }
});

export const gatewayStreamLookUps: readonly LookUp[] = [atGateways];
