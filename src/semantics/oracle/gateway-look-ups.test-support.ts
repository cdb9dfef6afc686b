import fc from 'fast-check';
import { outcomes } from '../../graph/answer.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, population, root, worldOf } from './meshes.test-support.ts';
import {
  expected,
  indexOf,
  listed,
  regexes,
  request,
  shown,
  subsetRule,
  trafficOf,
  virtualService,
  writtenUri,
} from './route-cases.test-support.ts';
import { bindings, gatewayOutcome, gatewayRoutes, gatewaysOfPod } from './routes.test-support.ts';
import { service } from './service-cases.test-support.ts';
import { answers, nameOf, ofKind, orders } from './world.test-support.ts';

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
        const here = outcomes(of.gatewayRoutesOf(mesh, workload, port, host))
          .flat()
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
          outcomes(of.serversOf(mesh, workload))
            .flat()
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

export const gatewayLookUps: readonly LookUp[] = [binding, gatewayLists, atGateway];
