import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isSource, type LintOptions, UsageError } from '../engine/options.ts';
import { nextChange, takeSnapshot, together, type WatchedPaths } from '../node/changes.ts';
import { configurationNames } from '../node/find-configuration.ts';
import { findGitRoot } from '../node/git-root.ts';
import { writeReport } from '../node/output.ts';
import { watchLines } from '../report/problem-matchers.ts';
import { ReadError, type Source } from '../text/source.ts';
import type { LintCommand } from './arguments.ts';
import type { Environment, ExitCode, Session } from './environment.ts';

interface Pass {
  /** One report, of what `lint` says. */
  lint(lint: Environment['lint']): Promise<ExitCode>;
  /** Says on standard error what went wrong. */
  explain(error: unknown): Promise<ExitCode>;
}

const clearScreen = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Reports again and again, whenever a source, a configuration or a .gitignore has changed, until it is interrupted; the exit code is then that of
 * the last report. The lines around a report are on standard error, for the problem matcher of a background task.
 */
export async function watchAndLint(command: LintCommand, environment: Environment, pass: Pass): Promise<ExitCode> {
  const { stdout, stderr, env, cwd } = environment;
  const end = new AbortController();
  const interrupt = (): void => {
    end.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    const keeping = keepingSources(environment);
    const ofFiles = (files: readonly string[]): WatchedPaths => ({ folders: [], files, ignored: outputsOf(command, cwd) });
    // What a configuration names need not lie in what is linted, and is known only when it has been read.
    let named: readonly string[] = [];
    let ofNamed = takeSnapshot(ofFiles([]));
    const lint: Environment['lint'] = async (sources, options) => {
      named = filesNamedBy(options, cwd);
      ofNamed = takeSnapshot(ofFiles(named));
      return await keeping(sources, options);
    };
    const textOnScreen = command.reports.some(({ format, file }) => format === 'text' && file === undefined);
    const clears = textOnScreen && env['TERM'] !== 'dumb' && stdout.isTerminal();
    for (let first = true; ; first = false) {
      const paths = watchedPaths(command, cwd);
      const before = takeSnapshot(paths);
      ofNamed = takeSnapshot(ofFiles(named));
      if (clears && !first) await stdout.write(clearScreen);
      if (!(await stderr.write(`${watchLines.begin}\n`))) return 0;
      const code = await report(pass, lint, first);
      await writeReport(stderr, [`${watchLines.end}\n`]);
      const all = { ...paths, files: [...paths.files, ...named] };
      if ((await nextChange(all, together(before, ofNamed), { signal: end.signal })) === undefined) return code;
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Lints what has changed since the last time; everything, where the options have. */
function keepingSources({ openSession }: Pick<Environment, 'openSession'>): Environment['lint'] {
  let last: { readonly key: string; readonly session: Session; readonly paths: ReadonlySet<string> } | undefined;
  return async (sources, options) => {
    const all = [...sources];
    const paths = new Set(all.map(({ path }) => path));
    const key = keyOf(options);
    const session = last?.key === key ? last.session : await openSession(options);
    const removed = last?.key === key ? [...last.paths].filter((path) => !paths.has(path)) : [];
    last = { key, session, paths };
    session.update({ changed: all, removed });
    return await session.lint();
  };
}

/** Equal for options that say the same: of a file its text counts. */
function keyOf(options: LintOptions): string {
  return JSON.stringify(options, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('read' in value) || typeof value.read !== 'function') return value;
    const source = value as Source;
    try {
      return [source.path, source.read()];
    } catch (error) {
      if (error instanceof ReadError) return [source.path, error.message];
      throw error;
    }
  });
}

/** What is wrong at the beginning ends it; later it may just be in the middle of being changed. */
async function report(pass: Pass, lint: Environment['lint'], first: boolean): Promise<ExitCode> {
  try {
    return await pass.lint(lint);
  } catch (error) {
    if (first || !(error instanceof UsageError)) throw error;
    return await pass.explain(error);
  }
}

/** Everything that a report depends on. */
function watchedPaths(command: LintCommand, cwd: string): WatchedPaths {
  const { operands, context, config, meshConfig, meshNetworks } = command;
  const folders: string[] = [];
  const files: string[] = [];
  for (const operand of [...operands, ...context]) {
    const path = resolve(cwd, operand);
    const folder = isFolder(path) ? path : undefined;
    if (folder !== undefined) folders.push(folder);
    else if (/[*?[{]|[@!+]\(/.test(operand)) folders.push(baseOf(path));
    else files.push(path);
  }
  for (const file of [meshConfig, meshNetworks]) if (file !== undefined) files.push(resolve(cwd, file));
  const top = findGitRoot(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    files.push(join(folder, '.gitignore'), ...(config === undefined ? configurationNames : []).map((name) => join(folder, name)));
    if (folder === top || dirname(folder) === folder) break;
  }
  if (typeof config === 'object') files.push(resolve(cwd, config.file));
  return { folders, files, ignored: outputsOf(command, cwd) };
}

function outputsOf({ reports }: LintCommand, cwd: string): readonly string[] {
  return reports.flatMap(({ file }) => (file === undefined ? [] : [resolve(cwd, file)]));
}

/** The files with mesh configurations and networks. */
function filesNamedBy({ meshConfig, meshNetworks, meshes = [] }: LintOptions, cwd: string): readonly string[] {
  const inputs = [meshConfig, meshNetworks, ...meshes.flatMap((mesh) => [mesh.meshConfig, mesh.meshNetworks])];
  return inputs.flatMap((input) => (input !== undefined && isSource(input) ? [resolve(cwd, input.path)] : []));
}

/** The nearest folder that is there, of a glob. */
function baseOf(glob: string): string {
  let folder = dirname(glob);
  while (!isFolder(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
