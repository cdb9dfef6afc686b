import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Playground, playground } from './play.test-support.ts';

/** What git is told: nothing of the person who runs the tests. */
export const gitEnv: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_ALLOW_PROTOCOL: 'file',
};

export interface Repository extends Playground {
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  remove(...files: readonly string[]): void;
  /** Everything that lies there, as it lies there. */
  commit(message?: string): void;
}

type Files = NonNullable<Parameters<typeof playground>[0]>;

/** A repository in a folder of its own, with one commit of these files; of none without files. */
export function repository(files: Files, env: Readonly<Record<string, string>> = {}): Repository {
  const all = { ...gitEnv, ...env };
  const { folder, play } = playground(files, all);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: folder, env: gitEnv, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  git('init', '-q', '-b', 'main');
  const made: Repository = {
    folder,
    play,
    git,
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    remove: (...names) => names.forEach((name) => rmSync(join(folder, name), { recursive: true })),
    commit(message = 'x') {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
    },
  };
  if (Object.keys(files).length > 0) made.commit();
  return made;
}
