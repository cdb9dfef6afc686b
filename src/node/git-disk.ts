import { join, resolve, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { limits } from '../yaml/limits.ts';
import { type Disk, type Entry, entryOf, ignoreFileBytes, realDisk } from './disk.ts';
import { Git } from './git.ts';
import { GitBlobs } from './git-blobs.ts';
import { filesOfCommit, type GitFile } from './git-files.ts';
import { isWithin } from './git-root.ts';
import { type GitText, gitText } from './git-text.ts';
import { type FilePath, unreadableBecause } from './read-text.ts';

interface FileNode extends GitText {
  readonly kind: 'file';
}
interface LinkNode {
  readonly kind: 'link';
  readonly id: string;
  readonly blobs: GitBlobs;
}
interface FolderNode {
  readonly kind: 'folder';
  readonly children: Map<string, Node>;
  /** The top of a submodule. */
  readonly submodule: boolean;
}
type Node = FileNode | LinkNode | FolderNode;

/** Names on the way to a node, one character for each byte. */
interface Resolved {
  readonly node: Node;
  readonly names: readonly string[];
}

export interface GitDiskOptions {
  /** The files that it has. */
  readonly files: readonly GitFile[];
  /** For messages: what it is that has them. */
  readonly name: string;
  readonly missing: Disk['missing'];
}

/**
 * The files of a revision or of the index, in the place of those of the work tree; what lies outside of that is what the machine has.
 * `source` only notes what is wanted: `load` reads it, all at once.
 */
export interface GitDisk extends Disk {
  readonly load: () => Promise<void>;
  /** Ids of what was wanted, with its path: equal for two disks exactly when they were asked for the same files with the same contents. */
  readonly wanted: () => readonly string[];
}

const mostLinks = 40;

/** Makes a disk of a list of files. Submodules are looked into, as far as they are there. */
export async function gitDisk(git: Git, { files, name, missing }: GitDiskOptions): Promise<GitDisk> {
  const root: FolderNode = { kind: 'folder', children: new Map(), submodule: false };
  const repositories: GitBlobs[] = [];
  await add(root, git, files);

  // What decides which files there are comes first.
  for (const [file, node] of nodesOf(root)) if (node.kind === 'link' || file === '.gitignore') node.blobs.want(node.id);
  await load();

  const wanted: string[] = [];
  return {
    look(path) {
      const found = tryFind(path);
      if (found === undefined) return undefined;
      if (found === 'unknown') return found;
      if ('outside' in found) return realDisk.look(found.outside);
      return found.node.kind === 'link' ? undefined : found.node.kind;
    },
    real(path) {
      const found = find(path);
      if (found === undefined) throw noEntry();
      return 'outside' in found ? realDisk.real(found.outside) : pathOf(found.names);
    },
    entries(path) {
      const found = find(path);
      if (found === undefined) throw noEntry();
      if ('outside' in found) return realDisk.entries(found.outside);
      if (found.node.kind !== 'folder') throw noEntry();
      const entries = Array.from(found.node.children, ([child, node]): Entry => entryOf(Buffer.from(child, 'latin1'), node.kind));
      return found.node.submodule ? [...entries, { name: '.git', bytes: undefined, type: 'file' }] : entries;
    },
    source(path, reader) {
      const found = tryFind(path);
      if (found === 'unknown') return () => unreadable('its links go round in a circle');
      if (found === undefined) return () => unreadable('it does not exist (any more)');
      if ('outside' in found) return realDisk.source(found.outside, reader);
      const { node, names } = found;
      if (node.kind !== 'file') return () => unreadable('it is a folder');
      node.blobs.want(node.id);
      wanted.push(JSON.stringify([names.join('/'), node.id, node.unmerged, String(path)]));
      return () => gitText(node, pathOf(names));
    },
    ignoreText(path) {
      const found = tryFind(path);
      // Git itself reads no .gitignore through a link.
      if (found === undefined || found === 'unknown' || 'outside' in found) return '';
      const { node } = found;
      if (node.kind !== 'file' || !node.blobs.has(node.id)) return '';
      const blob = node.blobs.get(node.id);
      return blob instanceof Buffer && blob.length <= ignoreFileBytes ? blob.toString().replace(/^\uFEFF/, '') : '';
    },
    missing,
    load,
    wanted: () => wanted,
  };

  async function load(): Promise<void> {
    for (const blobs of repositories) {
      await blobs.load();
      if (blobs.lost > 0)
        throw new UsageError(
          `git does not have the contents of all files of ${name}: this is a partial clone, and nothing is fetched`,
          'clone without --filter; with actions/checkout: leave out filter',
        );
    }
  }

  async function add(top: FolderNode, owner: Git, list: readonly GitFile[]): Promise<void> {
    const blobs = new GitBlobs(owner, limits.fileBytes);
    repositories.push(blobs);
    for (const { path, kind, id, unmerged } of list) {
      const names = path.split('/');
      // Git makes no such files, and whoever has made these means no good.
      if (names.some((name) => /^(?:\.{0,2}|\.git)$/i.test(name))) continue;
      const last = names.pop() ?? '';
      const folder = names.reduce(folderIn, top);
      if (kind !== 'submodule') {
        folder.children.set(last, kind === 'link' ? { kind, id, blobs } : { kind, id, blobs, git: owner, unmerged });
        continue;
      }
      const inner = await Git.submodule(join(owner.root, Buffer.from(path, 'latin1').toString()), owner.env);
      if (inner === undefined || (await inner.commit(id)) === undefined) continue;
      const submodule: FolderNode = { kind: 'folder', children: new Map(), submodule: true };
      folder.children.set(last, submodule);
      await add(submodule, inner, await filesOfCommit(inner, id));
    }
  }

  function tryFind(path: FilePath): ReturnType<typeof find> | 'unknown' {
    try {
      return find(path);
    } catch {
      // Links that go round in a circle: reading says so.
      return 'unknown';
    }
  }

  /** undefined: not there. Throws as the system does. */
  function find(path: FilePath): Resolved | { readonly outside: string } | undefined {
    return findBytes(typeof path === 'string' ? Buffer.from(path).toString('latin1') : path.toString('latin1'), 0);
  }

  /** An absolute path, one character for each byte. */
  function findBytes(path: string, links: number): Resolved | { readonly outside: string } | undefined {
    const top = Buffer.from(git.root).toString('latin1');
    return isWithin(path, top) ? walkTo(path.slice(top.length), links) : { outside: Buffer.from(path, 'latin1').toString() };
  }

  function walkTo(path: string, links: number): Resolved | { readonly outside: string } | undefined {
    const names: string[] = [];
    const rest = slashed(path).split('/');
    const nodes: FolderNode[] = [root];
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        // Out of the top, and perhaps in again by its name.
        if (names.pop() === undefined) return findBytes(resolve(Buffer.from(git.root).toString('latin1'), '..', ...rest), links + 1);
        nodes.pop();
        continue;
      }
      const folder = nodes.at(-1) ?? root;
      const child = folder.children.get(name);
      if (child === undefined) return undefined;
      if (child.kind === 'link') {
        if (links === mostLinks) throw loop();
        const blob = child.blobs.get(child.id);
        const target = blob instanceof Buffer ? blob.toString('latin1') : '';
        return target.startsWith('/')
          ? findBytes([target, ...rest].join('/'), links + 1)
          : walkTo([...names, target, ...rest].join('/'), links + 1);
      }
      names.push(name);
      if (child.kind === 'folder') nodes.push(child);
      else return rest.every((more) => more === '' || more === '.') ? { node: child, names } : undefined;
    }
    return { node: nodes.at(-1) ?? root, names };
  }

  function pathOf(names: readonly string[]): string {
    return names.length === 0 ? git.root : join(git.root, toText(names));
  }
}

/** As they are shown, and joined. */
function toText(names: readonly string[]): string {
  return Buffer.from(names.join('/'), 'latin1').toString();
}

function folderIn(folder: FolderNode, name: string): FolderNode {
  const known = folder.children.get(name);
  if (known?.kind === 'folder') return known;
  const made: FolderNode = { kind: 'folder', children: new Map(), submodule: false };
  folder.children.set(name, made);
  return made;
}

function* nodesOf(folder: FolderNode): Iterable<readonly [string, FileNode | LinkNode]> {
  for (const [name, node] of folder.children) {
    if (node.kind === 'folder') yield* nodesOf(node);
    else yield [name, node];
  }
}

function unreadable(why: string): never {
  throw unreadableBecause(why);
}

function noEntry(): Error {
  return Object.assign(new Error('not there'), { code: 'ENOENT' });
}

function loop(): Error {
  return Object.assign(new Error('links'), { code: 'ELOOP' });
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
