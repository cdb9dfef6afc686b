import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { play, policy, type Scene } from './play.test-support.ts';

const hidden = policy('a').replace('} }', '} } # meshlint-disable-line permissive-mtls -- why');

async function sarif(argv: readonly string[], files: Parameters<typeof play>[1], scene: Scene = {}): Promise<Run> {
  const { stdout, stderr } = await play(['-f', 'sarif', ...argv], files, scene);
  if (stdout === '') throw new Error(stderr);
  const [run] = (JSON.parse(stdout) as Log).runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

const urisOf = ({ results = [] }: Run): readonly (string | undefined)[] =>
  results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri);

describe('suppressed findings', () => {
  it('stay in SARIF, are counted in JSON, and change the exit code', async () => {
    expect((await sarif(['a.yaml'], { 'a.yaml': hidden })).results).toMatchObject([
      { ruleId: 'permissive-mtls', suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'why' }] },
    ]);
    const json = await play(['-f', 'json', 'a.yaml'], { 'a.yaml': hidden });
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([0, { summary: { suppressed: 1 }, findings: [] }]);
    expect((await sarif(['--no-inline-suppressions', 'a.yaml'], { 'a.yaml': hidden })).results?.[0]).not.toHaveProperty('suppressions');
  });

  it('are left out for GitHub, which would show them as open, or where the command line says so', async () => {
    expect((await sarif(['a.yaml'], { 'a.yaml': hidden }, { env: { GITHUB_ACTIONS: 'true' } })).results).toEqual([]);
    expect((await sarif(['--sarif-suppressed', 'omit', 'a.yaml'], { 'a.yaml': hidden })).results).toEqual([]);
    const kept = await sarif(['--sarif-suppressed', 'keep', 'a.yaml'], { 'a.yaml': hidden }, { env: { GITHUB_ACTIONS: 'true' } });
    expect(kept.results).toHaveLength(1);
  });
});

describe('paths in SARIF', () => {
  const files = { '.git/HEAD': '', 'mesh/a b/ü.yaml': policy('a') };

  it('are those of the repository, whatever the current folder is', async () => {
    expect(urisOf(await sarif(['.'], files))).toEqual(['mesh/a%20b/%C3%BC.yaml']);
    expect(urisOf(await sarif(['.'], files, { cwd: 'mesh' }))).toEqual(['mesh/a%20b/%C3%BC.yaml']);
    expect(urisOf(await sarif(['../a b/./ü.yaml'], files, { cwd: 'mesh/a b' }))).toEqual(['mesh/a%20b/%C3%BC.yaml']);
    expect(urisOf(await sarif(['-'], files, { stdin: policy('a') }))).toEqual(['-']);
  });

  it('begin where --sarif-root says', async () => {
    const { '.git/HEAD': _, ...loose } = files;
    expect(urisOf(await sarif(['.'], loose, { cwd: 'mesh/a b' }))).toEqual(['%C3%BC.yaml']);
    expect(urisOf(await sarif(['--sarif-root', '../..', '.'], loose, { cwd: 'mesh/a b' }))).toEqual(['mesh/a%20b/%C3%BC.yaml']);
    expect(urisOf(await sarif(['--sarif-root', '..', '.'], files, { cwd: 'mesh/a b' }))).toEqual(['a%20b/%C3%BC.yaml']);
    for (const root of ['mesh', 'nowhere'])
      expect(await play(['-f', 'sarif', '--sarif-root', root, '.'], files)).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringContaining(`"${root}"`) as unknown,
      });
  });

  it('lead to the file itself, not to a link', async () => {
    const link = (folder: string): void => {
      mkdirSync(join(folder, 'links'));
      symlinkSync('../mesh', join(folder, 'links/mesh'));
    };
    expect(urisOf(await sarif(['links/mesh'], files, { prepare: link }))).toEqual(['mesh/a%20b/%C3%BC.yaml']);
    const { stdout } = await play(['-f', 'github', 'links/mesh'], files, { prepare: link });
    expect(stdout).toContain('file=mesh/a b/ü.yaml,');
    expect((await play(['-f', 'concise', 'links/mesh'], files, { prepare: link })).stdout).toMatch(/^links\/mesh\/a b\//);
  });
});

describe('the category', () => {
  it('is what the command line says, with a slash behind it', async () => {
    const run = await sarif(['--sarif-category', 'mesh/prod', 'a.yaml'], { 'a.yaml': policy('a') });
    expect(run.automationDetails).toEqual({ id: 'mesh/prod/' });
    for (const wrong of ['', 'a/', 'a\nb'])
      expect(await play([`--sarif-category=${wrong}`, 'a.yaml'], { 'a.yaml': policy('a') })).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('the repository', () => {
  it('is what the pipeline says', async () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'shop/mesh', GITHUB_SHA: '0123abcd' };
    const run = await sarif(['a.yaml'], { 'a.yaml': policy('a') }, { env });
    expect(run.versionControlProvenance).toMatchObject([{ repositoryUri: 'https://github.com/shop/mesh', revisionId: '0123abcd' }]);
  });
});

describe('what SARIF has no room for', () => {
  it('is said on standard error', async () => {
    const many = Array.from({ length: 5001 }, (_, index) => policy(`n${String(index)}`)).join('---');
    const { stdout, stderr } = await play(['-q', '-f', 'sarif', '--only', 'permissive-mtls', 'a.yaml'], { 'a.yaml': many });
    expect((JSON.parse(stdout) as Log).runs[0]?.results).toHaveLength(5000);
    expect(stderr).toBe('meshlint: 1 of 5001 findings are left out of the SARIF report, the least severe ones: code scanning keeps 5000\n');
  });
});

describe('a file', () => {
  it('holds the same as standard output', async () => {
    let file = '';
    const { stdout } = await play(
      ['-f', 'sarif', '-f', 'sarif=out.sarif', 'a.yaml'],
      { 'a.yaml': policy('a') },
      {
        after: (folder) => (file = readFileSync(join(folder, 'out.sarif'), 'utf8')),
      },
    );
    expect(file).toBe(stdout);
  });
});
