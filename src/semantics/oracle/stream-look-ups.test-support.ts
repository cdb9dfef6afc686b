import fc from 'fast-check';
import type { Traffic } from '../routing.ts';
import { type Comparison, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { few, type Manifest, maybe, namespaces, population, sparse, worldOf, written } from './meshes.test-support.ts';
import { expected, regexes, shown, subsetRule } from './route-cases.test-support.ts';
import { api, exportTo, service, sidecar, web } from './service-cases.test-support.ts';
import { streamOutcome } from './streams.test-support.ts';
import { answers, orders } from './world.test-support.ts';

const clients = sparse({
  port: fc.constantFrom(90, 443, 91),
  sourceLabels: fc.constantFrom<object>({ app: 'web' }, { version: 'v1' }, { app: 'api' }),
  sourceNamespace: fc.constantFrom('a', 'b'),
  gateways: fc.constantFrom(['mesh'], ['edge'], ['a/edge', 'mesh']),
});
const restricted = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: clients });

const destination = written({
  host: fc.constantFrom('web', web, api, 'none'),
  port: fc.constantFrom(undefined, undefined, { number: 80 }, { number: 90 }),
  subset: fc.constantFrom(undefined, undefined, undefined, 'v1', 'v9'),
});
const target = fc
  .array(fc.record({ to: destination, weight: maybe(0, 1, 7) }), { minLength: 1, maxLength: 2 })
  // Validation refuses a total of 0 over several.
  .filter((list) => list.length === 1 || list.some(({ weight }) => (weight ?? 0) > 0))
  .map((list) => list.map(({ to, weight }) => ({ destination: to, ...(weight === undefined ? {} : { weight }) })));

const addresses = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ destinationSubnets: ['10.0.0.0/8'] }) },
);
const tcpRoute = fc
  .record({
    match: fc.option(
      fc.array(
        fc.tuple(clients, addresses).map(([one, more]) => ({ ...one, ...more })),
        { minLength: 1, maxLength: 2 },
      ),
      { nil: undefined, freq: 4 },
    ),
    route: target,
  })
  .map(({ match, route }) => ({ ...(match === undefined ? {} : { match }), route }));

const names = ['x.example.com', 'y.example.com', '*.example.com', web] as const;
const tlsRoute = fc.record({
  match: fc.array(
    // One name each: what becomes of lists that have a part in common, the page does not say.
    fc.tuple(fc.constantFrom(...names), restricted).map(([name, more]) => ({ sniHosts: [name], ...more })),
    { minLength: 1, maxLength: 2 },
  ),
  route: target,
});

const virtualService: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    spec: written({
      hosts: fc.constantFrom(
        [web, '*.example.com'],
        [web, '*.example.com'],
        ['*.a.svc.cluster.local', '*.example.com'],
        ['*.local', '*.example.com'],
        [api],
      ),
      gateways: maybe(['mesh'], ['edge'], ['mesh', 'a/edge']),
      exportTo,
      tcp: fc.array(tcpRoute, { minLength: 1, maxLength: 2 }),
      tls: fc.array(tlsRoute, { minLength: 1, maxLength: 3 }),
    }),
  })
  .map(({ namespace, spec }) => ({ kind: 'VirtualService', namespace, spec }));

const streamCases = fc
  .record({
    routes: fc.array(virtualService, { minLength: 1, maxLength: 3, size: 'max' }),
    sidecars: few(sidecar, 1),
  })
  .map(({ routes, sidecars }) => ({ world: worldOf([...population, ...streamServices(), subsetRule, ...routes, ...sidecars]) }));

/** Port 90 is tcp, port 443 tls. */
function streamServices(): readonly Manifest[] {
  const withTls = service('a', 'web', [80, 90]);
  const spec = withTls.spec as { readonly ports: readonly object[] };
  return [
    { ...withTls, spec: { ...spec, ports: [...spec.ports, { name: 'tls', port: 443, targetPort: 8443 }] } },
    service('b', 'api', [80]),
  ];
}

const connections: readonly { readonly port: number; readonly sni: string | undefined }[] = [
  { port: 90, sni: undefined },
  { port: 90, sni: 'x.example.com' },
  { port: 443, sni: 'x.example.com' },
  { port: 443, sni: 'z.example.com' },
  { port: 443, sni: web },
];

const streams = lookUp('the route that a connection takes in the mesh', streamCases, function* (of, mesh, { world }): Iterable<Comparison> {
  const worlds = orders(world, ['VirtualService']);
  for (const { workload, pod, proxy } of pairs(mesh, world)) {
    for (const { port, sni } of connections) {
      const wanted = answers(worlds, (each) => {
        const outcome = streamOutcome(each, proxy, web, port, port === 443, sni);
        return outcome === 'silent' ? outcome : expected(outcome);
      });
      if (wanted.includes('"silent"')) continue;
      const traffic: Traffic = sni === undefined ? { kind: 'tcp' } : { kind: 'tls', sni };
      yield {
        question: `${pod.namespace}/${pod.name} → ${web}:${String(port)} ${String(sni)}`,
        here: told(of.routeOf(mesh, { kind: 'sidecar', workload }, web, port, traffic, regexes), shown),
        expected: () => wanted,
      };
    }
  }
});

export const streamLookUps: readonly LookUp[] = [streams];
