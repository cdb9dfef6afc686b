import { type LintOptions, UsageError } from '../engine/options.ts';
import type { ConfigurationFile } from '../node/configuration.ts';
import type { Disk } from '../node/disk.ts';
import { type FindOptions, findSources, type FoundSources } from '../node/files.ts';
import { findConfiguration } from '../node/find-configuration.ts';
import type { OwnFiles } from '../node/own-files.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import type { LintCommand } from './arguments.ts';
import type { Environment } from './environment.ts';
import { lintWithProgress } from './lint-with-progress.ts';
import { say } from './say.ts';

/** A command line with the configuration that holds, and what came of it. */
export interface Analysis {
  readonly command: LintCommand;
  readonly found: FoundSources;
  readonly result: LintResult;
}

/** What a command line finds. `outputs` (absolute) are written by the run itself and not read. */
export async function analyse(written: LintCommand, environment: Environment, outputs: readonly string[]): Promise<Analysis> {
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

export async function prepare(written: LintCommand, environment: Environment): Promise<Prepared> {
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

export async function find({ command, exclusion, environment, outputs, streams }: Task, view?: View): Promise<FoundSources> {
  const { cwd, stdin, stopwatch } = environment;
  stopwatch?.phase('find');
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

export async function lintFound({ command, environment }: Task, found: FoundSources, view?: View): Promise<LintResult> {
  const { stopwatch } = environment;
  stopwatch?.phase('read');
  const lineHashes = command.reports.some(({ format }) => format === 'sarif');
  const options: LintOptions = {
    ...command.options,
    ...(await meshFiles(command, environment)),
    ...(await templatePaths(command, found, environment.cwd)),
    lineHashes,
    stopwatch,
  };
  const viewed = view?.options(options) ?? options;
  await view?.load();
  const sources = stopwatch === undefined ? found.sources : (await import('./timing.ts')).timedSources(found.sources, stopwatch);
  const result = await lintWithProgress(sources, viewed, command, environment);
  stopwatch?.phase('report');
  return merge(await atTemplates(result, found, environment.cwd), found);
}

/** Findings in what a template was rendered to, at the template. */
async function atTemplates(result: LintResult, { sources }: FoundSources, cwd: string): Promise<LintResult> {
  const streams = streamsOf(sources);
  if (streams.length === 0 || result.findings.length === 0) return result;
  const { mapRendered } = await import('../node/rendered.ts');
  return mapRendered(result, streams, cwd);
}

/** What holds for the path of a template holds for what was rendered from it. */
async function templatePaths({ options }: LintCommand, { sources }: FoundSources, cwd: string): Promise<Pick<LintOptions, 'documentPath'>> {
  const streams = streamsOf(sources);
  if (streams.length === 0 || options.overrides?.some(({ paths }) => paths !== undefined) !== true) return {};
  const { templatePathsOf } = await import('../node/rendered.ts');
  return { documentPath: templatePathsOf(streams, cwd) };
}

function streamsOf(sources: readonly Source[]): readonly Source[] {
  return sources.filter(({ path }) => path === '-' || path.startsWith('/dev/fd/'));
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
