import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { parseArguments } from '../cli/arguments.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
  readonly always_run: boolean;
}
const hooks = parse(readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];

describe('who installs this repository for its hooks', () => {
  it('installs no dependencies and runs no script', () => {
    expect(Object.keys({ ...('dependencies' in manifest ? (manifest.dependencies as object) : {}) })).toEqual([]);
    const atInstall = [
      'prepare',
      'prepack',
      'preinstall',
      'install',
      'postinstall',
      'preprepare',
      'postprepare',
      'prepublish',
      'dependencies',
    ];
    expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
    expect(existsSync(path.join(root, 'binding.gyp'))).toBe(false);
  });

  it('gets a program that is committed and can be started', () => {
    const [mode] = execFileSync('git', ['ls-files', '--stage', '--', 'dist/meshlint.cjs'], { cwd: root, encoding: 'utf8' }).split(' ');
    expect(mode).toBe('100755');
    expect(readFileSync(path.join(root, 'dist/meshlint.cjs'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe('the hooks of pre-commit', () => {
  it('are these', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['meshlint', 'meshlint-all']);
  });

  it.each(hooks)('$id analyses the mesh as a whole, also when files are only deleted', (hook) => {
    expect(hook).toMatchObject({ language: 'script', pass_filenames: false, always_run: true });
    const [program, ...argv] = hook.entry.split(' ');
    expect(program).toBe('dist/meshlint.cjs');
    expect(parseArguments(argv)).toMatchObject({ kind: 'lint', operands: ['.'] });
    for (const file of ['a.yaml', 'a/b.yml', 'x.json', '.gitignore', 'a/.gitignore']) expect(file).toMatch(new RegExp(hook.files));
    for (const file of ['a.ts', 'yaml', 'a.yaml.txt']) expect(file).not.toMatch(new RegExp(hook.files));
  });

  it('fail on what is new against HEAD, or on everything', () => {
    const [news, all] = hooks.map(({ entry }) => parseArguments(entry.split(' ').slice(1)));
    expect(news).toMatchObject({ since: 'HEAD', staged: true, options: { allowEmpty: true } });
    expect(all).toMatchObject({ since: undefined, staged: false });
  });
});
