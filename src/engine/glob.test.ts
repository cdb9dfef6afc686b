import { describe, expect, it } from 'vitest';
import { compileGlob } from './glob.ts';
import { joinPaths, normalizePath } from './paths.ts';

describe('compileGlob', () => {
  it.each([
    ['overlays/dev', 'overlays/dev/routes.yaml', true],
    ['overlays/dev/', 'overlays/dev/a/b.yaml', true],
    ['overlays/dev', 'overlays/development/a.yaml', false],
    ['overlays/dev/**', 'overlays/dev/a/b.yaml', true],
    ['./overlays/*/routes.yaml', 'overlays/prod/routes.yaml', true],
    ['overlays/*/routes.yaml', 'overlays/prod/eu/routes.yaml', false],
    ['**/dev', 'clusters/eu/dev/routes.yaml', true],
    ['**/dev', 'dev/routes.yaml', true],
    ['clusters/**/mesh.yaml', 'clusters/mesh.yaml', true],
    ['clusters/**/mesh.yaml', 'clusters/a/b/mesh.yaml', true],
    ['{base,overlays/{dev,test}}/**', 'overlays/test/a.yaml', true],
    ['{base,overlays/{dev,test}}/**', 'overlays/prod/a.yaml', false],
    ['cluster-[a-c]/*.y?ml', 'cluster-b/a.yaml', true],
    ['cluster-[!a-c]/*.yaml', 'cluster-b/a.yaml', false],
    ['a.yaml', 'axyaml', false],
    ['.', 'anything/at/all.yaml', true],
    ['../shared', '../shared/a.yaml', true],
    ['../shared', 'shared/a.yaml', false],
    ['a[b', 'a[b/c.yaml', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(compileGlob(pattern)(path)).toBe(expected);
  });

  it('takes no time for patterns that make others search without end', () => {
    const steps = 'a/'.repeat(200);
    expect(compileGlob(`${'**/a/'.repeat(50)}b`)(`${steps}c`)).toBe(false);
    expect(compileGlob(`${'*a'.repeat(50)}b`)('a'.repeat(5000))).toBe(false);
    expect(() => compileGlob('{a,b}'.repeat(20))).toThrow('too many alternatives');
  });
});

describe('paths', () => {
  it.each([
    ['a/./b/../c.yaml', 'a/c.yaml'],
    ['./a//b', 'a/b'],
    ['../../a', '../../a'],
    ['a/../../b', '../b'],
    ['/a/b/', '/a/b'],
    ['.', ''],
  ])('%s is %s', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it('joins what stands in a file with the folder that it lies in', () => {
    expect(joinPaths('overlays/dev', '../../base')).toBe('base');
    expect(joinPaths('', 'base')).toBe('base');
    expect(joinPaths('a', '/etc')).toBe('/etc');
  });
});
