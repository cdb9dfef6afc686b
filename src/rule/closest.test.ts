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
});
