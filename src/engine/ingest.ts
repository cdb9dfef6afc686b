import type { ReadDocument } from '../graph/subjects.ts';
import type { Kind, ModelKind } from '../model/kinds.ts';
import type { Resource } from '../model/resource.ts';
import type { Notification } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import type { Value } from '../yaml/value.ts';
import { withoutPatched } from './customize.ts';
import { readKustomizations } from './read-kustomizations.ts';
import type { KustomizedFile } from './kustomize-tree.ts';
import type { Loaders } from './loaders.ts';
import { MeshBuilder } from './mesh-builder.ts';
import { type MeshSpec, meshSpecs } from './meshes.ts';
import { normalizePath } from './paths.ts';
import type { ReadResource } from './read-resources.ts';
import { SourceReader, type SourceSink } from './read-source.ts';
import { Tally } from './tally.ts';

/** What all sources hold. */
export interface Ingested {
  /** One for each mesh, in the order of the options. */
  readonly meshes: readonly MeshBuilder[];
  readonly reader: SourceReader;
  readonly tally: Tally;
}

/** Reads each source once, one document at a time, and keeps of each only the typed resources: in every mesh that the source is in. */
export async function ingestMeshes(sources: Iterable<Source>, loaders: Loaders, specs: readonly MeshSpec[]): Promise<Ingested> {
  const tally = new Tally();
  const reader = new SourceReader(loaders, tally);
  const ordered = [...sources].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const covered = coverage(ordered, specs);
  const kustomize = await readKustomizations(ordered, covered, specs.length, reader);
  const meshes = specs.map((spec, i) => new MeshBuilder(spec, kustomize.trees[i]));

  for (const source of ordered) {
    const builders = covered === undefined ? meshes : meshes.filter((_, i) => covered.get(source)?.includes(i) === true);
    if (builders.length === 0) {
      tally.skip('in-no-mesh');
      continue;
    }
    const path = normalizePath(source.path);
    const skip = kustomize.skips.get(path);
    if (skip !== undefined) tally.skip(skip);
    const sink = new MeshSink(builders, path);
    const early = kustomize.early.get(source);
    if (early !== undefined) early.replay(sink);
    else if (skip === undefined) await reader.read(source, sink);
  }
  return { meshes, reader, tally };
}

/** The numbers of the meshes that each source is in; undefined when all are in all. Context is part of each mesh that does not name it. */
function coverage(sources: readonly Source[], specs: readonly MeshSpec[]): ReadonlyMap<Source, readonly number[]> | undefined {
  if (specs.every(({ name }) => name === undefined)) return undefined;
  const all = specs.map((_, i) => i);
  return new Map(
    sources.map((source) => {
      const path = normalizePath(source.path);
      const in_ = all.filter((i) => specs[i]?.covers(path) === true);
      return [source, in_.length === 0 && source.context === true ? all : in_];
    }),
  );
}

/** Hands what a source holds to each mesh that it is in. */
class MeshSink implements SourceSink {
  readonly #targets: readonly { readonly builder: MeshBuilder; readonly file: KustomizedFile | undefined }[];

  constructor(builders: readonly MeshBuilder[], path: string) {
    this.#targets = builders.map((builder) => ({ builder, file: builder.kustomize?.file(path) }));
  }

  resource(read: ReadResource): void {
    for (const { builder, file } of this.#targets) builder.add(read, file);
  }

  namespaceOf(row: Kind, written: string): string {
    const [first] = this.#targets;
    if (first === undefined) return written;
    const [context, ...others] = first.file?.contexts ?? [];
    const given = others.length === 0 ? context?.namespace : undefined;
    return first.builder.namespaceOf(row, given ?? written);
  }

  document(document: ReadDocument): void {
    for (const { builder, file } of this.#targets) {
      const own = file === undefined ? document : withoutPatched(document, file);
      if (own.problems.length > 0) builder.documents.push(own);
    }
  }

  unread(kind: ModelKind, reason: string): void {
    for (const { builder } of this.#targets) builder.addUnread(kind, reason);
  }

  operator(value: Value): void {
    for (const { builder } of this.#targets) builder.operators.push(value);
  }
}

/** What one mesh comes to, without settings; for tests of the layers above the reading. */
export async function ingest(
  sources: Iterable<Source>,
  loaders: Loaders,
  options: { readonly defaultNamespace: string },
): Promise<{
  readonly resources: readonly Resource[];
  readonly documents: readonly ReadDocument[];
  readonly notifications: readonly Notification[];
}> {
  const { meshes, tally } = await ingestMeshes(sources, loaders, meshSpecs(options));
  const [mesh] = meshes;
  return { resources: mesh?.read() ?? [], documents: mesh?.documents ?? [], notifications: tally.notifications };
}
