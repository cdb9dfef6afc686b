import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { docs } from '../rules/docs.ts';
import { lint, type LintOptions, type LintResult } from './index.ts';
import { reportJson } from './report/json.ts';
import type { ReportOptions } from './report/options.ts';
import { reportSarif } from './report/sarif.ts';
import { reportText } from './report/text.ts';
import { brokenShopRules, lintBrokenShop } from './shop-broken.test-support.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');
/** Faults of two resources with each other, which are reported at both. */
const atBothEnds: ReadonlySet<string> = new Set(['host-routed-twice', 'peer-authentication-order', 'subset-defined-twice']);
/** About the text itself, of which there is nothing wrong in the broken shop. */
const ofText: ReadonlySet<string> = new Set(['duplicate-resource', 'invalid-yaml']);
const aboutTheMesh = ['weights', 'subsets', 'routes', 'references', 'mtls', 'authorization'];
const options: ReportOptions = { docs, version: '0.0.0-test', color: false, quiet: false, rootPrefix: '' };

async function lintFixture(folder: string, lintOptions: LintOptions): Promise<LintResult> {
  const root = path.join(fixtures, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return lint(
    files.map((file) => ({
      path: `fixtures/${folder}/${file.replaceAll(path.sep, '/')}`,
      read: () => readFileSync(path.join(root, file), 'utf8'),
    })),
    lintOptions,
  );
}

describe('the broken shop', () => {
  it.each([
    ['txt', reportText],
    ['json', reportJson],
    ['sarif', reportSarif],
  ] as const)('is reported as expected: %s', async (extension, report) => {
    const result = await lintBrokenShop();
    await expect([...report(result, options)].join('')).toMatchFileSnapshot(`../fixtures/expected/shop-broken.${extension}`);
  });
});

describe('what is wrong in the broken shop', () => {
  it('is one fault for each rule about traffic and security', async () => {
    const folders = aboutTheMesh.flatMap((folder) => readdirSync(path.join(fixtures, '../rules', folder)));
    const ids = folders.flatMap((file) => /^([a-z0-9-]+)\.ts$/.exec(file)?.[1] ?? []);
    expect(brokenShopRules.filter((id) => !ids.includes(id)).sort()).toEqual([...ofText, 'schema-violation'].sort());

    const { findings, complete } = await lintBrokenShop();
    const times = new Map<string, number>();
    for (const { rule } of findings) times.set(rule.id, (times.get(rule.id) ?? 0) + 1);
    const expected = brokenShopRules.filter((id) => !ofText.has(id)).map((id) => [id, atBothEnds.has(id) ? 2 : 1]);
    expect([...times].sort()).toEqual(expected);
    expect(complete).toBe(true);
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
