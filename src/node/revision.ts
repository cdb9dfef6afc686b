import { UsageError } from '../engine/options.ts';
import { Git } from './git.ts';
import { gitDisk } from './git-disk.ts';
import { filesOfCommit } from './git-files.ts';
import { quote } from './messages.ts';
import type { OwnFiles } from './own-files.ts';

/**
 * The files of a revision, whatever the work tree has become: a change can't be judged by the configuration that it brings along.
 * Throws a UsageError where there is no such revision.
 */
export async function filesAt(revision: string, cwd: string, env: Readonly<Record<string, string | undefined>>): Promise<OwnFiles> {
  const git = await Git.open(cwd, env);
  const commit = await git.commit(revision);
  if (commit === undefined) {
    throw new UsageError(
      `git knows no commit ${quote(revision)}, for --config-ref`,
      git.isShallow ? 'this clone is shallow, and nothing is fetched; with actions/checkout: fetch-depth: 0' : undefined,
    );
  }
  const disk = await gitDisk(git, {
    files: await filesOfCommit(git, commit),
    name: quote(revision),
    missing: () => Promise.resolve(undefined),
  });
  return { disk, load: disk.load, name: (shown) => `${revision}:${shown}` };
}
