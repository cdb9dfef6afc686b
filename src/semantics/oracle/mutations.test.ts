import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookUps } from './look-ups.test-support.ts';
import { mutantOf } from './mutant.test-support.ts';
import { mutations } from './mutations.test-support.ts';

/** Of the same seed as the comparison itself, so that what it catches it catches every day. */
const seed = 20261124;
const numRuns = 1000;

describe('three faults and more are planted into each look-up, and the comparison catches them', { timeout: 120_000 }, () => {
  it.each(lookUps.map((one) => [one.name, one] as const))('%s', async (name, { property }) => {
    const planted = mutations[name] ?? [];
    expect(planted.length).toBeGreaterThanOrEqual(3);
    const missed: string[] = [];
    for (const mutation of planted) {
      const { failed } = fc.check(property(await mutantOf(mutation)), { seed, numRuns, endOnFailure: true });
      if (!failed) missed.push(mutation.fault);
    }
    expect(missed).toEqual([]);
  });

  it('names only look-ups that there are', () => {
    expect(Object.keys(mutations).sort()).toEqual(lookUps.map(({ name }) => name).sort());
  });
});
