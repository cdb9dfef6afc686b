import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as implementation from './implementation.test-support.ts';
import { type Document, documentOf, ingested } from './ingested.test-support.ts';
import { type Case, type LookUp, meshOf } from './look-up.test-support.ts';
import { lookUps } from './look-ups.test-support.ts';

const seed = Number(process.env['MESHLINT_ORACLE_SEED'] ?? 20261124);
const numRuns = Math.ceil(Number(process.env['MESHLINT_ORACLE_RUNS'] ?? 120) / 4);

/** A text of a document: where it stands, and what it is. */
interface Scalar {
  readonly path: readonly (string | number)[];
  readonly value: string | number | boolean;
}

function* scalarsOf(value: unknown, path: Scalar['path'] = []): Iterable<Scalar> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') yield { path, value };
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* scalarsOf(item, [...path, i]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* scalarsOf(item, [...path, key]);
}

function replaced(value: unknown, [step, ...rest]: Scalar['path'], put: unknown): unknown {
  if (step === undefined) return put;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === step ? replaced(item, rest, put) : item));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: replaced(fields[String(step)], rest, put) };
}

/** What a scalar is: of what kind of resource, and by which fields; lists and labels have one name for all. */
function roleOf(document: Document, { path }: Scalar): string {
  const steps = path.map((step) => (typeof step === 'number' ? '*' : step));
  const last = steps.at(-1) ?? '';
  return ['host', 'mode', 'namespace', 'app', 'version'].includes(last) ? last : `${String(document['kind'])} ${steps.join('.')}`;
}

function nameIn(metadata: unknown): readonly unknown[] {
  const { namespace, name } = metadata as { readonly namespace?: string; readonly name: string };
  return [namespace, name];
}

async function answersIn({ world, told }: Case, documents: readonly Document[]): Promise<ReadonlyMap<string, string>> {
  return told(implementation, meshOf(implementation, world, await ingested([documents])));
}

/** Look-ups that say what results. The others list resources as they are written; whoever uses them asks whether these are known. */
const asked = [
  'the DestinationRule that a client gets',
  "the client's TLS",
  'the PeerAuthentication mode of a port',
  'who is in the mesh',
  'the protocol of a port',
  'whether a call is admitted',
  'whether an ambient port takes plaintext',
  'the waypoint of a service or workload',
  'whether a call is admitted in ambient',
  'whether a call is admitted, an external server among those who decide',
  'the route that a request takes in the mesh',
  'the route that a request takes at a gateway',
  'the route that a request takes by delegates',
  'the route that a request takes by the servers of Gateways',
  'the rule of the Gateway API that a request takes at a gateway',
  'the rule of the Gateway API that a request takes in the mesh',
  'the route that a connection takes in the mesh',
  'the route that a connection takes at a gateway',
  'the route that a request takes by the egress of a Sidecar',
];
const ofMeshes = lookUps.filter(({ name }) => asked.includes(name)).map((one) => [one.name, one] as const);

/** One scalar of a generated mesh, another value that it could have, and the mesh with a placeholder in its place. */
describe('what depends on a value that is a placeholder is unknown', { timeout: Math.max(60_000, numRuns * 400) }, () => {
  it.each(ofMeshes)('%s', async (name, { cases }: LookUp) => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), fc.nat(), async (one, which, other) => {
        const documents = one.world.resources.map(documentOf);
        const scalars = documents.flatMap((document, at) =>
          [...scalarsOf(document)]
            .filter(({ path }) => path[0] === 'spec' || path[1] === 'namespace' || path[1] === 'labels' || path[1] === 'annotations')
            .map((scalar) => ({ at, scalar, role: roleOf(document, scalar) }))
            // Which subsets a rule defines, and which labels a client has, is asked about by those who look for them.
            .filter(
              ({ role }) =>
                name !== 'the DestinationRule that a client gets' ||
                (document['kind'] !== 'Deployment' && !role.startsWith('DestinationRule spec.subsets')),
            ),
        );
        const chosen = scalars[which % scalars.length];
        if (chosen === undefined) return;
        const { at, scalar, role } = chosen;
        const values = [...new Set(scalars.filter((each) => each.role === role).map((each) => each.scalar.value))].filter(
          (value) => value !== scalar.value,
        );
        const alternative = values[other % values.length];
        if (alternative === undefined) return;
        const put = (value: unknown) =>
          documents.map((document, i) => (i === at ? (replaced(document, scalar.path, value) as Document) : document));
        // Two of one name would be another mesh.
        const named = put(alternative).map(({ kind, metadata }) => JSON.stringify([kind, nameIn(metadata)]));
        if (new Set(named).size < named.length) return;
        const asIs = await answersIn(one, documents);
        const otherwise = await answersIn(one, put(alternative));
        const doubtful = await answersIn(one, put('${X}'));
        const wrong = [...doubtful].filter(
          ([question, answer]) =>
            asIs.has(question) && otherwise.has(question) && asIs.get(question) !== otherwise.get(question) && !answer.includes('unknown'),
        );
        expect([
          role,
          scalar,
          alternative,
          wrong.map(([question, answer]) => [question, asIs.get(question), otherwise.get(question), answer]),
        ]).toEqual([role, scalar, alternative, []]);
      }),
      { seed, numRuns },
    );
  });
});
