import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
import { lint } from '../index.ts';
import type { LintResult } from '../rule/finding.ts';
import { reportAzure } from './azure.ts';
import { reportCheckstyle } from './checkstyle.ts';
import { reportConcise } from './concise.ts';
import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import { reportMarkdown } from './job-summary.ts';
import { reportJunit } from './junit.ts';
import type { ReportOptions } from './options.ts';
import { reportRdjson } from './rdjson.ts';
import { hostile, sampleOptions } from './samples.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');
// A new rule changes no old golden: the rules are named here.
const only = ['duplicate-resource', 'invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];
const options: ReportOptions = { docs, version: '0.0.0-test', color: false, quiet: false, rootPrefix: '' };

const formats = [
  ['concise', reportConcise],
  ['github', reportGithub],
  ['gitlab', reportGitlab],
  ['junit', reportJunit],
  ['checkstyle', reportCheckstyle],
  ['rdjson', reportRdjson],
  ['azure', reportAzure],
  ['md', reportMarkdown],
] as const;

async function lintFixture(folder: string): Promise<LintResult> {
  const root = path.join(fixtures, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const sources = files.map((file) => ({
    path: `fixtures/${folder}/${file.replaceAll(path.sep, '/')}`,
    read: () => readFileSync(path.join(root, file), 'utf8'),
  }));
  return lint(sources, { only });
}

describe('the broken shop', () => {
  let result: LintResult;
  beforeAll(async () => {
    result = await lintFixture('shop-broken');
  });

  it.each(formats)('is reported as expected: %s', async (extension, report) => {
    await expect([...report(result, options)].join('')).toMatchFileSnapshot(`../../fixtures/expected/shop-broken.${extension}`);
  });
});

describe('a mesh of hostile names', () => {
  it.each(formats)('is reported as expected: %s', async (extension, report) => {
    const text = [...report(hostile, { ...sampleOptions, rootPrefix: 'a/../b c/' })].join('');
    await expect(text).toMatchFileSnapshot(`../../fixtures/expected/hostile.${extension}`);
  });
});
