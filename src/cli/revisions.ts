import { relative, resolve, sep } from 'node:path';
import { type KnownFinding, knownFrom, tellNew } from '../engine/novelty.ts';
import { type ConfigInput, type LintOptions, UsageError } from '../engine/options.ts';
import { realDisk } from '../node/disk.ts';
import type { FoundSources } from '../node/files.ts';
import { Git } from '../node/git.ts';
import { type GitDisk, gitDisk } from '../node/git-disk.ts';
import { filesNotCheckedOut, filesOfCommit, filesOfIndex, renamesSince } from '../node/git-files.ts';
import { isWithin } from '../node/git-root.ts';
import { mergeBase } from '../node/merge-base.ts';
import { quote } from '../node/messages.ts';
import { createTextReader } from '../node/read-text.ts';
import type { LintResult, Notification } from '../rule/finding.ts';
import { limits } from '../yaml/limits.ts';
import type { LintCommand } from './arguments.ts';
import type { OnlyNew, Steps } from './only-new.ts';
import type { Format } from './option-table.ts';
import type { Task, View } from './analysis.ts';

interface GitView extends View {
  readonly disk: GitDisk;
}

/** An analysis of what is staged, or of the files in the folders, in which what was there at an earlier revision is no news. */
export async function inGit(task: Task, steps: Steps): Promise<OnlyNew> {
  const { command, environment } = task;
  const { since, staged } = command;
  const git = await Git.open(environment.cwd, environment.env);
  if (since !== undefined) refuseForeign(command.operands, environment.cwd, git);
  const base = since === undefined ? undefined : await mergeBase(git, since);
  const view = staged ? await indexView(git, environment.cwd) : undefined;
  const found = await steps.find(task, view);
  const lint = (): Promise<LintResult> => steps.lintFound(task, found, view);
  if (since === undefined) return { found, lint };
  const comparison = new Comparison(task, steps, { git, base, since });
  return {
    found,
    async lint() {
      if (view !== undefined && showsOnlyNews(command) && (await comparison.isSame(view))) return await nothingChanged(task, found);
      const result = await lint();
      if (result.findings.length === 0 && result.complete) return tellNew(result, 'since', []).result;
      return await comparison.compare(result, view);
    },
  };
}

/** Whether it makes no difference what is found that is no news. */
function showsOnlyNews({ reports, options, meshConfig, meshNetworks }: LintCommand): boolean {
  const inFiles = [meshConfig, meshNetworks, options.meshConfig, options.meshNetworks, options.meshes];
  return reports.every(({ format }) => onlyNews.has(format)) && inFiles.every((each) => each === undefined);
}

const onlyNews: ReadonlySet<Format> = new Set(['text', 'concise', 'github']);

/** Nothing is read, but what is wrong with the options is said all the same. */
async function nothingChanged({ command, environment }: Task, { skipped }: FoundSources): Promise<LintResult> {
  const result = await environment.lint([], { ...command.options, allowEmpty: true });
  const message = `no file that would be read differs from ${quote(command.since ?? '')}, so that nothing can be new`;
  return {
    ...tellNew(result, 'since', []).result,
    summary: { ...result.summary, skipped },
    notifications: [...result.notifications, { level: 'note', kind: 'nothing-changed', message }],
  };
}

interface Revision {
  readonly git: Git;
  /** A commit; undefined for nothing at all, before the first one. */
  readonly base: string | undefined;
  /** As it was named. */
  readonly since: string;
}

interface Old {
  readonly view: GitView;
  readonly found: FoundSources;
}

/** What a revision has, looked at when that is first asked. */
class Comparison {
  readonly #task: Task;
  readonly #steps: Steps;
  readonly #revision: Revision;
  #old: Old | undefined;

  constructor(task: Task, steps: Steps, revision: Revision) {
    this.#task = task;
    this.#steps = steps;
    this.#revision = revision;
  }

  /** Whether the same files would be read, with the same contents. */
  async isSame(view: GitView): Promise<boolean> {
    const old = await this.#find(true);
    const [one, other] = [view.disk, old.view.disk].map((disk) => [...disk.wanted()].sort().join('\n'));
    return one === other;
  }

  /** Sets apart what the revision has already. */
  async compare(result: LintResult, view: GitView | undefined): Promise<LintResult> {
    const { git, base, since } = this.#revision;
    const old = await this.#find(view !== undefined);
    const before = await this.#steps.lintFound(this.#task, old.found, old.view);
    const failures = before.notifications.filter(({ level }) => level === 'error');
    const names = base === undefined ? new Map<string, string>() : await renamesSince(git, base);
    const known = before.findings.map((finding) => renamed(knownFrom(finding), names, git.root, this.#task.environment.cwd));
    const { result: now } = tellNew(result, 'since', known, failures);
    return { ...now, notifications: [...now.notifications, ...notCompared(failures, now.notifications, since)] };
  }

  async #find(isStaged: boolean): Promise<Old> {
    if (this.#old !== undefined) return this.#old;
    const view = await baseView(this.#task, this.#revision, isStaged);
    return (this.#old = { view, found: await this.#steps.find(this.#task, view) });
  }
}

/** What a revision has. What does not exist there is no fault of the command line. */
async function baseView({ command, environment: { cwd } }: Task, { git, base, since }: Revision, isStaged: boolean): Promise<GitView> {
  const files = base === undefined ? [] : await filesOfCommit(git, base);
  const away = isStaged ? new Set<string>() : await filesNotCheckedOut(git);
  const disk = await gitDisk(git, {
    files: away.size === 0 ? files : files.filter(({ path }) => !away.has(path)),
    name: quote(since),
    missing: () => Promise.resolve(undefined),
  });
  const { options, meshConfig, meshNetworks } = command;
  const isConfigured = [meshConfig, meshNetworks, options.meshConfig, options.meshNetworks, options.meshes].some(
    (each) => each !== undefined,
  );
  const tracked = new Set(isConfigured ? (await filesOfIndex(git)).map(({ path }) => path) : []);
  const isNew = (path: string): boolean => tracked.has(pathInGit(path, git.root));
  return {
    disk,
    load: disk.load,
    options: (given) => ({ ...onDisk(given, { disk, root: git.root, cwd, isNew }), allowEmpty: true, lineHashes: false }),
  };
}

async function indexView(git: Git, cwd: string): Promise<GitView> {
  const disk = await gitDisk(git, { files: await filesOfIndex(git), name: 'the index', missing });
  return { disk, load: disk.load, options: (given) => onDisk(given, { disk, root: git.root, cwd, isNew: () => false }) };

  async function missing(operand: string, path: string): Promise<UsageError | undefined> {
    if (realDisk.look(path) === undefined) return await realDisk.missing(operand, path, cwd);
    return new UsageError(`${quote(operand)} is not staged: git does not have it`, `git add ${operand}`);
  }
}

interface Place {
  readonly disk: GitDisk;
  readonly root: string;
  readonly cwd: string;
  /** Whether a file (absolute) that the disk does not have has only come later. All others git does not know: they are as they are. */
  readonly isNew: (path: string) => boolean;
}

/** Mesh configurations in the repository are those of the disk, too. */
function onDisk(options: LintOptions, { disk, root, cwd, isNew }: Place): LintOptions {
  const reader = createTextReader(limits.fileBytes);
  const viewed = (input: ConfigInput | undefined): ConfigInput | undefined => {
    if (typeof input !== 'object' || input === null || !('read' in input) || typeof input.read !== 'function') return input;
    const source = input as Extract<ConfigInput, { read(): string }>;
    const path = resolve(cwd, source.path);
    if (source.path === '-' || !isWithin(path, root)) return source;
    if (disk.look(path) === 'file') return { path: source.path, named: true, read: disk.source(path, reader) };
    return isNew(path) ? undefined : source;
  };
  const { meshConfig, meshNetworks, meshes } = options;
  return {
    ...options,
    meshConfig: viewed(meshConfig),
    meshNetworks: viewed(meshNetworks),
    meshes: meshes?.map((mesh) => ({ ...mesh, meshConfig: viewed(mesh.meshConfig), meshNetworks: viewed(mesh.meshNetworks) })),
  };
}

/** Only what git has can be compared with what it had. */
function refuseForeign(operands: readonly string[], cwd: string, git: Git): void {
  for (const operand of operands) {
    if (operand === '-' || !isWithin(resolve(cwd, operand), git.root))
      throw new UsageError(
        `${operand === '-' ? 'standard input' : quote(operand)} is not in the git repository, so that nothing is known of what it was`,
        'leave out --since, or compare with a --baseline',
      );
  }
}

function renamed(finding: KnownFinding, names: ReadonlyMap<string, string>, root: string, cwd: string): KnownFinding {
  if (names.size === 0) return finding;
  const now = names.get(pathInGit(resolve(cwd, finding.file), root));
  if (now === undefined) return finding;
  const file = relative(cwd, resolve(root, Buffer.from(now, 'latin1').toString()))
    .split(sep)
    .join('/');
  return { ...finding, file };
}

/** As `GitFile.path`. */
function pathInGit(path: string, root: string): string {
  return Buffer.from(relative(root, path).split(sep).join('/')).toString('latin1');
}

/** What could not be read then, and can now: what is found in it may not be new. */
function notCompared(failures: readonly Notification[], now: readonly Notification[], since: string): readonly Notification[] {
  const said = new Set(now.map(({ kind, message, file }) => JSON.stringify([kind, message, file])));
  return failures
    .filter(({ kind, message, file }) => !said.has(JSON.stringify([kind, message, file])))
    .map((failure) => ({
      ...failure,
      level: 'warning',
      kind: 'not-compared',
      message: `can't be compared with ${quote(since)}: there, ${failure.message}`,
    }));
}
