import { describe, expect, it } from 'vitest';
import type { DescribedRule } from './described.ts';
import { ruleListJson, ruleTable } from './rule-list.ts';
import { ownRule, permissiveMtls, subsetNotFound } from './samples.ts';

const withOptions: DescribedRule = { ...permissiveMtls, options: { most: { description: 'How many.', default: 5 } } };
const rules = [withOptions, subsetNotFound, ownRule];

describe('the table of rules', () => {
  it('looks like this', () => {
    expect(ruleTable(rules, { color: false })).toBe(
      `RULE              SEVERITY  CATEGORY   PRESET       EQUIVALENTS       FAULT
permissive-mtls   warning   security   strict       -                 Peer authentication accepts plaintext
subset-not-found  error     reference  recommended  IST0101, KIA1107  Route to a subset that no DestinationRule defines
team-label        info      hygiene    all          -                 Workload without a team label
`,
    );
  });

  it('is the same with colour, but for the colour', () => {
    const colored = ruleTable(rules, { color: true });
    expect(colored).toContain('\u001b[1;31merror\u001b[0m     reference');
    expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe(ruleTable(rules, { color: false }));
  });
});

describe('the list of rules as JSON', () => {
  it('has all that is known without their texts', () => {
    expect(JSON.parse(ruleListJson(rules))).toEqual([
      {
        id: 'permissive-mtls',
        title: 'Peer authentication accepts plaintext',
        category: 'security',
        severity: 'warning',
        securitySeverity: '6.5',
        presets: ['strict', 'all'],
        since: '0.1.0',
        istio: { since: '1.22' },
        equivalents: [],
        aliases: [],
        options: [{ name: 'most', default: 5 }],
        url: 'https://github.com/meshlint/meshlint/blob/main/docs/rules/permissive-mtls.md',
      },
      expect.objectContaining({
        id: 'subset-not-found',
        presets: ['recommended', 'strict', 'all'],
        equivalents: [
          { tool: 'istioctl', code: 'IST0101' },
          { tool: 'kiali', code: 'KIA1107' },
        ],
      }),
      expect.objectContaining({ id: 'team-label', presets: ['all'] }),
    ]);
    expect(ruleListJson([])).toBe('[]\n');
  });
});
