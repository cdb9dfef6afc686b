import type { ReadDocument } from '../graph/subjects.ts';
import type { Unread } from '../graph/unread.ts';
import type { Resource } from '../model/resource.ts';
import type { Notification } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import { readKustomizations } from './read-kustomizations.ts';
import type { Loaders } from './loaders.ts';
import { MeshBuilder } from './mesh-builder.ts';
import { type MeshSpec, meshSpecs } from './meshes.ts';
import { normalizePath } from './paths.ts';
import { Reading, type SourceStore } from './source-store.ts';

/**
 * Takes each source once, one document at a time, and keeps of each only the typed resources: in every mesh that the source is in. One mesh for
 * each spec, in their order.
 */
export async function ingestMeshes(
  sources: Iterable<Source>,
  specs: readonly MeshSpec[],
  store: SourceStore,
): Promise<readonly MeshBuilder[]> {
  const ordered = [...sources].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const covered = coverage(ordered, specs);
  const kustomize = await readKustomizations(ordered, covered, specs.length, store);
  const meshes = specs.map((spec, i) => new MeshBuilder(spec, kustomize.trees[i]));

  for (const source of ordered) {
    const builders = covered === undefined ? meshes : meshes.filter((_, i) => covered.get(source)?.includes(i) === true);
    if (builders.length === 0) {
      store.tally.skip('in-no-mesh');
      continue;
    }
    const path = normalizePath(source.path);
    const skip = kustomize.skips.get(path);
    if (skip !== undefined) store.tally.skip(skip);
    const early = kustomize.early.get(source);
    if (early === undefined && skip !== undefined) continue;
    const targets = builders.map((part) => ({ part, file: part.kustomize?.file(path) }));
    await store.fill(source, targets, early);
  }
  return meshes;
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

/** What one mesh comes to, without settings; for tests of the layers above the reading. */
export async function ingest(
  sources: Iterable<Source>,
  loaders: Loaders,
  options: { readonly defaultNamespace: string },
): Promise<{
  readonly resources: readonly Resource[];
  readonly documents: readonly ReadDocument[];
  readonly unread: readonly Unread[];
  readonly notifications: readonly Notification[];
}> {
  const store = new Reading(loaders);
  const [mesh] = await ingestMeshes(sources, meshSpecs(options), store);
  return {
    resources: mesh?.read() ?? [],
    documents: mesh?.documents ?? [],
    unread: mesh?.unread ?? [],
    notifications: store.tally.notifications,
  };
}
