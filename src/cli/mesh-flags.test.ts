import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';

describe('--context', () => {
  const files = { 'a.yaml': policy('a'), 'ctx/b.yaml': policy('b'), 'ctx/c.yaml': policy('c') };
  const read = async (...argv: string[]): Promise<readonly string[]> =>
    (await play(argv, files)).sources.map(({ path, context }) => (context === true ? `${path} (context)` : path));

  it('is read and never reported on, and the nearer name of a file holds', async () => {
    expect(await read('.', '--context', 'ctx')).toEqual(['a.yaml', 'ctx/b.yaml (context)', 'ctx/c.yaml (context)']);
    expect(await read('ctx', '--context', '.')).toEqual(['ctx/b.yaml', 'ctx/c.yaml', 'a.yaml (context)']);
    expect(await read('ctx/b.yaml', '--context', 'ctx')).toEqual(['ctx/b.yaml', 'ctx/c.yaml (context)']);
    expect(await read('.', '--context', '.')).toEqual(['a.yaml', 'ctx/b.yaml', 'ctx/c.yaml']);
    expect(await read('.', '--context', 'ctx/*.yaml')).toEqual(['a.yaml', 'ctx/b.yaml (context)', 'ctx/c.yaml (context)']);
    const { stdout } = await play(['-f', 'concise', '.', '--context', 'ctx'], files);
    expect(stdout).toContain('a.yaml');
    expect(stdout).not.toContain('ctx/');
  });

  it('may be standard input, unless that is linted already', async () => {
    expect((await play(['a.yaml', '--context', '-'], files, policy('z'))).sources).toMatchObject([
      { path: 'a.yaml' },
      { path: '-', context: true },
    ]);
    const { code, stderr } = await play(['-', '--context', '-'], files);
    expect([code, stderr]).toEqual([3, expect.stringContaining('standard input is both')]);
  });

  it('must exist', async () => {
    expect(await play(['.', '--context', 'ctxx'], files)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('did you mean "ctx"?') as unknown,
    });
  });
});

describe('--mesh-config and --mesh-networks', () => {
  const files = { 'a.yaml': policy('mesh-root'), 'mesh.yaml': 'rootNamespace: mesh-root', 'bad.yaml': 'a: [' };

  it('are files that are read as such', async () => {
    const { code, options } = await play(
      ['a.yaml', '--mesh-config', 'mesh.yaml', '--mesh-networks=mesh.yaml', '--fail-on', 'never'],
      files,
    );
    expect(code).toBe(0);
    expect(options).toMatchObject({ meshConfig: { path: 'mesh.yaml' }, meshNetworks: { path: 'mesh.yaml' } });
    expect((await play(['a.yaml', '--mesh-config', '-', '--fail-on', 'never'], files, 'rootNamespace: x')).code).toBe(0);
  });

  it.each([
    ['meshh.yaml', 'did you mean "mesh.yaml"?'],
    ['bad.yaml', '"bad.yaml" can\'t be read'],
    ['', 'is empty'],
    ['.', 'is a folder'],
  ])('are wrong usage when they are %j', async (file, message) => {
    const { code, stderr } = await play(['a.yaml', '--mesh-config', file], files);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });
});

describe('--namespace', () => {
  it('reports only on these', async () => {
    const files = { 'a.yaml': policy('a') + '---' + policy('b') + '---' + policy('c') };
    const { stdout, options } = await play(['-n', 'a,b', '--namespace=b', '-f', 'concise', '.'], files);
    expect(options.namespaces).toEqual(['a', 'b', 'b']);
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect((await play(['-n', 'A', '.'], files)).code).toBe(3);
  });
});

describe('--istio-version', () => {
  it('is one version, or a range', async () => {
    const files = { 'a.yaml': policy('a') };
    expect((await play(['--istio-version', '1.26-1.28', '.'], files)).options.istioVersion).toBe('1.26-1.28');
    expect(await play(['--istio-version', 'new', '.'], files)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no Istio version') as unknown,
    });
  });
});

describe('--gateway-api', () => {
  const route = (more: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules:
    - backendRefs: [{ name: web, port: 80 }]
      ${more}
`;
  const retry = { 'a.yaml': route('retry: { attempts: 3 }') };

  it('says which channel is installed, where the configuration may say it too', async () => {
    expect((await play(['.'], retry)).code).toBe(0);
    expect((await play(['--gateway-api', 'experimental', '.'], retry)).code).toBe(0);
    const { code, stdout } = await play(['--gateway-api', 'standard', '-f', 'concise', '.'], retry);
    expect([code, stdout]).toEqual([1, expect.stringContaining('[not-in-standard-channel]')]);
    const configured = { ...retry, 'meshlint.yaml': 'gatewayApi: standard' };
    expect((await play(['.'], configured)).code).toBe(1);
    expect((await play(['--gateway-api=experimental', '.'], configured)).code).toBe(0);
    expect((await play(['--gateway-api', 'alpha', '.'], retry)).code).toBe(3);
  });

  it('leaves out what only the experimental channel looks at', async () => {
    const odd = { 'a.yaml': route('matches: [{ headers: [{ name: x, value: "a\tb  c" }] }]') };
    expect((await play(['.'], odd)).code).toBe(1);
    expect((await play(['--gateway-api', 'standard', '.'], odd)).code).toBe(0);
  });
});
