import { type Dirent, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import type { UsageError } from '../engine/options.ts';
import { codeOf } from './messages.ts';
import type { FilePath, TextReader } from './read-text.ts';

/** Files and folders: those of the machine, or those of a revision. Paths are absolute. */
export interface Disk {
  /** Links are followed. undefined: not there. `unknown`: there, perhaps, but we may not look; reading it will say why. */
  readonly look: (path: FilePath) => 'file' | 'folder' | 'special' | 'unknown' | undefined;
  /** Where a path leads in the end. Throws the system's error. */
  readonly real: (path: FilePath) => string;
  /** What a folder holds. Throws the system's error. */
  readonly entries: (folder: FilePath) => readonly Entry[];
  /** How the text of a file is read later; that throws a ReadError. */
  readonly source: (file: FilePath, reader: TextReader) => () => string;
  /** A `.gitignore`; empty when there is none. */
  readonly ignoreText: (file: string) => string;
  /** What to throw for a path that was named and is not there; undefined where that is no fault. */
  readonly missing: (operand: string, path: string, cwd: string) => Promise<UsageError | undefined>;
}

export interface Entry {
  readonly name: string;
  /** The name as it is, when it is no UTF-8. */
  readonly bytes: Buffer | undefined;
  readonly type: 'file' | 'folder' | 'link' | 'special';
}

export const realDisk: Disk = {
  look(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats && kindOf(stats);
    } catch (error) {
      // A file in the place of a folder.
      return codeOf(error) === 'ENOTDIR' ? undefined : 'unknown';
    }
  },
  real: (path) => realpathSync.native(path),
  entries(path) {
    const entries = readdirSync(path, { withFileTypes: true });
    // U+FFFD in a name: perhaps its bytes are no UTF-8, and then only they lead to the file.
    if (entries.some(({ name }) => name.includes('\uFFFD'))) {
      return readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).map((entry) => entryOf(entry.name, typeOf(entry)));
    }
    return entries.map((entry) => ({ name: entry.name, bytes: undefined, type: typeOf(entry) }));
  },
  source: (path, reader) => () => reader.file(path),
  ignoreText(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      // A named pipe would be waited for.
      if (stats?.isFile() !== true || stats.size > ignoreFileBytes) return '';
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      // Not ours to read: no rules.
      return '';
    }
  },
  missing: async (operand, path, cwd) => (await import('./suggest-path.ts')).missingPath(operand, path, cwd),
};

export const ignoreFileBytes = 4 * 1024 * 1024;

/** An entry by the bytes of its name. */
export function entryOf(bytes: Buffer, type: Entry['type']): Entry {
  const name = bytes.toString();
  return { name, bytes: name.includes('\uFFFD') ? Buffer.from(bytes) : undefined, type };
}

function kindOf(stats: Stats): 'file' | 'folder' | 'special' {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'special';
}

function typeOf(entry: Dirent | Dirent<Buffer>): Entry['type'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}
