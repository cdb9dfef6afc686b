import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectUrl } from '../rule/project.ts';
import { play, policy } from './play.test-support.ts';

function fixture(folder: string): Readonly<Record<string, string>> {
  const root = join(import.meta.dirname, '../../fixtures', folder);
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [relative(root, join(parentPath, name)), readFileSync(join(parentPath, name), 'utf8')]),
  );
}

type Files = Readonly<Record<string, string>>;

/** The meshes that are written, and what holds of every configuration that is: it is accepted, and nothing is defined twice in a mesh. */
async function meshesOf(files: Files): Promise<Readonly<Record<string, readonly string[]>>> {
  const { code, stdout, stderr } = await play(['init', '--dry-run'], files);
  expect([code, stderr]).toEqual([0, '']);
  const configured = { ...files, 'meshlint.yaml': stdout };
  const printed = await play(['--print-config'], configured);
  expect([printed.code, printed.stderr]).toEqual([0, '']);
  const noise = await play(['--only', 'duplicate-resource,subset-defined-twice,host-routed-twice', '-f', 'json', '-q'], configured);
  expect([noise.stderr, (JSON.parse(noise.stdout) as { findings: object[] }).findings]).toEqual(['', []]);
  const { meshes = [] } = JSON.parse(printed.stdout) as { meshes?: { name: string; paths: string[] }[] };
  return Object.fromEntries(meshes.map(({ name, paths }) => [name, paths]));
}

const service = (name: string, port: number): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: ${String(port)} }] }\n`;

describe('meshlint init', () => {
  it('writes a configuration with its schema, and only what is needed', async () => {
    const { code, stdout, stderr } = await play(['init', '--dry-run'], { 'k8s/a.yaml': policy('a'), 'x.yaml': 'just: yaml' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^# yaml-language-server: \\$schema=${projectUrl}/raw/main/schemas/config.schema.json\\n`));
    expect(stdout).toContain('1 file in k8s/.');
    expect(stdout.split('\n').filter((line) => /^[^#\s]/.test(line))).toEqual(['preset: recommended']);
  });

  it('says what it wrote and what comes next', async () => {
    const { code, stdout, stderr, folder } = await play(['init'], { 'a.yaml': policy('a') });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe('meshlint: meshlint.yaml is written: manifests in 1 file, one mesh\n  next: meshlint lint .\n');
    expect(folder['meshlint.yaml']).toBe((await play(['init', '--dry-run'], { 'a.yaml': policy('a') })).stdout);
  });

  it('takes the place of a configuration above, and says so', async () => {
    const files = { '.git/HEAD': '', 'meshlint.yaml': '', 'sub/a.yaml': policy('a') };
    expect((await play(['init'], files, '', 'sub')).stderr).toContain('stands in the place of "../meshlint.yaml"');
  });

  it('does not write over another one without being told', async () => {
    const files = { 'a.yaml': policy('a'), 'meshlint.yaml': 'preset: all\n' };
    const refused = await play(['init'], files);
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('--force') as unknown });
    expect(refused.folder['meshlint.yaml']).toBe('preset: all\n');
    const forced = await play(['init', '--force'], files);
    expect([forced.code, forced.folder['meshlint.yaml']]).toEqual([0, expect.stringContaining('preset: recommended')]);
    const other = { 'a.yaml': policy('a'), '.meshlint.json': '{}' };
    expect(await play(['init'], other)).toMatchObject({ code: 3 });
    expect((await play(['init', '--force'], other)).stderr).toContain('second configuration');
  });

  it('says what it looked at when there is nothing to configure', async () => {
    expect(await play(['init'], {})).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no *.yaml, *.yml or *.json file') as unknown,
    });
    const { code, stderr } = await play(['init'], { 'x.yaml': 'a: b', 'y.yaml': 'a: [', 'z.yaml': 'a: {{ b }}' });
    expect([code, stderr]).toEqual([3, expect.stringContaining('3 files, and no manifest in them')]);
  });

  it('takes no path, and is not mistaken for one', async () => {
    expect(await play(['init', 'a'], { 'a/a.yaml': policy('a') })).toMatchObject({ code: 3 });
    expect((await play(['init'], { 'init/a.yaml': policy('a') })).stderr).toContain('write ./init for the path');
    expect((await play(['lint', '--force'], {})).stderr).toContain('--force is for the command init');
  });
});

describe('meshlint init finds the meshes of', () => {
  it('a GitOps monorepo: the overlays, each with what it is built of', async () => {
    expect(await meshesOf(fixture('identity/gitops'))).toEqual({
      dev: ['base', 'overlays/dev'],
      prod: ['base', 'components', 'overlays/prod'],
    });
  });

  it('overlays that nothing takes in but what they share', async () => {
    const base = { 'apps/a/base/kustomization.yaml': 'resources: [a.yaml]', 'apps/a/base/a.yaml': service('a', 80) };
    const overlay = (app: string, stage: string): Files => ({
      [`apps/${app}/overlays/${stage}/kustomization.yaml`]: 'resources: [../../base]\npatches: [{ path: patch.yaml }]',
      [`apps/${app}/overlays/${stage}/patch.yaml`]: service(app, stage === 'dev' ? 81 : 82),
    });
    const b = { 'apps/b/base/kustomization.yaml': 'resources: [b.yaml]', 'apps/b/base/b.yaml': service('b', 80) };
    const files = {
      ...base,
      ...b,
      ...overlay('a', 'dev'),
      ...overlay('a', 'prod'),
      ...overlay('b', 'dev'),
      ...overlay('b', 'prod'),
      'mesh/m.yaml': policy('shop'),
    };
    expect(await meshesOf(files)).toEqual({
      dev: ['apps/a/base', 'apps/a/overlays/dev', 'apps/b/base', 'apps/b/overlays/dev', 'mesh'],
      prod: ['apps/a/base', 'apps/a/overlays/prod', 'apps/b/base', 'apps/b/overlays/prod', 'mesh'],
    });
  });

  it('clusters that define the same differently, with and without kustomizations, and one beside them', async () => {
    const clusters = {
      'clusters/a/s.yaml': service('s', 80),
      'clusters/b/s.yaml': service('s', 81),
      'clusters/c/t.yaml': service('t', 80),
      'common/p.yaml': policy('shop'),
    };
    const expected = { a: ['clusters/a', 'common'], b: ['clusters/b', 'common'], c: ['clusters/c', 'common'] };
    expect(await meshesOf(clusters)).toEqual(expected);
    const kustomized = { 'clusters/a/kustomization.yaml': 'resources: [s.yaml]', 'clusters/b/kustomization.yaml': 'resources: [s.yaml]' };
    expect(await meshesOf({ ...clusters, ...kustomized })).toEqual(expected);
  });

  it('several repositories in one: a name that is there twice says where it is', async () => {
    const stage = (repository: string, name: string, port: number): Files => ({
      [`${repository}/base/kustomization.yaml`]: 'resources: [s.yaml]',
      [`${repository}/base/s.yaml`]: service('s', 80),
      [`${repository}/${name}/kustomization.yaml`]: 'resources: [../base]',
      [`${repository}/${name}/t.yaml`]: service('t', port),
      [`${repository}/extra.yaml`]: service('u', port),
    });
    const files = { ...stage('one', 'dev', 80), ...stage('one', 'prod', 80), ...stage('two', 'dev', 81), ...stage('two', 'prod', 81) };
    expect(await meshesOf({ ...files, 'common.yaml': policy('shop') })).toEqual({
      'one-dev': ['common.yaml', 'one/base', 'one/dev', 'one/extra.yaml'],
      'one-prod': ['common.yaml', 'one/base', 'one/extra.yaml', 'one/prod'],
      'two-dev': ['common.yaml', 'two/base', 'two/dev', 'two/extra.yaml'],
      'two-prod': ['common.yaml', 'two/base', 'two/extra.yaml', 'two/prod'],
    });
  });

  it('overlays beside their base in one folder', async () => {
    expect(await meshesOf(fixture('templates/overlays'))).toEqual({ dev: ['base', 'dev'], prod: ['base', 'prod'] });
  });

  it('rendered output: one', async () => {
    expect(await meshesOf(fixture('identity/rendered'))).toEqual({});
    expect(await meshesOf(fixture('shop'))).toEqual({});
  });

  it('independent samples: each file that defines something in another way, with what none does', async () => {
    expect(
      await meshesOf({ 'a.yaml': service('s', 80), 'b.yml': service('s', 81), 'c.json': service('s', 82), 'd.yaml': policy('shop') }),
    ).toEqual({
      a: ['a.yaml', 'd.yaml'],
      b: ['b.yml', 'd.yaml'],
      c: ['c.json', 'd.yaml'],
    });
    expect(Object.keys(await meshesOf(fixture('identity/samples'))).length).toBeGreaterThan(1);
  });

  it('what is the same but for the order of keys, or said twice: one', async () => {
    const [a, b] = ['{ name: s, namespace: shop }', '{ namespace: shop, name: s }'].map(
      (metadata) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: ${metadata}\n`,
    );
    expect(await meshesOf({ 'x/a.yaml': a ?? '', 'y/b.yaml': b ?? '' })).toEqual({});
    const namespace = (label: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { a: ${label} } }\n`;
    expect(await meshesOf({ 'x/a.yaml': namespace('a'), 'y/b.yaml': namespace('b'), 'y/c.yaml': policy('shop') })).toEqual({});
  });

  it('kustomizations that rename: one', async () => {
    const files = {
      'a/kustomization.yaml': 'namespace: a\nresources: [s.yaml]',
      'a/s.yaml': service('s', 80),
      'b/kustomization.yaml': 'namespace: b\nresources: [s.yaml]',
      'b/s.yaml': service('s', 81),
    };
    expect(await meshesOf(files)).toEqual({});
  });

  it('folders with names that mean something in YAML or in globs', async () => {
    const files = { 'on/s.yaml': service('s', 80), 'a [b]: #c/s.yaml': service('s', 81), '__proto__/s.yaml': service('s', 82) };
    const { stdout } = await play(['init', '--dry-run'], files);
    expect(stdout).toContain('  - name: "on"\n    paths: ["on"]\n');
    expect(stdout).toContain('  - name: "a [b]: #c"\n    paths: ["a ?b?: #c"]\n');
    expect(stdout).toContain('  - name: "__proto__"\n');
    await meshesOf(files);
  });
});
