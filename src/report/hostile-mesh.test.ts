import { beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
import { loadReporter } from '../cli/reporters.ts';
import { formats } from '../cli/option-table.ts';
import type { LintResult } from '../rule/finding.ts';
import { lintHostile, names } from './hostile-mesh.test-support.ts';
import type { ReportOptions } from './options.ts';
import { unprintable } from './results.test-support.ts';

const options: ReportOptions = { docs, version: '0.0.0-test', color: false, quiet: false, rootPrefix: 'a b/' };

describe('a mesh of hostile names', () => {
  let result: LintResult;
  beforeAll(async () => {
    result = await lintHostile();
  });

  it('is one that is reported on, with each of the names', () => {
    const messages = result.findings.map(({ message }) => message).join('\n');
    expect(names.filter((name) => !messages.includes(name))).toEqual([]);
    expect(result.suppressed?.length).toBe(names.length);
  });

  it.each(formats)('is reported as expected, and nothing of it gets through: %s', async (format) => {
    const text = [...(await loadReporter(format))(result, options)].join('');
    expect(text).not.toMatch(unprintable);
    await expect(text).toMatchFileSnapshot(`../../fixtures/expected/hostile-mesh.${format}`);
  });
});
