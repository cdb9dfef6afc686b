import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lint, rules } from '../index.ts';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import { policy } from './play.test-support.ts';
import { run } from './run.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

type Files = Readonly<Record<string, string | { readonly to: string }>>;

/** A repository whose revision `base` has these files, and whose work tree then has them changed. */
function repository(base: Files, changed: Readonly<Record<string, string | undefined>> = {}): string {
  const folder = temporaryFolder();
  folders.push(folder);
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', ['-C', folder.path, ...who, ...args], { stdio: 'pipe' });
  };
  git('init', '-q', '-b', 'base');
  const put = (files: Readonly<Record<string, string | { readonly to: string } | undefined>>): void => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder.path, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === undefined) rmSync(path);
      else if (typeof content === 'string') writeFileSync(path, content);
      else symlinkSync(content.to, path);
    }
  };
  put(base);
  git('add', '-A');
  git('commit', '-qm', 'base');
  put(changed);
  return folder.path;
}

async function play(argv: readonly string[], cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: () => false,
    write(more: string) {
      text[name] += more;
      return true;
    },
  });
  const code = await run(argv, {
    cwd,
    env: {},
    stdin: { isTerminal: () => false },
    stdout: output('stdout'),
    stderr: output('stderr'),
    lint,
    loadRules: () => Promise.resolve(rules),
    loadDocs: () => Promise.resolve(new Map()),
  });
  return { code, ...text };
}

const off = 'rules:\n  permissive-mtls: "off"\n';

describe('--config-ref', () => {
  it('judges a change by the configuration that it is made to', async () => {
    const cwd = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': '' }, { 'meshlint.yaml': off });
    expect((await play(['lint'], cwd)).code).toBe(0);
    expect((await play(['lint', '--config-ref', 'base'], cwd)).code).toBe(1);
    const kind = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': off }, { 'meshlint.yaml': '' });
    expect((await play(['lint', '--config-ref', 'base'], kind)).code).toBe(0);
    expect((await play(['lint'], kind)).code).toBe(1);
  });

  it('finds the configuration where it was, in folders above too, and takes none that is new', async () => {
    const files = { 'deploy/a.yaml': policy('shop'), 'other/a.yaml': policy('shop'), 'meshlint.yaml': off, 'other/.meshlint.yaml': '' };
    const cwd = repository(files, { 'meshlint.yaml': undefined, 'deploy/meshlint.yaml': 'failOn: never', 'other/.meshlint.yaml': off });
    expect((await play(['lint', '--config-ref', 'base'], join(cwd, 'deploy'))).code).toBe(0);
    expect((await play(['lint', '--config-ref', 'base'], join(cwd, 'other'))).code).toBe(1);
    const without = repository({ 'a.yaml': policy('shop') }, { 'meshlint.yaml': off });
    expect((await play(['lint', '--config-ref', 'base'], without)).code).toBe(1);
  });

  it('reads a configuration that is named from there', async () => {
    const cwd = repository(
      { 'a.yaml': policy('shop'), 'ci/mesh.yaml': '', 'bad.yaml': 'nonsense: 1\n' },
      { 'ci/mesh.yaml': off, 'new.yaml': off },
    );
    expect((await play(['lint', '--config-ref=HEAD', '--config', 'ci/mesh.yaml', 'a.yaml'], cwd)).code).toBe(1);
    const absent = await play(['lint', '--config-ref=HEAD', '--config', 'new.yaml', 'a.yaml'], cwd);
    expect(absent).toMatchObject({ code: 3, stderr: 'meshlint: the configuration "HEAD:new.yaml" does not exist\n' });
    const wrong = await play(['lint', '--config-ref=HEAD', '--config', 'bad.yaml', 'a.yaml'], cwd);
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.stderr).toContain('meshlint: HEAD:bad.yaml:1:1: ');
    const folder = await play(['lint', '--config-ref=HEAD', '--config', 'ci', 'a.yaml'], cwd);
    expect(folder.stderr).toContain('"ci" is a folder');
  });

  it('reads the baseline from there', async () => {
    const cwd = repository({ 'a.yaml': policy('shop') });
    expect((await play(['baseline', 'create', 'known.json'], cwd)).code).toBe(0);
    expect((await play(['lint', '--baseline', 'known.json'], cwd)).code).toBe(0);
    const absent = await play(['lint', '--baseline', 'known.json', '--config-ref', 'base'], cwd);
    expect(absent).toMatchObject({ code: 3 });
    expect(absent.stderr).toContain('the baseline "base:known.json" does not exist');
    execFileSync('git', ['-C', cwd, 'add', 'known.json']);
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'known'], { stdio: 'pipe' });
    rmSync(join(cwd, 'known.json'));
    expect((await play(['lint', '--baseline', 'known.json', '--config-ref', 'base'], cwd)).code).toBe(0);
  });

  it('heeds no .gitignore, which is a part of the change', async () => {
    const cwd = repository({ 'a.yaml': policy('shop') }, { '.gitignore': '*.yaml\n' });
    expect((await play(['lint', '--allow-empty'], cwd)).code).toBe(0);
    expect((await play(['lint', '--config-ref', 'base'], cwd)).code).toBe(1);
  });

  it('lets suppressions in manifests be what that configuration lets them be', async () => {
    const suppressed = `# meshlint-disable permissive-mtls -- not now\n${policy('shop').trimStart()}`;
    const strict = 'suppressions:\n  never: [permissive-mtls]\n';
    const cwd = repository({ 'a.yaml': '', 'meshlint.yaml': strict }, { 'a.yaml': suppressed, 'meshlint.yaml': '' });
    expect((await play(['lint'], cwd)).code).toBe(0);
    expect((await play(['lint', '--config-ref', 'base'], cwd)).code).toBe(1);
  });

  it('says what is wrong with a revision', async () => {
    const cwd = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': { to: 'a.yaml' } });
    const hint = 'fetch-depth: 0';
    for (const revision of ['nowhere', 'HEAD:a.yaml', '0123456789012345678901234567890123456789']) {
      const { code, stderr } = await play(['lint', '--config-ref', revision], cwd);
      expect({ code, stderr }).toMatchObject({ code: 3 });
      expect(stderr).toContain(`the revision ${JSON.stringify(revision)} is not in this repository`);
      expect(stderr).toContain(hint);
    }
    expect((await play(['lint', '--config-ref=--help'], cwd)).stderr).toContain('the revision "--help" is not');
    expect((await play(['lint', '--config-ref='], cwd)).stderr).toContain('a value of --config-ref is empty');
    expect((await play(['lint', '--config-ref', 'base'], cwd)).stderr).toContain('the configuration is a link in "base"');
    const bare = temporaryFolder({ 'a.yaml': policy('shop') });
    folders.push(bare);
    expect(await play(['lint', '--config-ref', 'base'], bare.path)).toMatchObject({
      code: 3,
      stderr: 'meshlint: --config-ref base needs a git repository, and there is none here\n',
    });
  });
});
