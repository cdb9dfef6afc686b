import type { Finding } from '../rule/finding.ts';
import type { Severity } from '../rule/rule.ts';

/** The most severe one first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function countBySeverity(findings: readonly Finding[]): ReadonlyMap<Severity, number> {
  const counts = new Map<Severity, number>();
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return counts;
}

/** `2 errors, 1 info`; severities without any are left out. */
export function countsText(counts: ReadonlyMap<Severity, number>): string {
  return severities
    .filter((severity) => (counts.get(severity) ?? 0) > 0)
    .map((severity) => plural(counts.get(severity) ?? 0, severity))
    .join(', ');
}

export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
