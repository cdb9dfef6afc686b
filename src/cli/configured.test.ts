import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';

const files = { '.git/HEAD': '', 'a.yaml': policy('a'), 'sub/b.yaml': policy('b'), 'sub/deep/c.yaml': policy('c') };

/** The rules and files that are reported. */
async function reported(
  argv: readonly string[],
  configuration: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { stdout, stderr, code } = await play(['-f', 'concise', '-q', ...argv], { ...files, 'meshlint.yaml': configuration, ...more });
  if (code > 1) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${line.split(':')[0] ?? ''} ${/(error|warning|info)/.exec(line)?.[1] ?? ''}`);
}

const everywhere = ['a.yaml warning', 'sub/b.yaml warning', 'sub/deep/c.yaml warning'];

describe('the configuration', () => {
  it('is found in the folder, and not read with --no-config', async () => {
    expect(await reported([], '')).toEqual(everywhere);
    expect(await reported([], 'rules: { permissive-mtls: "off" }')).toEqual([]);
    expect(await reported(['--no-config'], 'rules: { permissive-mtls: "off" }')).toEqual(everywhere);
    expect(await reported(['--config', 'other.json'], 'preset: wrong', { 'other.json': '{"rules": {"permissive-mtls": "off"}}' })).toEqual(
      [],
    );
  });

  it('stands below the command line', async () => {
    expect(await reported(['--rule', 'permissive-mtls=error'], 'rules: { permissive-mtls: "off" }')).toEqual(
      everywhere.map((line) => line.replace('warning', 'error')),
    );
    expect(await reported(['--only', 'permissive-mtls'], 'rules: { permissive-mtls: "off" }')).toEqual(everywhere);
    const { options } = await play(['--istio-version', '1.25', '--complete', '-q', 'a.yaml'], {
      ...files,
      'meshlint.yaml':
        'istioVersion: "1.20"\ndefaultNamespace: shop\nmeshes: [{ name: x, paths: [.], istioVersion: "1.19", complete: false }]',
    });
    expect(options).toMatchObject({
      istioVersion: '1.25',
      defaultNamespace: 'shop',
      complete: true,
      meshes: [{ name: 'x', complete: undefined, istioVersion: undefined }],
    });
  });

  it('says from what severity on the exit code is 1', async () => {
    expect((await play(['a.yaml'], { ...files, 'meshlint.yaml': 'failOn: error' })).code).toBe(0);
    expect((await play(['a.yaml', '--fail-on', 'info'], { ...files, 'meshlint.yaml': 'failOn: error' })).code).toBe(1);
  });

  it('has other severities in some paths and namespaces, the last of which counts', async () => {
    expect(await reported([], 'overrides: [{ paths: [sub], rules: { permissive-mtls: error } }]')).toEqual([
      'a.yaml warning',
      'sub/b.yaml error',
      'sub/deep/c.yaml error',
    ]);
    expect(await reported([], 'overrides: [{ paths: ["sub/*.yaml"], rules: { permissive-mtls: "off" } }]')).toEqual([
      'a.yaml warning',
      'sub/deep/c.yaml warning',
    ]);
    expect(
      await reported(
        [],
        'overrides: [{ namespaces: [b, c], rules: { permissive-mtls: "off" } }, { namespaces: [c], rules: { permissive-mtls: info } }]',
      ),
    ).toEqual(['a.yaml warning', 'sub/deep/c.yaml info']);
    expect(
      await reported([], 'rules: { permissive-mtls: "off" }\noverrides: [{ namespaces: [a], rules: { permissive-mtls: error } }]'),
    ).toEqual(['a.yaml error']);
  });

  it('leaves out files, as a .gitignore in its folder would', async () => {
    expect(await reported([], 'exclude: [sub/deep/, "!x"]')).toEqual(everywhere.slice(0, 2));
    expect(await reported(['--exclude', 'a.yaml'], 'exclude: [/sub/b.yaml]')).toEqual(everywhere.slice(2));
  });

  it('names the files of the mesh relative to itself', async () => {
    const { options, stderr, sources } = await play(['a.yaml', '-q', '--config', 'sub/my.yaml'], {
      ...files,
      'sub/my.yaml':
        'meshConfig: mesh.yaml\nmeshes: [{ name: dev, paths: [.], meshNetworks: ../networks.yaml }, { name: prod, paths: [../a.yaml] }]',
      'sub/mesh.yaml': 'rootNamespace: x',
      'networks.yaml': 'networks: {}',
    });
    expect(stderr).toBe('');
    expect(sources).toHaveLength(1);
    expect(options).toMatchObject({
      folder: '..',
      meshConfig: { path: 'sub/mesh.yaml' },
      meshes: [{ meshNetworks: { path: 'networks.yaml' } }, {}],
    });
  });

  it('may lie below the current folder', async () => {
    const config =
      'meshes: [{ name: own, paths: [.] }, { name: other, paths: [../b.yaml] }]\noverrides: [{ paths: [c], rules: { permissive-mtls: info } }]';
    const input = { 'sub/meshlint.yaml': config, 'sub/a.yaml': policy('a'), 'sub/c/c.yaml': policy('c'), 'b.yaml': policy('b') };
    expect(await reported(['--config', 'sub/meshlint.yaml', '.'], '', input)).toEqual([
      'b.yaml warning',
      'sub/a.yaml warning',
      'sub/b.yaml warning',
      'sub/c/c.yaml info',
      'sub/deep/c.yaml warning',
    ]);
  });

  it('says what reviewers allow to be suppressed', async () => {
    const text = policy('a').replace('spec:', 'spec: # meshlint-disable permissive-mtls\n ');
    expect(await reported(['a.yaml'], '', { 'a.yaml': text })).toEqual([]);
    expect(await reported(['a.yaml'], 'suppressions: { never: [permissive-mtls] }', { 'a.yaml': text })).toEqual(['a.yaml warning']);
    expect(await reported(['a.yaml', '--no-inline-suppressions'], 'suppressions: { inline: true }', { 'a.yaml': text })).toEqual([
      'a.yaml warning',
    ]);
  });
});

describe('a mistake in the configuration', () => {
  it.each([
    ['rules:\n  weight-sums: error', 'meshlint.yaml:2:3: there is no rule "weight-sums"; did you mean "weight-sum"?'],
    ['preset: strict\nfailon: error', 'meshlint.yaml:2:1: there is no setting "failon"; did you mean "failOn"?'],
    ['rules: { weight-sum: fatal }', 'meshlint.yaml:1:22: "weight-sum" is off, info, warning or error'],
    ['a: [', 'meshlint.yaml:'],
    ['a: 1\na: 2', 'meshlint.yaml:2:1: '],
    ['preset: all\n---\npreset: strict', 'meshlint.yaml:3:1: a configuration is one document'],
    ['plugins: [./own.mjs]', 'asks for the plugin "./own.mjs"'],
    ['meshConfig: mash.yaml', 'does not exist'],
    ['&a preset: *a', 'meshlint.yaml:1:'],
  ])('%j is wrong usage, with its place', async (text, message) => {
    const { code, stderr, stdout } = await play([], { ...files, 'meshlint.yaml': text });
    expect([code, stderr, stdout]).toEqual([3, expect.stringContaining(message), '']);
  });

  it('in the command line is said too', async () => {
    expect(await play(['--config', 'meshlnt.yaml'], { ...files, 'meshlint.yaml': '' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('did you mean "meshlint.yaml"?') as unknown,
    });
    expect(await play(['--config', 'sub'], files)).toMatchObject({ code: 3, stderr: expect.stringContaining('is a folder') as unknown });
    expect(await play(['--config', 'a.yaml/x'], files)).toMatchObject({ code: 3 });
    expect(await play(['--config', 'x', '--no-config'], files)).toMatchObject({ code: 3 });
    expect(await play([], { ...files, 'meshlint.yaml': '', '.meshlint.json': '{}' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('two configurations') as unknown,
    });
    expect(await play([], { ...files, 'meshlint.yaml': `# ${'x'.repeat(1024 * 1024)}` })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('larger than 1 MiB') as unknown,
    });
  });
});

describe('--print-config', () => {
  it('prints what holds, as a configuration that says the same', async () => {
    const configuration =
      'preset: strict\nrules: { weight-sum: "off" }\nexclude: [x/]\noverrides: [{ paths: [sub], rules: { weight-sum: info } }]\nmeshConfig: a.yaml';
    const argv = ['--print-config', '--fail-on', 'error', '--rule', 'permissive-mtls=info'];
    const { code, stdout, sources } = await play(argv, { ...files, 'meshlint.yaml': configuration });
    expect([code, sources]).toEqual([0, []]);
    expect(JSON.parse(stdout)).toMatchObject({
      preset: 'strict',
      rules: { 'weight-sum': 'off', 'permissive-mtls': 'info' },
      failOn: 'error',
      exclude: ['x/'],
      meshConfig: 'a.yaml',
      suppressions: { inline: true },
    });
    expect((await play(['--print-config'], { ...files, 'meshlint.yaml': stdout })).stdout).toBe(stdout);
    expect((await play(['--print-config'], files)).code).toBe(0);
  });
});
