import fc from 'fast-check';
import { outcomes } from '../../graph/answer.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { few, maybe, population, worldOf } from './meshes.test-support.ts';
import {
  expected,
  indexOf,
  listed,
  regexes,
  request,
  sameHosts,
  shown,
  subsetRule,
  trafficOf,
  virtualService,
  writtenUri,
} from './route-cases.test-support.ts';
import { meshOutcome, meshRoutes } from './routes.test-support.ts';
import { api, entry, external, service, sidecar, web } from './service-cases.test-support.ts';
import { answers, nameOf, orders } from './world.test-support.ts';

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
            outcomes(of.meshRoutesOf(mesh, workload, host, port)).flatMap((virtualHost): readonly unknown[] => {
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

export const meshRouteLookUps: readonly LookUp[] = [meshLists, inMesh];
