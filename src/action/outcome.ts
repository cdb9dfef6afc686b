import { existsSync, readFileSync } from 'node:fs';
import type { Severity } from '../rule/rule.ts';

/** What the JSON report says that outputs tell. */
export type Counts = Readonly<Record<Severity | 'total', number>>;

/** undefined: the run did not come to a report. */
export function countsIn(jsonReport: string): Counts | undefined {
  if (!existsSync(jsonReport)) return undefined;
  const { findings } = JSON.parse(readFileSync(jsonReport, 'utf8')) as { readonly findings: readonly { readonly severity: Severity }[] };
  const counts = { error: 0, warning: 0, info: 0, total: findings.length };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
