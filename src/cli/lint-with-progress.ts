import type { LintOptions } from '../engine/options.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import type { LintCommand } from './arguments.ts';
import type { Environment } from './environment.ts';

/** So few files are read at once. */
const fewSources = 100;

/** Lints; on a terminal where somebody waits, with a line that says how far it is. */
export async function lintWithProgress(
  sources: readonly Source[],
  options: LintOptions,
  { quiet }: LintCommand,
  environment: Environment,
): Promise<LintResult> {
  const { env, stderr } = environment;
  const silent = sources.length < fewSources || quiet || (env['CI'] ?? '') !== '' || env['TERM'] === 'dumb' || !stderr.isTerminal();
  if (silent) return await environment.lint(sources, options);
  const { withProgress } = await import('./progress.ts');
  const progress = withProgress(sources, stderr, () => performance.now());
  try {
    return await environment.lint(progress.sources, options);
  } finally {
    await progress.end();
  }
}
