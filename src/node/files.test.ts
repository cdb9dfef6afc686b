import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../engine/options.ts';
import { ReadError } from '../text/source.ts';
import { findSources, type FindOptions } from './files.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

async function paths(operands: readonly string[], options: FindOptions): Promise<readonly string[]> {
  return (await findSources(operands, options)).sources.map(({ path }) => path);
}

async function usageError(operands: readonly string[], cwd: string): Promise<UsageError> {
  const error: unknown = await findSources(operands, { cwd }).catch((caught: unknown) => caught);
  if (error instanceof UsageError) return error;
  throw new Error('no UsageError was thrown');
}

describe('what is named on the command line', () => {
  it('may be a file of any name', async () => {
    const cwd = folderWith({ 'mesh.txt': 'kind: Service', '-x.yaml': '', 'two words.yaml': '' });
    const { sources } = await findSources(['mesh.txt', './-x.yaml', 'two words.yaml'], { cwd });
    expect(sources.map(({ path, named }) => ({ path, named }))).toEqual([
      { path: '-x.yaml', named: true },
      { path: 'mesh.txt', named: true },
      { path: 'two words.yaml', named: true },
    ]);
    expect(sources[1]?.read()).toBe('kind: Service');
  });

  it('may be a folder: then its manifests are read, and those below it', async () => {
    const cwd = folderWith({
      'm/a.yaml': '1',
      'm/b.yml': '2',
      'm/c.json': '3',
      'm/d/e/f.YAML': '4',
      'm/k/Kustomization': '5',
      'm/l/kustomization': '',
      'm/readme.md': '',
      'm/x.yaml.bak': '',
    });
    const { sources } = await findSources(['m'], { cwd });
    expect(sources.map((source) => [source.path, source.named, source.read()])).toEqual([
      ['m/a.yaml', false, '1'],
      ['m/b.yml', false, '2'],
      ['m/c.json', false, '3'],
      ['m/d/e/f.YAML', false, '4'],
      ['m/k/Kustomization', false, '5'],
    ]);
  });

  it('is shown relative to the current folder, however it was written', async () => {
    const root = folderWith({ 'a/b/x.yaml': '', 'a/y.yaml': '', 'z.yaml': '' });
    const cwd = join(root, 'a');
    expect(await paths(['./b/../b//x.yaml', join(root, 'a/y.yaml'), '../z.yaml'], { cwd })).toEqual(['../z.yaml', 'b/x.yaml', 'y.yaml']);
    expect(await paths(['.'], { cwd })).toEqual(['b/x.yaml', 'y.yaml']);
    expect(await paths([root], { cwd })).toEqual(['../z.yaml', 'b/x.yaml', 'y.yaml']);
  });

  it('is sorted by code units of the whole path, not by folder', async () => {
    const cwd = folderWith({ 'a/x.yaml': '', 'a-b/x.yaml': '', 'a.yaml': '', 'B.yaml': '', 'é.yaml': '', 'a0/x.yaml': '' });
    expect(await paths(['.'], { cwd })).toEqual(['B.yaml', 'a-b/x.yaml', 'a.yaml', 'a/x.yaml', 'a0/x.yaml', 'é.yaml']);
  });

  it('is read once, whatever led to it, and counts as named when it was', async () => {
    const cwd = folderWith({ 'm/a.yaml': '', 'm/b.yaml': '', 'other.yaml': { link: 'm/b.yaml' } });
    const { sources } = await findSources(['m', './m', 'm/a.yaml', 'm/../m/a.yaml', 'other.yaml'], { cwd });
    expect(sources.map(({ path, named }) => [path, named])).toEqual([
      ['m/a.yaml', true],
      ['other.yaml', true],
    ]);
  });

  it('is an error when it does not exist, with the most similar name', async () => {
    const cwd = folderWith({ 'manifests/base/gateway.yaml': '' });
    expect(await usageError(['manifets/base'], cwd)).toMatchObject({
      message: '"manifets/base" does not exist',
      hint: 'did you mean "manifests/base"?',
    });
    expect(await usageError(['manifests/base/gatway.yaml'], cwd)).toMatchObject({ hint: 'did you mean "manifests/base/gateway.yaml"?' });
    expect(await usageError(['manifests/base/gateway.yaml/x'], cwd)).toMatchObject({ hint: undefined });
    expect(await usageError(['quite-another.yaml'], cwd)).toMatchObject({ hint: undefined });
    expect(await usageError(['help'], cwd)).toMatchObject({ hint: 'for help: meshlint --help' });
  });

  it('is an error when it is empty or a link to nothing', async () => {
    const cwd = folderWith({ 'x.yaml': { link: 'gone.yaml' } });
    expect((await usageError([''], cwd)).message).toBe('a path is empty');
    expect((await usageError(['x.yaml'], cwd)).message).toBe('"x.yaml" links to something that does not exist');
  });
});

describe('hidden folders', () => {
  const files = {
    '.git/a.yaml': '',
    '.cache/b.yaml': '',
    'node_modules/c.yaml': '',
    'x/node_modules/d.yaml': '',
    '.e.yaml': '',
    'f.yaml': '',
  };

  it('are left alone, and hidden files are not', async () => {
    expect(await paths(['.'], { cwd: folderWith(files) })).toEqual(['.e.yaml', 'f.yaml']);
  });

  it('are read when they are named', async () => {
    expect(await paths(['.cache', 'node_modules'], { cwd: folderWith(files) })).toEqual(['.cache/b.yaml', 'node_modules/c.yaml']);
  });
});

describe('a glob', () => {
  const files = {
    'a/x.yaml': '',
    'a/y.yml': '',
    'a/b/z.yaml': '',
    'a/t.tpl': '',
    '[x]*.yaml': '',
    'node_modules/n.yaml': '',
    '.h/h.yaml': '',
  };

  it('finds what it matches, below the current folder or elsewhere', async () => {
    const cwd = folderWith(files);
    expect(await paths(['a/*.yaml'], { cwd })).toEqual(['a/x.yaml']);
    expect(await paths(['**/*.{yaml,tpl}'], { cwd })).toEqual(['[x]*.yaml', 'a/b/z.yaml', 'a/t.tpl', 'a/x.yaml']);
    expect(await paths(['../*/x.yaml', './**/z.yaml'], { cwd: join(cwd, 'a') })).toEqual(['b/z.yaml', 'x.yaml']);
    expect(await paths([join(cwd, 'a/**/z*')], { cwd })).toEqual(['a/b/z.yaml']);
    expect(await paths(['.h/*'], { cwd })).toEqual(['.h/h.yaml']);
  });

  it('is a path when such a path exists', async () => {
    expect(await paths(['[x]*.yaml'], { cwd: folderWith(files) })).toEqual(['[x]*.yaml']);
  });

  it('respects ignore files, since nothing of it was named', async () => {
    const cwd = folderWith({ ...files, '.gitignore': '/a/b/' });
    const found = await findSources(['a/**/*.yaml'], { cwd });
    expect(found.sources.map(({ path, named }) => [path, named])).toEqual([['a/x.yaml', false]]);
    expect(found.skipped).toEqual({ ignored: 1 });
  });

  it('that matches nothing is an error', async () => {
    const cwd = folderWith(files);
    expect((await usageError(['a/*.json'], cwd)).message).toBe('no file matches "a/*.json"');
    expect(await usageError(['gone/*.yaml'], cwd)).toMatchObject({
      message: 'no file matches "gone/*.yaml"',
      hint: '"gone/" does not exist',
    });
  });
});

describe('--exclude', () => {
  const files = { 'a/x.yaml': '', 'a/y.yaml': '', 'b/x.yaml': '', 'b/vendor/z.yaml': '' };

  it('leaves out files and folders as a line of a .gitignore would, and counts them', async () => {
    const cwd = folderWith(files);
    const found = await findSources(['.'], { cwd, exclude: ['/a/x.yaml', 'vendor/'] });
    expect(found.sources.map(({ path }) => path)).toEqual(['a/y.yaml', 'b/x.yaml']);
    expect(found.skipped).toEqual({ excluded: 2 });
    expect(await paths(['.'], { cwd, exclude: ['*.yaml', '!y.yaml'] })).toEqual(['a/y.yaml']);
  });

  it('takes paths as people write them', async () => {
    const cwd = folderWith(files);
    for (const pattern of ['./a', 'a/', join(cwd, 'a'), '/a', 'a/**']) {
      expect(await paths(['.'], { cwd, exclude: [pattern] })).toEqual(['b/vendor/z.yaml', 'b/x.yaml']);
    }
    expect(await paths(['../a', '.'], { cwd: join(cwd, 'b'), exclude: ['../a/x.yaml'] })).toEqual([
      '../a/y.yaml',
      'vendor/z.yaml',
      'x.yaml',
    ]);
  });

  it('holds for what is named as well: hooks name each file', async () => {
    const cwd = folderWith(files);
    expect(await paths(['a/x.yaml', 'b/vendor/z.yaml', 'b'], { cwd, exclude: ['vendor'] })).toEqual(['a/x.yaml', 'b/x.yaml']);
  });
});

describe('standard input', () => {
  it('is one source, read when it is needed and only once', async () => {
    let reads = 0;
    const readStdin = (): string => `text ${String((reads += 1))}`;
    const { sources } = await findSources(['-', '-', '/dev/stdin'], { cwd: '/', readStdin });
    expect(sources.map(({ path, named }) => [path, named])).toEqual([['-', true]]);
    expect(reads).toBe(0);
    expect([sources[0]?.read(), sources[0]?.read()]).toEqual(['text 1', 'text 1']);
  });

  it('fails in the same way each time', async () => {
    let reads = 0;
    const readStdin = (): string => {
      reads += 1;
      throw new ReadError({ kind: 'beyond-limits', message: 'larger' });
    };
    const { sources } = await findSources(['-'], { cwd: '/', readStdin });
    expect(() => sources[0]?.read()).toThrow(ReadError);
    expect(() => sources[0]?.read()).toThrow('larger');
    expect(reads).toBe(1);
  });
});

describe('an input that holds nothing to read', () => {
  it('gives no sources', async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, 'empty'));
    expect(await findSources(['.', 'empty'], { cwd })).toEqual({ sources: [], notifications: [], skipped: {} });
  });

  it('does not read what the run itself writes', async () => {
    const cwd = folderWith({ 'a.yaml': '', 'report.json': '' });
    const found = await findSources(['.'], { cwd, outputs: [join(cwd, 'report.json')] });
    expect(found.sources.map(({ path }) => path)).toEqual(['a.yaml']);
    expect(found.skipped).toEqual({});
  });
});
