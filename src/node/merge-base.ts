import { UsageError } from '../engine/options.ts';
import type { Git } from './git.ts';
import { quote } from './messages.ts';

const wholeHistory = 'this clone is shallow, and nothing is fetched: git fetch --unshallow, or with actions/checkout: fetch-depth: 0';

/**
 * Where a revision and the current commit parted; undefined for `HEAD` before the first commit, when there was nothing. Throws a UsageError
 * when that can't be said.
 */
export async function mergeBase(git: Git, revision: string): Promise<string | undefined> {
  const head = await git.commit('HEAD');
  if (head === undefined && (revision === 'HEAD' || revision === '@')) return undefined;
  const commit = await git.commit(revision);
  if (commit === undefined) throw new UsageError(`git knows no commit ${quote(revision)}`, await hintFor(git, revision));
  const { code, stdout } = await git.run(['merge-base', commit, head ?? commit]);
  const [base = ''] = stdout.toString().split('\n');
  if (head !== undefined && code === 0 && base !== '') return base;
  if (head === undefined) throw new UsageError('there is no commit yet', '--since HEAD takes everything for new');
  throw new UsageError(
    `${quote(revision)} and the current commit have no common ancestor${git.isShallow ? ' in this clone' : ''}`,
    git.isShallow ? wholeHistory : undefined,
  );
}

async function hintFor(git: Git, revision: string): Promise<string | undefined> {
  if ((await git.commit(`refs/remotes/origin/${revision}`)) !== undefined) return `did you mean origin/${revision}?`;
  return git.isShallow ? wholeHistory : undefined;
}
