import * as core from '@actions/core';
import { UsageError } from '../engine/options.ts';

/** What a workflow says in `with:`. A text that is empty is not said. */
export interface Inputs {
  readonly workingDirectory: string;
  readonly paths: readonly string[];
  readonly preset: string;
  readonly config: string;
  readonly configRef: string;
  readonly baseline: string;
  readonly since: string;
  readonly failOn: string;
  readonly plugins: readonly string[];
  readonly formats: readonly string[];
  readonly sarifFile: string;
  readonly annotations: boolean;
  readonly jobSummary: boolean;
}

/** Reads what the runner hands over. Throws a UsageError for a value that can't be one. */
export function readInputs(): Inputs {
  const formats = lines('formats');
  const annotating = formats.find((format) => /^github(=-)?$/.test(format));
  if (annotating !== undefined) {
    throw new UsageError(`the input formats has ${annotating}, and annotations are made without it`, 'for a file: github=FILE');
  }
  return {
    workingDirectory: core.getInput('working-directory'),
    paths: lines('paths'),
    preset: core.getInput('preset'),
    config: core.getInput('config'),
    configRef: core.getInput('config-ref'),
    baseline: core.getInput('baseline'),
    since: core.getInput('since'),
    failOn: core.getInput('fail-on'),
    plugins: lines('plugins'),
    formats,
    sarifFile: core.getInput('sarif-file'),
    annotations: flag('annotations'),
    jobSummary: flag('job-summary'),
  };
}

function lines(name: string): readonly string[] {
  return core.getMultilineInput(name).filter((line) => line !== '');
}

function flag(name: string): boolean {
  const text = core.getInput(name);
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new UsageError(`the input ${name} is true or false, and not ${JSON.stringify(text)}`);
}
