import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, type Region, type Universe } from './cover.ts';
import type { Pattern } from './languages/kinds.ts';
import { PathIndex } from './path-index.ts';

const universe: Universe = {
  texts: { kind: 'any' },
  mayBeAbsent: false,
  open: '',
};
const universeOf = (): Universe => universe;

const on = (dimension: string, pattern: Pattern, negated = false): Region => [{ dimension, pattern, negated, whenAbsent: false }];
const prefix = (value: string): Region => on('path', { kind: 'prefix', value });
const exact = (value: string): Region => on('path', { kind: 'exact', value });

/** For each region, those in front of it that the index names. */
function near(regions: readonly Region[]): readonly (readonly number[] | undefined)[] {
  const index = new PathIndex(regions);
  return regions.map((region) => {
    const found = index.near(region);
    index.add(region);
    return found;
  });
}

const fromHere = (...others: readonly Region[]): readonly Region[] => [
  ...others,
  prefix('/z1'),
  prefix('/z2'),
  prefix('/z3'),
  prefix('/z4'),
];

describe('an index of paths', () => {
  it('names what begins with a path, and what it begins with', () => {
    expect(near([...fromHere(prefix('/a'), prefix('/abc'), prefix('/b')), prefix('/ab')]).at(-1)).toEqual([0, 1]);
  });

  it('names what has no literal path, whatever else it has', () => {
    const others = [
      on('path', { kind: 'regex', value: '/a.*' }),
      on('header x', { kind: 'any' }),
      on('path', { kind: 'exact', value: '/c' }, true),
    ];
    expect(near([...fromHere(...others), exact('/ab')]).at(-1)).toEqual([0, 1, 2]);
    expect(near([...fromHere(on('path', { kind: 'prefix', value: '/AB', ignoreCase: true })), exact('/ab')]).at(-1)).toEqual([0]);
  });

  it('leaves it at that where it would name most, or has no path to go by', () => {
    expect(near([prefix('/'), prefix('/a'), prefix('/ab')])).toEqual([[], undefined, undefined]);
    expect(near([...fromHere(), on('method', { kind: 'exact', value: 'GET' })]).at(-1)).toBeUndefined();
  });

  it('takes no look at those that are apart', () => {
    const many = Array.from({ length: 1000 }, (_, i) => prefix(`/p${i}/`));
    expect(near(many).every((found) => found?.length === 0)).toBe(true);
  });

  it('changes nothing of what takes what', () => {
    const path = fc.array(fc.constantFrom('/', 'a', 'b'), { maxLength: 4 }).map((parts) => parts.join(''));
    const region = fc.oneof(
      { weight: 4, arbitrary: path.map(prefix) },
      { weight: 4, arbitrary: path.map(exact) },
      path.map((value) => [...prefix(value), ...on('method', { kind: 'exact', value: 'GET' })]),
      path.map((value) => on('path', { kind: 'prefix', value: value.toUpperCase(), ignoreCase: true })),
      path.map((value) => on('path', { kind: 'exact', value }, true)),
      fc.constant(on('method', { kind: 'exact', value: 'GET' })),
    );
    let told = 0;
    fc.assert(
      fc.property(fc.array(region, { minLength: 2, maxLength: 12 }), (regions) => {
        const found = near(regions);
        for (const [i, one] of regions.entries()) {
          const earlier = regions.slice(0, i);
          if (found[i] !== undefined && found[i].length < i) told += 1;
          expect(coverageOf(one, earlier, universeOf, undefined, found[i])).toEqual(coverageOf(one, earlier, universeOf));
        }
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(300);
  });
});
