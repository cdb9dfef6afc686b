import type { Placeable } from '../model/place.ts';
import type { Kustomization, LabelChange, Transformations } from './kustomization.ts';
import type { Patch } from './kustomize-patches.ts';
import { normalizePath } from './paths.ts';

/** What happens to a file's resources on one way from it to a kustomization that nobody takes in. */
export type Context = Transformations;

/** A file that a kustomization lists under its resources. */
export interface KustomizedFile {
  /** Each different one once; at least one. */
  readonly contexts: readonly Context[];
  /** All that any of these kustomizations changes in it. */
  readonly patches: readonly (readonly Patch[])[];
  /** Outermost kustomizations, by their place in the order of paths. */
  readonly roots: readonly number[];
}

export interface KustomizeTree {
  /** Undefined for a file that no kustomization takes in. */
  file(path: string): KustomizedFile | undefined;
  /** What generators make, once for each context. */
  readonly generated: readonly {
    readonly kind: 'Secret' | 'ConfigMap';
    readonly name: string;
    readonly namespace: string;
    readonly context: Context;
  }[];
  /** Whether two lie in files that are taken in by different overlays of one base only, so that they are never applied together as far as is known. */
  readonly apart: (a: Placeable, b: Placeable) => boolean;
}

/** More contexts than this are as good as none that is known. */
const mostContexts = 16;

/** Kustomizations inside of each other. */
const deepest = 64;

const noContext: Context = { namespace: undefined, prefix: '', suffix: '', labels: [], annotations: {}, opaque: false };

interface FileState {
  readonly contexts: Map<string, Context>;
  /** Those of each kustomization, shared by all its files. */
  readonly patches: Set<readonly Patch[]>;
  readonly roots: Set<number>;
}

/** `patchesOf`: the patches and replacements of a kustomization, components aside. Folders and files that are not in the input lead nowhere. */
export function kustomizeTree(
  kustomizations: readonly Kustomization[],
  isSource: (path: string) => boolean,
  patchesOf: (kustomization: Kustomization) => readonly Patch[],
): KustomizeTree {
  const builder = new TreeBuilder(kustomizations, isSource, patchesOf);
  return builder.build();
}

class TreeBuilder {
  readonly #all: readonly Kustomization[];
  readonly #byFolder: ReadonlyMap<string, Kustomization>;
  readonly #isSource: (path: string) => boolean;
  readonly #patchesOf: (kustomization: Kustomization) => readonly Patch[];
  readonly #files = new Map<string, FileState>();
  readonly #generated: KustomizeTree['generated'][number][] = [];
  /** Contexts in which a kustomization was already followed. */
  readonly #seen = new Map<Kustomization, Set<string>>();
  readonly #tooMany: Context = { ...noContext, opaque: true };

  constructor(
    all: readonly Kustomization[],
    isSource: (path: string) => boolean,
    patchesOf: (kustomization: Kustomization) => readonly Patch[],
  ) {
    this.#all = all;
    this.#byFolder = new Map(all.map((kustomization) => [kustomization.folder, kustomization]));
    this.#isSource = isSource;
    this.#patchesOf = patchesOf;
  }

  build(): KustomizeTree {
    const taken = new Set<Kustomization>();
    for (const kustomization of this.#all) for (const child of this.#children(kustomization)) if (child !== kustomization) taken.add(child);
    const reached = new Set<Kustomization>();
    let roots = 0;
    const start = (root: Kustomization): void => {
      this.#follow(root, noContext, new Set());
      this.#mark(root, roots, reached);
      roots += 1;
    };
    for (const kustomization of this.#all) if (!taken.has(kustomization)) start(kustomization);
    // Rings have no outermost one.
    for (const kustomization of this.#all) if (!reached.has(kustomization)) start(kustomization);
    for (const kustomization of this.#all) this.#patch(kustomization);
    return this.#tree();
  }

  #children({ resources, components }: Kustomization): readonly Kustomization[] {
    return [...resources, ...components].flatMap((path) => this.#byFolder.get(path) ?? []);
  }

  /** Notes the contexts of all files that a kustomization takes in. `stack` keeps rings from going round. */
  #follow(kustomization: Kustomization, outer: Context, stack: ReadonlySet<Kustomization>): void {
    if (stack.has(kustomization) || stack.size >= deepest) return;
    this.#takeIn(kustomization, combine(outer, this.#withComponents(kustomization, new Set())), new Set(stack).add(kustomization));
  }

  /** What a component does is already in the context; here it only brings its resources. */
  #takeIn(kustomization: Kustomization, combined: Context, stack: ReadonlySet<Kustomization>): void {
    const seen = this.#seen.get(kustomization) ?? new Set<string>();
    this.#seen.set(kustomization, seen);
    const context = seen.size >= mostContexts ? this.#tooMany : combined;
    const key = JSON.stringify(context);
    if (seen.has(key)) return;
    seen.add(key);
    for (const { kind, name, namespace } of kustomization.generated) this.#generated.push({ kind, name, namespace, context });
    for (const path of kustomization.resources) {
      if (this.#isSource(path)) this.#fileAt(path).contexts.set(key, context);
      const child = this.#byFolder.get(path);
      if (child !== undefined) this.#follow(child, context, stack);
    }
    for (const path of kustomization.components) {
      const component = this.#byFolder.get(path);
      if (component !== undefined && !stack.has(component) && stack.size < deepest)
        this.#takeIn(component, context, new Set(stack).add(component));
    }
  }

  /** A component works on what its parent has collected, before the parent does itself. */
  #withComponents(kustomization: Kustomization, stack: Set<Kustomization>): Transformations {
    if (stack.has(kustomization)) return noContext;
    stack.add(kustomization);
    let inner = noContext;
    for (const path of kustomization.components) {
      const component = this.#byFolder.get(path);
      if (component !== undefined) inner = combine(this.#withComponents(component, stack), inner);
    }
    return combine(kustomization.transformations, inner);
  }

  /** All kustomizations and files under one. */
  #closure(kustomization: Kustomization): { readonly kustomizations: ReadonlySet<Kustomization>; readonly files: ReadonlySet<string> } {
    const kustomizations = new Set<Kustomization>([kustomization]);
    const files = new Set<string>();
    for (const each of kustomizations) {
      for (const path of each.resources) if (this.#isSource(path)) files.add(path);
      for (const child of this.#children(each)) kustomizations.add(child);
    }
    return { kustomizations, files };
  }

  #mark(root: Kustomization, number: number, reached: Set<Kustomization>): void {
    const { kustomizations, files } = this.#closure(root);
    for (const each of kustomizations) reached.add(each);
    for (const path of files) this.#fileAt(path).roots.add(number);
  }

  /** The patches of a kustomization and its components are for all that it takes in. */
  #patch(kustomization: Kustomization): void {
    const patches = this.#patchesWithComponents(kustomization, new Set());
    if (patches.length === 0) return;
    for (const path of this.#closure(kustomization).files) this.#fileAt(path).patches.add(patches);
  }

  #patchesWithComponents(kustomization: Kustomization, stack: Set<Kustomization>): readonly Patch[] {
    if (stack.has(kustomization)) return [];
    stack.add(kustomization);
    const components = kustomization.components.flatMap((path) => this.#byFolder.get(path) ?? []);
    return [...this.#patchesOf(kustomization), ...components.flatMap((component) => this.#patchesWithComponents(component, stack))];
  }

  #fileAt(path: string): FileState {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const created: FileState = { contexts: new Map(), patches: new Set(), roots: new Set() };
    this.#files.set(path, created);
    return created;
  }

  #tree(): KustomizeTree {
    const files = this.#files;
    const variants = new RootVariants([...files.values()].map(({ roots }) => roots));
    const rootsOf = ({ origin }: Placeable): ReadonlySet<number> | undefined => files.get(normalizePath(origin.text.source.path))?.roots;
    return {
      file(path) {
        const state = files.get(path);
        if (state === undefined || state.contexts.size === 0) return undefined;
        return { contexts: [...state.contexts.values()], patches: [...state.patches], roots: [...state.roots] };
      },
      generated: this.#generated,
      apart: (a, b) => variants.apart(rootsOf(a), rootsOf(b)),
    };
  }
}

/** Outermost kustomizations that share a file are variants of each other. */
class RootVariants {
  /** Numbers of the groups that share a file, by root. */
  readonly #groups = new Map<number, Set<number>>();

  constructor(rootsOfFiles: readonly ReadonlySet<number>[]) {
    const known = new Set<string>();
    for (const roots of rootsOfFiles) {
      const key = [...roots].join();
      if (roots.size < 2 || known.has(key)) continue;
      known.add(key);
      for (const root of roots) this.#groups.set(root, (this.#groups.get(root) ?? new Set()).add(known.size));
    }
  }

  apart(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
    if (this.#groups.size === 0 || a === undefined || b === undefined) return false;
    for (const one of a) {
      for (const other of b) {
        const shared = this.#groups.get(one);
        const areVariants = [...(this.#groups.get(other) ?? [])].some((group) => shared?.has(group) === true);
        if (one === other || !areVariants) return false;
      }
    }
    return true;
  }
}

/** First what is inside works, then what is outside. */
function combine(outer: Transformations, inner: Transformations): Transformations {
  return {
    namespace: outer.namespace ?? inner.namespace,
    prefix: outer.prefix + inner.prefix,
    suffix: inner.suffix + outer.suffix,
    labels: joinLists<LabelChange>(inner.labels, outer.labels),
    annotations: { ...inner.annotations, ...outer.annotations },
    opaque: outer.opaque || inner.opaque,
  };
}

function joinLists<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.length === 0 ? b : [...a, ...b];
}
