import fc from 'fast-check';
import { egressOutcome } from './egress.test-support.ts';
import { type Comparison, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { type Manifest, maybe, population, root, worldOf, written } from './meshes.test-support.ts';
import { expected, regexes, request, sameHosts, shown, subsetRule, trafficOf, virtualService } from './route-cases.test-support.ts';
import { api, entry, external, service, web } from './service-cases.test-support.ts';
import { answers, orders } from './world.test-support.ts';

const hosts = fc.array(
  fc
    .tuple(fc.constantFrom('*', '.', 'a', 'b'), fc.constantFrom('*', '*', web, api, external, '*.svc.cluster.local'))
    .map(([owner, host]) => `${owner}/${host}`),
  { minLength: 1, maxLength: 2 },
);

const withPort = fc
  .record({
    port: fc.constantFrom(
      { number: 80, protocol: 'HTTP', name: 'http' },
      { number: 80, protocol: 'HTTP', name: 'http' },
      { number: 81, protocol: 'HTTP', name: 'more' },
      { number: 90, protocol: 'TCP', name: 'tcp' },
    ),
    hosts,
    capture: fc.constantFrom<object>(
      {},
      {},
      { captureMode: 'DEFAULT' },
      { captureMode: 'IPTABLES' },
      { captureMode: 'NONE' },
      { bind: '127.0.0.1' },
    ),
  })
  // For http Istio looks for routes by the port alone, also where it is bound: what becomes of the port elsewhere the page does not say.
  .map(({ port, hosts: names, capture }) => ({ port, hosts: names, ...(port.protocol === 'TCP' ? capture : {}) }));

const egressSidecar: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: fc.constantFrom('a', 'a', 'b', root),
    spec: written({
      workloadSelector: fc.constantFrom(undefined, undefined, { labels: { version: 'v1' } }),
      outboundTrafficPolicy: maybe<object>({}, { mode: 'ALLOW_ANY' }, { mode: 'REGISTRY_ONLY' }),
      egress: fc.oneof(
        { weight: 1, arbitrary: fc.constant(undefined) },
        {
          weight: 9,
          arbitrary: fc
            .record({
              ports: fc.uniqueArray(withPort, { minLength: 1, maxLength: 2, size: 'max', selector: ({ port }) => port.number }),
              rest: fc.option(hosts, { freq: 3 }),
            })
            // Validation wants the one without a port to be the last.
            .map(({ ports, rest }) => [...ports, ...(rest === null ? [] : [{ hosts: rest }])]),
        },
      ),
    }),
  })
  .map(({ namespace, spec }) => ({ kind: 'Sidecar', namespace, spec }));

const egressCases = fc
  .record({
    routes: fc.array(virtualService(maybe(['mesh']), sameHosts), { maxLength: 2, size: 'max' }),
    sidecars: fc.uniqueArray(egressSidecar, {
      minLength: 1,
      maxLength: 2,
      // Which of several is the oldest is another look-up's.
      selector: ({ namespace, spec }) => `${namespace} ${String('workloadSelector' in (spec ?? {}))}`,
    }),
    outbound: fc.constantFrom('ALLOW_ANY' as const, 'REGISTRY_ONLY' as const),
    requests: fc.array(request([web, api, external, 'x.example.com']), { minLength: 2, maxLength: 4, size: 'max' }),
  })
  .map(({ routes, sidecars, outbound, requests }) => ({
    requests,
    world: worldOf(
      [
        ...population,
        service('a', 'web', [80, 81, 90]),
        service('b', 'api', [80]),
        entry('b', external, [80, 81]),
        subsetRule,
        ...routes,
        ...sidecars,
      ],
      { outbound },
    ),
  }));

const byEgress = lookUp(
  'the route that a request takes by the egress of a Sidecar',
  egressCases,
  function* (of, mesh, { world, requests }): Iterable<Comparison> {
    const worlds = orders(world, ['VirtualService']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const one of requests) {
        for (const port of [80, 81, 90]) {
          yield {
            question: `${pod.namespace}/${pod.name} → ${one.host}:${String(port)} ${JSON.stringify(one)}`,
            here: told(of.routeOf(mesh, { kind: 'sidecar', workload }, one.host, port, trafficOf(one), regexes), shown),
            expected: () => answers(worlds, (each) => expected(egressOutcome(each, proxy, port, one))),
          };
        }
      }
    }
  },
);

export const egressLookUps: readonly LookUp[] = [byEgress];
