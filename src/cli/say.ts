import { writeReport } from '../node/output.ts';
import type { Environment } from './environment.ts';

/** A line on standard error, and a second one for what to do. */
export async function say({ stderr, program = 'meshlint' }: Environment, message: string, hint?: string): Promise<void> {
  const { visibleLines } = await import('../report/escape.ts');
  try {
    await writeReport(stderr, [visibleLines(`${program}: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`)]);
  } catch {
    // Standard error is gone or full: the exit code still says it.
  }
}
