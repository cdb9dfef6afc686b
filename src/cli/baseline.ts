import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { tellNew } from '../engine/novelty.ts';
import { UsageError } from '../engine/options.ts';
import { type BaselineEntry, baselineText, entryOf, isJudged, readBaseline } from '../node/baseline.ts';
import { closestName } from '../node/closest.ts';
import { codeOf, quote, reason } from '../node/messages.ts';
import { writeReport } from '../node/output.ts';
import { checkReportFile, writeReportFile } from '../node/report-file.ts';
import { plural } from '../report/counts.ts';
import type { LintResult } from '../rule/finding.ts';
import { lintCommand, type LintCommand, type OtherCommand } from './arguments.ts';
import { refuseAmbiguous } from './command-or-path.ts';
import { aboutReports } from './completion-model.ts';
import type { Analysis } from './analysis.ts';
import type { Environment, ExitCode } from './environment.ts';

const defaultBaseline = 'meshlint-baseline.json';

type Analyse = (command: LintCommand, environment: Environment, outputs: readonly string[]) => Promise<Analysis>;

/** `baseline create` and `baseline prune`. Throws a UsageError. */
export async function runBaseline(
  { operands: [verb, ...operands], given }: OtherCommand,
  environment: Environment,
  analyse: Analyse,
): Promise<ExitCode> {
  const { cwd } = environment;
  if (verb === undefined) refuseAmbiguous('baseline', cwd, 'for the command say baseline create or baseline prune');
  if (verb !== 'create' && verb !== 'prune') {
    const near = verb === undefined ? undefined : closestName(verb, ['create', 'prune']);
    throw new UsageError(
      verb === undefined ? 'baseline needs to know what to do' : `baseline does not know ${quote(verb)}`,
      near === undefined ? 'meshlint baseline create or meshlint baseline prune' : `did you mean baseline ${near}?`,
    );
  }
  const foreign = [...given.keys()].find((name) => aboutReports.has(name));
  if (foreign !== undefined)
    throw new UsageError(
      `baseline ${verb} takes no --${foreign}`,
      foreign === 'baseline' ? `its file is named without an option: meshlint baseline ${verb} FILE PATH` : undefined,
    );
  const [first, ...others] = operands;
  const isNamed = first !== undefined && /\.json$/i.test(first);
  const file = isNamed ? first : defaultBaseline;
  const paths = isNamed ? others : operands;
  const written = lintCommand(paths, given, { commandGiven: true, firstIsWord: false });
  return await (verb === 'create' ? create : prune)({ file, path: resolve(cwd, file), written }, environment, analyse);
}

interface Task {
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly written: LintCommand;
}

async function create({ file, path, written }: Task, environment: Environment, analyse: Analyse): Promise<ExitCode> {
  const { cwd } = environment;
  checkReportFile(path, file);
  // What is there must be a baseline: a manifest that was named first would be lost.
  if (existsSync(path)) await readBaseline(file, cwd);
  const { command, result } = await analyse(written, environment, [path]);
  const entries = result.findings.map(entryOf);
  if (!(await write({ file, path }, entries, environment))) return 2;
  const { complete } = tellNew(result, 'baseline', entries).result;
  if (!complete) await tellFailures(result, environment);
  if (!command.quiet) await tell(environment, `${plural(entries.length, 'finding')} written to ${quote(file)}`);
  return complete ? 0 : 2;
}

async function prune({ file, path, written }: Task, environment: Environment, analyse: Analyse): Promise<ExitCode> {
  const { cwd } = environment;
  if (written.options.namespaces !== undefined)
    throw new UsageError('baseline prune takes no --namespace', 'what lies in other namespaces would seem to be gone');
  const before = await readBaseline(file, cwd);
  const { command, found, result } = await analyse(written, environment, [path]);
  const { result: now, gone } = tellNew(result, 'baseline', before.entries);
  if (!now.complete) {
    await tellFailures(now, environment);
    await tell(environment, `${quote(file)} is left as it is: the run is not complete`);
    return 2;
  }
  const out = new Set(gone.filter(isJudged(found.sources, command.options.only, cwd)));
  const left = before.entries.filter((entry) => !out.has(entry));
  if (out.size > 0 && !(await write({ file, path }, left, environment))) return 2;
  if (!command.quiet) await tell(environment, `${plural(out.size, 'finding')} taken out of ${quote(file)}, ${String(left.length)} left`);
  return 0;
}

/** As a whole or not at all. False when it could not be written, which is said. */
async function write({ file, path }: Omit<Task, 'written'>, entries: readonly BaselineEntry[], environment: Environment): Promise<boolean> {
  try {
    writeReportFile(path, () => baselineText(entries, dirname(path), environment.cwd));
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    await tell(environment, `${quote(file)} can't be written: ${reason(error)}`);
    return false;
  }
}

async function tellFailures({ notifications, findings }: LintResult, environment: Environment): Promise<void> {
  for (const { level, message, file } of notifications)
    if (level === 'error') await tell(environment, file === undefined ? message : `${quote(file)}: ${message}`);
  for (const { rule, message, location } of findings)
    if (rule.id === 'invalid-yaml') await tell(environment, `${quote(location.file)}: ${message}`);
}

async function tell({ stderr, program = 'meshlint' }: Environment, message: string): Promise<void> {
  await writeReport(stderr, [`${program}: ${message}\n`]);
}
