import { beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
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
import { lintBrokenShop } from '../shop-broken.test-support.ts';
import { hostile, sampleOptions } from './samples.ts';

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

describe('the broken shop', () => {
  let result: LintResult;
  beforeAll(async () => {
    result = await lintBrokenShop();
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
