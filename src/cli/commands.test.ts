import { afterEach, describe, expect, it } from 'vitest';
import type { Output } from '../node/output.ts';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import type { DescribedRule } from '../report/described.ts';
import { explain } from '../report/explain.ts';
import { problemMatcher } from '../report/problem-matchers.ts';
import { ownRule, permissiveMtls, sampleDocs, subsetNotFound } from '../report/samples.ts';
import { commandNames } from './option-table.ts';
import { run } from './run.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const kiali = { tool: 'kiali', code: 'KIA1107' } as const;
const rules: readonly DescribedRule[] = [
  { ...permissiveMtls, aliases: ['plaintext-allowed'] },
  subsetNotFound,
  { ...ownRule, equivalents: [kiali] },
];

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly linted: readonly string[];
}

async function play(argv: readonly string[], files: Parameters<typeof temporaryFolder>[0] = {}, terminal = false): Promise<Outcome> {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const text = { stdout: '', stderr: '' };
  const linted: string[] = [];
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTerminal: () => terminal,
    write(more) {
      text[name] += more;
      return true;
    },
  });
  const code = await run(argv, {
    cwd: folder.path,
    env: {},
    stdin: { isTerminal: () => false, read: () => '' },
    stdout: output('stdout'),
    stderr: output('stderr'),
    lint(sources) {
      for (const { path } of sources) linted.push(path);
      const summary = { files: linted.length, resources: 1, skipped: {}, unknown: {}, suppressed: 0 };
      return Promise.resolve({ findings: [], summary, notifications: [], complete: true });
    },
    openSession: () => Promise.reject(new Error('nothing is watched here')),
    loadRules: () => Promise.resolve(rules),
    loadDocs: () => Promise.resolve(sampleDocs),
  });
  return { code, ...text, linted };
}

describe('meshlint rules', () => {
  it('lists the rules, as a table or as JSON', async () => {
    const table = await play(['rules']);
    expect(table).toMatchObject({ code: 0, stderr: '', linted: [] });
    expect(table.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'RULE',
      'permissive-mtls',
      'subset-not-found',
      'team-label',
      '',
    ]);
    const json = await play(['rules', '--format=json']);
    expect((JSON.parse(json.stdout) as { id: string }[]).map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it('finds those that are equivalent to a code of another tool', async () => {
    const ids = async (code: string): Promise<string[]> =>
      (JSON.parse((await play(['rules', '-f', 'json', '--equivalent', code])).stdout) as { id: string }[]).map(({ id }) => id);
    expect(await ids('IST0101')).toEqual(['subset-not-found']);
    expect(await ids('kia1107')).toEqual(['subset-not-found', 'team-label']);
    expect(await play(['rules', '--equivalent', 'IST0110'])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: 'meshlint: no rule is equivalent to "IST0110"\n  did you mean IST0101?\n',
    });
  });

  it('is coloured on a terminal only', async () => {
    expect((await play(['rules'], {}, true)).stdout).toContain('\u001b[1;31merror');
    expect((await play(['rules', '--color', 'never'], {}, true)).stdout).not.toContain('\u001b');
    expect((await play(['rules'])).stdout).not.toContain('\u001b');
  });
});

describe('meshlint explain', () => {
  it('says what a rule is about', async () => {
    const expected = explain(subsetNotFound, sampleDocs.get('subset-not-found') ?? expect.fail(), { color: false });
    expect(await play(['explain', 'subset-not-found'])).toMatchObject({ code: 0, stdout: expected, stderr: '' });
    expect((await play(['explain', 'subset-not-found'], {}, true)).stdout).toContain('\u001b[1;31msubset-not-found');
    expect((await play(['explain', 'plaintext-allowed'])).stdout).toMatch(/^permissive-mtls: /);
    expect((await play(['explain', 'team-label'])).stdout).toMatch(/^team-label: /);
  });

  it.each([
    ['subset-not-fuond', 'did you mean subset-not-found?'],
    ['subset', 'did you mean subset-not-found?'],
    ['IST0101', 'the rule for that code is subset-not-found'],
    ['kia1107', 'for the rules of that code: meshlint rules --equivalent KIA1107'],
    ['xyz', 'meshlint rules lists them'],
  ])('says what may have been meant by %s', async (name, hint) => {
    expect(await play(['explain', name])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: `meshlint: there is no rule "${name}"\n  ${hint}\n`,
    });
  });
});

describe('meshlint problem-matcher', () => {
  it.each(['vscode', 'github'] as const)('prints the one for %s', async (tool) => {
    expect(await play(['problem-matcher', '--for', tool])).toMatchObject({ code: 0, stdout: problemMatcher(tool), stderr: '' });
  });

  it('wants to know for what', async () => {
    expect(await play(['problem-matcher'])).toMatchObject({
      code: 3,
      stderr: 'meshlint: problem-matcher needs --for vscode or --for github\n',
    });
    expect((await play(['problem-matcher', '--for', 'vim'])).stderr).toContain('it takes vscode or github');
  });
});

describe('meshlint completion', () => {
  it('wants a shell that there is', async () => {
    expect((await play(['completion', 'bash'])).stdout).toContain('permissive-mtls subset-not-found team-label');
    expect(await play(['completion', 'tcsh'])).toMatchObject({
      code: 3,
      stderr: 'meshlint: there is no completion for "tcsh"\n  there is one for bash, zsh and fish\n',
    });
  });
});

describe('a command', () => {
  it.each([
    [['explain'], 'explain needs a RULE: meshlint explain RULE'],
    [['completion'], 'completion needs a SHELL: meshlint completion SHELL'],
    [['explain', 'a', 'b'], 'explain does not take "b"'],
    [['rules', 'mesh/'], 'rules does not take "mesh/"'],
    [['problem-matcher', 'vscode'], 'problem-matcher does not take "vscode"'],
    [['rules', '--complete'], 'rules takes no --complete'],
    [['explain', 'team-label', '-f', 'json'], 'explain takes no --format'],
    [['rules', '-f', 'sarif'], '"sarif" is no value of --format; it takes text or json'],
    [['completion', 'bash', '--for', 'vscode'], 'completion takes no --for'],
  ])('that is not right is refused: %j', async (argv, message) => {
    const { code, stdout, stderr } = await play(argv);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([3, '', `meshlint: ${message}`]);
  });

  it.each(commandNames)('that is also a path is refused where it stands alone: %s', async (name) => {
    const files = { [`${name}/a.yaml`]: 'kind: Service' };
    const { code, stdout, stderr } = await play([name], files);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(
      `meshlint: "${name}" is a command, and there is a file or folder of that name\n  write ./${name} for the path; `,
    );
    expect((await play([`./${name}`], files)).linted).toEqual([`${name}/a.yaml`]);
    expect((await play(['lint', name], files)).linted).toEqual([`${name}/a.yaml`]);
    expect((await play(['--', name], files)).linted).toEqual([`${name}/a.yaml`]);
  });

  it('that is also a path is understood where it can mean nothing else', async () => {
    const files = Object.fromEntries(commandNames.map((name) => [`${name}/a.yaml`, '']));
    for (const argv of [
      ['rules', '--equivalent', 'IST0101'],
      ['explain', 'team-label'],
      ['problem-matcher', '--for', 'github'],
      ['completion', 'zsh'],
    ]) {
      expect((await play(argv, files)).code).toBe(0);
    }
    // What lint takes as well says nothing.
    expect((await play(['rules', '-f', 'json'], files)).code).toBe(3);
  });

  it('that was mistyped is suggested', async () => {
    expect((await play(['explian', 'x'])).stderr).toBe('meshlint: "explian" does not exist\n  did you mean the command explain?\n');
    expect((await play(['rule'])).stderr).toContain('did you mean the command rules?');
    expect((await play(['problem-matchers'])).stderr).toContain('did you mean the command problem-matcher?');
    expect((await play(['compeltion'], { 'completions/a.yaml': '' })).stderr).toContain(
      'did you mean "completions"? Or did you mean the command completion?',
    );
    expect((await play(['lint', 'explian'])).stderr).not.toContain('command');
    expect((await play(['mesh', 'explian'], { 'mesh/a.yaml': '' })).stderr).not.toContain('command');
    expect((await play(['a/rule'])).stderr).not.toContain('command');
  });
});
