import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest, editDistance } from './closest.ts';

describe('closest', () => {
  it('finds the word with the fewest edits', () => {
    expect(closest('rveiews', ['ratings', 'reviews', 'review'])).toBe('reviews');
    expect(closest('V2', ['v1', 'v2'])).toBe('v2');
  });

  it('does not guess when everything is far away', () => {
    expect(closest('canary', ['stable', 'v1'])).toBeUndefined();
    expect(closest('v3', [])).toBeUndefined();
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('counts as the definition does, and no further than it is asked to', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'D'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.nat({ max: 9 }), (a, b, most) => {
        const distance = byDefinition(a, b);
        expect(editDistance(a, b)).toBe(distance);
        expect(editDistance(a, b, most)).toBe(Math.min(distance, most + 1));
      }),
      { numRuns: 2000 },
    );
  });
});

function byDefinition(a: string, b: string): number {
  const known = new Map<string, number>();
  const upTo = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${String(i)} ${String(j)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const replaced = upTo(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const least = Math.min(upTo(i - 1, j) + 1, upTo(i, j - 1) + 1, replaced, ...(isSwap ? [upTo(i - 2, j - 2) + 1] : []));
    known.set(key, least);
    return least;
  };
  return upTo(a.length, b.length);
}
