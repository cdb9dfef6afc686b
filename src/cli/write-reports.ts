import { resolve } from 'node:path';
import type { ConfigurationFile } from '../node/configuration.ts';
import { gitPrefix } from '../node/git-root.ts';
import { codeOf, quote, reason } from '../node/messages.ts';
import { writeReport } from '../node/output.ts';
import type { ReportOptions } from '../report/options.ts';
import type { LintResult } from '../rule/finding.ts';
import { version } from '../version.ts';
import type { LintCommand } from './arguments.ts';
import { wantsColor } from './color.ts';
import type { Environment } from './environment.ts';
import type { Format } from './option-table.ts';
import { loadReporter } from './reporters.ts';
import { say } from './say.ts';

/** Where reports go, so that they are not read; they take the place neither of the configuration nor of a plugin. */
export async function reportFiles(
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
export async function writeReports(
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
  }
}
