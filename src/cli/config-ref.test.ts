import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';
import { gitEnv, repository } from './repository.test-support.ts';

const off = 'rules:\n  permissive-mtls: "off"\n';
const base = ['lint', '--config-ref', 'main'];

describe('--config-ref', () => {
  it('judges a change by the configuration that it is made to', async () => {
    const strict = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': '' });
    strict.write({ 'meshlint.yaml': off });
    expect((await strict.play(['lint'])).code).toBe(0);
    expect((await strict.play(base)).code).toBe(1);
    const lax = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': off });
    lax.write({ 'meshlint.yaml': '' });
    expect((await lax.play(['lint'])).code).toBe(1);
    expect((await lax.play(base)).code).toBe(0);
  });

  it('finds the configuration where it was, in folders above too, and takes none that is new', async () => {
    const made = repository({
      'deploy/a.yaml': policy('shop'),
      'other/a.yaml': policy('shop'),
      'meshlint.yaml': off,
      'other/.meshlint.yaml': '',
    });
    made.remove('meshlint.yaml');
    made.write({ 'deploy/meshlint.yaml': 'failOn: error\npreset: all\n', 'other/.meshlint.yaml': off });
    const above = await made.play([...base, '-f', 'json'], 'deploy');
    expect(JSON.parse(above.stdout)).toMatchObject({ findings: [] });
    expect((await made.play(base, 'other')).code).toBe(1);
    const without = repository({ 'a.yaml': policy('shop') });
    without.write({ 'meshlint.yaml': off });
    expect((await without.play(base)).code).toBe(1);
  });

  it('reads a configuration that is named from there', async () => {
    const made = repository({ 'a.yaml': policy('shop'), 'ci/mesh.yaml': '', 'bad.yaml': 'nonsense: 1\n' });
    made.write({ 'ci/mesh.yaml': off, 'new.yaml': off });
    const playWith = (file: string): ReturnType<typeof made.play> => made.play([...base, '--config', file, 'a.yaml']);
    expect((await playWith('ci/mesh.yaml')).code).toBe(1);
    expect(await playWith('new.yaml')).toMatchObject({
      code: 3,
      stderr: 'meshlint: the configuration "main:new.yaml" does not exist\n',
    });
    expect((await playWith('bad.yaml')).stderr).toContain('meshlint: main:bad.yaml:1:1: ');
    expect((await playWith('ci')).stderr).toContain('"ci" is a folder');
  });

  it('reads the baseline from there', async () => {
    const made = repository({ 'a.yaml': policy('shop') });
    expect((await made.play(['baseline', 'create', 'known.json'])).code).toBe(0);
    const known = ['--baseline', 'known.json'];
    expect((await made.play(['lint', ...known])).code).toBe(0);
    const absent = await made.play([...base, ...known]);
    expect(absent).toMatchObject({ code: 3 });
    expect(absent.stderr).toContain('the baseline "main:known.json" does not exist');
    made.commit();
    rmSync(join(made.folder, 'known.json'));
    expect((await made.play([...base, ...known])).code).toBe(0);
  });

  it('holds for both sides of a comparison', async () => {
    const made = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': '' });
    made.write({ 'b.yaml': policy('other'), 'meshlint.yaml': off });
    expect((await made.play(['lint', '--since', 'main'])).code).toBe(0);
    const { code, stdout } = await made.play([...base, '--since', 'main', '-f', 'concise']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^b\.yaml:.*\n$/);
  });

  it('heeds no .gitignore, which is a part of the change', async () => {
    const made = repository({ 'a.yaml': policy('shop') });
    made.write({ '.gitignore': '*.yaml\n' });
    expect((await made.play(['lint', '--allow-empty'])).code).toBe(0);
    expect((await made.play(base)).code).toBe(1);
  });

  it('lets suppressions in manifests be what that configuration lets them be', async () => {
    const made = repository({ 'a.yaml': '', 'meshlint.yaml': 'suppressions:\n  never: [permissive-mtls]\n' });
    made.write({ 'a.yaml': `# meshlint-disable permissive-mtls -- not now\n${policy('shop').trimStart()}`, 'meshlint.yaml': '' });
    expect((await made.play(['lint'])).code).toBe(0);
    expect((await made.play(base)).code).toBe(1);
  });

  it('says what is wrong with a revision', async () => {
    const made = repository({ 'a.yaml': policy('shop') });
    for (const revision of ['nowhere', 'HEAD:a.yaml', '0123456789012345678901234567890123456789']) {
      const { code, stderr } = await made.play(['lint', '--config-ref', revision]);
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: `meshlint: git knows no commit ${JSON.stringify(revision)}, for --config-ref\n`,
      });
    }
    expect((await made.play(['lint', '--config-ref=--help'])).stderr).toContain('"--help" is no revision of git, for --config-ref');
    expect((await made.play(['lint', '--config-ref='])).stderr).toContain('a value of --config-ref is empty');
    const bare = await play(base, { 'a.yaml': policy('shop') }, { env: gitEnv });
    expect(bare).toMatchObject({ code: 3 });
    expect(bare.stderr).toContain('this is not in a git repository');
  });

  it('fetches nothing where the clone is shallow, and says what helps', async () => {
    const made = repository({ 'a.yaml': policy('shop'), 'meshlint.yaml': '' });
    const first = made.git('rev-parse', 'HEAD').trim();
    made.commit('second');
    made.git('clone', '-q', '--depth', '1', `file://${made.folder}`, 'clone');
    const { code, stderr } = await made.play(['lint', '--config-ref', first], 'clone');
    expect(code).toBe(3);
    expect(stderr).toContain('this clone is shallow, and nothing is fetched; with actions/checkout: fetch-depth: 0');
  });
});
