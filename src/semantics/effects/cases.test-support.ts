import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ingest } from '../../engine/ingest.ts';
import { createMesh, type Mesh } from '../../graph/mesh.ts';
import { defaultMeshConfig } from '../../graph/mesh-config.ts';
import { meshConfigFrom } from '../../graph/read-mesh-config.ts';
import { validatorChunks } from '../../validator-chunks.ts';
import { library } from '../../yaml/library.ts';
import { readDocument } from '../../yaml/read.ts';
import { splitDocuments } from '../../yaml/documents.ts';

/** The folder with the cases: reference answers of Istio's own generator. */
const casesFolder = process.env['MESHLINT_EFFECTS_CASES'] ?? path.join(import.meta.dirname, '../../../../shared/conformance/cases/effects');
export const haveCases = existsSync(casesFolder);

/** A question as it stands in questions.json; which fields there are depends on `ask`. */
export interface Question {
  readonly ask: string;
  readonly answer: unknown;
  /** All answers seen, where they depend on the order of creation. */
  readonly answers?: readonly unknown[];
  readonly [field: string]: unknown;
}

export interface EffectsCase {
  readonly name: string;
  readonly mesh: Mesh;
  readonly questions: readonly Question[];
}

/** Reads one case: its mesh, without what Istio's validation rejected, and its questions. */
export async function readCase(name: string): Promise<EffectsCase> {
  const folder = path.join(casesFolder, name);
  const file = (base: string): string | undefined =>
    existsSync(path.join(folder, base)) ? readFileSync(path.join(folder, base), 'utf8') : undefined;
  const input = await ingest(
    [{ path: 'input.yaml', named: true, read: () => file('input.yaml') ?? '' }],
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  const rejected = new Set(Object.keys(JSON.parse(file('rejected.json') ?? '{}') as Record<string, string>));
  const config = { ...defaultMeshConfig, trustDomain: 'cluster.local' };
  const meshConfig = file('meshconfig.yaml');
  const [span] = meshConfig === undefined ? [] : splitDocuments(meshConfig);
  const reading = meshConfig === undefined || span === undefined ? undefined : readDocument(meshConfig, span, library);
  const mesh = createMesh({
    resources: input.resources.filter(({ kind, metadata }) => !rejected.has(`${kind} ${metadata.namespace}/${metadata.name}`)),
    documents: input.documents,
    complete: true,
    config:
      reading !== undefined && reading !== 'library-needed' && reading.kind === 'value' ? meshConfigFrom(reading.value, config) : config,
    domain: 'cluster.local',
  });
  return { name, mesh, questions: JSON.parse(file('questions.json') ?? '[]') as readonly Question[] };
}

export function caseNames(): readonly string[] {
  return haveCases
    ? readdirSync(casesFolder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];
}
