import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../yaml/limits.ts';
import type { Git } from './git.ts';
import type { GitBlobs } from './git-blobs.ts';
import { beyondLimit, decode, unreadableBecause } from './read-text.ts';

/** Where git has a text. */
export interface GitText {
  readonly id: string;
  readonly blobs: GitBlobs;
  readonly git: Git;
  /** A merge has not been resolved. */
  readonly unmerged: boolean;
}

/** The text of a file (absolute: where the work tree has it). Throws a ReadError. */
export function gitText({ id, blobs, git, unmerged }: GitText, path: string): string {
  if (unmerged) return fail('its conflicts are not resolved; git add it when they are');
  const blob = blobs.get(id);
  if (blob === 'too-large') throw beyondLimit(limits.fileBytes);
  if (blob === undefined) return fail('git does not have it');
  const pointed = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n(?:.*\n)*?size (\d+)\n/.exec(
    blob.toString('latin1', 0, 1024),
  );
  if (pointed === null) return decode(blob);
  const [, sha256 = '', size] = pointed;
  if (Number(size) > limits.fileBytes) throw beyondLimit(limits.fileBytes);
  return decode(lfsContent(sha256, Number(size), path, git) ?? fail('git has only a Git LFS pointer for it'));
}

/** What a Git LFS pointer stands for, where the machine has it: in the work tree, or in the store of Git LFS. */
function lfsContent(sha256: string, size: number, path: string, git: Git): Buffer | undefined {
  const stored = join(git.root, '.git/lfs/objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  for (const file of [path, stored]) {
    // The work tree may have anything by now at that path: a link to a device, a pipe that nobody writes to.
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || stats.size !== size) continue;
    const content = readFileSync(file);
    if (createHash('sha256').update(content).digest('hex') === sha256) return content;
  }
  return undefined;
}

function fail(why: string): never {
  throw unreadableBecause(why);
}
