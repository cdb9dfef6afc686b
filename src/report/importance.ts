import type { Finding } from '../rule/finding.ts';
import type { RuleMeta } from '../rule/rule.ts';
import { severities } from './counts.ts';

/**
 * The findings that a reader should see where not all are shown: by severity, what is proved or almost surely wrong before hardening
 * and hygiene, what weighs more for security, and else as they lie.
 */
export function byImportance(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      doubt(a.rule) - doubt(b.rule) ||
      Number(b.rule.securitySeverity ?? 0) - Number(a.rule.securitySeverity ?? 0),
  );
}

function doubt({ presets }: RuleMeta): number {
  if (presets.includes('recommended')) return 0;
  return presets.includes('strict') ? 1 : 2;
}
