import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { docs } from '../rules/docs.ts';
import { lint, type LintOptions, type LintResult } from './index.ts';
import { reportJson } from './report/json.ts';
import type { ReportOptions } from './report/options.ts';
import { reportSarif } from './report/sarif.ts';
import { reportText } from './report/text.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');
// A new rule changes no old golden: the rules are named here.
const only = ['duplicate-resource', 'invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];
const options: ReportOptions = { docs, version: '0.0.0-test', color: false, quiet: false, rootPrefix: '' };

async function lintFixture(folder: string, rules: LintOptions = {}): Promise<LintResult> {
  const root = path.join(fixtures, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return lint(
    files.map((file) => ({
      path: `fixtures/${folder}/${file.replaceAll(path.sep, '/')}`,
      read: () => readFileSync(path.join(root, file), 'utf8'),
    })),
    { ...rules, lineHashes: true },
  );
}

describe('the broken shop', () => {
  it.each([
    ['txt', reportText],
    ['json', reportJson],
    ['sarif', reportSarif],
  ] as const)('is reported as expected: %s', async (extension, report) => {
    const result = await lintFixture('shop-broken', { only });
    await expect([...report(result, options)].join('')).toMatchFileSnapshot(`../fixtures/expected/shop-broken.${extension}`);
  });
});

describe.each(['shop', 'tutorial'])('the healthy mesh %s', (folder) => {
  it.each([
    ['recommended', false],
    ['recommended', true],
    ['strict', false],
    ['strict', true],
  ] as const)('is silent in %s, complete: %s', async (preset, closed) => {
    const { findings, complete } = await lintFixture(folder, { preset, complete: closed });
    expect(findings).toEqual([]);
    expect(complete).toBe(true);
  });
});
