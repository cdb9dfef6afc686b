import { describe, expect, it } from 'vitest';
import { matchesTemplate, normalizedTarget, pathOf } from './access-paths.ts';

describe('the path that policies see', () => {
  it.each([
    ['/x/../admin', '/admin'],
    ['/./admin', '/admin'],
    ['/x\\..\\admin', '/admin'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/..', '/'],
    ['/a//../b', '/a/b'],
    ['/a//../../b', '/b'],
    ['/x/%2E%2e/admin', '/admin'],
    ['/%61dmin', '/admin'],
    ['//admin', '//admin'],
    ['/%2fadmin', '/%2fadmin'],
    ['/a%5cb', '/a%5cb'],
    ['/admin#f', '/admin'],
    ['/a?b=/../c', '/a?b=/../c'],
    ['/a b', '/a%20b'],
    ['/é', '/%C3%A9'],
    ['*', '*'],
  ])('by default %s is %s', (target, seen) => {
    expect(normalizedTarget(target, 'DEFAULT')).toBe(seen);
    expect(normalizedTarget(target, 'BASE')).toBe(seen);
  });

  it.each([
    ['//admin', '/admin', '/admin'],
    ['/a///b//', '/a/b/', '/a/b/'],
    ['/%2fadmin', '/%2fadmin', '/admin'],
    ['/a%5C..%2fadmin', '/a%5C..%2fadmin', '/admin'],
    ['/a?x=//', '/a?x=//', '/a?x=//'],
  ])('%s with merged slashes is %s, decoded as well %s', (target, merged, decoded) => {
    expect(normalizedTarget(target, 'MERGE_SLASHES')).toBe(merged);
    expect(normalizedTarget(target, 'DECODE_AND_MERGE_SLASHES')).toBe(decoded);
  });

  it('is what was sent when nothing is normalised', () => {
    expect(normalizedTarget('/x/../%61', 'NONE')).toBe('/x/../%61');
  });

  it('ends before the query', () => {
    expect(pathOf('/admin?x=1')).toBe('/admin');
    expect(pathOf('/admin')).toBe('/admin');
  });
});

describe('a path template', () => {
  it.each([
    ['/a/{*}', '/a/b', true],
    ['/a/{*}', '/a/', false],
    ['/a/{*}', '/a/b/c', false],
    ['/a/{*}', '/a/*', false],
    ['/a/{**}', '/a/', true],
    ['/a/{**}', '/a', false],
    ['/a/{**}', '/a/b/c', true],
    ['/a/{**}', '/a//c', true],
    ['/{**}/c', '/a/b/c', true],
    ['/{**}/c', '//c', true],
    ['/{**}/c', '/c', false],
    ['/{*}/b/{**}', '/a/b/', true],
    ['/{*}/b/{**}', '/a/b', false],
    ['/{*}', '/é', false],
  ])('%s and %s: %s', (template, path, matches) => {
    expect(matchesTemplate(template, path)).toBe(matches);
  });
});
