import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, maybe, namespaces, population, root, sparse, worldOf, written } from './meshes.test-support.ts';
import {
  bindings,
  gatewayOutcome,
  gatewayRoutes,
  gatewaysOfPod,
  meshOutcome,
  meshRoutes,
  type Outcome,
  type RouteList,
} from './routes.test-support.ts';
import type { Request } from './route-match.test-support.ts';
import { api, entry, exportTo, external, service, sidecar, web } from './traffic-look-ups.test-support.ts';
import { answers, nameOf, ofKind, orders } from './world.test-support.ts';
import type { RouteOutcome } from '../routing.ts';

const regexes = { matches: (pattern: string, text: string): boolean => RE2JS.compile(pattern).matches(text) };

const uri = fc.constantFrom(
  { prefix: '/' },
  { prefix: '/a' },
  { exact: '/a' },
  { regex: '/.*' },
  { regex: '.*' },
  { prefix: '/A' },
  { regex: '/a.+' },
);
const text = fc.constantFrom<object>({ exact: '1' }, { prefix: '1' }, { regex: '1.*' }, { regex: '1?' });
const field = fc.record({ x: text }, { noNullPrototype: true });

const others = sparse({
  method: fc.constantFrom({ exact: 'GET' }, { prefix: 'P' }),
  headers: fc.oneof(field, fc.constant({ x: {} })),
  withoutHeaders: fc.oneof(field, fc.constant({ x: {} })),
  queryParams: fc.record({ q: text }, { noNullPrototype: true }),
  port: fc.constantFrom(80, 80, 81),
  sourceLabels: fc.constantFrom({ app: 'web' }, { version: 'v1' }),
  sourceNamespace: fc.constantFrom('a', 'b'),
  gateways: fc.constantFrom(['mesh'], ['edge'], ['a/edge', 'mesh']),
});

/** Validation asks for a path beside ignoreUriCase, and refuses a match that says nothing. */
const match = fc.oneof(
  written({ uri, ignoreUriCase: maybe(true) }),
  others,
  fc.tuple(uri, others).map(([path, rest]) => ({ uri: path, ...rest })),
);

const destination = written({
  host: fc.constantFrom('web', web, api, external, 'none'),
  port: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom({ number: 80 }, { number: 81 }) },
  ),
  subset: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('v1', 'v9') }),
});

const target = fc
  .array(fc.record({ destination, weight: maybe(0, 1, 7) }, { noNullPrototype: true }), { minLength: 1, maxLength: 2 })
  // Validation refuses a total of 0 over several.
  .filter((list) => list.length === 1 || list.some(({ weight }) => (weight ?? 0) > 0))
  .map((list) => list.map(({ destination: to, weight }) => ({ destination: to, ...(weight === undefined ? {} : { weight }) })));

const httpRoute = fc
  .record({
    matches: fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 5, arbitrary: fc.array(match, { minLength: 1, maxLength: 2 }) },
    ),
    action: fc.oneof(
      { weight: 5, arbitrary: target.map((route) => ({ route })) },
      { weight: 1, arbitrary: fc.constantFrom<object>({ redirect: { uri: '/r' } }, { directResponse: { status: 418 } }) },
    ),
  })
  .map(({ matches, action }) => ({ ...(matches === undefined ? {} : { match: matches }), ...action }));

const tcpRoute = fc
  .record({
    matches: fc.option(
      fc.array(
        written({
          port: maybe(90, 91),
          sourceLabels: maybe({ app: 'web' }),
          sourceNamespace: maybe('a'),
          gateways: maybe(['mesh'], ['edge']),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      { nil: undefined, freq: 3 },
    ),
    route: fc.constantFrom([{ destination: { host: api, port: { number: 80 } } }], [{ destination: { host: web } }]),
  })
  .map(({ matches, route }) => ({ ...(matches === undefined ? {} : { match: matches }), route }));

const sameHosts = fc.constantFrom(
  ['web'],
  [web],
  ['*.a.svc.cluster.local'],
  [external],
  ['*.example.com'],
  [web, external],
  [api],
  ['*.local'],
);

function virtualService(
  gateways: fc.Arbitrary<readonly string[] | undefined>,
  hosts: fc.Arbitrary<readonly string[]>,
): fc.Arbitrary<Manifest> {
  return fc
    .record({
      namespace: namespaces,
      spec: written({
        hosts,
        gateways,
        exportTo,
        http: fc.oneof(
          { weight: 6, arbitrary: fc.array(httpRoute, { minLength: 1, maxLength: 3 }) },
          { weight: 1, arbitrary: fc.constant(undefined) },
        ),
        tcp: fc.option(fc.array(tcpRoute, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 3 }),
      }).filter(({ http, tcp }) => http !== undefined || tcp !== undefined),
    })
    .map(({ namespace: owner, spec }): Manifest => ({ kind: 'VirtualService', namespace: owner, spec }));
}

const request = (requestHosts: readonly [string, ...string[]]): fc.Arbitrary<Request> =>
  fc.record({
    host: fc.constantFrom(...requestHosts),
    method: fc.constantFrom('GET', 'POST'),
    path: fc.constantFrom('/', '/a', '/ab', '/A', '/b'),
    query: fc.constantFrom<Request['query'][]>({}, { q: '1' }, { q: '2' }),
    headers: fc.constantFrom<Request['headers'][]>({}, { x: '1' }, { x: '12' }, { x: '2' }, { x: '' }),
  });

function shown(outcome: RouteOutcome): unknown {
  const { kind, configName, destinations } = outcome;
  if (kind !== 'forward') return { kind, by: kind === 'redirect' || kind === 'direct-response' ? configName : undefined };
  const to = destinations.map(({ host, subset, port, weight, cluster }) => [host, subset, port, weight, cluster === 'absent']);
  return { kind, by: configName, to };
}

function expected(outcome: Outcome): unknown {
  const by = 'by' in outcome ? outcome.by?.split('#')[0] : undefined;
  if (outcome.kind !== 'forward') return { kind: outcome.kind, by };
  return {
    kind: outcome.kind,
    by,
    to: outcome.to.map(({ host, subset, port, weight, isMissing }) => [host, subset, port, weight, isMissing]),
  };
}

const trafficOf = ({ host, method, path, query, headers }: Request) => {
  const question = new URLSearchParams(query).toString();
  return { kind: 'http', request: { method, path: question === '' ? path : `${path}?${question}`, headers, authority: host } } as const;
};

const subsetRule: Manifest = {
  kind: 'DestinationRule',
  namespace: 'a',
  spec: { host: web, subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
};

const meshServices = fc
  .record({ webTo: maybe('.', '*', 'b'), extra: fc.boolean() })
  .map(({ webTo, extra }) => [
    service('a', 'web', [80, 90], webTo),
    service('b', 'api', [80]),
    ...(extra ? [entry('b', external, [80, 81])] : []),
    subsetRule,
  ]);

const meshCases = fc
  .record({
    services: meshServices,
    routes: few(virtualService(maybe(['mesh'], ['edge'], ['mesh', 'a/edge']), sameHosts), 3),
    sidecars: few(sidecar, 1),
    outbound: fc.constantFrom('ALLOW_ANY' as const, 'REGISTRY_ONLY' as const),
    requests: fc.array(request([web, api, external, 'x.example.com', 'x.a.svc.cluster.local']), { minLength: 2, maxLength: 5 }),
    port: fc.constantFrom(80, 80, 80, 81, 90),
  })
  .map(({ services, routes, sidecars, outbound, requests, port }) => ({
    requests,
    port,
    world: worldOf([...population, ...services, ...routes, ...sidecars], { outbound }),
  }));

const inMesh = lookUp(
  'the route that a request takes in the mesh',
  meshCases,
  function* (of, mesh, { world, requests, port }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const one of requests) {
        yield {
          question: `${pod.namespace}/${pod.name} → ${one.host}:${String(port)} ${JSON.stringify(one)}`,
          here: told(of.routeOf(mesh, { kind: 'sidecar', workload }, one.host, port, trafficOf(one), regexes), shown),
          expected: () => answers(worlds, (each) => expected(meshOutcome(each, proxy, port, one))),
        };
      }
    }
  },
);

const listed = (list: RouteList): unknown =>
  list === undefined || list === 'default'
    ? (list ?? 'none')
    : list.map(({ service: by, index, match: one }) => [nameOf(by), index, one?.uri ?? null]);

const meshLists = lookUp(
  'the ordered routes of a host in the mesh',
  meshCases,
  function* (of, mesh, { world, port }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService']);
    if (port === 90) return;
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const host of [web, api, external, 'x.example.com', 'x.a.svc.cluster.local']) {
        yield {
          question: `${pod.namespace}/${pod.name} → ${host}:${String(port)}`,
          here: distinct(
            of.meshRoutesOf(mesh, workload, host, port).flatMap((virtualHost): readonly unknown[] => {
              if (virtualHost === undefined) return ['none'];
              if (virtualHost.kind === 'default') return ['default'];
              return of
                .mayComeFirst(virtualHost.list.sequences, ({ routes }) => routes)
                .map((routes) =>
                  routes.map(({ entry: by, match: one }) => [
                    nameOf(by.resource),
                    indexOf(by.at),
                    one === undefined ? null : writtenUri(one.uri),
                  ]),
                );
            }),
          ),
          expected: () => answers(worlds, (each) => listed(meshRoutes(each, proxy, host, port))),
        };
      }
    }
  },
);

function indexOf(at: { readonly kind: string; readonly path?: readonly (string | number)[] }): string | number | undefined {
  return at.path?.[2];
}

function writtenUri(found: { readonly kind: string; readonly value?: string } | undefined): unknown {
  return found?.value === undefined ? null : { [found.kind]: found.value };
}

const serverHosts = fc.constantFrom(
  ['*'],
  ['./*'],
  ['a/*.example.com'],
  ['*/x.example.com'],
  ['b/*'],
  ['x.example.com', './*.example.com'],
  ['*.com'],
);

const gateway: fc.Arbitrary<Manifest> = fc
  .record({
    owner: fc.constantFrom('a', root),
    selector: fc.oneof(
      { weight: 4, arbitrary: fc.constant({ istio: 'ingressgateway' }) },
      { weight: 1, arbitrary: fc.constantFrom(undefined, { istio: 'other' }) },
    ),
    servers: fc.array(fc.record({ number: fc.constantFrom(80, 80, 81), hosts: serverHosts }), { minLength: 1, maxLength: 2 }),
  })
  .map(({ owner, selector, servers }) => ({
    kind: 'Gateway',
    namespace: owner,
    name: 'edge',
    spec: {
      ...(selector === undefined ? {} : { selector }),
      servers: servers.map(({ number, hosts }, i) => ({ port: { number, name: `http-${String(i)}`, protocol: 'HTTP' }, hosts })),
    },
  }));

const gatewayCases = fc
  .record({
    gateways: fc.uniqueArray(gateway, { minLength: 1, maxLength: 2, selector: ({ namespace: owner }) => owner }),
    routes: few(
      virtualService(
        fc.constantFrom(
          ['edge'],
          ['a/edge'],
          ['istio-system/edge'],
          ['./edge', 'mesh'],
          ['edge.a'],
          ['a/edge', 'istio-system/edge'],
          undefined,
        ),
        fc.constantFrom(['*'], ['x.example.com'], ['*.example.com'], ['*.com'], ['y.example.com', 'x.example.com']),
      ),
      3,
    ),
    requests: fc.array(request(['x.example.com', 'y.example.com', 'z.example.com', 'x.org']), { minLength: 2, maxLength: 5 }),
    port: fc.constantFrom(80, 80, 81),
  })
  .map(({ gateways, routes, requests, port }) => ({
    requests,
    port,
    world: worldOf([
      ...population,
      deployment(root, 'ingress', { istio: 'ingressgateway', version: 'v1' }, { ports: [80, 81] }),
      service('a', 'web', [80, 90]),
      service('b', 'api', [80]),
      subsetRule,
      ...gateways,
      ...routes,
    ]),
  }));

const atGateway = lookUp(
  'the route that a request takes at a gateway',
  gatewayCases,
  function* (of, mesh, { world, requests, port }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService', 'Gateway']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name !== 'ingress') continue;
      const isOpen = gatewaysOfPod(world, pod).some(({ spec }) => (spec.servers ?? []).some((server) => server.port.number === port));
      for (const one of requests) {
        yield {
          question: `${one.host}:${String(port)} ${JSON.stringify(one)}`,
          here: told(of.routeOf(mesh, { kind: 'gateway', workload }, one.host, port, trafficOf(one), regexes), shown),
          expected: () =>
            answers(worlds, (each) =>
              isOpen ? expected(gatewayOutcome(each, { ...proxy, isGateway: true }, pod, port, one)) : { kind: 'reset' },
            ),
        };
      }
    }
  },
);

const gatewayLists = lookUp(
  'the ordered routes of a host at a gateway',
  gatewayCases,
  function* (of, mesh, { world, port }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService', 'Gateway']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name !== 'ingress') continue;
      for (const host of ['x.example.com', 'y.example.com', 'x.org']) {
        const lists = answers(worlds, (each) => {
          const routes = gatewayRoutes(each, { ...proxy, isGateway: true }, pod, host, port);
          return routes === undefined ? 'none' : listed(withoutRepeats(routes));
        });
        const here = of
          .gatewayRoutesOf(mesh, workload, port, host)
          .map(({ sequences }) =>
            sequences
              .flatMap(({ routes, track, position }) => routes.map((route) => ({ ...route, track, position })))
              .map(({ entry: by, match: one }) =>
                JSON.stringify([nameOf(by.resource), indexOf(by.at), one === undefined ? null : writtenUri(one.uri)]),
              ),
          );
        // All orders have the same routes: which of them comes first is what requests tell.
        const members = lists.map((list) => {
          const routes: unknown = JSON.parse(list);
          return Array.isArray(routes) ? [...new Set(routes.map((route) => JSON.stringify(route)))].sort().join() : list;
        });
        yield {
          question: `${host}:${String(port)}`,
          here: here.length === 0 ? ['"none"'] : [...new Set(here.map((routes) => [...new Set(routes)].sort().join()))],
          expected: () => [...new Set(members)],
        };
      }
    }
  },
);

/** A route that two servers have in common stands twice in the list, and is reached once. */
function withoutRepeats<T extends { readonly service: unknown; readonly index: number; readonly match: unknown }>(
  routes: readonly T[],
): readonly T[] {
  return routes.filter(
    (one, at) =>
      routes.findIndex((other) => other.service === one.service && other.index === one.index && other.match === one.match) === at,
  );
}

const binding = lookUp(
  'the gateways, their workloads and VirtualServices',
  gatewayCases,
  function* (of, mesh, { world }): Iterable<Comparison> {
    for (const { workload, pod } of pairs(mesh, world)) {
      yield {
        question: `Gateways of ${pod.namespace}/${pod.name}`,
        here: distinct(
          of
            .meshGatewaysOf(mesh)
            .serversOf(workload)
            .map(({ server }) => server.gateway.name),
        ),
        expected: () => distinct(gatewaysOfPod(world, pod).map(nameOf)),
      };
    }
    for (const one of ofKind(world, 'Gateway')) {
      const found = of.meshGatewaysOf(mesh).find(nameOf(one));
      yield {
        question: `VirtualServices of ${nameOf(one)}`,
        here: distinct(
          [...of.routeConfigsOf(mesh).boundTo(nameOf(one)).values()]
            .flat()
            .filter((config) => found?.servers.some((server) => of.isAttached(server, config)))
            .map(({ namespace, name }) => `${namespace}/${name}`),
        ),
        expected: () => distinct(bindings(world, one).map(({ service: by }) => by)),
      };
    }
  },
);

export const routeLookUps: readonly LookUp[] = [binding, meshLists, inMesh, gatewayLists, atGateway];
