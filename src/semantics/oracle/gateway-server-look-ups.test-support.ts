import fc from 'fast-check';
import { serverOutcome } from './gateway-servers.test-support.ts';
import { type Comparison, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, type Manifest, population, root, sparse, worldOf } from './meshes.test-support.ts';
import { expected, regexes, request, shown, subsetRule, trafficOf } from './route-cases.test-support.ts';
import { api, service, web } from './service-cases.test-support.ts';
import { answers, orders } from './world.test-support.ts';

/** No name in two notations: what becomes of those the page does not say. */
const tlsHosts = fc.constantFrom(
  ['x.example.com'],
  ['*.example.com'],
  ['a/y.example.com'],
  ['x.example.com', 'a/y.example.com'],
  ['./z.example.com', '*.example.com'],
  ['*'],
);
const plainHosts = fc.constantFrom(['*'], ['x.example.com'], ['./*'], ['a/*.example.com'], ['b/x.example.com', '*.com'], ['y.example.com']);
const passedHosts = fc.constantFrom(['*.pass.com'], ['p.pass.com', '*.pass.com'], ['a/p.pass.com']);

const plain = fc
  .record({ hosts: plainHosts, protocol: fc.constantFrom('HTTP', 'HTTP', 'HTTP', 'TCP') })
  .map(({ hosts, protocol }) => ({ port: { number: 80, name: 'p', protocol }, hosts }));
const redirecting = plainHosts.map((hosts) => ({ port: { number: 80, name: 'p', protocol: 'HTTP' }, hosts, tls: { httpsRedirect: true } }));
const ending = fc
  .record({ hosts: tlsHosts, mode: fc.constantFrom('SIMPLE', 'MUTUAL') })
  .map(({ hosts, mode }) => ({ port: { number: 443, name: 'p', protocol: 'HTTPS' }, hosts, tls: { mode, credentialName: 'cert' } }));
const passing = passedHosts.map((hosts) => ({ port: { number: 443, name: 'p', protocol: 'TLS' }, hosts, tls: { mode: 'PASSTHROUGH' } }));

const servers = fc.array(fc.oneof({ weight: 6, arbitrary: plain }, { weight: 9, arbitrary: ending }, { weight: 4, arbitrary: passing }), {
  minLength: 1,
  maxLength: 3,
  size: 'max',
});

const gateways: fc.Arbitrary<Manifest[]> = fc
  .record({
    all: fc.uniqueArray(
      fc.record({
        owner: fc.constantFrom('a', root),
        selector: fc.constantFrom({ istio: 'ingressgateway' }, { istio: 'ingressgateway' }, { istio: 'ingressgateway' }, undefined, {
          istio: 'other',
        }),
        own: servers,
      }),
      { minLength: 1, maxLength: 2, size: 'max', selector: ({ owner }) => owner },
    ),
    // Whether two such servers with one host count as TLS servers the page does not say: there is one at most.
    redirect: fc.option(redirecting, { freq: 2 }),
  })
  .map(({ all, redirect }) =>
    all.map(({ owner, selector, own }, i) => ({
      kind: 'Gateway' as const,
      namespace: owner,
      name: 'edge',
      spec: {
        ...(selector === undefined ? {} : { selector }),
        servers: [...own, ...(i === 0 && redirect !== null ? [redirect] : [])].map((server, j) => ({
          ...server,
          port: { ...server.port, name: `p${String(j)}` },
        })),
      },
    })),
  );

const destination = fc.constantFrom<object>({ host: web }, { host: api }, { host: web, port: { number: 80 } }, { host: web, subset: 'v9' });
const http = fc.array(
  fc
    .record({
      prefix: fc.constantFrom('/a', '/a', undefined),
      more: fc.oneof(
        { weight: 2, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constantFrom<object>({ port: 80 }, { port: 443 }, { gateways: ['a/edge'] }) },
      ),
      to: destination,
    })
    .map(({ prefix, more, to }) => {
      const match = { ...(prefix === undefined ? {} : { uri: { prefix } }), ...more };
      return { ...(Object.keys(match).length === 0 ? {} : { match: [match] }), route: [{ destination: to }] };
    }),
  { minLength: 1, maxLength: 2 },
);
const tls = fc.array(
  fc
    .record({
      name: fc.constantFrom('p.pass.com', 'q.pass.com', '*.pass.com'),
      more: fc.oneof(
        { weight: 2, arbitrary: fc.constant({}) },
        {
          weight: 2,
          arbitrary: sparse({
            port: fc.constantFrom(443, 80),
            gateways: fc.constantFrom(['a/edge'], ['mesh']),
            sourceLabels: fc.constant({ app: 'nobody' }),
            sourceNamespace: fc.constant('nobody'),
          }),
        },
      ),
      to: destination,
    })
    .map(({ name, more, to }) => ({ match: [{ sniHosts: [name], ...more }], route: [{ destination: to }] })),
  { minLength: 1, maxLength: 2 },
);

const virtualService: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: fc.constantFrom('a', 'a', 'b'),
    bound: fc.constantFrom(['a/edge'], ['istio-system/edge'], ['a/edge', 'istio-system/edge'], ['a/edge', 'istio-system/edge']),
    exportTo: fc.constantFrom(undefined, undefined, undefined, ['.'], [root]),
    spec: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          hosts: fc.constantFrom(['*'], ['x.example.com'], ['*.example.com'], ['y.example.com', 'x.example.com'], ['z.example.com']),
          http,
        }),
      },
      { weight: 1, arbitrary: fc.record({ hosts: fc.constantFrom(['*.pass.com'], ['*']), tls }) },
    ),
  })
  .map(({ namespace, bound, exportTo, spec }) => ({
    kind: 'VirtualService',
    namespace,
    spec: { ...spec, gateways: bound, ...(exportTo === undefined ? {} : { exportTo }) },
  }));

const serverCases = fc
  .record({
    gateways,
    routes: fc.array(virtualService, { minLength: 1, maxLength: 3, size: 'max' }),
    requests: fc.array(request(['x.example.com', 'y.example.com', 'z.example.com', 'p.pass.com', 'q.pass.com', 'x.org']), {
      minLength: 4,
      maxLength: 8,
      size: 'max',
    }),
  })
  .map(({ gateways: all, routes, requests }) => ({
    requests,
    world: worldOf([
      ...population,
      deployment(root, 'ingress', { istio: 'ingressgateway', version: 'v1' }, { ports: [80, 443] }),
      { kind: 'Secret', namespace: root, name: 'cert' },
      service('a', 'web', [80, 90]),
      service('b', 'api', [80]),
      subsetRule,
      ...all,
      ...routes,
    ]),
  }));

const atServers = lookUp(
  'the route that a request takes by the servers of Gateways',
  serverCases,
  function* (of, mesh, { world, requests }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService', 'Gateway']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name !== 'ingress') continue;
      for (const one of requests) {
        for (const [port, isTls] of [
          [80, false],
          [443, true],
        ] as const) {
          const wanted = answers(worlds, (each) => {
            const outcome = serverOutcome(each, { ...proxy, isGateway: true }, pod, port, isTls, one);
            if (outcome === 'https') return { kind: 'redirect' };
            return typeof outcome === 'string' ? { kind: outcome } : expected(outcome);
          });
          if (wanted.includes('{"kind":"silent"}')) continue;
          yield {
            question: `${one.host}:${String(port)} ${JSON.stringify(one)}`,
            here: told(of.routeOf(mesh, { kind: 'gateway', workload }, one.host, port, { ...trafficOf(one), tls: isTls }, regexes), shown),
            expected: () => wanted,
          };
        }
      }
    }
  },
);

export const gatewayServerLookUps: readonly LookUp[] = [atServers];
