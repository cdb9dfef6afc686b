import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesRegex, type Pattern, sampleOf, textKinds } from './kinds.ts';
import { parseRegex } from './syntax.ts';

const anything: Pattern = { kind: 'any' };
const regex = (value: string): Pattern => ({ kind: 'regex', value });

/** Whether every text of the first pattern is one of the others together. */
function contained(first: Pattern, ...others: readonly Pattern[]): boolean | undefined {
  const kinds = textKinds(anything, [first, ...others]);
  return kinds?.every(({ accepted: [inFirst, ...inOthers] }) => inFirst !== true || inOthers.includes(true));
}

describe('regular expressions as languages', () => {
  it.each([
    ['a literal in an expression', regex('/api/v1'), [regex('/api/v[0-9]+')], true],
    ['an expression in a prefix', regex('/api/(a|b)+'), [{ kind: 'prefix', value: '/api/' } as const], true],
    ['classes, alternation and repetition', regex('[a-c]{2,3}'), [regex('([abc]|d)*')], true],
    ['a union', regex('[0-9]+'), [regex('0.*'), regex('[1-9][0-9]*')], true],
    ['not a union that leaves something', regex('[0-9]+'), [regex('0.*'), regex('[1-8][0-9]*')], false],
    ['lazy and greedy alike', regex('a+?b??'), [regex('a+b?')], true],
    ['groups, named and not', regex('(?P<x>a)(?:b)(c)'), [regex('abc')], true],
    ['flags', regex('(?i)AbC'), [regex('[aA][bB][cC]')], true],
    ['anchors at the ends', regex('^a$'), [regex('a')], true],
    ['not a longer one in a shorter one', regex('ab?'), [regex('a')], false],
    [
      'a prefix without regard to case',
      { kind: 'prefix', value: '/a' } as const,
      [{ kind: 'prefix', value: '/A', ignoreCase: true } as const],
      true,
    ],
  ])('knows that %s is contained: %o %o', (_, first, others, answer) => {
    expect(contained(first, ...others)).toBe(answer);
  });

  it.each(['\\bx', '\\pL', '(', 'a**', 'x{1001}', 'a^b', '(a$)b', '[z-a]', '\\8'])('does not guess about %s', (source) => {
    expect(parseRegex(source)).toBeUndefined();
  });

  it('makes no long samples, and none of nothing', () => {
    expect([
      sampleOf('a{3}b*'),
      sampleOf('/v[0-9]+/items(/.*)?'),
      sampleOf('(a{100}){3}'),
      sampleOf('[^\\x{0}-\\x{10ffff}]'),
      sampleOf('\\b'),
    ]).toEqual(['aaa', '/v1/items', undefined, undefined, undefined]);
  });

  it('ends within bounds on expressions that are built to explode', () => {
    expect(textKinds(anything, [regex('(a|aa)*b'.repeat(100)), regex('(.*a.{20}){3}'), regex('(x+x+)+y')])).toBeUndefined();
    expect(textKinds(anything, [regex(`${'(a{1,1000}'.repeat(4)}${'){1,1000}'.repeat(4)}`)])).toBeUndefined();
  });

  it('accepts exactly what RE2 accepts', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '0',
      '/',
      '.',
      '[ab]',
      '[^a]',
      '[0-9a-c]',
      '\\d',
      '\\w',
      '\\.',
      '(a|b0)',
      '(?:ab)?',
      'a*',
      'b+',
      '0?',
      '.{0,2}',
      '(?i:A)',
      '[[:alpha:]]',
      '\\x61',
    );
    const expression = fc.array(atom, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    const either = fc.tuple(expression, expression).map(([a, b]) => `${a}|${b}`);
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '0', '/', '.', 'c', '-'), maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(expression, either), fc.array(text, { maxLength: 20 }), (source, texts) => {
        const compiled = RE2JS.compile(source);
        for (const value of texts) {
          const kinds = textKinds({ kind: 'exact', value }, [regex(source)]);
          expect([source, value, kinds?.[0]?.accepted[0]]).toEqual([source, value, compiled.matches(value)]);
          expect([source, value, matchesRegex(source, value, { automata: new Map(), ends: new Map() })]).toEqual([
            source,
            value,
            compiled.matches(value),
          ]);
        }
        const sample = sampleOf(source);
        expect([source, sample, sample !== undefined && compiled.matches(sample)]).toEqual([source, sample, true]);
        // Each kind has a witness, and RE2 agrees with what the kind says of it.
        for (const { accepted, witness } of textKinds(anything, [regex(source)]) ?? [])
          expect([source, witness, compiled.matches(witness)]).toEqual([source, witness, accepted[0]]);
      }),
      { numRuns: 300 },
    );
  });
});
