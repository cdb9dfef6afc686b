import fc from 'fast-check';
import { outcomes } from '../../graph/answer.ts';
import { hostName } from './hosts.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs } from './look-up.test-support.ts';
import { few, type Manifest, maybe, namespaces, population, worldOf } from './meshes.test-support.ts';
import { api, entry, exportTo, external, service, sidecar, web } from './service-cases.test-support.ts';
import { knownServices } from './visibility.test-support.ts';
import { answers, orders } from './world.test-support.ts';

const names = lookUp(
  'the full name of a host',
  fc.record({
    written: fc.constantFrom('web', 'web.b', '*', '*.b', '*b', web, '10.0.0.1', '::1', 'a.example.com'),
    owner: namespaces,
    world: fc.constantFrom('cluster.local', 'mesh.example').map((domain) => worldOf([], { domain })),
  }),
  function* (of, _mesh, { written: host, owner, world }): Iterable<Comparison> {
    yield { question: host, here: [of.resolveHost(host, owner, world.domain)], expected: () => [hostName(world, host, owner)] };
  },
);

const registryEntries: fc.Arbitrary<Manifest[]> = fc.uniqueArray(
  fc
    .record({
      owner: namespaces,
      host: fc.constantFrom(external, web, '*.example.com', 'a.example.com'),
      ports: fc.constantFrom([80], [80, 443], [443]),
      to: fc.oneof({ weight: 2, arbitrary: exportTo }, { weight: 1, arbitrary: fc.constant(['~']) }),
    })
    .map(({ owner, host, ports, to }) => entry(owner, host, ports, to)),
  // Whether ServiceEntries of one namespace for one host add their ports, the page does not say.
  { maxLength: 3, selector: ({ namespace: owner, spec }) => `${owner} ${(spec as { hosts: string[] }).hosts.join()}` },
);

const registered: fc.Arbitrary<Manifest[]> = fc
  .record({ webTo: maybe('.', '~', 'b', '*', '.,b'), entries: registryEntries })
  .map(({ webTo, entries }) => [service('a', 'web', [80], webTo), service('b', 'api'), ...entries]);

const visibility = lookUp(
  'the services that a client knows',
  fc
    .record({ services: registered, sidecars: few(sidecar, 3), byDefault: fc.constantFrom('*', '*', '.') })
    .map(({ services, sidecars, byDefault }) => ({
      world: worldOf([...population, ...services, ...sidecars], {
        exportTo: { service: byDefault, virtualService: '*', destinationRule: '*' },
      }),
    })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['ServiceEntry', 'Sidecar']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const host of [web, api, external, '*.example.com', 'a.example.com']) {
        yield {
          question: `${pod.namespace}/${pod.name} → ${host}`,
          here: distinct(
            of.sidecarScopesOf(mesh, workload.namespace, workload.labels).flatMap((scope) => {
              const seen = outcomes(of.clustersOf(mesh, { namespace: scope.namespace, scope }, host));
              return seen.length === 0
                ? ['none']
                : seen.map((one) => `${one.definitions[0].resource.kind} ${one.namespace} ${one.ports.map(({ number }) => number).join()}`);
            }),
          ),
          expected: () =>
            answers(worlds, (one) => {
              const known = knownServices(one, proxy).find((candidate) => candidate.host === host);
              return known === undefined ? 'none' : `${known.kind} ${known.namespace} ${known.ports.map(({ number }) => number).join()}`;
            }),
        };
      }
    }
  },
);

export const serviceLookUps: readonly LookUp[] = [names, visibility];
