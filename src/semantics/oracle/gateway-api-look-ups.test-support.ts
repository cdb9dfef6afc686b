import fc from 'fast-check';
import { attachments, listenersOf } from './gateway-api.test-support.ts';
import { apiOutcome, gatewayApiRoutes, meshApiRoutes, serviceOutcome } from './http-routes.test-support.ts';
import { type Comparison, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { few, type Manifest, maybe, worldOf } from './meshes.test-support.ts';
import { regexes, trafficOf } from './route-cases.test-support.ts';
import type { RouteOutcome } from '../routing.ts';
import { api, external, web } from './service-cases.test-support.ts';
import { answers, mixedOrders, nameOf, ofKind } from './world.test-support.ts';
import {
  anyPort,
  httpPort,
  gateway,
  atGateway,
  inMesh,
  ruled,
  streams,
  grant,
  request,
  surroundings,
} from './gateway-api-cases.test-support.ts';

const attachmentCases = fc
  .record({
    gateways: gateway(anyPort),
    routes: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: ruled(fc.oneof(atGateway, atGateway, atGateway, inMesh)) },
        { weight: 2, arbitrary: streams(fc.oneof(atGateway, atGateway, inMesh)) },
      ),
      {
        minLength: 2,
        maxLength: 4,
        size: 'max',
      },
    ),
  })
  .map(({ gateways, routes }) => ({ world: worldOf([...surroundings, ...gateways, ...routes]) }));

const attachment = lookUp(
  'what a route of the Gateway API is attached to',
  attachmentCases,
  function* (of, mesh, { world }): Iterable<Comparison> {
    for (const kind of ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'] as const)
      for (const route of ofKind(world, kind)) {
        const found = of.parentsOf(mesh, route);
        for (const [i, parent] of (route.spec.parentRefs ?? []).entries()) {
          const answer = found[i]?.answer;
          // The page knows one version of Istio; newer ones let the first of several listeners in conflict win.
          if (answer?.kind === 'unknown' && answer.reason.startsWith('versions of Istio differ')) continue;
          yield {
            question: `${kind} ${nameOf(route)} ${JSON.stringify(parent)}`,
            here:
              answer === undefined || answer.kind === 'not-attached'
                ? []
                : answer.kind === 'unknown'
                  ? [`unknown: ${answer.reason}`]
                  : answer.to
                      .map((one) =>
                        JSON.stringify(
                          one.kind === 'mesh'
                            ? ['mesh', [...one.hosts].sort(), one.clients]
                            : [nameOf(one.listener.owner), one.listener.listener.name, one.hosts.map(({ host }) => host).sort()],
                        ),
                      )
                      .sort(),
            expected: () =>
              attachments(world, route, parent)
                .map((one) =>
                  JSON.stringify(
                    one.kind === 'mesh'
                      ? ['mesh', [...one.hosts].sort(), one.clients]
                      : [nameOf(one.listener.owner), one.listener.listener.name, [...one.hosts].sort()],
                  ),
                )
                .sort(),
          };
        }
      }
  },
);

function shown({ kind, config, configName, routeName, destinations, status }: RouteOutcome): unknown {
  const by = config?.kind === 'VirtualService' ? configName : routeName;
  if (kind === 'direct-response') return [kind, by, status];
  if (kind !== 'forward') return by === undefined || kind === 'no-route' ? [kind] : [kind, by];
  return [
    kind,
    config === undefined ? null : by,
    destinations.map(({ host, port, weight, cluster }) => (host === undefined ? ['not granted', weight] : [host, port, weight, cluster])),
  ];
}

const gatewayCases = fc
  .record({
    gateways: gateway(httpPort),
    routes: fc.array(ruled(atGateway), { minLength: 1, maxLength: 3, size: 'max' }),
    grants: fc.array(grant, { minLength: 1, maxLength: 3, size: 'max' }),
    requests: fc.array(request(['a.example.com', 'b.example.com', 'g.example.com', 'x.org']), { minLength: 3, maxLength: 6, size: 'max' }),
    port: fc.constantFrom(80, 80, 80, 80, 81),
  })
  .map(({ gateways, routes, grants, requests, port }) => ({
    requests,
    port,
    world: worldOf([...surroundings, ...gateways, ...routes, ...grants]),
  }));

const atGateways = lookUp(
  'the rule of the Gateway API that a request takes at a gateway',
  gatewayCases,
  function* (of, mesh, { world, requests, port }): Iterable<Comparison> {
    const worlds = mixedOrders(world, ['HTTPRoute', 'GRPCRoute']).flatMap((one) => mixedOrders(one, ['KubernetesGateway', 'ListenerSet']));
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name !== 'kgw-istio') continue;
      for (const one of requests) {
        // A path of gRPC has two segments; what becomes of others the page does not say.
        if (one.host === 'g.example.com' && one.path.split('/').length < 3) continue;
        yield {
          question: `${one.host}:${String(port)} ${JSON.stringify(one)}`,
          here: told(of.routeOf(mesh, { kind: 'gateway', workload }, one.host, port, trafficOf(one), regexes), shown),
          expected: () =>
            answers(worlds, (each) => {
              const open = ofKind(each, 'KubernetesGateway').flatMap((gatewayOfPods) => listenersOf(each, gatewayOfPods));
              if (!open.some(({ listener: { port: number, protocol } }) => number === port && protocol === 'HTTP')) return ['reset'];
              const found = gatewayApiRoutes(each, open, one.host, port);
              return found === undefined ? ['no-route'] : apiOutcome(each, { ...proxy, isGateway: true }, found, one);
            }),
        };
      }
    }
  },
);

const hosts = [web, api, external] as const;
const meshCases = fc
  .record({
    routes: fc.array(ruled(inMesh), { minLength: 1, maxLength: 3, size: 'max' }),
    services: few(
      fc
        .record({ namespace: fc.constantFrom('a', 'b'), exportTo: fc.constantFrom(undefined, ['.'], ['a'], ['*']), prefix: maybe('/a') })
        .map(({ namespace, exportTo, prefix }): Manifest => ({
          kind: 'VirtualService',
          namespace,
          spec: {
            hosts: [web],
            ...(exportTo === undefined ? {} : { exportTo }),
            http: [{ ...(prefix === undefined ? {} : { match: [{ uri: { prefix } }] }), directResponse: { status: 418 } }],
          },
        })),
      1,
    ),
    grants: few(grant, 1),
    requests: fc.array(request(hosts), { minLength: 2, maxLength: 4 }),
    port: fc.constantFrom(80, 80, 80, 81),
  })
  .map(({ routes, services, grants, requests, port }) => ({
    requests,
    port,
    world: worldOf([...surroundings, ...routes, ...services, ...grants]),
  }));

const inMeshes = lookUp(
  'the rule of the Gateway API that a request takes in the mesh',
  meshCases,
  function* (of, mesh, { world, requests, port }): Iterable<Comparison> {
    const worlds = mixedOrders(world, ['HTTPRoute', 'GRPCRoute', 'VirtualService']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name === 'kgw-istio') continue;
      for (const one of requests) {
        if ((port === 81 && one.host !== web) || (one.path === '/a' && ofKind(world, 'GRPCRoute').length > 0)) continue;
        yield {
          question: `${pod.namespace}/${pod.name} → ${one.host}:${String(port)} ${JSON.stringify(one)}`,
          here: told(of.routeOf(mesh, { kind: 'sidecar', workload }, one.host, port, trafficOf(one), regexes), shown),
          expected: () =>
            answers(worlds, (each) => {
              const found = meshApiRoutes(each, proxy, one.host, port);
              if (found === undefined) return ['forward', null, [[one.host, port, 100, 'present']]];
              return 'rules' in found ? apiOutcome(each, proxy, found.rules, one) : serviceOutcome(proxy, found.service, port, one);
            }),
        };
      }
    }
  },
);

export const gatewayApiLookUps: readonly LookUp[] = [attachment, atGateways, inMeshes];
