import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findSources } from './files.ts';
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

async function paths(operands: readonly string[], cwd: string, ignore = true): Promise<readonly string[]> {
  return (await findSources(operands, { cwd, ignore })).sources.map(({ path }) => path);
}

const tree = {
  '.git/info/exclude': '# mine\n/local.yaml\n',
  '.gitignore': '*.gen.yaml\n/build/\n!/keep.gen.yaml\ndeep/**/skip.yaml\n',
  'a.yaml': '',
  'local.yaml': '',
  'x.gen.yaml': '',
  'keep.gen.yaml': '',
  'build/b.yaml': '',
  'sub/build/c.yaml': '',
  'sub/.gitignore': '!wanted.gen.yaml\n*.json\n',
  'sub/wanted.gen.yaml': '',
  'sub/other.gen.yaml': '',
  'sub/d.json': '',
  'deep/1/2/skip.yaml': '',
  'deep/1/2/e.yaml': '',
};

describe('.gitignore', () => {
  it('is respected with those of the folders below it, negations, and .git/info/exclude', async () => {
    const cwd = folderWith(tree);
    expect(await paths(['.'], cwd)).toEqual(['a.yaml', 'deep/1/2/e.yaml', 'keep.gen.yaml', 'sub/build/c.yaml', 'sub/wanted.gen.yaml']);
    expect((await findSources(['.'], { cwd })).skipped).toEqual({ ignored: 6 });
  });

  it('is not, with --no-ignore', async () => {
    expect(await paths(['.'], folderWith(tree), false)).toHaveLength(11);
  });

  it('holds below the git root for any folder that is named, and for the current one', async () => {
    const cwd = folderWith(tree);
    expect(await paths(['sub'], cwd)).toEqual(['sub/build/c.yaml', 'sub/wanted.gen.yaml']);
    expect(await paths(['.'], join(cwd, 'deep/1'))).toEqual(['2/e.yaml']);
    const all = ['../a.yaml', '../deep/1/2/e.yaml', '../keep.gen.yaml', 'build/c.yaml', 'wanted.gen.yaml'];
    expect(await paths(['..'], join(cwd, 'sub'))).toEqual(all);
  });

  it('does not hold for files that are named, nor for a folder that is', async () => {
    const cwd = folderWith(tree);
    expect(await paths(['x.gen.yaml', 'build/b.yaml'], cwd)).toEqual(['build/b.yaml', 'x.gen.yaml']);
    expect(await paths(['build'], cwd)).toEqual(['build/b.yaml']);
    expect(await paths(['.'], join(cwd, 'build'))).toEqual(['b.yaml']);
  });

  it('holds without a repository as well, from the current folder down', async () => {
    const root = folderWith({ '.gitignore': '*', 'in/.gitignore': 'x.yaml', 'in/sub/x.yaml': '', 'in/sub/y.yaml': '' });
    expect(await paths(['sub'], join(root, 'in'))).toEqual(['sub/y.yaml']);
  });

  it('of an outer repository says nothing about one inside of it', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.gitignore': '*.yaml',
      'inner/.git/info/exclude': 'b.yaml',
      'inner/a.yaml': '',
      'inner/b.yaml': '',
    });
    expect(await paths(['.'], cwd)).toEqual(['inner/a.yaml']);
  });

  it('is found for a worktree, whose .git is a file', async () => {
    const root = folderWith({
      'main/.git/info/exclude': 'a.yaml',
      'main/.git/worktrees/w/commondir': '../..\n',
      'w/.git': 'gitdir: ../main/.git/worktrees/w\n',
      'w/a.yaml': '',
      'w/b.yaml': '',
    });
    expect(await paths(['.'], join(root, 'w'))).toEqual(['b.yaml']);
  });

  it('may be empty, a folder, a link to nothing or a named pipe', async () => {
    const cwd = folderWith({
      'a/.gitignore': '\n# nothing\n',
      'a/x.yaml': '',
      'c/.gitignore': { link: 'nothing' },
      'c/x.yaml': '',
      'd/x.yaml': '',
    });
    mkdirSync(join(cwd, 'b/.gitignore'), { recursive: true });
    writeFileSync(join(cwd, 'b/x.yaml'), '');
    execFileSync('mkfifo', [join(cwd, 'd/.gitignore')]);
    expect(await paths(['.'], cwd)).toEqual(['a/x.yaml', 'b/x.yaml', 'c/x.yaml', 'd/x.yaml']);
  });

  it('means what it means to git', async () => {
    const lines = [
      '*.a.yaml',
      '/top.yaml',
      'mid/',
      '!mid/x.yaml',
      'p/*/q.yaml',
      '**/r/*.yaml',
      's/**',
      '!s/t.yaml',
      '\\#h.yaml',
      'sp\\ .yaml',
      '[uv].yaml',
      'W.yaml',
      '!b.a.yaml',
    ];
    const names = [
      'a.a.yaml',
      'b.a.yaml',
      'top.yaml',
      'n/top.yaml',
      'mid/x.yaml',
      'n/mid/y.yaml',
      'p/1/q.yaml',
      'p/1/2/q.yaml',
      'r/x.yaml',
      'n/r/x.yaml',
      'r/n/x.yaml',
      's/t.yaml',
      's/n/t.yaml',
      '#h.yaml',
      'sp .yaml',
      'u.yaml',
      'w.yaml',
      'W.yaml',
      'n/b.a.yaml',
    ];
    const cwd = folderWith({
      '.gitignore': lines.join('\n'),
      ...Object.fromEntries(names.map((name) => [name, ''])),
      'n/.gitignore': '!top.yaml\nb.a.yaml\n',
    });
    execFileSync('git', ['init', '-q'], { cwd });
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '--', '*.yaml'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    expect(await paths(['.'], cwd)).toEqual(listed.split('\0').filter(Boolean).sort());
  });
});
