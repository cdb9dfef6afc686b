import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policy } from './play.test-support.ts';
import { gitEnv, type Repository, repository } from './repository.test-support.ts';

const head = (kind: string, name: string): string => `apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
`;
const routes = (subset: string): string =>
  `${head('VirtualService', 'reviews')}spec:\n  hosts: [reviews]\n  http:\n    - route:\n        - destination: { host: reviews, subset: ${subset} }\n`;
const rule = (...subsets: readonly string[]): string =>
  `${head('DestinationRule', 'reviews')}spec:\n  host: reviews\n  subsets: [${subsets.map((name) => `{ name: ${name}, labels: { version: ${name} } }`).join(', ')}]\n`;

/** What is reported as new, and how the run ended. */
async function since(repo: Repository, revision = 'main', more: readonly string[] = [], below = ''): Promise<readonly string[]> {
  const { code, stdout, stderr } = await repo.play(['lint', '-q', '-f', 'concise', '--since', revision, ...more], below);
  const lines = stdout.split('\n').map((line) => /^(.*?:\d+):.*\[(.*)\]$/.exec(line)?.slice(1).join(' '));
  return [`exit ${String(code)}`, ...lines.filter((line) => line !== undefined), ...(code === 3 ? [stderr] : [])];
}

const clean = { 'routes.yaml': routes('v1'), 'rule.yaml': rule('v1', 'v2'), 'old.yaml': policy('old') };

/** On a branch that parted from `main`. */
function branched(files: Parameters<typeof repository>[0] = clean): Repository {
  const repo = repository(files);
  repo.git('switch', '-q', '-c', 'change');
  return repo;
}

describe('--since', { timeout: 60_000 }, () => {
  it('reports only what a change causes, committed or not', async () => {
    const repo = branched();
    expect(await since(repo)).toEqual(['exit 0']);
    repo.write({ 'new.yaml': policy('new') });
    expect(await since(repo)).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
    repo.commit();
    expect(await since(repo)).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
    expect(await since(repo, 'HEAD')).toEqual(['exit 0']);
    expect((await repo.play(['lint', '--since', 'main'])).stdout).toContain('; 1 finding not new\n');
  });

  it('reports in an unchanged file what the deletion of a definition breaks', async () => {
    const repo = branched();
    repo.write({ 'rule.yaml': rule('v2') });
    repo.commit();
    expect(await since(repo)).toEqual(['exit 1', 'routes.yaml:8 subset-not-found']);
    const closed = branched({ ...clean, 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: shop }\n' });
    closed.remove('rule.yaml');
    closed.commit();
    expect(await since(closed, 'main', ['--complete', '--only', 'subset-not-found'])).toEqual(['exit 1', 'routes.yaml:8 subset-not-found']);
  });

  it('compares with where both parted, not with what the other became', async () => {
    const repo = branched();
    repo.git('switch', '-q', 'main');
    repo.write({ 'old.yaml': policy('old').replace('PERMISSIVE', 'STRICT') });
    repo.commit();
    repo.git('switch', '-q', 'change');
    repo.write({ 'a.txt': '' });
    repo.commit();
    expect(await since(repo)).toEqual(['exit 0']);
  });

  it('follows renamed files, moved resources and moved lines', async () => {
    const repo = branched({ ...clean, 'a/broken.yaml': 'apiVersion: v1\nkind: Service\nmetadata: [\n', 'a/twin.yaml': policy('old') });
    repo.git('mv', 'a', 'b');
    repo.git('mv', 'old.yaml', 'b/old.yaml');
    repo.write({ 'b/old.yaml': `# moved\n\n${policy('old')}` });
    expect(await since(repo)).toEqual(['exit 0']);
    repo.commit();
    expect(await since(repo)).toEqual(['exit 0']);
    repo.write({ 'b/more.yaml': policy('old') });
    expect(await since(repo)).toEqual(['exit 1', 'b/more.yaml:5 permissive-mtls']);
  });

  it('takes nothing for broken that was broken before', async () => {
    const broken = 'apiVersion: v1\nkind: Service\nmetadata: [\n';
    const repo = branched({ ...clean, 'broken.yaml': broken, 'link.yaml': { link: 'nowhere' } });
    repo.write({ 'other.yaml': rule('v5') });
    expect(await since(repo)).toEqual(['exit 0']);
    repo.write({ 'more.yaml': broken });
    expect(await since(repo)).toEqual(['exit 2', 'more.yaml:3 invalid-yaml']);
  });

  it('honours paths, exclusions, .gitignore of that revision, context and the configuration', async () => {
    const repo = branched({
      'a/x.yaml': policy('a'),
      'b/y.yaml': policy('b'),
      'c/z.yaml': policy('c'),
      'c/.gitignore': '',
      '.git-keep': '',
    });
    repo.write({ 'b/new.yaml': policy('new'), 'a/new.yaml': policy('newer') });
    expect(await since(repo, 'main', ['a'])).toEqual(['exit 1', 'a/new.yaml:5 permissive-mtls']);
    expect(await since(repo, 'main', ['b/*.yaml'])).toEqual(['exit 1', 'b/new.yaml:5 permissive-mtls']);
    expect(await since(repo, 'main', ['--exclude', 'new.yaml'])).toEqual(['exit 0']);
    expect(await since(repo, 'main', ['--context', 'a/new.yaml'])).toEqual(['exit 1', 'b/new.yaml:5 permissive-mtls']);
    expect(await since(repo, 'main', [], 'a')).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
    expect(await since(repo, 'main', ['../b'], 'a')).toEqual(['exit 1', '../b/new.yaml:5 permissive-mtls']);
    repo.write({ 'meshlint.yaml': 'rules: { permissive-mtls: "off" }\n' });
    expect(await since(repo)).toEqual(['exit 0']);
    // What was ignored there and is not any more is new.
    const ignoring = branched({ 'c/z.yaml': policy('c'), 'keep.yaml': policy('k') });
    ignoring.git('switch', '-q', 'main');
    ignoring.write({ '.gitignore': 'c/\n' });
    ignoring.git('add', '-A');
    ignoring.commit();
    ignoring.git('switch', '-q', 'change');
    ignoring.git('merge', '-q', 'main');
    ignoring.remove('.gitignore');
    expect(await since(ignoring)).toEqual(['exit 1', 'c/z.yaml:5 permissive-mtls']);
  });

  it('touches neither the work tree nor the index, and runs nothing that the repository asks for', async () => {
    const repo = branched();
    repo.write({ 'new.yaml': policy('new'), 'rule.yaml': rule('v1') });
    repo.git('add', 'rule.yaml');
    for (const [name, value] of [
      ['core.fsmonitor', 'touch owned; false'],
      ['core.pager', 'touch owned'],
      ['diff.external', 'touch owned'],
      ['core.hooksPath', '.'],
      ['core.quotePath', 'true'],
      ['status.showUntrackedFiles', 'no'],
    ] as const)
      repo.git('config', name, value);
    const index = join(repo.folder, '.git/index');
    const before = [
      readFileSync(index, 'hex'),
      statSync(index).mtimeMs,
      readdirSync(join(repo.folder, '.git')).sort(),
      readdirSync(repo.folder).sort(),
    ];
    expect(await since(repo)).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
    expect([
      readFileSync(index, 'hex'),
      statSync(index).mtimeMs,
      readdirSync(join(repo.folder, '.git')).sort(),
      readdirSync(repo.folder).sort(),
    ]).toEqual(before);
  });

  it('knows names that are hard: spaces, quotes, line ends, other scripts, bytes that are no UTF-8', async () => {
    const names = ['a b.yaml', 'qu"ote.yaml', 'line\nend.yaml', 'ünï-日本.yaml', '-dash.yaml', '*.yaml', ':(top)x.yaml'];
    const repo = branched(Object.fromEntries(names.map((name, i) => [`dir ${String(i)}/${name}`, policy(`n${String(i)}`)])));
    const bytes = Buffer.concat([Buffer.from(repo.folder), Buffer.from('/caf\xe9.yaml', 'latin1')]);
    writeFileSync(bytes, policy('latin'));
    expect(await since(repo)).toEqual(['exit 1', 'caf\uFFFD.yaml:5 permissive-mtls']);
    repo.commit();
    expect(await since(repo, 'HEAD')).toEqual(['exit 0']);
    expect(await since(repo, 'main')).toEqual(['exit 1', 'caf\uFFFD.yaml:5 permissive-mtls']);
  });

  it('follows links inside of the tree as the work tree does', async () => {
    const repo = branched({
      'real/a.yaml': policy('a'),
      'one.yaml': { link: 'real/a.yaml' },
      'other/b.yaml': policy('b'),
      'in/dir': { link: '../other' },
    });
    expect(await since(repo)).toEqual(['exit 0']);
    expect(await since(repo, 'main', ['one.yaml'])).toEqual(['exit 0']);
    expect(await since(repo, 'main', ['in', 'real'])).toEqual(['exit 0']);
    // Out of the repository and in again, and as an absolute path.
    const [name = ''] = repo.folder.split('/').slice(-1);
    symlinkSync(`../../${name}/real/a.yaml`, join(repo.folder, 'in/again.yaml'));
    symlinkSync(join(repo.folder, 'real/a.yaml'), join(repo.folder, 'in/whole.yaml'));
    repo.commit();
    repo.write({ 'real/a.yaml': policy('changed') });
    for (const file of ['in/again.yaml', 'in/whole.yaml']) {
      expect(await since(repo, 'HEAD', [file])).toEqual(['exit 1', `${file}:5 permissive-mtls`]);
      expect(await since(repo, 'HEAD', ['--staged', file])).toEqual(['exit 0']);
    }
    repo.git('reset', '-q', '--hard', 'main');
    const loop = branched({ 'a.yaml': policy('a'), 'b.yaml': { link: 'c.yaml' }, 'c.yaml': { link: 'b.yaml' } });
    expect(await since(loop)).toEqual(['exit 0']);
    expect(await since(loop, 'main', ['b.yaml', 'a.yaml'])).toEqual(['exit 0']);
    mkdirSync(join(repo.folder, 'real/sub'));
    symlinkSync('../../other/b.yaml', join(repo.folder, 'real/sub/loop.yaml'));
    expect(await since(repo)).toEqual(['exit 0']);
  });

  it('works in a worktree, where it began', async () => {
    const repo = branched();
    repo.git('worktree', 'add', '-q', 'trees/one', '-b', 'one', 'main');
    repo.write({ 'trees/one/new.yaml': policy('new') });
    expect(await since(repo, 'main', [], 'trees/one')).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
  });

  it('asks nothing of a repository that has come with the files', async () => {
    const repo = branched();
    const hostile = repository({ 'x.yaml': policy('x') });
    const id = hostile.git('rev-parse', 'HEAD').trim();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${id},evil`);
    repo.git('commit', '-q', '-m', 'submodule');
    execFileSync('git', ['clone', '-q', '--bare', hostile.folder, join(repo.folder, 'evil')], { env: gitEnv });
    repo.write({ 'new.yaml': policy('new') });
    expect(await since(repo, 'HEAD')).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
    expect((await repo.play(['lint', '--since', 'main'], 'evil')).stderr).toContain('without a work tree');
  });

  it('looks into submodules, at the commit that they were at', async () => {
    const library = repository({ 'a.yaml': policy('a') });
    const repo = branched();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.folder, 'vendor/lib');
    repo.commit();
    expect(await since(repo)).toEqual(['exit 1', 'vendor/lib/a.yaml:5 permissive-mtls']);
    expect(await since(repo, 'HEAD')).toEqual(['exit 0']);
    repo.write({ 'vendor/lib/b.yaml': policy('b') });
    repo.git('-C', 'vendor/lib', 'add', '.');
    repo.git('-C', 'vendor/lib', 'commit', '-q', '-m', 'b');
    expect(await since(repo, 'HEAD')).toEqual(['exit 1', 'vendor/lib/b.yaml:5 permissive-mtls']);
    // Not there, neither then nor now.
    repo.git('submodule', 'deinit', '-q', '--force', 'vendor/lib');
    expect(await since(repo, 'HEAD')).toEqual(['exit 0']);
  });

  it('takes what Git LFS stores for what it is, where the machine has it', async () => {
    const text = policy('large');
    const sha256 = createHash('sha256').update(text).digest('hex');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${String(text.length)}\n`;
    const repo = branched({ 'large.yaml': pointer, 'a.yaml': rule('v1') });
    // As Git LFS leaves it: the content in the work tree, the pointer in git.
    repo.write({ 'large.yaml': text });
    expect(await since(repo)).toEqual(['exit 0']);
    repo.write({ 'large.yaml': text.replace('name: default', 'name: other') });
    const { code, stderr } = await repo.play(['lint', '-f', 'concise', '--since', 'main']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'warning[not-compared]: large.yaml: can\'t be compared with "main": there, can\'t be read: git has only a Git LFS pointer for it',
    );
    repo.write({ [`.git/lfs/objects/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`]: text });
    expect((await repo.play(['lint', '-f', 'concise', '--since', 'main'])).stderr).not.toContain('not-compared');
  });

  it('reads no device that stands in the place of what Git LFS stores', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 10\n`;
    const repo = branched({ 'large.yaml': pointer, 'a.yaml': rule('v1') });
    rmSync(join(repo.folder, 'large.yaml'));
    symlinkSync('/dev/zero', join(repo.folder, 'large.yaml'));
    repo.write({ 'new.yaml': policy('new') });
    expect(await since(repo, 'main')).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
  });

  it('leaves to sparse checkouts what they leave out', async () => {
    const repo = branched({ 'in/routes.yaml': routes('v1'), 'out/rule.yaml': rule('v1'), 'in/rule.yaml': rule('v2') });
    repo.git('sparse-checkout', 'set', 'in');
    const plain = await repo.play(['lint', '-q', '-f', 'concise']);
    expect(plain.code).toBe(1);
    expect(await since(repo, 'HEAD')).toEqual(['exit 0']);
  });

  it('compares with the mesh configuration of that revision', async () => {
    const repo = branched({ ...clean, 'mesh/config.json': '{}' });
    repo.write({ 'mesh/config.json': '{ "rootNamespace": "old" }' });
    const plain = await repo.play([
      'lint',
      '-q',
      '-f',
      'concise',
      '--mesh-config',
      'mesh/config.json',
      '--since',
      'HEAD',
      '--preset',
      'all',
    ]);
    expect(plain.code).toBe(1);
    repo.commit();
    expect((await repo.play(['lint', '--mesh-config', 'mesh/config.json', '--since', 'HEAD', '--preset', 'all'])).code).toBe(0);
    repo.write({ '.gitignore': 'mine.json\n', 'mine.json': '{ "rootNamespace": "old" }' });
    expect((await repo.play(['lint', '--mesh-config', 'mine.json', '--since', 'HEAD', '--preset', 'all'])).code).toBe(0);
  });

  it('takes all for new before the first commit', async () => {
    const repo = repository({});
    repo.write({ 'a.yaml': policy('a') });
    expect(await since(repo, 'HEAD')).toEqual(['exit 1', 'a.yaml:5 permissive-mtls']);
    expect((await since(repo, 'main')).at(-1)).toContain('git knows no commit "main"');
  });

  it('goes together with a baseline', async () => {
    const repo = branched({ ...clean, 'b.yaml': policy('b') });
    await repo.play(['baseline', 'create', 'x.json', 'old.yaml']);
    repo.write({ 'c.yaml': policy('c') });
    const { stdout } = await repo.play(['lint', '-f', 'text', '--since', 'main', '--baseline', 'x.json']);
    expect(stdout).toContain('; 2 findings not new; 0 findings in the baseline\n');
  });
});

describe('--since can not say', { timeout: 60_000 }, () => {
  const refused = async (repo: Repository, revision: string, more: readonly string[] = []): Promise<string> => {
    const [exit, said = ''] = await since(repo, revision, more);
    expect(exit).toBe('exit 3');
    return said;
  };

  it('what a shallow clone does not have, and fetches nothing', async () => {
    const repo = branched();
    repo.write({ 'new.yaml': policy('new') });
    repo.commit();
    const shallow = repository({});
    shallow.git('remote', 'add', 'origin', `file://${repo.folder}`);
    shallow.git('fetch', '-q', '--depth=1', '--update-head-ok', 'origin', 'change:change', 'main:main');
    shallow.git('switch', '-q', 'change');
    expect(await refused(shallow, 'main')).toMatch(
      /^meshlint: "main" and the current commit have no common ancestor in this clone\n.*fetch-depth: 0\n$/,
    );
    expect(await refused(shallow, 'HEAD^')).toMatch(/git knows no commit "HEAD\^"\n.*fetch-depth: 0\n$/);
    shallow.git('fetch', '-q', '--unshallow', 'origin');
    expect(await since(shallow)).toEqual(['exit 1', 'new.yaml:5 permissive-mtls']);
  });

  it('what a partial clone does not have, and fetches nothing', async () => {
    const repo = branched();
    repo.git('config', 'uploadpack.allowFilter', 'true');
    repo.write({ 'old.yaml': policy('old').replace('PERMISSIVE', 'STRICT') });
    repo.commit();
    const partial = repository({});
    const clone = join(partial.folder, 'clone');
    execFileSync('git', ['clone', '-q', '--filter=blob:none', `file://${repo.folder}`, clone], { env: gitEnv, stdio: 'ignore' });
    const { code, stderr } = await partial.play(['lint', '--since', 'origin/main'], 'clone');
    // Nothing is wrong in what is there now, so that nothing has to be compared.
    expect([code, stderr]).toEqual([0, '']);
    writeFileSync(join(clone, 'new.yaml'), policy('new'));
    const lost = await partial.play(['lint', '--since', 'origin/main'], 'clone');
    expect(lost).toMatchObject({ code: 3, stdout: '' });
    expect(lost.stderr).toContain('partial clone, and nothing is fetched');
  });

  it('what git does not know, or not of this place', async () => {
    const repo = branched();
    expect(await refused(repo, 'nothing')).toContain('git knows no commit "nothing"');
    repo.git('update-ref', 'refs/remotes/origin/release', 'HEAD');
    expect(await refused(repo, 'release')).toContain('did you mean origin/release?');
    repo.git('tag', '-a', 'v1', '-m', 'v1');
    expect(await since(repo, 'v1')).toEqual(['exit 0']);
    expect(await refused(repo, 'main..change')).toContain('git knows no commit');
    expect(await repo.play(['lint', '--since=--upload-pack=touch owned'])).toMatchObject({ code: 3 });
    expect(await repo.play(['lint', '--since='])).toMatchObject({ code: 3 });
    expect(readdirSync(repo.folder)).not.toContain('owned');
    expect(await refused(repo, 'main', ['-'])).toContain('standard input is not in the git repository');
    expect(await refused(repo, 'main', ['..'])).toContain('".." is not in the git repository');
    expect(await refused(repo, 'main', ['gone.yaml'])).toContain('does not exist');
    repo.git('switch', '-q', '--orphan', 'other');
    repo.write({ 'a.yaml': policy('a') });
    repo.commit();
    expect(await refused(repo, 'main')).toContain('no common ancestor\n');
  });

  it('where there is no repository, no work tree, or no git', async () => {
    const repo = branched();
    const bare = repository({});
    execFileSync('git', ['clone', '-q', '--bare', repo.folder, join(bare.folder, 'bare')], { env: gitEnv });
    expect((await bare.play(['lint', '--since', 'main'], 'bare')).stderr).toContain('without a work tree');
    const nothing = repository({}, { GIT_CEILING_DIRECTORIES: '/tmp', GIT_DIR: '/nowhere' });
    expect((await nothing.play(['lint', '--since', 'main'])).stderr).toContain('this is not in a git repository');
    const without = repository({}, { PATH: '/nowhere' });
    expect((await without.play(['lint', '--since', 'main'])).stderr).toContain('git is not installed');
  });
});
