import type { Value } from '../yaml/value.ts';
import { fieldOf, isObject, itemsOf, stringOf, stringsOf, typeMetaOf } from './ours.ts';
import { folderOf, joinPaths } from './paths.ts';

/** Why a file that a kustomization names is no resource. */
export type KustomizeSkip = 'kustomize-patch' | 'kustomize-replacement' | 'kustomize-configuration' | 'kustomize-input';

/** Labels that are added: always to the resources themselves. */
export interface LabelChange {
  readonly pairs: Readonly<Record<string, string>>;
  /** Also to the pods that a resource makes. */
  readonly templates: boolean;
  /** Also to the selectors of Kubernetes' own kinds. */
  readonly selectors: boolean;
}

/** What a kustomization does to all resources that it takes in. */
export interface Transformations {
  readonly namespace: string | undefined;
  readonly prefix: string;
  readonly suffix: string;
  readonly labels: readonly LabelChange[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Transformers of its own, which may do anything to names and namespaces. */
  readonly opaque: boolean;
}

/** A patch or replacement as it is written: in a file, or in place. */
export type Written =
  | { readonly path: string; readonly target: Value | undefined }
  | { readonly text: string; readonly target: Value | undefined }
  | { readonly value: Value };

/** A Kustomization or Component. Paths are relative to the current folder, as those of sources are. */
export interface Kustomization {
  readonly path: string;
  readonly folder: string;
  /** Files and folders; also what is no local path, and then leads nowhere. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly transformations: Transformations;
  readonly patches: readonly Written[];
  readonly replacements: readonly Written[];
  /** Files that are no resources, besides patches and replacements. */
  readonly others: ReadonlyMap<string, KustomizeSkip>;
  readonly generated: readonly { readonly kind: 'Secret' | 'ConfigMap'; readonly name: string; readonly namespace: string }[];
}

/** Whether a document of a file with such a name (kustomization-path.ts) is a kustomization: these two fields may both be left out. Flux has another kind of that name. */
export function isKustomization(value: Value): boolean {
  if (!isObject(value)) return false;
  const { apiVersion, kind } = typeMetaOf(value);
  return (
    (apiVersion === undefined || apiVersion.startsWith('kustomize.config.k8s.io/')) &&
    (kind === undefined || kind === 'Kustomization' || kind === 'Component')
  );
}

/** Fields of another type than they must have are as if they were not written. Source: kustomize, api/types/kustomization.go. */
export function readKustomization(path: string, value: Value): Kustomization {
  const folder = folderOf(path);
  const join = (relative: string): string => joinPaths(folder, relative);
  const generators = [...itemsOf(value, 'configMapGenerator'), ...itemsOf(value, 'secretGenerator')];
  const charts = [...itemsOf(value, 'helmCharts'), ...itemsOf(value, 'helmChartInflationGenerator')];

  const others = new Map<string, KustomizeSkip>();
  const skip = (reason: KustomizeSkip, written: string | undefined): void => {
    if (written !== undefined && !written.includes('\n')) others.set(join(written), reason);
  };
  for (const field of ['configurations', 'crds', 'generators', 'transformers', 'validators']) {
    for (const written of stringsOf(value, field)) skip('kustomize-configuration', written);
  }
  skip('kustomize-configuration', stringOf(fieldOf(value, 'openapi'), 'path'));
  for (const generator of generators) {
    // `name=path` gives the file another name.
    for (const written of stringsOf(generator, 'files')) skip('kustomize-input', written.slice(written.indexOf('=') + 1));
    for (const written of stringsOf(generator, 'envs')) skip('kustomize-input', written);
    skip('kustomize-input', stringOf(generator, 'env'));
  }
  for (const chart of charts) {
    skip('kustomize-input', stringOf(chart, 'valuesFile'));
    skip('kustomize-input', stringOf(chart, 'values'));
    for (const written of stringsOf(chart, 'additionalValuesFiles')) skip('kustomize-input', written);
  }

  const generatedBy = (kind: 'Secret' | 'ConfigMap', field: string): Kustomization['generated'] =>
    itemsOf(value, field).flatMap((generator) => {
      const name = stringOf(generator, 'name');
      return name === undefined ? [] : [{ kind, name, namespace: stringOf(generator, 'namespace') ?? '' }];
    });
  return {
    path,
    folder,
    resources: [...stringsOf(value, 'resources'), ...stringsOf(value, 'bases')].map(join),
    components: stringsOf(value, 'components').map(join),
    transformations: {
      namespace: nonEmpty(stringOf(value, 'namespace')),
      prefix: stringOf(value, 'namePrefix') ?? '',
      suffix: stringOf(value, 'nameSuffix') ?? '',
      labels: labelChanges(value),
      annotations: pairsOf(fieldOf(value, 'commonAnnotations')),
      opaque: itemsOf(value, 'transformers').length > 0,
    },
    patches: [
      ...stringsOf(value, 'patchesStrategicMerge').map((written): Written => writtenPatch(written, join)),
      ...[...itemsOf(value, 'patches'), ...itemsOf(value, 'patchesJson6902')].flatMap((patch) => patchOf(patch, join)),
    ],
    replacements: itemsOf(value, 'replacements').map((replacement): Written => {
      const file = stringOf(replacement, 'path');
      return file === undefined ? { value: replacement } : { path: join(file), target: undefined };
    }),
    others,
    generated: [...generatedBy('Secret', 'secretGenerator'), ...generatedBy('ConfigMap', 'configMapGenerator')],
  };
}

/** The old list has paths, and patches as they are. */
function writtenPatch(written: string, join: (path: string) => string): Written {
  return written.includes('\n') ? { text: written, target: undefined } : { path: join(written), target: undefined };
}

function patchOf(patch: Value, join: (path: string) => string): readonly Written[] {
  // Very old lists have paths only.
  if (typeof patch === 'string') return [writtenPatch(patch, join)];
  const target = fieldOf(patch, 'target');
  const path = stringOf(patch, 'path');
  const text = stringOf(patch, 'patch');
  if (path !== undefined) return [{ path: join(path), target }];
  return text === undefined ? [] : [{ text, target }];
}

function labelChanges(value: Value): readonly LabelChange[] {
  const labels = itemsOf(value, 'labels').map((entry): LabelChange => {
    const selectors = fieldOf(entry, 'includeSelectors') === true;
    return { pairs: pairsOf(fieldOf(entry, 'pairs')), selectors, templates: selectors || fieldOf(entry, 'includeTemplates') === true };
  });
  const common = pairsOf(fieldOf(value, 'commonLabels'));
  const all = Object.keys(common).length === 0 ? labels : [...labels, { pairs: common, templates: true, selectors: true }];
  return all.filter(({ pairs }) => Object.keys(pairs).length > 0);
}

function pairsOf(value: Value | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
