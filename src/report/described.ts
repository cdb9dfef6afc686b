import type { OptionValue, Rule, RuleDocs, RuleMeta } from '../rule/rule.ts';

/** What can be read about a rule: all of it but the check. */
export type DescribedRule = RuleMeta & Pick<Rule, 'options'>;

/** The texts of a user's rule that has none. */
export const noDocs: RuleDocs = { why: '', help: '', evidence: '', bad: '', good: '', references: [] };

const toolNames = { istioctl: 'istioctl', kiali: 'Kiali' } as const;

/** Every rule is in `all`. */
export function presetsText({ presets, preview }: RuleMeta): string {
  if (preview) return 'all (preview)';
  return [...presets, 'all'].join(', ');
}

export function istioText({ istio }: RuleMeta): string {
  const { since, until } = istio ?? {};
  if (since !== undefined && until !== undefined) return `${since} to ${until}`;
  if (since !== undefined) return `${since} and later`;
  return until === undefined ? 'all versions' : `up to ${until}`;
}

export function equivalentsText({ equivalents = [] }: RuleMeta): string {
  return equivalents.map(({ tool, code }) => `${code} (${toolNames[tool]})`).join(', ');
}

/** How code scanning calls a CVSS-like score. */
export function securityText(score: string): string {
  const value = Number(score);
  if (value > 9) return `${score} (critical)`;
  if (value >= 7) return `${score} (high)`;
  return value >= 4 ? `${score} (medium)` : `${score} (low)`;
}

export function optionType(value: OptionValue): string {
  if (typeof value === 'object') return 'list of strings';
  return typeof value;
}
