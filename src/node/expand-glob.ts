import { posix, resolve, sep } from 'node:path';
import { type FileSystemAdapter, globSync } from 'tinyglobby';

/** The folder that a glob begins in, absolute, and the pattern for what is below it. */
export function splitGlob(glob: string, cwd: string): { readonly path: string; readonly pattern: string } {
  const whole = slashed(glob);
  const fixed = whole.split(/[*?[{]|[@!+]\(/, 1)[0] ?? '';
  const end = fixed.lastIndexOf('/') + 1;
  return { path: resolve(cwd, whole.slice(0, end)), pattern: whole.slice(end) };
}

/**
 * Those of the files that match a pattern; absolute paths in and out. It is matched against the list, not against the disk: what a
 * folder holds is found in one way only, whatever was named (links, ignore files, what is hidden).
 */
export function matchGlob(pattern: string, files: readonly string[], folder: string): ReadonlySet<string> {
  const matches = globSync(pattern, { cwd: folder, absolute: true, dot: true, expandDirectories: false, fs: folderTree(files) });
  return new Set(matches.map((match) => resolve(match)));
}

/** Just enough of a file system for a crawler to find the files. */
function folderTree(files: readonly string[]): FileSystemAdapter {
  const folders = new Map<string, Map<string, boolean>>();
  for (const file of files) {
    let name = slashed(file);
    for (let isFolder = false; ; isFolder = true) {
      const parent = posix.dirname(name);
      if (parent === name) break;
      const entries = folders.get(parent);
      if (entries?.has(posix.basename(name)) === true) break;
      if (entries === undefined) folders.set(parent, new Map([[posix.basename(name), isFolder]]));
      else entries.set(posix.basename(name), isFolder);
      name = parent;
    }
  }
  const readdirSync = (path: string): unknown[] =>
    Array.from(folders.get(slashed(path).replace(/(?<=.)\/$/, '')) ?? [], ([name, isFolder]) => ({
      name,
      isFile: () => !isFolder,
      isDirectory: () => isFolder,
      isSymbolicLink: () => false,
    }));
  // The crawler asks for nothing else; its type is that of the whole of node:fs.
  return { readdirSync } as unknown as FileSystemAdapter;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
