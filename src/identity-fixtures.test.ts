import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult } from './index.ts';
import { summaryLines } from './report/summary.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/identity');
// A new rule changes no old golden: the rules are named here.
const only = ['duplicate-resource', 'invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];

/** Files as the command line would find them, from inside of the folder. */
function lintFolder(folder: string, options: LintOptions = {}, order = (files: string[]): string[] => files): Promise<LintResult> {
  const root = path.join(fixtures, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return lint(
    order(files).map((file) => ({ path: file.replaceAll(path.sep, '/'), read: () => readFileSync(path.join(root, file), 'utf8') })),
    { only, ...options },
  );
}

describe.each<readonly [string, string, LintOptions]>([
  ['a GitOps monorepo, as it lies', 'gitops', {}],
  [
    'a GitOps monorepo, each overlay as a mesh',
    'gitops',
    {
      complete: true,
      meshes: [
        { name: 'dev', paths: ['base', 'overlays/dev'] },
        { name: 'prod', paths: ['base', 'components', 'overlays/prod'] },
      ],
    },
  ],
  ['independent samples', 'samples', {}],
  ['rendered Helm output', 'rendered', {}],
])('%s', (name, folder, options) => {
  it('is reported as expected', async () => {
    const result = await lintFolder(folder, options);
    const findings = result.findings.map(
      ({ location: { file, start }, severity, message, rule }) =>
        `${file}:${start.line}:${start.column} ${severity} ${message} [${rule.id}]`,
    );
    const text = `${[...findings, '', ...summaryLines(result)].join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`../fixtures/expected/identity-${name.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}.txt`);
  });

  it('does not depend on the order of the files', async () => {
    const expected = await lintFolder(folder, options);
    expect(await lintFolder(folder, options, (files) => files.toReversed())).toEqual(expected);
    expect(await lintFolder(folder, options, (files) => [...files.slice(2), ...files.slice(0, 2)])).toEqual(expected);
  });
});
