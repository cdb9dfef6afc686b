import { RE2JS } from '@bufbuild/re2';
import { describe, expect, it } from 'vitest';
import { matchesHeader, matchesRegex, matchesText } from './access-strings.ts';

describe('a value with a star', () => {
  it.each([
    ['*', 'x', true],
    ['*', '', false],
    ['/admin*', '/admin', true],
    ['/admin*', '/adminx', true],
    ['/admin*', '/Admin', false],
    ['*.a.com', 'x.a.com', true],
    ['*.a.com', 'a.com', false],
    ['/a/*/c', '/a/b/c', false],
    ['/a/*/c', '/a/*/c', true],
    ['*b*', 'abc', false],
    ['*b*', 'ab*', true],
  ])('%s and %j: %s', (value, text, matches) => {
    expect(matchesText(value, text)).toBe(matches);
  });

  it('that is all of the value means presence for a header, even of an empty one', () => {
    expect(matchesHeader('*', '')).toBe(true);
    expect(matchesHeader('*', undefined)).toBe(false);
    expect(matchesHeader('', '')).toBe(true);
    expect(matchesHeader('', undefined)).toBe(false);
  });
});

describe('a value inside of a regular expression', () => {
  const patterns = ['a', '.', 'a*', 'a.*b', '.*/ns/o.*/.*', 'sp.e*x', 'ab+c', '.*.*.*x', 'a.c', '', '.+'];
  const texts = [
    '',
    'a',
    'aa',
    'ab',
    'aab',
    'abbc',
    'ac',
    'abc',
    'x',
    'aax',
    '/ns/ops/sa',
    'td/ns/o/sa/x',
    'spex',
    'speeex',
    'spx',
    'a\nb',
  ];

  it('matches what RE2 says, without it, where it has only dots, stars and pluses', () => {
    for (const pattern of patterns) {
      for (const text of texts)
        expect([pattern, text, matchesRegex(pattern, text, undefined)]).toEqual([pattern, text, new RE2JS(pattern).testExact(text)]);
    }
  });

  it('is left to the supplied engine where it has other operators, and not guessed without one', () => {
    const regexes = { matches: (pattern: string, text: string) => new RE2JS(pattern).testExact(text) };
    expect(matchesRegex('.*/ns/(a|b)/.*', 'td/ns/b/sa/x', regexes)).toBe(true);
    expect(matchesRegex('.*/ns/(a|b)/.*', 'td/ns/b/sa/x', undefined)).toEqual({ unclear: 'a value acts as a regular expression' });
    expect(matchesRegex('a**', 'a', undefined)).toMatchObject({ unclear: expect.any(String) as string });
  });

  it('of many stars takes no longer for a text that does not match', () => {
    const before = performance.now();
    expect(matchesRegex(`${'.*'.repeat(200)}y`, 'x'.repeat(2000), undefined)).toBe(false);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
