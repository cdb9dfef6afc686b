import { UsageError } from '../engine/options.ts';
import type { FoundSources } from '../node/files.ts';
import { codeOf, quote, reason } from '../node/messages.ts';
import { writeReport } from '../node/output.ts';
import type { LintResult } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import type { Severity } from '../rule/rule.ts';
import { version } from '../version.ts';
import { analyse, find, lintFound, prepare, type Task } from './analysis.ts';
import { type LintCommand, parseArguments, pluginsOf } from './arguments.ts';
import { refuseAmbiguous } from './command-or-path.ts';
import type { Environment, ExitCode } from './environment.ts';
import { say } from './say.ts';
import { reportFiles, writeReports } from './write-reports.ts';

/** Runs one command line from beginning to end. Never throws: what goes wrong is said on standard error and in the exit code. */
export async function run(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    const command = parseArguments(argv);
    switch (command.kind) {
      case 'help': {
        const { helpText } = await import('./help.ts');
        await writeReport(environment.stdout, [helpText(environment.program ?? 'meshlint', command.command)]);
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

async function runLint(command: LintCommand, environment: Environment): Promise<ExitCode> {
  if (command.mayBePath) refuseAmbiguous('lint', environment.cwd, 'for the command leave the word out');
  const lintOrTime = command.timing ? await timed() : lintOnce;
  if (!command.watch) return await lintOrTime(command, environment);
  const { watchAndLint } = await import('./watch.ts');
  return await watchAndLint(command, environment, {
    lint: (lint) => lintOrTime(command, { ...environment, lint }),
    explain: (error) => explain(error, environment),
  });
}

/** Lints, and says on standard error what the time went into. */
async function timed(): Promise<typeof lintOnce> {
  const { Timing } = await import('./timing.ts');
  const timing = new Timing(() => performance.now());
  return async (command, environment) => {
    timing.begin();
    const code = await lintOnce(command, { ...environment, stopwatch: timing });
    await writeReport(environment.stderr, [`\n${timing.lines().join('\n')}\n`]);
    return code;
  };
}

const weights: Readonly<Record<Severity | 'never', number>> = { info: 0, warning: 1, error: 2, never: 3 };

/** One report, of the files and the configuration as they are now. */
async function lintOnce(written: LintCommand, environment: Environment): Promise<ExitCode> {
  const { cwd, stopwatch } = environment;
  stopwatch?.phase('find');
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
  stopwatch?.phase('report');
  const allWritten = await writeReports(result, { ...command, sarifPrefix }, environment);
  await advise(result, found, command, environment);
  if (!result.complete || !allWritten) return 2;
  return result.findings.some(({ severity }) => weights[severity] >= weights[command.failOn]) ? 1 : 0;
}

/** Reads what lies in the folders, and reports all of it. */
function isPlain({ baseline, since, staged }: LintCommand): boolean {
  return baseline === undefined && since === undefined && !staged;
}

/** What to try, where the run did not do what was most likely wanted. */
async function advise(result: LintResult, found: FoundSources, command: LintCommand, environment: Environment): Promise<void> {
  if (command.quiet) return;
  const { program = 'meshlint', cwd } = environment;
  if (result.notifications.some(({ kind }) => kind === 'nothing-to-analyse')) {
    const { nothingFound } = await import('./nothing-found.ts');
    const [first = '', ...more] = nothingFound(command, found, result, { cwd, program });
    await say(environment, first, more.join('\n').trimStart());
  } else if ((result.summary.skipped['template'] ?? 0) > 0) {
    await say(environment, `templates are not read; render them first, for example: helm template . | ${program} lint -`);
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
  return /[\0-\x1f\x7f-\x9f]/.test(path) ? quote(path) : path;
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
  const { visibleLines } = await import('../report/escape.ts');
  await writeReport(environment.stderr, [visibleLines(`${stack}\n`)]);
  return 2;
}
