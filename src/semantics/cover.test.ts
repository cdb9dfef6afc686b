import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, coverageOf, type Region, type Universe } from './cover.ts';
import type { Pattern } from './languages/kinds.ts';

const texts: Universe = {
  texts: { kind: 'any' },
  mayBeAbsent: false,
  open: '',
};
const universeOf = (dimension: string): Universe => ({ ...texts, mayBeAbsent: dimension.startsWith('header') });

const condition = (dimension: string, pattern: Pattern, negated = false, whenAbsent = false): Condition => ({
  dimension,
  pattern,
  negated,
  whenAbsent,
});

function matches(pattern: Pattern, value: string): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
      return value === pattern.value;
    case 'prefix':
      return value.startsWith(pattern.value);
    case 'suffix':
      return value.endsWith(pattern.value);
    case 'regex':
      return RE2JS.compile(pattern.value).matches(value);
  }
}

function holds(region: Region, request: ReadonlyMap<string, string | undefined>): boolean {
  return region.every(({ dimension, pattern, negated, whenAbsent }) => {
    const value = request.has(dimension) ? request.get(dimension) : universeOf(dimension).mayBeAbsent ? undefined : '';
    return value === undefined ? whenAbsent : matches(pattern, value) !== negated;
  });
}

describe('coverageOf', () => {
  it('names one region that takes everything', () => {
    const path: Region = [condition('path', { kind: 'exact', value: '/a/b' })];
    expect(
      coverageOf(
        path,
        [[condition('path', { kind: 'prefix', value: '/x' })], [condition('path', { kind: 'prefix', value: '/a' })]],
        universeOf,
      ),
    ).toEqual({ kind: 'covered', by: [1] });
  });

  it('names the regions that only together take everything', () => {
    const result = coverageOf(
      [condition('path', { kind: 'prefix', value: '/a' })],
      [
        [condition('header x', { kind: 'any' })],
        [condition('path', { kind: 'exact', value: '/zzz' })],
        [condition('header x', { kind: 'any' }, true, true)],
      ],
      universeOf,
    );
    expect(result).toEqual({ kind: 'covered', by: [0, 2] });
  });

  it('gives a witness for what is left', () => {
    const region: Region = [condition('path', { kind: 'prefix', value: '/a' })];
    const earlier: Region[] = [[condition('path', { kind: 'regex', value: '/a[0-9]*' })]];
    const result = coverageOf(region, earlier, universeOf);
    expect(result.kind).toBe('reachable');
    if (result.kind === 'reachable') {
      expect(holds(region, result.witness)).toBe(true);
      expect(earlier.some((other) => holds(other, result.witness))).toBe(false);
    }
  });

  it('is undecided, not wrong, where an expression is not modelled', () => {
    const unknown = condition('path', { kind: 'regex', value: '\\bx' });
    expect(coverageOf([unknown], [[condition('path', { kind: 'exact', value: '/a' })]], universeOf)).toEqual({ kind: 'undecided' });
    expect(coverageOf([unknown], [[]], universeOf)).toEqual({ kind: 'covered', by: [0] });
    expect(coverageOf([unknown], [[unknown]], universeOf)).toEqual({ kind: 'covered', by: [0] });
    expect(coverageOf([condition('path', { kind: 'prefix', value: '/' })], [[unknown]], universeOf)).toEqual({ kind: 'undecided' });
  });

  it('agrees with first-match evaluation: every witness is in the region and in none before it, and no request is in a covered one', () => {
    const pattern: fc.Arbitrary<Pattern> = fc.oneof(
      fc.record({
        kind: fc.constantFrom('exact' as const, 'prefix' as const, 'suffix' as const),
        value: fc.constantFrom('', 'a', 'b', 'ab', 'ba'),
      }),
      fc.record({ kind: fc.constant('regex' as const), value: fc.constantFrom('a*', '[ab]+', 'a.*', '.*b', 'a|b', '(ab)*') }),
      fc.constant({ kind: 'any' as const }),
    );
    const anyCondition = fc.record({
      dimension: fc.constantFrom('path', 'header x', 'header y'),
      pattern,
      negated: fc.boolean(),
      whenAbsent: fc.boolean(),
    });
    const region = fc.array(anyCondition, { maxLength: 3 });
    const value = fc.constantFrom(undefined, '', 'a', 'b', 'ab', 'ba', 'aab', 'bab', 'c');
    const request = fc.tuple(fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'aab', 'c'), value, value).map(
      ([path, x, y]) =>
        new Map<string, string | undefined>([
          ['path', path],
          ['header x', x],
          ['header y', y],
        ]),
    );
    let covered = 0;
    fc.assert(
      fc.property(region, fc.array(region, { maxLength: 4 }), fc.array(request, { maxLength: 30 }), (target, earlier, requests) => {
        const result = coverageOf(target, earlier, universeOf);
        expect(result.kind).not.toBe('undecided');
        if (result.kind === 'reachable') {
          expect(holds(target, result.witness)).toBe(true);
          expect(earlier.filter((other) => holds(other, result.witness))).toEqual([]);
        } else if (result.kind === 'covered') {
          covered += 1;
          const takers = result.by.map((i) => earlier[i] ?? []);
          for (const one of requests) if (holds(target, one)) expect(takers.some((taker) => holds(taker, one))).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
    expect(covered).toBeGreaterThan(50);
  });
});
