import { execFileSync } from 'node:child_process';
import { relative, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { ReadError } from '../text/source.ts';
import { findGitRoot } from './git-root.ts';
import { codeOf, quote, reason } from './messages.ts';
import type { OwnFiles } from './own-files.ts';
import { beyondLimit, decode } from './read-text.ts';

/**
 * The files of a revision, whatever the work tree has become: a change can't be judged by the configuration that it brings along.
 * Throws a UsageError where there is no such revision. Nothing is fetched, and nothing is run but git itself.
 */
export function filesAt(revision: string, cwd: string): OwnFiles {
  const root = findGitRoot(cwd);
  if (root === undefined) throw new UsageError(`--config-ref ${revision} needs a git repository, and there is none here`);
  // Nothing else may look like an option of git.
  const commit = revision.startsWith('-')
    ? undefined
    : git(root, ['rev-parse', '--quiet', '--verify', `${revision}^{commit}`])
        ?.toString()
        .trim();
  if (commit === undefined) {
    throw new UsageError(
      `the revision ${quote(revision)} is not in this repository, or not in what was cloned of it`,
      'for the whole history: fetch-depth: 0 for actions/checkout, or git fetch --unshallow',
    );
  }
  /** `MODE TYPE OBJECT\tPATH`: what lies there. */
  const entry = (path: string): readonly string[] | undefined => {
    const inside = relative(root, path).split(sep).join('/');
    if (inside === '') return ['040000', 'tree', commit];
    if (inside === '..' || inside.startsWith('../')) return undefined;
    const listed = git(root, ['ls-tree', '-z', '--full-tree', commit, '--', inside])?.toString() ?? '';
    return listed === '' ? undefined : listed.slice(0, listed.indexOf('\t')).split(' ');
  };

  return {
    kindOf(path, what) {
      const [mode, type] = entry(path) ?? [];
      if (mode === '120000')
        throw new UsageError(`the ${what} is a link in ${quote(revision)}, which is not followed`, 'name the file itself');
      return type === undefined ? undefined : type === 'blob' ? 'file' : 'folder';
    },
    text(path, mostBytes) {
      const [, , object = ''] = entry(path) ?? [];
      const bytes = git(root, ['cat-file', 'blob', object], mostBytes);
      if (bytes === undefined) throw new ReadError({ kind: 'unreadable', message: `can't be read: git has no ${quote(object)}` });
      return decode(bytes);
    },
    name: (shown) => `${revision}:${shown}`,
  };
}

/** What git answers; undefined: it refuses. Throws a UsageError where git can't be started, and a ReadError for more than `mostBytes`. */
function git(root: string, args: readonly string[], mostBytes = 1024 * 1024): Buffer | undefined {
  // A clone without all its objects would fetch them from wherever it came from.
  const env = {
    ...process.env,
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
  try {
    return execFileSync('git', ['-C', root, ...args], { env, maxBuffer: mostBytes, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (codeOf(error) === 'ENOBUFS') throw beyondLimit(mostBytes);
    if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number') return undefined;
    throw new UsageError(`git can't be started: ${reason(error)}`);
  }
}
