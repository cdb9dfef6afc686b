import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';

async function said(argv: readonly string[], files: Parameters<typeof play>[1], stdin = ''): Promise<string> {
  const { code, stderr, stdout } = await play(argv, files, stdin);
  expect([code, stdout]).toEqual([2, expect.stringContaining('nothing to analyse')]);
  return stderr;
}

describe('when nothing was found to analyse', () => {
  it('says that there is no file, and where', async () => {
    expect(await said(['lint', 'k8s'], { 'k8s/readme.md': '' })).toBe(
      'meshlint: there is no *.yaml, *.yml or *.json file in k8s\n  to look elsewhere: meshlint lint PATH\n  where that is no failure: --allow-empty\n',
    );
  });

  it('says what was looked at, and how to see the rest', async () => {
    expect(await said([], { 'a.yaml': 'a: b' })).toContain('meshlint: 1 file was looked at (a.yaml)\n');
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.yaml`, 'a: b']));
    const text = await said([], many);
    expect(text).toContain('5 files were looked at (a.yaml, b.yaml, c.yaml and 2 more)\n');
    expect(text).toContain('to see all files: meshlint lint --show-files .\n');
  });

  it('says how what lies there is rendered', async () => {
    const template = 'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .x }} }\n';
    expect(await said([], { 'x.yaml': template })).toContain('helm template . | meshlint lint -');
    expect(await said([], { 'Chart.yaml': 'name: x' })).toContain('helm template . | meshlint lint -');
    expect(await said([], { 'kustomization.yaml': 'resources: [x.yaml]', 'x.yaml': 'a: b' })).toContain(
      'kustomize build . | meshlint lint -',
    );
    expect(await said(['-'], {}, '')).not.toContain('helm');
  });

  it('says what was left out, and how to have it read', async () => {
    const files = { '.git/HEAD': '', '.gitignore': 'a.yaml', 'a.yaml': policy('a') };
    expect(await said([], files)).toContain('to read what .gitignore leaves out (1 file or folder): --no-ignore\n');
    const link = { 'out/a.yaml': policy('a'), 'in/a.yaml': { link: '../out/a.yaml' } };
    expect(await said(['in'], link)).toContain('to read what links lead to: name their targets\n');
  });

  it('shows hostile names as what they are', async () => {
    expect(await said(['.'], { 'a\u001b[31m.yaml': '' })).toContain('("a\\u001b[31m.yaml")');
    expect(await said(['x\n\u001b'], { 'x\n\u001b/y': '' })).toContain('file in "x\\n\\u001b"\n');
  });

  it('says nothing of it with --quiet or --allow-empty', async () => {
    expect((await play(['-q'], {})).stderr).not.toContain('look elsewhere');
    expect(await play(['--allow-empty'], {})).toMatchObject({ code: 0, stderr: '' });
  });
});
