import type { ReadDocument } from '../graph/subjects.ts';
import { type Doubt, doubtReasons } from '../model/doubt.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { Shape } from '../model/project.ts';
import type { Path, Value } from '../yaml/value.ts';
import { concerns, type Patch } from './kustomize-patches.ts';
import type { Context, KustomizedFile } from './kustomize-tree.ts';
import { fieldOf, isObject, modelledKind } from './ours.ts';
import type { ReadResource } from './read-resources.ts';

/** Labels or annotations that a kustomization adds somewhere. */
interface Addition {
  readonly path: readonly string[];
  readonly pairs: Readonly<Record<string, string>>;
  /** How many of the last steps may be made where they are not there. */
  readonly makes: number;
}

/** A resource with the labels and annotations that all its kustomizations add; what else they change, or not all of them alike, is doubtful. */
export function customized(read: ReadResource, { contexts, patches }: KustomizedFile): ReadResource {
  const doubts: Doubt[] = [];
  const names = [read.name, ...contexts.map(({ prefix, suffix }) => prefix + read.name + suffix)];
  for (const some of patches) {
    for (const patch of some) {
      if (!concerns(patch, read.row, names)) continue;
      for (const path of patch.paths)
        if (isModelled(read.shape, path)) doubts.push({ path: knownSteps(path), reason: doubtReasons.kustomize });
    }
  }

  let body = read.body as unknown as Value | undefined;
  const [additions = [], ...others] = contexts.map((context) => additionsOf(context, read.row.kind));
  const text = JSON.stringify(additions);
  if (others.every((other) => JSON.stringify(other) === text)) {
    for (const { path, pairs, makes } of additions) body = body === undefined ? undefined : withPairs(body, path, pairs, makes);
  } else {
    for (const { path, pairs } of [...additions, ...others.flat()]) {
      for (const key of Object.keys(pairs)) doubts.push({ path: [...path, key], reason: doubtReasons.kustomize });
    }
  }
  if (doubts.length === 0 && additions.length === 0) return read;
  return { ...read, body: body as unknown as ReadResource['body'], doubts: [...read.doubts, ...doubts] };
}

/** Up to the list of which any item may be meant. */
function knownSteps(path: Path): Path {
  const any = path.indexOf('*');
  return any === -1 ? path : path.slice(0, any);
}

/** Whether a mesh is concerned by what lies at a path: replicas, images and environment of pods change nothing that anyone asks about. */
function isModelled(shape: Shape | undefined, path: Path): boolean {
  if (path.at(-1) === 'image') return false;
  let inner = shape;
  for (const step of path) {
    if (inner === undefined || typeof inner === 'number') return true;
    if (Array.isArray(inner)) inner = (inner as readonly [Shape])[0];
    else if (Object.hasOwn(inner, step)) inner = (inner as Readonly<Record<string, Shape>>)[step];
    else return false;
  }
  return true;
}

/** A document without faults of its shape that a patch may mend: bases often leave to their overlays what must be there. */
export function withoutPatched(document: ReadDocument, { patches }: KustomizedFile): ReadDocument {
  if (patches.length === 0) return document;
  const problems = document.problems.filter(({ kind, at }) => {
    if (kind !== 'shape' || at.kind === 'text') return true;
    const { resource, path } = at;
    const row = modelledKind(resource);
    const { name } = resource.metadata;
    const mends = (patch: Patch): boolean =>
      row !== undefined &&
      concerns(patch, row, [name]) &&
      patch.paths.some((changed) => knownSteps(changed).every((step, i) => i >= path.length || step === path[i]));
    return !patches.some((some) => some.some(mends));
  });
  return problems.length === document.problems.length ? document : { ...document, problems };
}

/** Source: kustomize, api/internal/konfig/builtinpluginconsts/commonlabels.go and commonannotations.go. */
function additionsOf({ labels, annotations }: Context, kind: ModelKind): readonly Addition[] {
  const template = templatePath(kind);
  const toLabels = labels.flatMap(({ pairs, templates, selectors }): readonly Addition[] => [
    { path: ['metadata', 'labels'], pairs, makes: 1 },
    ...(templates && template !== undefined ? [{ path: [...template, 'metadata', 'labels'], pairs, makes: 2 }] : []),
    ...(selectors ? selectorsOf(kind).map(({ path, makes }) => ({ path, pairs, makes })) : []),
  ]);
  if (Object.keys(annotations).length === 0) return toLabels;
  return [
    ...toLabels,
    { path: ['metadata', 'annotations'], pairs: annotations, makes: 1 },
    ...(template === undefined ? [] : [{ path: [...template, 'metadata', 'annotations'], pairs: annotations, makes: 2 }]),
  ];
}

/** Of Kubernetes' own kinds only: Kustomize knows no others. */
function templatePath(kind: ModelKind): readonly string[] | undefined {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
      return ['spec', 'template'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template'];
    default:
      return undefined;
  }
}

function selectorsOf(kind: ModelKind): readonly { readonly path: readonly string[]; readonly makes: number }[] {
  switch (kind) {
    case 'Service':
    case 'ReplicationController':
      return [{ path: ['spec', 'selector'], makes: 1 }];
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
      return [{ path: ['spec', 'selector', 'matchLabels'], makes: 2 }];
    case 'NetworkPolicy':
      return [{ path: ['spec', 'podSelector', 'matchLabels'], makes: 0 }];
    default:
      return [];
  }
}

/** A copy with the pairs in the mapping at the path; the same value where the path leads nowhere. */
function withPairs(value: Value, [step, ...rest]: Path, pairs: Readonly<Record<string, string>>, makes: number): Value {
  if (!isObject(value)) return value;
  if (typeof step !== 'string') return { ...value, ...pairs };
  const child = fieldOf(value, step) ?? (rest.length < makes ? {} : undefined);
  if (child === undefined) return value;
  const changed = withPairs(child, rest, pairs, makes);
  return changed === child ? value : { ...value, [step]: changed };
}
