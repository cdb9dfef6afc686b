import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policy } from './play.test-support.ts';
import { gitEnv, type Repository, repository } from './repository.test-support.ts';

const strict = (namespace: string): string => policy(namespace).replace('PERMISSIVE', 'STRICT');
const broken = 'apiVersion: v1\nkind: Service\nmetadata: [\n';

/** What is reported, and how the run ended. */
async function staged(repo: Repository, more: readonly string[] = [], below = ''): Promise<readonly string[]> {
  const { code, stdout, stderr } = await repo.play(['lint', '-q', '-f', 'concise', '--staged', ...more], below);
  const lines = stdout.split('\n').map((line) => /^(.*?:\d+):.*\[(.*)\]$/.exec(line)?.slice(1).join(' '));
  return [`exit ${String(code)}`, ...lines.filter((line) => line !== undefined), ...(code >= 2 ? [stderr] : [])];
}
const news = ['--since', 'HEAD', '--allow-empty'];

describe('--staged', { timeout: 60_000 }, () => {
  it('reads what would be committed, not what lies there', async () => {
    const repo = repository({ 'a.yaml': strict('a'), 'b.yaml': policy('b') });
    expect(await staged(repo)).toEqual(['exit 1', 'b.yaml:5 permissive-mtls']);
    repo.write({ 'a.yaml': policy('a'), 'untracked.yaml': policy('u'), 'b.yaml': `# moved\n${policy('b')}` });
    expect(await staged(repo)).toEqual(['exit 1', 'b.yaml:5 permissive-mtls']);
    repo.git('add', 'a.yaml');
    repo.write({ 'a.yaml': strict('a') });
    expect(await staged(repo)).toEqual(['exit 1', 'a.yaml:5 permissive-mtls', 'b.yaml:5 permissive-mtls']);
    expect(await staged(repo, news)).toEqual(['exit 1', 'a.yaml:5 permissive-mtls']);
    repo.remove('b.yaml');
    expect(await staged(repo, ['b.yaml'])).toEqual(['exit 1', 'b.yaml:5 permissive-mtls']);
    expect((await repo.play(['lint', '--staged', '--show-files'])).stdout).toBe('a.yaml\nb.yaml\n');
  });

  it('refuses what a staged deletion breaks, and nothing that was broken before', async () => {
    const head = (kind: string): string =>
      `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: reviews, namespace: shop }\n`;
    const repo = repository({
      'routes.yaml': `${head('VirtualService')}spec:\n  hosts: [reviews]\n  http:\n    - route: [{ destination: { host: reviews, subset: v1 } }]\n`,
      'one.yaml': `${head('DestinationRule')}spec: { host: reviews, subsets: [{ name: v1 }, { name: v2 }] }\n`,
      'two.yaml': `${head('DestinationRule').replace('name: reviews', 'name: other')}spec: { host: other, subsets: [{ name: v1 }] }\n`,
      'old.yaml': policy('old'),
      'broken.yaml': broken,
    });
    expect(await staged(repo, news)).toEqual(['exit 0']);
    repo.git('rm', '-q', '--cached', 'two.yaml');
    expect(await staged(repo, news)).toEqual(['exit 0']);
    repo.git('rm', '-q', '--cached', 'one.yaml');
    expect(await staged(repo, [...news, '--complete', '--only', 'subset-not-found,invalid-yaml'])).toEqual([
      'exit 1',
      'routes.yaml:7 subset-not-found',
    ]);
  });

  it('takes a file that will only be added for one that is not there yet', async () => {
    const repo = repository({ 'a.yaml': strict('a') });
    repo.write({ 'new.yaml': policy('new') });
    repo.git('add', '-N', 'new.yaml');
    expect(await staged(repo, news)).toEqual(['exit 0']);
    expect((await repo.play(['lint', '--staged'])).stdout).toContain('read 1 file, 1 resource');
    repo.git('add', 'new.yaml');
    expect(await staged(repo, news)).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
  });

  it('says which files have conflicts, and reads the others', async () => {
    const repo = repository({ 'a.yaml': strict('a'), 'b.yaml': policy('b') });
    repo.git('switch', '-q', '-c', 'other');
    repo.write({ 'a.yaml': strict('x') });
    repo.commit();
    repo.git('switch', '-q', 'main');
    repo.write({ 'a.yaml': strict('y') });
    repo.commit();
    expect(() => repo.git('merge', '-q', 'other')).toThrow();
    const [exit, ...said] = await staged(repo);
    expect(exit).toBe('exit 2');
    expect(said[0]).toBe('b.yaml:5 permissive-mtls');
    expect(said[1]).toContain('"a.yaml": can\'t be read: its conflicts are not resolved');
    // Deleted there: what the index has is what HEAD has, and still not what will be committed.
    repo.git('merge', '--abort');
    repo.git('switch', '-q', 'other');
    repo.git('rm', '-q', 'a.yaml');
    repo.commit();
    repo.git('switch', '-q', 'main');
    expect(() => repo.git('merge', '-q', 'other')).toThrow();
    expect((await staged(repo, news))[0]).toBe('exit 2');
  });

  it('works in a folder, with names that are hard, and before the first commit', async () => {
    const repo = repository({});
    repo.write({ 'a b/ü "x".yaml': policy('a'), 'top.yaml': policy('top') });
    expect(await staged(repo, news)).toEqual(['exit 0']);
    repo.git('add', '-A');
    expect(await staged(repo, news)).toEqual(['exit 1', 'a b/ü "x".yaml:5 permissive-mtls', 'top.yaml:5 permissive-mtls']);
    expect(await staged(repo, news, 'a b')).toEqual(['exit 1', 'ü "x".yaml:5 permissive-mtls']);
    expect(await staged(repo, ['..'], 'a b')).toEqual(['exit 1', '../top.yaml:5 permissive-mtls', 'ü "x".yaml:5 permissive-mtls']);
    expect(await staged(repo, ['a b/*.yaml'])).toEqual(['exit 1', 'a b/ü "x".yaml:5 permissive-mtls']);
  });

  it('analyses nothing when no manifest is staged, unless a report wants to know all', async () => {
    const repo = repository({ 'a.yaml': policy('a'), 'broken.yaml': broken });
    repo.write({ 'code.ts': '{}', 'a.yaml': policy('b') });
    repo.git('add', 'code.ts');
    const quick = await repo.play(['lint', '--staged', ...news]);
    expect(quick).toMatchObject({ code: 0, sources: [] });
    expect((await repo.play(['lint', '--staged', ...news, '--only', 'nonsense'])).code).toBe(3);
    expect(quick.stdout).toContain('no file that would be read differs from "HEAD", so that nothing can be new');
    for (const more of [
      ['-f', 'sarif'],
      ['--mesh-config', 'code.ts'],
    ])
      expect((await repo.play(['lint', '--staged', ...news, ...more])).sources).not.toEqual([]);
    // The same text in another place is another file.
    repo.git('mv', '-f', 'broken.yaml', 'renamed.yaml');
    expect((await repo.play(['lint', '--staged', ...news])).sources).not.toEqual([]);
    repo.git('add', 'a.yaml');
    expect(await staged(repo, news)).toEqual(['exit 1', 'a.yaml:5 permissive-mtls']);
  });

  it('says what is not staged', async () => {
    const repo = repository({ 'a.yaml': strict('a') });
    repo.write({ 'new.yaml': policy('new') });
    expect((await staged(repo, ['new.yaml'])).join()).toMatch(
      /^exit 3,meshlint: "new.yaml" is not staged: git does not have it\n {2}git add new.yaml\n$/,
    );
    expect((await staged(repo, ['b.yaml'])).join()).toContain('"b.yaml" does not exist');
    expect((await repo.play(['lint', '--staged'], '..')).stderr).toContain('not in a git repository');
  });

  it('honours the .gitignore that is staged, and links', async () => {
    const repo = repository({
      'a.yaml': policy('a'),
      'gen/b.yaml': policy('b'),
      'l/link.yaml': { link: '../a.yaml' },
      'l/c.yaml': policy('c'),
    });
    repo.write({ '.gitignore': 'gen/\n' });
    expect((await staged(repo)).length).toBe(4);
    repo.git('add', '.gitignore');
    expect(await staged(repo)).toEqual(['exit 1', 'a.yaml:5 permissive-mtls', 'l/c.yaml:5 permissive-mtls']);
    expect((await staged(repo, ['--no-ignore'])).length).toBe(4);
    symlinkSync('nowhere', join(repo.folder, 'dangling.yaml'));
    repo.git('add', 'dangling.yaml');
    expect((await staged(repo)).at(-1)).toContain('"dangling.yaml": can\'t be read: what it links to does not exist');
  });

  it.each([
    ['git commit', ['commit', '-q', '-m', 'x'], 1],
    ['git commit -a', ['commit', '-q', '-a', '-m', 'x'], 2],
    ['git commit of one file', ['commit', '-q', '-m', 'x', '--', 'b.yaml'], 1],
  ])('sees in a hook what %s commits', async (_, argv, bad) => {
    const repo = repository({ 'a.yaml': strict('a'), 'b.yaml': strict('b') });
    repo.write({ 'a.yaml': policy('a'), 'b.yaml': policy('b') });
    repo.git('add', 'a.yaml');
    // The hook keeps what git tells it; afterwards the same is asked for here, on a copy of the index of that moment.
    const hook = join(repo.folder, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\nenv | grep ^GIT_ > .git/told\ncp "$GIT_INDEX_FILE" .git/seen\nexit 1\n');
    chmodSync(hook, 0o755);
    expect(() => execFileSync('git', [...argv], { cwd: repo.folder, env: gitEnv, stdio: 'ignore' })).toThrow();
    const told = Object.fromEntries(
      readFileSync(join(repo.folder, '.git/told'), 'utf8')
        .split('\n')
        .filter((line) => /^GIT_(INDEX_FILE|DIR|PREFIX|EXEC_PATH|EDITOR)=/.test(line))
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const inHook = repository({}, { ...told, GIT_INDEX_FILE: join(repo.folder, '.git/seen'), GIT_DIR: join(repo.folder, '.git') });
    rmSync(join(inHook.folder, '.git'), { recursive: true });
    const seen = await staged(inHook, news);
    expect(seen.filter((line) => line.endsWith('permissive-mtls')).length).toBe(bad);
    expect(existsSync(join(repo.folder, '.git/seen'))).toBe(true);
  });

  it('reads a relative GIT_INDEX_FILE from the top of the work tree, and GIT_DIR from where git started', async () => {
    const repo = repository({ 'a.yaml': strict('a'), 'sub/b.yaml': strict('b') }, { GIT_INDEX_FILE: '.git/other', GIT_DIR: '.git' });
    repo.write({ 'a.yaml': policy('a') });
    execFileSync('sh', ['-c', 'cp .git/index .git/other && GIT_INDEX_FILE=.git/other git add a.yaml'], { cwd: repo.folder, env: gitEnv });
    expect(await staged(repo, news)).toEqual(['exit 1', 'a.yaml:5 permissive-mtls']);
  });
});
