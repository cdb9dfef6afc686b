import { describe, expect, it } from 'vitest';
import { lintFiles, readShop } from './shop.test-support.ts';

/**
 * What a part of the healthy shop is reported for, although the whole is not: only where a file that was left out holds another decider for the
 * same host or workload. By the files that are there and the finding.
 */
const withoutTheirDecider: readonly string[] = [];

const files = [...readShop()];
const single = files.map((file) => [file]);
const pairs = files.flatMap((one, i) => files.slice(i + 1).map((other) => [one, other]));
const allButOne = files.map((left) => files.filter((file) => file !== left));

describe('the healthy shop, taken apart', () => {
  it.each([
    ['in any file', single],
    ['in any two files', pairs],
    ['without any one file', allButOne],
  ])('is no worse %s', async (_, parts) => {
    const found: string[] = [];
    for (const part of parts) {
      // All rules: what is silent here is so in every preset.
      const { findings, complete } = await lintFiles(part, { preset: 'all' });
      expect(complete).toBe(true);
      const names = part.map(([file]) => file).join(' + ');
      found.push(...findings.map(({ location, rule, message }) => `${names}: ${location.file} ${rule.id}: ${message}`));
    }
    expect(found).toEqual(withoutTheirDecider);
  });
});
