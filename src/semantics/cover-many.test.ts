import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, createKindsCache, type Region, type Universe } from './cover.ts';
import { createManyRegions } from './cover-many.ts';
import type { Pattern } from './languages/kinds.ts';

const open: Universe = { texts: { kind: 'any' }, mayBeAbsent: false, open: '' };
const optional: Universe = { texts: { kind: 'any' }, mayBeAbsent: true, open: '' };
const closed: Universe = { texts: { kind: 'one-of', values: ['a', 'b'] }, mayBeAbsent: false };
const universeOf = (dimension: string): Universe => (dimension === 'path' ? open : dimension === 'port' ? closed : optional);

describe('many regions', () => {
  it('are taken by the same as if each were looked at', () => {
    const text = fc.array(fc.constantFrom('/', 'a', 'b', 'A'), { maxLength: 3 }).map((parts) => parts.join(''));
    const pattern: fc.Arbitrary<Pattern> = fc.oneof(
      text.map((value): Pattern => ({ kind: 'exact', value })),
      text.map((value): Pattern => ({ kind: 'prefix', value })),
      text.map((value): Pattern => ({ kind: 'prefix', value, ignoreCase: true })),
      text.map((value): Pattern => ({ kind: 'regex', value: `${value}(a|b)*` })),
      text.map((value): Pattern => ({ kind: 'suffix', value })),
      fc.constant<Pattern>({ kind: 'any' }),
    );
    const condition = fc.record({
      dimension: fc.constantFrom('path', 'port', 'header x', 'header y'),
      pattern,
      negated: fc.constant(false),
      whenAbsent: fc.constant(false),
    });
    const without = fc.record({
      dimension: fc.constantFrom('header x', 'header y'),
      pattern,
      negated: fc.constant(true),
      whenAbsent: fc.boolean(),
    });
    const region: fc.Arbitrary<Region> = fc.array(fc.oneof({ weight: 5, arbitrary: condition }, without), { maxLength: 3 });
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(region, { minLength: 2, maxLength: 12 }), (regions) => {
        const cache = createKindsCache();
        const many = createManyRegions(regions, universeOf, cache);
        for (const [i, one] of regions.entries()) {
          const coverage = many.coverageOf(one, () => true);
          const { kind } = coverage;
          expect(kind).toBe(coverageOf(one, regions.slice(0, i), universeOf, cache).kind);
          // Of several covers either may be named.
          const named = coverage.kind === 'covered' ? coverage.by.map((number) => regions[number] ?? []) : undefined;
          if (named !== undefined) expect(coverageOf(one, named, universeOf, cache).kind).toBe('covered');
          seen.add(kind);
          many.add(one);
        }
      }),
      { numRuns: 500 },
    );
    expect(seen).toContain('covered');
    expect(seen).toContain('reachable');
  });

  it('are not looked at where they are apart', () => {
    const on = (dimension: string, value: string): Region[number] => ({
      dimension,
      pattern: { kind: 'exact', value },
      negated: false,
      whenAbsent: false,
    });
    const regions = Array.from({ length: 2000 }, (_, i): Region => [on('path', '/a'), on(`header x${i}`, 'b')]);
    const many = createManyRegions(regions, universeOf, createKindsCache());
    let asked = 0;
    for (const region of regions) {
      const coverage = many.coverageOf(region, () => {
        asked += 1;
        return true;
      });
      expect(coverage.kind).toBe('reachable');
      many.add(region);
    }
    expect(asked).toBe(0);
  });
});
