import type { Kustomization } from './kustomization.ts';
import { folderOf } from './paths.ts';

/** A resource as it is written: who it is, and a text that is equal for equal ones. */
export interface Definition {
  readonly identity: string;
  readonly content: string;
}

/** A file with manifests, or with a kustomization. */
export interface FoundFile {
  readonly path: string;
  readonly definitions: readonly Definition[];
  readonly kustomization?: Kustomization | undefined;
}

/** One of several meshes; files and folders relative to the current folder. */
export interface SuggestedMesh {
  readonly name: string;
  readonly paths: readonly string[];
}

/** Folders next to each other in such a one are variants of the same, whatever they define. */
const variantFolders = /^(?:overlays?|clusters?|env(?:ironment)?s?|stages?|tenants?)$/i;

/**
 * Which files are no one mesh: those that define the same resource differently, and the Kustomize trees that build one base in several ways. Where
 * their paths part, each branch is a mesh, together with what is no such branch; branches of one name belong together where nothing else parts
 * them. None: all is one mesh.
 */
export function suggestMeshes(files: readonly FoundFile[]): readonly SuggestedMesh[] {
  const trees = new KustomizeTrees(files);
  const branches = [...forksOf(files, trees)].flatMap(([folder, names]) =>
    [...names].map((name): Branch => ({ folder, name, path: join(folder, name) })),
  );
  const around = (path: string): readonly Branch[] => branches.filter((branch) => isBelow(path, branch.path));
  const last = branches.filter(({ path }) => !branches.some((other) => isBelow(other.folder, path)));
  const groups: Branch[][] = [];
  for (const branch of last.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const others = groups.find((group) =>
      group.every((other) => other.name === branch.name && !isParted(around(other.path), around(branch.path))),
    );
    if (others === undefined) groups.push([branch]);
    else others.push(branch);
  }
  const byFile = new Map(files.map(({ path }) => [path, around(path)]));
  const names = groups.map(([first]) => meshName(first?.name ?? ''));
  return groups.map((group, i) => {
    const own = (path: string): boolean =>
      (byFile.get(path) ?? []).every((branch) => group.some((mine) => isBelow(mine.path, branch.path)));
    const built = trees.reachedFrom(own);
    const paths = files.filter(({ path }) => own(path) && (!trees.has(path) || built.has(path))).map(({ path }) => path);
    const name = names[i] ?? '';
    const single = names.indexOf(name) === names.lastIndexOf(name);
    return { name: single ? name : (group[0]?.path ?? '').replaceAll('/', '-'), paths: covering(paths, files) };
  });
}

/** One of the ways on from a folder where paths part. */
interface Branch {
  readonly folder: string;
  readonly name: string;
  readonly path: string;
}

function isParted(a: readonly Branch[], b: readonly Branch[]): boolean {
  return a.some(({ folder, name }) => b.some((other) => other.folder === folder && other.name !== name));
}

/** What kustomizations take in. */
class KustomizeTrees {
  readonly #byFolder = new Map<string, FoundFile>();
  readonly #files: ReadonlySet<string>;
  /** By file: the roots that it is part of. */
  readonly #managed = new Map<string, readonly FoundFile[]>();
  readonly #patches = new Set<string>();
  /** Kustomizations that no other takes in. */
  readonly roots: readonly string[];

  constructor(files: readonly FoundFile[]) {
    this.#files = new Set(files.map(({ path }) => path));
    for (const file of files) if (file.kustomization !== undefined) this.#byFolder.set(folderOf(file.path), file);
    const taken = new Set([...this.#byFolder.values()].flatMap((file) => this.#entriesOf(file)));
    this.roots = [...this.#byFolder].flatMap(([folder, { path }]) => (taken.has(folder) ? [] : [path]));
    for (const root of this.#byFolder.values()) {
      for (const path of this.reach(root.path))
        this.#managed.set(path, [...(this.#managed.get(path) ?? []), ...(this.roots.includes(root.path) ? [root] : [])]);
      for (const patch of root.kustomization?.patches ?? []) if ('path' in patch) this.#patches.add(patch.path);
    }
  }

  has(path: string): boolean {
    return this.#managed.has(path);
  }

  /** What makes the names in a file other ones; undefined where it is no resource, or one that is built in several ways. */
  renaming(path: string): string | undefined {
    const [root, another] = this.#managed.get(path) ?? [];
    if (!this.#managed.has(path)) return '';
    if (this.#patches.has(path) || another !== undefined) return undefined;
    const { namespace = '', prefix = '', suffix = '' } = root?.kustomization?.transformations ?? {};
    return `${namespace} ${prefix} ${suffix}`.trim();
  }

  /** All files that are part of what is built from a kustomization. */
  reach(root: string): ReadonlySet<string> {
    const reached = new Set<string>();
    const stack = [root];
    for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
      if (reached.has(path)) continue;
      const kustomization = this.#byFolder.get(path) ?? this.#byFolder.get(folderOf(path));
      const own = this.#byFolder.get(path)?.path ?? path;
      if (this.#files.has(own)) reached.add(own);
      if (kustomization?.path === own) stack.push(...this.#entriesOf(kustomization).filter((entry) => !reached.has(entry)));
    }
    return reached;
  }

  /** A folder of which something else is built. */
  isTakenIn(folder: string): boolean {
    return [...this.#managed].some(([path, roots]) => isBelow(path, folder) && roots.some((root) => !isBelow(root.path, folder)));
  }

  reachedFrom(isOwn: (path: string) => boolean): ReadonlySet<string> {
    return new Set(this.roots.filter(isOwn).flatMap((root) => [...this.reach(root)]));
  }

  /** The files that hold resources of a base: what is shared of these is built several times. */
  bases(root: string): readonly string[] {
    return [...this.reach(root)].filter((path) => {
      const kustomization = this.#byFolder.get(folderOf(path));
      return path !== kustomization?.path && folderOf(path) !== folderOf(root) && !this.#isComponent(folderOf(path));
    });
  }

  #isComponent(folder: string): boolean {
    return [...this.#byFolder.values()].some(({ kustomization }) => kustomization?.components.includes(folder) === true);
  }

  #entriesOf({ kustomization }: FoundFile): readonly string[] {
    if (kustomization === undefined) return [];
    const { resources, components, patches, replacements } = kustomization;
    const written = [...patches, ...replacements].flatMap((entry) => ('path' in entry ? [entry.path] : []));
    return [...resources, ...components, ...written];
  }
}

/** By folder: the files or folders in it that can't belong to one mesh. */
function forksOf(files: readonly FoundFile[], trees: KustomizeTrees): ReadonlyMap<string, ReadonlySet<string>> {
  const forks = new Map<string, Set<string>>();
  const part = (a: string, b: string): void => {
    const [folder, one, other] = parting(a, b);
    if (one === undefined || other === undefined) return;
    const names = forks.get(folder) ?? new Set();
    forks.set(folder, names.add(one).add(other));
  };
  const first = new Map<string, { readonly path: string; readonly content: string }[]>();
  for (const { path, definitions } of files) {
    const renaming = trees.renaming(path);
    if (renaming === undefined) continue;
    for (const { identity, content } of definitions) {
      const key = `${renaming}\n${identity}`;
      const known = first.get(key) ?? [];
      first.set(key, known);
      for (const other of known) if (other.content !== content) part(other.path, path);
      if (!known.some((other) => other.path === path)) known.push({ path, content });
    }
  }
  const builders = new Map<string, string>();
  for (const root of trees.roots) {
    for (const base of trees.bases(root)) {
      const other = builders.get(base);
      if (other === undefined) builders.set(base, root);
      else part(folderOf(other), folderOf(root));
    }
  }
  for (const [folder, names] of forks) {
    if (!variantFolders.test(folder.slice(folder.lastIndexOf('/') + 1))) continue;
    for (const { path } of files) {
      const inside = isBelow(path, folder) ? path.slice(folder === '' ? 0 : folder.length + 1) : '';
      const name = inside.slice(0, inside.indexOf('/'));
      if (inside.includes('/') && !trees.isTakenIn(join(folder, name))) names.add(name);
    }
  }
  return forks;
}

/** The folder in which two paths part, and where each goes on. */
function parting(a: string, b: string): readonly [folder: string, a: string | undefined, b: string | undefined] {
  const [one, other] = [a.split('/'), b.split('/')];
  let i = 0;
  while (one[i] !== undefined && one[i] === other[i]) i += 1;
  return [one.slice(0, i).join('/'), one[i], other[i]];
}

/** As few files and folders as cover these files and no other. */
function covering(wanted: readonly string[], all: readonly FoundFile[]): readonly string[] {
  const unwanted = new Set<string>();
  const set = new Set(wanted);
  for (const { path } of all)
    if (!set.has(path))
      for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        unwanted.add(folder);
        if (folder === '') break;
      }
  const paths = wanted.map((path) => {
    let cover = path;
    for (let folder = folderOf(path); !unwanted.has(folder); folder = folderOf(folder)) {
      cover = folder === '' ? '.' : folder;
      if (folder === '') break;
    }
    return cover;
  });
  return [...new Set(paths)].sort();
}

function meshName(branch: string): string {
  return branch.replace(/\.(?:ya?ml|json)$/i, '');
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
