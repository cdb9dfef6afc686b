import type { Source } from '../text/source.ts';
import type { Value } from '../yaml/value.ts';
import { type Kustomization, type KustomizeSkip, readKustomization, type Written } from './kustomization.ts';
import { isKustomizationPath } from './kustomization-path.ts';
import { isFile, type Patch, patchesFrom, replacementsFrom, unreadPatch } from './kustomize-patches.ts';
import { kustomizeTree, type KustomizeTree } from './kustomize-tree.ts';
import { normalizePath } from './paths.ts';
import type { RecordingSink } from './recording-sink.ts';
import type { SourceStore } from './source-store.ts';

export interface Kustomizations {
  /** By number of the mesh; undefined for one without kustomizations. */
  readonly trees: readonly (KustomizeTree | undefined)[];
  /** Why files are no resources, by path. */
  readonly skips: ReadonlyMap<string, KustomizeSkip>;
  /** What was in sources that are already read. */
  readonly early: ReadonlyMap<Source, RecordingSink>;
}

/**
 * Reads the kustomizations among the sources, and the patches and replacements that they name. `covered`: the meshes of each source, undefined
 * for all.
 */
export async function readKustomizations(
  sources: readonly Source[],
  covered: ReadonlyMap<Source, readonly number[]> | undefined,
  meshes: number,
  store: SourceStore,
): Promise<Kustomizations> {
  const early = new Map<Source, RecordingSink>();
  const found: { readonly source: Source; readonly kustomization: Kustomization }[] = [];
  for (const source of sources) {
    if (!isKustomizationPath(source.path) || covered?.get(source)?.length === 0) continue;
    const recorded = await store.record(source, 'kustomizations');
    for (const value of recorded.values) found.push({ source, kustomization: readKustomization(normalizePath(source.path), value) });
    early.set(source, recorded);
  }
  if (found.length === 0) return { trees: [], skips: new Map(), early };

  const byPath = new Map(sources.map((source) => [normalizePath(source.path), source]));
  const skips = skipsOf(found.map(({ kustomization }) => kustomization));
  const patches = new PatchReader(byPath, skips, store, early);
  const patchesOf = new Map<Kustomization, readonly Patch[]>();
  for (const { kustomization } of found) patchesOf.set(kustomization, await patches.of(kustomization));

  const trees = Array.from({ length: meshes }, (_, mesh) => {
    const isIn = (source: Source | undefined): boolean => source !== undefined && (covered?.get(source)?.includes(mesh) ?? true);
    const own = found.filter(({ source }) => isIn(source)).map(({ kustomization }) => kustomization);
    if (own.length === 0) return undefined;
    return kustomizeTree(
      own,
      (path) => isIn(byPath.get(path)),
      (kustomization) => patchesOf.get(kustomization) ?? [],
    );
  });
  return { trees, skips, early };
}

/** What one kustomization lists as a resource is one, whatever it is to others. */
function skipsOf(kustomizations: readonly Kustomization[]): ReadonlyMap<string, KustomizeSkip> {
  const skips = new Map<string, KustomizeSkip>();
  for (const { patches, replacements, others } of kustomizations) {
    for (const [path, reason] of others) skips.set(path, reason);
    for (const replacement of replacements) if (isFile(replacement)) skips.set(replacement.path, 'kustomize-replacement');
    for (const patch of patches) if (isFile(patch)) skips.set(patch.path, 'kustomize-patch');
  }
  for (const { resources } of kustomizations) for (const path of resources) skips.delete(path);
  return skips;
}

/** Reads patches and replacements, each file once. */
class PatchReader {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #skips: ReadonlyMap<string, KustomizeSkip>;
  readonly #store: SourceStore;
  readonly #early: Map<Source, RecordingSink>;
  readonly #values = new Map<string, readonly Value[]>();

  constructor(
    sources: ReadonlyMap<string, Source>,
    skips: ReadonlyMap<string, KustomizeSkip>,
    store: SourceStore,
    early: Map<Source, RecordingSink>,
  ) {
    this.#sources = sources;
    this.#skips = skips;
    this.#store = store;
    this.#early = early;
  }

  async of({ patches, replacements }: Kustomization): Promise<readonly Patch[]> {
    const all: Patch[] = [];
    for (const written of patches) {
      const values = await this.#valuesOf(written);
      const target = 'target' in written ? written.target : undefined;
      all.push(...(values === undefined ? unreadPatch(target) : patchesFrom(values, target)));
    }
    for (const written of replacements) all.push(...replacementsFrom((await this.#valuesOf(written)) ?? []));
    return all;
  }

  /** Undefined: the text is not in the input, or is no YAML. */
  async #valuesOf(written: Written): Promise<readonly Value[] | undefined> {
    if ('value' in written) return [written.value];
    if (isFile(written)) return this.#file(written.path);
    const values = await this.#store.readText(written.text);
    return 'problem' in values ? undefined : values;
  }

  async #file(path: string): Promise<readonly Value[] | undefined> {
    const source = this.#sources.get(path);
    if (source === undefined) return undefined;
    const known = this.#values.get(path);
    if (known !== undefined) return known;
    const recorded = await this.#store.record(source, this.#skips.has(path) ? 'patches' : 'patches-and-resources');
    this.#values.set(path, recorded.values);
    this.#early.set(source, recorded);
    return recorded.values;
  }
}
