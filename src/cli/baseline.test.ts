import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/baseline.schema.json' with { type: 'json' };
import { entryOf, baselineText } from '../node/baseline.ts';
import { playground, policy } from './play.test-support.ts';

const files = { 'a.yaml': policy('shop'), 'k8s/b.yaml': policy('payments') };
const baselineOf = (...names: readonly string[]): string =>
  [
    ...baselineText(
      names.map((name) => ({ file: `${name}.yaml`, rule: 'permissive-mtls', fingerprint: '0123456789abcdef' })),
      '/',
      '/',
    ),
  ].join('');

describe('a baseline', () => {
  it('accepts what is there, and nothing else', async () => {
    const { play, folder } = playground(files);
    expect(await play(['baseline', 'create'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'meshlint: 2 findings written to "meshlint-baseline.json"\n',
    });
    const accepted = await play(['--baseline', 'meshlint-baseline.json']);
    expect(accepted).toMatchObject({ code: 0, stderr: '' });
    expect(accepted.stdout).toBe('no new problems found\nread 2 files, 2 resources; 2 findings in the baseline\n');

    writeFileSync(join(folder, 'c.yaml'), policy('other'));
    const { code, stdout } = await play(['--baseline', 'meshlint-baseline.json', '-f', 'concise', '-q']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^c\.yaml:5:[^\n]+\n$/);
  });

  it('is one sorted line for each finding, without absolute paths, as its schema says', async () => {
    const { play, folder } = playground({ ...files, 'base/line.json': baselineOf() });
    expect(await play(['baseline', 'create', 'base/line.json', 'k8s', 'a.yaml'])).toMatchObject({ code: 0 });
    const text = readFileSync(join(folder, 'base/line.json'), 'utf8');
    expect(text.split('\n').map((line) => line.replace(/[0-9a-f]{16}/, '…'))).toEqual([
      '{',
      expect.stringContaining('"$schema": "https://'),
      '  "version": 1,',
      '  "findings": [',
      '    {"file":"../a.yaml","rule":"permissive-mtls","resource":"PeerAuthentication shop/default","path":"/spec/mtls/mode","fingerprint":"…"},',
      '    {"file":"../k8s/b.yaml","rule":"permissive-mtls","resource":"PeerAuthentication payments/default","path":"/spec/mtls/mode","fingerprint":"…"}',
      '  ]',
      '}',
      '',
    ]);
    expect(text).not.toContain(folder);
    expect(new Ajv2020().validate(schema, JSON.parse(text))).toBe(true);
    expect(new Ajv2020().validate(schema, JSON.parse(baselineOf()))).toBe(true);
    expect(new Ajv2020().validate(schema, { version: 1, findings: [{ file: 'a' }] })).toBe(false);
    // The same from another folder.
    expect(await play(['lint', '--baseline', 'line.json', '..'], 'base')).toMatchObject({ code: 0 });
  });

  it('stays in SARIF as unchanged, and in no other report', async () => {
    const { play, folder } = playground(files);
    await play(['baseline', 'create', 'b.json', 'a.yaml']);
    const reports = ['sarif', 'json', 'github', 'junit'].flatMap((format) => ['-f', `${format}=out.${format}`]);
    expect(await play(['lint', '--baseline', 'b.json', ...reports])).toMatchObject({ code: 1 });
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const { runs } = JSON.parse(read('out.sarif')) as { runs: [{ results: { baselineState: string; locations: object[] }[] }] };
    expect(runs[0].results).toMatchObject([
      { baselineState: 'unchanged', locations: [{ physicalLocation: { artifactLocation: { uri: 'a.yaml' } } }] },
      { baselineState: 'new', locations: [{ physicalLocation: { artifactLocation: { uri: 'k8s/b.yaml' } } }] },
    ]);
    expect(JSON.parse(read('out.json'))).toMatchObject({
      summary: { known: { baseline: 1 } },
      findings: [{ location: { file: 'k8s/b.yaml' } }],
    });
    for (const name of ['out.github', 'out.junit']) {
      expect(read(name)).toContain('k8s/b.yaml');
      expect(read(name)).not.toContain('a.yaml');
    }
    // A run without a baseline says nothing about it.
    await play(['lint', '-f', 'sarif=plain.sarif', '-f', 'json=plain.json']);
    expect(read('plain.sarif')).not.toContain('baselineState');
    expect(read('plain.json')).not.toContain('"known"');
  });

  it('is said to be outdated, and pruned of what no longer occurs', async () => {
    const { play, folder } = playground({ ...files, 'c.yaml': policy('three') });
    await play(['baseline', 'create']);
    writeFileSync(join(folder, 'a.yaml'), policy('shop').replace('PERMISSIVE', 'STRICT'));
    rmSync(join(folder, 'c.yaml'));
    const lint = await play(['--baseline', 'meshlint-baseline.json']);
    expect(lint.code).toBe(0);
    expect(lint.stdout).toContain(
      'note[baseline-outdated]: meshlint-baseline.json: 2 findings of the baseline no longer occur; meshlint baseline prune takes them out',
    );
    // What was not looked at may well be there.
    expect((await play(['lint', '--baseline', 'meshlint-baseline.json', 'k8s'])).stdout).toContain(
      ': 1 finding of the baseline no longer occurs',
    );
    expect((await play(['--baseline', 'meshlint-baseline.json', '--only', 'subset-not-found'])).stdout).not.toContain('outdated');
    expect((await play(['--baseline', 'meshlint-baseline.json', '-n', 'three'])).stdout).not.toContain('outdated');

    expect(await play(['baseline', 'prune'])).toMatchObject({
      code: 0,
      stderr: 'meshlint: 2 findings taken out of "meshlint-baseline.json", 1 left\n',
    });
    const text = readFileSync(join(folder, 'meshlint-baseline.json'), 'utf8');
    expect(text).toContain('k8s/b.yaml');
    expect(text).not.toContain('"a.yaml"');
    expect(await play(['baseline', 'prune'])).toMatchObject({ code: 0, stderr: expect.stringContaining('0 findings taken out') as string });
    expect(readFileSync(join(folder, 'meshlint-baseline.json'), 'utf8')).toBe(text);
  });

  it('accepts broken text too, and is not pruned when something could not be read', async () => {
    const broken = 'apiVersion: v1\nkind: Service\nmetadata: [\n';
    const { play, folder } = playground({ ...files, 'broken.yaml': broken });
    expect(await play(['baseline', 'create'])).toMatchObject({ code: 0 });
    expect(await play(['--baseline', 'meshlint-baseline.json'])).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'more.yaml'), broken);
    expect(await play(['--baseline', 'meshlint-baseline.json'])).toMatchObject({ code: 2 });
    expect(await play(['baseline', 'prune'])).toMatchObject({ code: 2, stderr: expect.stringContaining('left as it is') as string });
  });

  it.each<[string, readonly string[], string, string]>([
    ['is not there', ['lint', '--baseline', 'gone.json'], '', 'the baseline "gone.json" does not exist'],
    ['is a folder', ['lint', '--baseline', 'k8s'], '', '"k8s" is a folder'],
    ['is no JSON', ['lint', '--baseline', 'b.json'], '{ "version": 1,\n  <<<<<<< HEAD\n', 'meshlint: b.json:'],
    ['has no findings', ['lint', '--baseline', 'b.json'], '{ "version": 1 }', 'b.json:1:1: this is no baseline'],
    ['is a manifest', ['lint', '--baseline', 'a.yaml'], '', 'a.yaml:2:1: this is no baseline'],
    [
      'is of another version',
      ['lint', '--baseline', 'b.json'],
      baselineOf('a').replace('"version": 1', '"version": 2'),
      'b.json:3:14: the version',
    ],
    [
      'lacks something',
      ['lint', '--baseline', 'b.json'],
      baselineOf('a', 'b').replace('"rule"', '"role"'),
      'b.json:5:5: the finding has no rule',
    ],
    [
      'has a number for a word',
      ['lint', '--baseline', 'b.json'],
      baselineOf('a').replace('"a.yaml"', '5'),
      'b.json:5:13: file is a string',
    ],
    [
      'has no fingerprint',
      ['lint', '--baseline', 'b.json'],
      baselineOf('a').replace('abcdef', 'xyz'),
      'a fingerprint is 16 hexadecimal digits',
    ],
    ['would take the place of a manifest', ['baseline', 'create', 'b.json'], '{ "kind": "Service" }', 'b.json:1:1: this is no baseline'],
    ['is to be pruned and is not there', ['baseline', 'prune'], '', 'the baseline "meshlint-baseline.json" does not exist'],
    ['is to be pruned in part', ['baseline', 'prune', '-n', 'shop'], '', 'takes no --namespace'],
    ['has a verb that there is not', ['baseline', 'crate'], '', 'did you mean baseline create?'],
    ['has no verb', ['baseline'], '', 'meshlint baseline create or meshlint baseline prune'],
    ['is reported', ['baseline', 'create', '-f', 'json'], '', 'baseline create takes no --format'],
  ])('is refused with the place when it %s', async (_, argv, text, message) => {
    const { play, folder } = playground(text === '' ? files : { ...files, 'b.json': text });
    const { code, stdout, stderr } = await play(argv);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(message);
    if (text !== '') expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe(text);
  });

  it('is a command, unless it is a folder', async () => {
    const { play } = playground({ 'baseline/a.yaml': policy('shop') });
    expect(await play(['baseline'])).toMatchObject({ code: 3, stderr: expect.stringContaining('./baseline') as string });
    expect(await play(['./baseline'])).toMatchObject({ code: 1 });
  });

  it('names what it holds for people', async () => {
    const { play } = playground(files);
    const { result } = await play(['lint']);
    expect(result?.findings.map(entryOf)[0]).toMatchObject({ resource: 'PeerAuthentication shop/default', rule: 'permissive-mtls' });
  });
});
