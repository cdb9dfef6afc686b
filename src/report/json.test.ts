import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import type { LintResult } from '../rule/finding.ts';
import { reportJson } from './json.ts';
import { clean, findingOf, good, hostile, hostileNames, locate, nothing, sampleOptions, subsetNotFound } from './samples.ts';

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function parsed(result: LintResult): unknown {
  return JSON.parse([...reportJson(result, sampleOptions)].join(''));
}

describe('reportJson', () => {
  it.each(Object.entries({ good, clean, nothing, hostile }))('follows its schema: %s', (_, result) => {
    const report = parsed(result);
    expect(validate(report) ? [] : validate.errors).toEqual([]);
  });

  it('has what DESIGN calls the JSON report', () => {
    expect(parsed(clean)).toEqual({
      version: 1,
      tool: { name: 'meshlint', version: '0.1.0', url: 'https://github.com/meshlint/meshlint' },
      summary: { files: 1, resources: 1, skipped: {}, unknown: {}, suppressed: 0 },
      notifications: [],
      findings: [],
    });
    expect(parsed(good)).toMatchObject({
      summary: { skipped: { template: 2 }, unknown: { 'subset-not-found': 4 } },
      findings: [
        { rule: 'permissive-mtls' },
        {
          rule: 'subset-not-found',
          title: 'Route to a subset that no DestinationRule defines',
          category: 'reference',
          severity: 'error',
          message: 'subset "v3" of "reviews" is not defined',
          help: 'Define the subset in a DestinationRule of that host, or name one that is defined.',
          equivalents: [{ tool: 'istioctl', code: 'IST0101', reference: 'host+subset in destinationrule' }],
          resource: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'reviews' },
          location: { file: 'mesh/routes.yaml', line: 14, column: 21, endLine: 14, endColumn: 23 },
          path: '/spec/http/0/route/0/destination/subset',
          related: [{ message: '"v1" is defined here' }, { location: { file: 'mesh/subsets.yaml', line: 9 } }],
          fix: { safety: 'safe', edits: [{ op: 'replace', value: 'v2', replacement: 'v2' }] },
        },
        {},
        { rule: 'team-label', help: '' },
      ],
    });
  });

  it('carries every name unchanged', () => {
    expect(parsed(hostile)).toMatchObject({
      findings: hostileNames.map((name) => ({ message: `host "${name}" is not there`, resource: { name } })),
    });
  });

  it('writes one line and one chunk for each finding', () => {
    const finding = findingOf(subsetNotFound, 'x', locate('a.yaml', 'a: b', 'b'));
    const result = { ...clean, findings: Array.from({ length: 1000 }, () => finding) };
    const chunks = [...reportJson(result, sampleOptions)];
    expect(chunks.filter((chunk) => chunk.includes('"fingerprint"'))).toHaveLength(1000);
    expect(chunks.join('').split('\n')).toHaveLength(1000 + 9);
  });

  it('does not depend on the order in which reasons were counted', () => {
    const summary = (skipped: Readonly<Record<string, number>>): LintResult => ({ ...clean, summary: { ...clean.summary, skipped } });
    expect([...reportJson(summary({ a: 1, b: 2 }), sampleOptions)]).toEqual([...reportJson(summary({ b: 2, a: 1 }), sampleOptions)]);
  });
});

describe('the schema of the report', () => {
  it.each([
    ['a property that it does not name', (report: object) => ({ ...report, extra: 1 })],
    ['another version', (report: object) => ({ ...report, version: 2 })],
    ['no findings', (report: object) => ({ ...report, findings: undefined })],
    ['a finding without a place', (report: object) => ({ ...report, findings: [{ rule: 'a' }] })],
  ])('refuses %s', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify(change(parsed(clean) as object))))).toBe(false);
  });
});
