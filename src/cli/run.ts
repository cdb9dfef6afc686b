import { resolve } from 'node:path';
import { type LintOptions, UsageError } from '../engine/options.ts';
import type { ConfigurationFile } from '../node/configuration.ts';
import type { Disk } from '../node/disk.ts';
import { type FindOptions, findSources, type FoundSources } from '../node/files.ts';
import { findConfiguration } from '../node/find-configuration.ts';
import { gitPrefix } from '../node/git-root.ts';
import { codeOf, quote, reason } from '../node/messages.ts';
import type { OwnFiles } from '../node/own-files.ts';
import { type Output, writeReport } from '../node/output.ts';
import type { DescribedRule } from '../report/described.ts';
import type { ReportOptions } from '../report/options.ts';
import type { LintResult } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import type { RuleDocs, Severity } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';
import { version } from '../version.ts';
import { type LintCommand, parseArguments, pluginsOf } from './arguments.ts';
import { wantsColor } from './color.ts';
import { refuseAmbiguous } from './command-or-path.ts';
import type { Format } from './option-table.ts';
import { loadReporter } from './reporters.ts';

/** The machine as the program sees it; tests bring their own. */
export interface Environment {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: {
    isTerminal(): boolean;
    /** The whole text; throws a ReadError. Default: descriptor 0. */
    readonly read?: () => string;
  };
  readonly stdout: Output;
  readonly stderr: Output;
  /** How the program was called, for the help. */
  readonly program?: string;
  /** Modules, by their real paths, whose rules are among those that this environment has. */
  readonly plugins?: ReadonlySet<string>;
  lint(sources: Iterable<Source>, options: LintOptions): Promise<LintResult>;
  loadRules(): Promise<readonly DescribedRule[]>;
  loadDocs(): Promise<ReadonlyMap<string, RuleDocs>>;
}

/** 0: nothing at or above `--fail-on`; 1: findings; 2: the run is not complete; 3: wrong usage. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Runs one command line from beginning to end. Never throws: what goes wrong is said on standard error and in the exit code. */
export async function run(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    const command = parseArguments(argv);
    switch (command.kind) {
      case 'help': {
        const { helpText } = await import('./help.ts');
        await writeReport(environment.stdout, [helpText(environment.program ?? 'meshlint')]);
        return 0;
      }
      case 'version':
        await writeReport(environment.stdout, [`meshlint ${version}\n`]);
        return 0;
      case 'lint':
        return await runLint(command, await extended(environment, command.plugins));
      case 'other': {
        const { name } = command;
        if (name === 'baseline') return await (await import('./baseline.ts')).runBaseline(command, environment, analyse);
        const { runCommand } = await import('./commands.ts');
        await runCommand({ ...command, name }, await extended(environment, pluginsOf(command.given)));
        return 0;
      }
      default:
        return command satisfies never;
    }
  } catch (error) {
    return await explain(error, environment);
  }
}

async function extended(environment: Environment, plugins: readonly string[]): Promise<Environment> {
  return plugins.length === 0 ? environment : (await import('./plugins.ts')).withPlugins(environment, plugins);
}

/** A command line with the configuration that holds, and what came of it. */
export interface Analysis {
  readonly command: LintCommand;
  readonly found: FoundSources;
  readonly result: LintResult;
}

async function runLint(written: LintCommand, environment: Environment): Promise<ExitCode> {
  const { cwd } = environment;
  if (written.mayBePath) refuseAmbiguous('lint', cwd, 'for the command leave the word out');
  const prepared = await prepare(written, environment);
  const { command, file } = prepared;
  if (command.printConfig) {
    const { configurationText } = await import('./configured.ts');
    await writeReport(environment.stdout, [configurationText(command, file?.configuration ?? {})]);
    return 0;
  }
  const outputs = await reportFiles(command, environment, file);
  const { root } = command.sarif;
  const sarifPrefix = root === undefined ? undefined : (await import('./sarif-options.ts')).prefixFrom(root, cwd);
  const task: Task = { ...prepared, environment, outputs, streams: new Map() };
  const special = isPlain(command) ? undefined : await (await import('./only-new.ts')).onlyNew(task, { find, lintFound });
  const found = special?.found ?? (await find(task));
  if (command.showFiles) return await showFiles(found, command, environment);
  const result = special === undefined ? await lintFound(task, found) : await special.lint();
  const allWritten = await writeReports(result, { ...command, sarifPrefix }, environment);
  if (!result.complete || !allWritten) return 2;
  return result.findings.some(({ severity }) => weights[severity] >= weights[command.failOn]) ? 1 : 0;
}

/** Reads what lies in the folders, and reports all of it. */
function isPlain({ baseline, since, staged }: LintCommand): boolean {
  return baseline === undefined && since === undefined && !staged;
}

/** What a command line finds. `outputs` (absolute) are written by the run itself and not read. */
async function analyse(written: LintCommand, environment: Environment, outputs: readonly string[]): Promise<Analysis> {
  const task: Task = { ...(await prepare(written, environment)), environment, outputs, streams: new Map() };
  const found = await find(task);
  return { command: task.command, found, result: await lintFound(task, found) };
}

interface Prepared {
  readonly command: LintCommand;
  readonly file: ConfigurationFile | undefined;
  readonly exclusion: FindOptions['configured'];
  /** Where configuration and baseline are, if not on the disk. */
  readonly ownFiles: OwnFiles | undefined;
}

async function prepare(written: LintCommand, environment: Environment): Promise<Prepared> {
  const { configRef } = written;
  const { cwd, env } = environment;
  const ownFiles = configRef === undefined ? undefined : await (await import('../node/revision.ts')).filesAt(configRef, cwd, env);
  const file = await configurationFile(written, environment, ownFiles);
  const configured = file === undefined ? undefined : await (await import('./configured.ts')).configure(written, file, cwd);
  return { command: configured?.command ?? written, file, exclusion: configured?.exclusion, ownFiles };
}

/** All that an analysis is made of. */
export interface Task extends Prepared {
  readonly environment: Environment;
  /** Files (absolute) that the run itself writes. */
  readonly outputs: readonly string[];
  readonly streams: NonNullable<FindOptions['streams']>;
}

/** The files in the place of those of the machine. */
export interface View {
  readonly disk: Disk;
  /** Reads what was found. */
  readonly load: () => Promise<void>;
  readonly options: (options: LintOptions) => LintOptions;
}

async function find({ command, exclusion, environment, outputs, streams }: Task, view?: View): Promise<FoundSources> {
  const { cwd, stdin } = environment;
  if ([...command.operands, ...command.context].includes('-') && streams.size === 0 && stdin.isTerminal())
    await say(environment, 'reading from standard input; Ctrl-D ends it');
  return await findNamed(command, {
    cwd,
    exclude: command.exclude,
    configured: exclusion,
    // What the change ignores is a part of it.
    ignore: command.ignore && command.configRef === undefined,
    outputs,
    streams,
    ...(view === undefined ? {} : { disk: view.disk }),
    ...(stdin.read === undefined ? {} : { readStdin: stdin.read }),
  });
}

async function lintFound({ command, environment }: Task, found: FoundSources, view?: View): Promise<LintResult> {
  const lineHashes = command.reports.some(({ format }) => format === 'sarif');
  const options: LintOptions = { ...command.options, ...(await meshFiles(command, environment)), lineHashes };
  const viewed = view?.options(options) ?? options;
  await view?.load();
  return merge(await environment.lint(found.sources, viewed), found);
}

/** The configuration that holds in the folder, or that is named. Its code is loaded only when there is one. */
async function configurationFile(
  { config }: LintCommand,
  environment: Environment,
  files: OwnFiles | undefined,
): Promise<ConfigurationFile | undefined> {
  if (config === 'none') return undefined;
  const { cwd } = environment;
  const found = config === undefined ? findConfiguration(cwd, files && ((path) => files.disk.look(path) === 'file')) : undefined;
  if (config === undefined && found === undefined) return undefined;
  const { namedConfiguration, readConfiguration } = await import('../node/configuration.ts');
  const path = found ?? (await namedConfiguration(config?.file ?? '', cwd, files));
  return await readConfiguration(path, cwd, await environment.loadRules(), { files, plugins: environment.plugins });
}

/** The sources; where the first path is not there, it may be a command that was mistyped. */
async function findNamed(command: LintCommand, settings: FindOptions): Promise<FoundSources> {
  try {
    const found = await findSources(command.operands, settings);
    if (command.context.length === 0) return found;
    const { withContext } = await import('../node/context-sources.ts');
    return await withContext(found, command.operands, command.context, settings);
  } catch (error) {
    if (!(error instanceof UsageError) || command.word === undefined) throw error;
    const { mistypedCommand } = await import('./commands.ts');
    throw mistypedCommand(command.word, settings.cwd, error);
  }
}

/** What the options say in files of their own. */
async function meshFiles(
  { meshConfig, meshNetworks }: LintCommand,
  { cwd, stdin }: Environment,
): Promise<Pick<LintOptions, 'meshConfig' | 'meshNetworks'>> {
  if (meshConfig === undefined && meshNetworks === undefined) return {};
  const { namedFile } = await import('../node/named-file.ts');
  const options = { cwd, ...(stdin.read === undefined ? {} : { readStdin: stdin.read }) };
  return {
    ...(meshConfig === undefined ? {} : { meshConfig: await namedFile('mesh-config', meshConfig, options) }),
    ...(meshNetworks === undefined ? {} : { meshNetworks: await namedFile('mesh-networks', meshNetworks, options) }),
  };
}

const weights: Readonly<Record<Severity | 'never', number>> = { info: 0, warning: 1, error: 2, never: 3 };

/** What came up while looking for files belongs to the result. */
function merge(result: LintResult, { notifications, skipped }: FoundSources): LintResult {
  const all = { ...result.summary.skipped };
  for (const [why, count] of Object.entries(skipped)) all[why] = (all[why] ?? 0) + count;
  return {
    ...result,
    summary: { ...result.summary, skipped: all },
    notifications: [...notifications, ...result.notifications],
    complete: result.complete && notifications.every(({ level }) => level !== 'error'),
  };
}

/** Where reports go, so that they are not read; they take the place neither of the configuration nor of a plugin. */
async function reportFiles(
  { reports }: LintCommand,
  { cwd, plugins = new Set() }: Environment,
  configuration: ConfigurationFile | undefined,
): Promise<readonly string[]> {
  const files = reports.flatMap(({ file }) => (file === undefined ? [] : [file]));
  if (files.length === 0) return [];
  const { checkReportFiles } = await import('../node/report-file.ts');
  return checkReportFiles(files, cwd, [...plugins, ...(configuration === undefined ? [] : [resolve(cwd, configuration.path)])]);
}

/** Read where only the repository is known, not the folder in which meshlint was started. */
const fromRoot: ReadonlySet<Format> = new Set(['sarif', 'github', 'gitlab', 'azure', 'markdown']);

async function sourceUrl(env: Environment['env']): Promise<Pick<ReportOptions, 'sourceUrl'>> {
  const { sourceUrlOf } = await import('./source-url.ts');
  const url = sourceUrlOf(env);
  return url === undefined ? {} : { sourceUrl: url };
}

/** Files first: they are complete even when nobody reads standard output to its end. False when one could not be written. */
async function writeReports(
  result: LintResult,
  { reports, quiet, color, sarif, sarifPrefix }: LintCommand & { readonly sarifPrefix: string | undefined },
  environment: Environment,
): Promise<boolean> {
  const { cwd, env, stdout } = environment;
  const { findings, known = [], suppressed = [] } = result;
  const docs: ReportOptions['docs'] = findings.length + known.length + suppressed.length === 0 ? new Map() : await environment.loadDocs();
  const notices: string[] = [];
  const notice = (message: string): void => void notices.push(message);
  let allWritten = true;
  let textOnStdout = false;
  for (const { format, file } of [...reports].sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined))) {
    const reporter = await loadReporter(format);
    const options: ReportOptions = {
      docs,
      version,
      quiet,
      // Who sets FORCE_COLOR means what is looked at, not what is kept.
      color: file === undefined ? wantsColor(color, env, () => stdout.isTerminal()) : color === 'always',
      rootPrefix: fromRoot.has(format) ? ((format === 'sarif' ? sarifPrefix : undefined) ?? gitPrefix(cwd)) : '',
      ...(format === 'markdown' ? await sourceUrl(env) : {}),
      ...(format === 'sarif' ? { sarif: (await import('./sarif-options.ts')).sarifOptions(sarif, env), notice } : {}),
    };
    const shown = fromRoot.has(format) ? (await import('../node/repository-files.ts')).withoutLinks(result, cwd) : result;
    if (file === undefined) {
      textOnStdout = format === 'text';
      await writeReport(stdout, reporter(shown, options));
      continue;
    }
    const { writeReportFile } = await import('../node/report-file.ts');
    try {
      writeReportFile(resolve(cwd, file), () => reporter(shown, options));
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      await say(environment, `${quote(file)} can't be written: ${reason(error)}`);
      allWritten = false;
    }
  }
  for (const message of notices) await say(environment, message);
  await summarize(result, { quiet, color, textOnStdout }, environment);
  return allWritten;
}

/** What the report on standard output does not say to a person. Why a run is not complete is said even with `--quiet`. */
async function summarize(
  result: LintResult,
  { quiet, color, textOnStdout }: Pick<LintCommand, 'quiet' | 'color'> & { readonly textOnStdout: boolean },
  environment: Environment,
): Promise<void> {
  if (!quiet && !textOnStdout) {
    const { summaryLines } = await import('../report/summary.ts');
    const lines = summaryLines(result, { color: wantsColor(color, environment.env, () => environment.stderr.isTerminal()) });
    await writeReport(environment.stderr, [`${lines.join('\n')}\n`]);
  }
  if (quiet) {
    for (const { level, message, file } of result.notifications) {
      if (level === 'error') await say(environment, file === undefined ? message : `${quote(file)}: ${message}`);
    }
    return;
  }
  const { template = 0, ignored = 0 } = result.summary.skipped;
  if (template > 0) {
    const program = environment.program ?? 'meshlint';
    await say(environment, `templates are not read; render them first, for example: helm template . | ${program} lint -`);
  }
  if (ignored > 0 && result.summary.files === 0) {
    const what = ignored === 1 ? '1 file or folder; --no-ignore reads it' : `${String(ignored)} files and folders; --no-ignore reads them`;
    await say(environment, `.gitignore leaves out ${what}`);
  }
}

async function showFiles(found: FoundSources, { options, quiet }: LintCommand, environment: Environment): Promise<ExitCode> {
  await writeReport(
    environment.stdout,
    found.sources.map(({ path }) => `${printable(path)}\n`),
  );
  for (const { level, message, file } of found.notifications) {
    if (level === 'error' || !quiet) await say(environment, file === undefined ? message : `${quote(file)}: ${message}`);
  }
  if (found.notifications.some(({ level }) => level === 'error')) return 2;
  if (found.sources.length > 0 || options.allowEmpty === true) return 0;
  await say(environment, 'there is no file to read');
  return 2;
}

/** One path, one line: with line ends and control characters in it as a JSON string. */
function printable(path: string): string {
  return /\p{Cc}/u.test(path) ? quote(path) : path;
}

async function explain(error: unknown, environment: Environment): Promise<ExitCode> {
  if (error instanceof UsageError) {
    await say(environment, error.message, error.hint);
    return 3;
  }
  if (codeOf(error) !== undefined && error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    await say(environment, `the report can't be written: ${reason(error)}`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await say(environment, `this is a bug in meshlint ${version}; please report it at ${projectUrl}/issues with what follows`);
  await writeReport(environment.stderr, [visible(`${stack}\n`)]);
  return 2;
}

/** A line on standard error, and a second one for what to do. */
async function say({ stderr, program = 'meshlint' }: Environment, message: string, hint?: string): Promise<void> {
  try {
    await writeReport(stderr, [visible(`${program}: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`)]);
  } catch {
    // Standard error is gone or full: the exit code still says it.
  }
}

/** Names and texts of others, without what would move the cursor of a terminal, colour it or turn its text around. */
function visible(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
