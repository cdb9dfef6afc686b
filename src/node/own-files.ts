import { statSync } from 'node:fs';
import { UsageError } from '../engine/options.ts';
import { codeOf, reason } from './messages.ts';
import { createTextReader } from './read-text.ts';

/** Where meshlint's own files are read from, the configuration and the baseline: the disk, or a revision. Paths are absolute. */
export interface OwnFiles {
  /** `what` is for the UsageError where that can't be told: "configuration". */
  kindOf(path: string, what: string): 'file' | 'folder' | undefined;
  /** Throws a ReadError. */
  text(path: string, mostBytes: number): string;
  /** A file in a message. */
  name(shown: string): string;
}

export const onDisk: OwnFiles = {
  kindOf(path, what) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR') return undefined;
      throw new UsageError(`the ${what} can't be read: ${reason(error)}`);
    }
  },
  text: (path, mostBytes) => createTextReader(mostBytes).file(path),
  name: (shown) => shown,
};
