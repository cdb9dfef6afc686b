import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../engine/options.ts';
import { codeOf, quote } from './messages.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface GitOutcome {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Nothing of what a repository or its configuration asks for is run (pagers, external diffs, file system monitors), nothing is written, and
 * nothing is fetched, not even the missing objects of a partial clone.
 */
const options = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotePath=false',
  // A folder that looks like a bare repository, configuration and all, may have come with the files.
  '-c',
  'safe.bareRepository=explicit',
  '-c',
  'protocol.allow=never',
];
const environment: Env = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_EXTERNAL_DIFF: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
};
/** What says which repository it is, and holds for that one only. */
const repositoryNames = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_CEILING_DIRECTORIES',
];

/** A git repository and its work tree, asked through the program `git`. */
export class Git {
  /** The top of the work tree, absolute. */
  readonly root: string;
  readonly isShallow: boolean;
  readonly #env: Env;

  private constructor(root: string, isShallow: boolean, env: Env) {
    this.root = root;
    this.isShallow = isShallow;
    this.#env = env;
  }

  /** The repository that a folder (absolute) lies in. Throws a UsageError when there is none, or none with a work tree. */
  static async open(cwd: string, env: Env): Promise<Git> {
    const asked = await runGit(['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-cdup'], cwd, env);
    const [isInside, isShallow, up = ''] = asked.stdout.toString().split('\n');
    if (asked.code !== 0 && isInside === undefined) throw refusal(asked.stderr);
    if (isInside !== 'true') throw asked.code === 0 || isInside === 'false' ? noWorkTree() : refusal(asked.stderr);
    const own = env['GIT_DIR'] === undefined ? {} : { GIT_DIR: await textOf(['rev-parse', '--absolute-git-dir'], cwd, env) };
    return new Git(resolve(cwd, up), isShallow === 'true', { ...env, ...own });
  }

  /** That of a submodule, in its folder (absolute); undefined when it is not there. */
  static async submodule(folder: string, env: Env): Promise<Git | undefined> {
    const own = Object.fromEntries(Object.entries(env).filter(([name]) => !repositoryNames.includes(name)));
    try {
      const git = await Git.open(folder, own);
      return git.root === folder ? git : undefined;
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  }

  get env(): Env {
    return this.#env;
  }

  run(args: readonly string[]): Promise<GitOutcome> {
    return runGit(args, this.root, this.#env);
  }

  /** What git prints; throws a UsageError with git's own words when it can't. */
  async output(args: readonly string[]): Promise<Buffer> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw refusal(stderr);
    return stdout;
  }

  /** The id of the commit that a name stands for; undefined when there is none. */
  async commit(revision: string): Promise<string | undefined> {
    const { code, stdout } = await this.run(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
    return code === 0 ? stdout.toString().trim() : undefined;
  }

  start(args: readonly string[]): ChildProcessByStdio<Writable, Readable, null> {
    return startGit(args, this.root, this.#env);
  }
}

/** A line of git, for a message. */
function refusal(stderr: string): UsageError {
  const [line = ''] = stderr.split('\n').filter((text) => text.startsWith('fatal: '));
  if (/^fatal: not a git repository/.test(line))
    return new UsageError('this is not in a git repository', '--since, --staged and --config-ref read what git has');
  if (line.includes('safe.bareRepository')) return noWorkTree();
  if (line.includes('detected dubious ownership'))
    return new UsageError(
      'git refuses to read this repository, since it belongs to another user',
      'git config --global --add safe.directory FOLDER says that it is trusted',
    );
  return new UsageError(`git can't answer: ${quote(line.replace(/^fatal: /, '') || stderr.trim())}`);
}

function noWorkTree(): UsageError {
  return new UsageError('this is a git repository without a work tree', 'run meshlint in the work tree');
}

async function textOf(args: readonly string[], cwd: string, env: Env): Promise<string> {
  const { code, stdout, stderr } = await runGit(args, cwd, env);
  if (code !== 0) throw refusal(stderr);
  return stdout.toString().replace(/\r?\n$/, '');
}

function startGit(args: readonly string[], cwd: string, env: Env): ChildProcessByStdio<Writable, Readable, null> {
  return spawn('git', [...options, ...args], {
    cwd,
    env: { ...env, ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
    shell: false,
    windowsHide: true,
  });
}

async function runGit(args: readonly string[], cwd: string, env: Env): Promise<GitOutcome> {
  const child = spawn('git', [...options, ...args], {
    cwd,
    env: { ...env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
  });
  const [stdout, stderr, code] = await Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    new Promise<number>((settle, fail) => {
      child.on('error', (error) => fail(codeOf(error) === 'ENOENT' ? noGit() : error));
      child.on('close', (status) => settle(status ?? -1));
    }),
  ]);
  return { code, stdout, stderr: stderr.toString() };
}

function noGit(): UsageError {
  return new UsageError('git is not installed, or not on the PATH', '--since, --staged and --config-ref need it');
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
