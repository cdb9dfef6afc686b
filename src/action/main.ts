import * as core from '@actions/core';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { program } from '../cli/program.ts';
import type { ExitCode } from '../cli/environment.ts';
import { run as runCommandLine } from '../cli/run.ts';
import { UsageError } from '../engine/options.ts';
import { quote, reason } from '../node/messages.ts';
import { type Output, streamOutput } from '../node/output.ts';
import { projectUrl } from '../rule/project.ts';
import { commandLine, type OwnReports } from './command-line.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { countsIn } from './outcome.ts';
import { withoutCommands } from './quoted-output.ts';

/** One step of a workflow, from inputs to outputs. Never throws, and never ends the process: what is still to be written would be lost. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(variable('RUNNER_TEMP') ?? tmpdir(), 'meshlint-'));
  let code: ExitCode;
  try {
    code = await step(readInputs(), folder);
  } catch (error) {
    code = error instanceof UsageError ? 3 : 2;
    core.error(error instanceof UsageError ? withHint(error) : bugReport(error), { title: 'meshlint' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  core.setOutput('exit-code', code);
  process.exitCode = code;
}

async function step(inputs: Inputs, folder: string): Promise<ExitCode> {
  const cwd = workingDirectory(inputs);
  const json = join(folder, 'report.json');
  const annotations = join(folder, 'annotations');
  const summary = join(folder, 'summary.md');
  const own: OwnReports = {
    json,
    ...(inputs.annotations ? { github: annotations } : {}),
    ...(inputs.jobSummary ? { markdown: summary } : {}),
  };
  const stdout = streamOutput(process.stdout);
  const { code, said } = await withoutCommands(stdout, (log) => lint(commandLine(inputs, own), cwd, log));

  const counts = countsIn(json);
  if (counts === undefined) {
    // Nothing was reported, so why is what there is to say.
    core.error(said.replace(/^meshlint: /, '').trim(), { title: 'meshlint' });
    return code;
  }
  if (existsSync(annotations)) await core.group('Annotations', () => annotate(annotations, stdout));
  if (existsSync(summary) && variable('GITHUB_STEP_SUMMARY') !== undefined)
    await core.summary.addRaw(readFileSync(summary, 'utf8')).write();
  core.setOutput('errors', counts.error);
  core.setOutput('warnings', counts.warning);
  core.setOutput('infos', counts.info);
  core.setOutput('total', counts.total);
  const sarif = resolve(cwd, inputs.sarifFile);
  if (inputs.sarifFile !== '' && existsSync(sarif)) core.setOutput('sarif-file', sarif);
  return code;
}

/** Runs the command line itself; `said` is what it says besides its reports. */
async function lint(argv: readonly string[], cwd: string, log: Output): Promise<{ readonly code: ExitCode; readonly said: string }> {
  let said = '';
  const code = await runCommandLine(argv, {
    cwd,
    env: process.env,
    // A step has no standard input.
    stdin: { isTerminal: () => false, read: () => '' },
    // The page of a job shows colours.
    stdout: { ...log, isTerminal: () => true },
    // In one stream with the report, so that it is as harmless.
    stderr: {
      isTerminal: () => false,
      write(text) {
        said += text;
        return log.write(text);
      },
    },
    ...program,
  });
  return { code, said };
}

async function annotate(file: string, stdout: Output): Promise<void> {
  await stdout.write(readFileSync(file, 'utf8'));
}

function workingDirectory({ workingDirectory: name }: Inputs): string {
  const path = resolve(variable('GITHUB_WORKSPACE') ?? '.', name);
  try {
    if (statSync(path).isDirectory()) return path;
  } catch (error) {
    throw new UsageError(`the working-directory ${quote(name)} can't be entered: ${reason(error)}`);
  }
  throw new UsageError(`the working-directory ${quote(name)} is no folder`);
}

function withHint({ message, hint }: UsageError): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

function bugReport(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return `this is a bug in the Action; please report it at ${projectUrl}/issues with what follows\n${stack ?? String(error)}`;
}

function variable(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
