import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelKind } from '../../model/kinds.ts';
import * as implementation from './implementation.test-support.ts';
import { documentOf, ingested } from './ingested.test-support.ts';
import { type Case, type LookUp, meshOf } from './look-up.test-support.ts';
import { lookUps } from './look-ups.test-support.ts';
import { deployment, namespace, worldOf } from './meshes.test-support.ts';

const seed = Number(process.env['MESHLINT_ORACLE_SEED'] ?? 20261124);
const numRuns = Math.ceil(Number(process.env['MESHLINT_ORACLE_RUNS'] ?? 120) / 8);
const timeout = Math.max(60_000, numRuns * 400);

const ofMeshes = lookUps.filter(({ name }) => name !== 'the full name of a host').map((one) => [one.name, one] as const);

async function answersOf(
  { world, told }: Case,
  files: readonly (readonly object[])[],
  complete: boolean,
): Promise<ReadonlyMap<string, string>> {
  const input = await ingested(files as never);
  return told(implementation, meshOf(implementation, world, { ...input, complete }));
}

describe('answers do not depend on the order of files or documents', { timeout }, () => {
  it.each(ofMeshes)('%s', async (_name, { cases }: LookUp) => {
    const shuffled = cases.chain((one) =>
      fc.record({
        one: fc.constant(one),
        documents: fc.shuffledSubarray([...one.world.resources], { minLength: one.world.resources.length }),
        cuts: fc.array(fc.nat(one.world.resources.length), { maxLength: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ one, documents, cuts }) => {
        const ordered = await answersOf(one, [one.world.resources.map(documentOf)], true);
        const edges = [0, ...cuts.sort((a, b) => a - b), documents.length];
        const files = edges.slice(1).map((edge, i) => documents.slice(edges[i], edge).map(documentOf));
        expect(await answersOf(one, files, true)).toEqual(ordered);
      }),
      { seed, numRuns },
    );
  });
});

/** A namespace that keeps to itself. */
const unrelated = worldOf([
  namespace('z'),
  deployment('z', 'web', { app: 'web', version: 'v1' }),
  {
    kind: 'Service',
    namespace: 'z',
    name: 'web',
    spec: { selector: { app: 'web' }, ports: [{ name: 'tcp', port: 80, targetPort: 8080 }] },
  },
  { kind: 'PeerAuthentication', namespace: 'z', name: 'z', spec: { mtls: { mode: 'DISABLE' } } },
  { kind: 'AuthorizationPolicy', namespace: 'z', name: 'z', spec: {} },
  { kind: 'RequestAuthentication', namespace: 'z', name: 'z', spec: { jwtRules: [{ issuer: 'https://iss' }] } },
  { kind: 'Sidecar', namespace: 'z', name: 'z', spec: { egress: [{ hosts: ['~/*'] }] } },
  {
    kind: 'DestinationRule',
    namespace: 'z',
    name: 'z',
    spec: { host: '*', exportTo: ['.'], trafficPolicy: { tls: { mode: 'SIMPLE' } }, subsets: [{ name: 'v1' }] },
  },
  {
    kind: 'VirtualService',
    namespace: 'z',
    name: 'z',
    spec: { hosts: ['web.a.svc.cluster.local'], exportTo: ['.'], http: [{ directResponse: { status: 500 } }] },
  },
  {
    kind: 'ServiceEntry',
    namespace: 'z',
    name: 'z',
    spec: { hosts: ['a.example.com'], exportTo: ['.'], ports: [{ name: 'tcp', number: 80, protocol: 'TCP' }] },
  },
]).resources;

describe('an unrelated namespace changes no answer', { timeout }, () => {
  it.each(ofMeshes)('%s', (_name, { cases }) => {
    fc.assert(
      fc.property(cases, ({ world, told }) => {
        const before = told(implementation, meshOf(implementation, world));
        const after = meshOf(implementation, world, { resources: [...unrelated, ...world.resources] });
        expect(told(implementation, after)).toEqual(before);
      }),
      { seed, numRuns: numRuns * 4 },
    );
  });
});

/** What says that something is: without it nothing is known, in an open mesh. The others decide. */
const definitions: readonly ModelKind[] = ['Service', 'ServiceEntry', 'Deployment', 'Namespace'];

/** Says that something is not there: a DestinationRule, a host or subset, a cluster. */
const says = (answer: string): boolean =>
  /missing|no-cluster|unknown-|,"absent"\]|"none"|blackhole/.test(answer.replaceAll(/unknown: .*/g, ''));

describe('in an open mesh the removal of a file that decides nothing turns no answer into "missing"', { timeout }, () => {
  const asked = [
    'the DestinationRule that a client gets',
    "the client's TLS",
    'the route that a request takes in the mesh',
    'the route that a request takes at a gateway',
    'the route that a request takes by delegates',
  ];

  it.each(ofMeshes.filter(([name]) => asked.includes(name)))('%s', (_name, { cases }) => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ world, told }, number) => {
        const removable = world.resources.filter(({ kind }) => definitions.includes(kind));
        const removed = removable[number % removable.length];
        const before = told(implementation, meshOf(implementation, world, { complete: false }));
        const left = world.resources.filter((resource) => resource !== removed);
        const after = told(implementation, meshOf(implementation, world, { complete: false, resources: left }));
        const turned = [...after].filter(([question, answer]) => says(answer) && !says(before.get(question) ?? ''));
        expect(turned.map(([question, answer]) => [question, before.get(question), answer])).toEqual([]);
      }),
      { seed, numRuns: numRuns * 4 },
    );
  });

  it('a resource by its name', () => {
    const cases = ofMeshes.find(([name]) => name === 'the route that a request takes at a gateway')?.[1].cases ?? fc.constant(undefined);
    fc.assert(
      fc.property(cases, fc.nat(), (one, number) => {
        const resources = one?.world.resources ?? [];
        const removed = resources[number % resources.length];
        if (one === undefined || removed === undefined) return;
        const { kind, metadata } = removed;
        const left = meshOf(implementation, one.world, {
          complete: false,
          resources: resources.filter((resource) => resource !== removed),
        });
        expect(left.lookup(kind, metadata.namespace, metadata.name).kind).toBe('unknown');
      }),
      { seed, numRuns },
    );
  });
});
