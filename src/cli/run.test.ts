import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LintOptions, UsageError } from '../engine/options.ts';
import type { Output } from '../node/output.ts';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import type { Finding, LintResult, Notification } from '../rule/finding.ts';
import type { RuleDocs, Severity } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';
import { formats } from './option-table.ts';
import type { Environment, ExitCode } from './environment.ts';
import { run } from './run.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

function finding(severity: Severity): Finding {
  const location = {
    file: 'a.yaml',
    start: { line: 1, column: 1 },
    end: { line: 1, column: 5 },
    range: { start: 0, end: 4 },
    lines: ['kind: Service'],
  };
  return {
    rule: { id: 'sample', title: 'A sample', category: 'hygiene', severity, presets: [], since: '0.1.0' },
    severity,
    message: 'something is wrong',
    location,
    related: [],
    equivalents: [],
    fingerprint: '0123456789abcdef',
    url: '',
  };
}

interface Scene {
  readonly files?: Parameters<typeof temporaryFolder>[0];
  readonly cwd?: string;
  readonly severities?: readonly Severity[];
  readonly notifications?: readonly Notification[];
  readonly skipped?: Readonly<Record<string, number>>;
  readonly complete?: boolean;
  readonly stdin?: string;
  readonly terminal?: boolean;
  readonly fails?: Error;
  readonly env?: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  readonly read: readonly string[];
  readonly options: LintOptions | undefined;
  readonly docsLoaded: boolean;
}

/** Runs a command line in a folder of its own, with an analysis that finds what the scene says. */
async function play(argv: readonly string[], scene: Scene = {}): Promise<Outcome> {
  const { severities = [], notifications = [], skipped = {}, complete = true, terminal = false } = scene;
  const cwd = scene.cwd ?? folderWith(scene.files ?? { 'a.yaml': 'kind: Service' });
  const text = { stdout: '', stderr: '' };
  const read: string[] = [];
  let options: LintOptions | undefined;
  let docsLoaded = false;
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTerminal: () => terminal,
    write(more) {
      text[name] += more;
      return true;
    },
  });
  const environment: Environment = {
    cwd,
    env: scene.env ?? {},
    stdin: { isTerminal: () => terminal, read: () => scene.stdin ?? '' },
    stdout: output('stdout'),
    stderr: output('stderr'),
    lint(sources: Iterable<Source>, given: LintOptions): Promise<LintResult> {
      options = given;
      for (const source of sources) read.push(`${source.path}: ${source.read()}`);
      if (scene.fails !== undefined) return Promise.reject(scene.fails);
      const summary = { files: read.length, resources: read.length, skipped, unknown: {}, suppressed: 0 };
      return Promise.resolve({ findings: severities.map(finding), summary, notifications, complete });
    },
    openSession: () => Promise.reject(new Error('nothing is watched here')),
    loadRules: () => Promise.resolve([]),
    loadDocs() {
      docsLoaded = true;
      return Promise.resolve(new Map<string, RuleDocs>());
    },
  };
  const code = await run(argv, environment);
  return { code, ...text, read, options, docsLoaded };
}

const unreadable: Notification = { level: 'error', kind: 'unreadable', message: "can't be read: permission denied", file: 'b.yaml' };

describe('the exit code', () => {
  it.each<[Severity[], string, ExitCode]>([
    [[], 'warning', 0],
    [['info'], 'warning', 0],
    [['info', 'warning'], 'warning', 1],
    [['error'], 'warning', 1],
    [['warning'], 'error', 0],
    [['error'], 'error', 1],
    [['info'], 'info', 1],
    [['error'], 'never', 0],
  ])('for %j with --fail-on %s is %i, for every format', async (severities, failOn, code) => {
    for (const format of formats) {
      expect((await play(['-f', format, '--fail-on', failOn], { severities })).code).toBe(code);
    }
  });

  it('is 2 when the run is not complete, whatever was found and whatever fails', async () => {
    const scene: Scene = { severities: ['error'], complete: false, notifications: [unreadable] };
    for (const argv of [[], ['--fail-on', 'never'], ['-q'], ...formats.map((format) => ['-f', format])]) {
      expect((await play(argv, scene)).code).toBe(2);
    }
  });

  it('is 2 when a file was not found as it lies there, though the analysis knows nothing of it', async () => {
    const outcome = await play(['-f', 'json'], { files: { 'a.yaml': '', 'gone.yaml': { link: 'nowhere' } } });
    expect(outcome.code).toBe(2);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ notifications: [{ level: 'error', kind: 'unreadable', file: 'gone.yaml' }] });
  });

  it('is 3 for wrong usage, and then nothing is on standard output', async () => {
    for (const argv of [['--nonsense'], ['gone.yaml'], ['-f', 'text', '-f', 'json'], ['-f', 'json=gone/x.json'], ['lint', '']]) {
      expect(await play(argv)).toMatchObject({ code: 3, stdout: '', read: [] });
    }
    expect(await play([], { fails: new UsageError('there is no rule "x"', 'did you mean "y"?') })).toMatchObject({
      code: 3,
      stderr: 'meshlint: there is no rule "x"\n  did you mean "y"?\n',
    });
  });

  it('is 2 for a bug of ours, which is said with its stack and where to report it', async () => {
    const { code, stdout, stderr } = await play([], { fails: new TypeError('x is not a function') });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^meshlint: this is a bug in meshlint .* https:\/\/\S+\/issues .*\nTypeError: x is not a function\n +at /);
  });
});

describe('standard output', () => {
  it('carries only the report, and standard error the summary', async () => {
    const { stdout, stderr } = await play(['--format', 'json'], { severities: ['warning'] });
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'sample' }] });
    expect(stderr).toContain('1 warning in 1 file');
  });

  it('has the summary itself in the text report', async () => {
    const { stdout, stderr } = await play([], { severities: ['warning'] });
    expect(stdout).toContain('something is wrong');
    expect(stdout).toContain('1 warning in 1 file');
    expect(stderr).toBe('');
  });

  it('has no summary with --quiet, but why a run is not complete is always said', async () => {
    expect(await play(['-q'])).toMatchObject({ stdout: '', stderr: '' });
    expect(await play(['-q', '-f', 'json'])).toMatchObject({ stderr: '' });
    for (const argv of [['-q'], ['-q', '-f', 'sarif']]) {
      const { stderr } = await play(argv, { complete: false, notifications: [unreadable, { ...unreadable, level: 'warning' }] });
      expect(stderr).toBe('meshlint: "b.yaml": can\'t be read: permission denied\n');
    }
  });

  it('is coloured for a terminal only', async () => {
    const escape = '\u001b[';
    expect((await play([], { severities: ['error'], terminal: true })).stdout).toContain(escape);
    expect((await play([], { severities: ['error'] })).stdout).not.toContain(escape);
    expect((await play(['--color', 'always'], { severities: ['error'] })).stdout).toContain(escape);
    expect((await play([], { severities: ['error'], env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await play([], { severities: ['error'], terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(escape);
    for (const format of ['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'azure', 'markdown'])
      expect((await play(['-q', '-f', format, '--color', 'always'], { severities: ['error', 'info'] })).stdout).not.toContain('\u001b');
  });

  it('has paths from the root of the repository where that is how they are read', async () => {
    const files = { '.git/HEAD': 'ref: x', '.git/objects/x': '', '.git/refs/x': '', 'sub/a.yaml': '' };
    const cwd = join(folderWith(files), 'sub');
    const path = async (format: string): Promise<string | undefined> => {
      const { stdout } = await play(['-f', format], { cwd, severities: ['error'] });
      return /[\w/]*\ba\.yaml/.exec(stdout)?.[0];
    };
    for (const format of ['sarif', 'github', 'gitlab', 'azure', 'markdown'])
      expect([format, await path(format)]).toEqual([format, 'sub/a.yaml']);
    for (const format of ['concise', 'json', 'junit', 'checkstyle', 'rdjson'])
      expect([format, await path(format)]).toEqual([format, 'a.yaml']);
  });

  it('is empty when all reports go to files', async () => {
    const cwd = folderWith({ 'a.yaml': '' });
    const { stdout, stderr } = await play(['-f', 'json=out.json', '-f', 'text=out.txt'], { cwd, severities: ['error'], terminal: true });
    expect(stdout).toBe('');
    expect(stderr).toContain('in 1 file');
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toMatchObject({ findings: [{ severity: 'error' }] });
    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).not.toContain('\u001b');
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'out.json', 'out.txt']);
  });
});

describe('a run', () => {
  it('reads the current folder, or what is named, or standard input', async () => {
    const files = { 'a.yaml': 'A', 'b/c.yaml': 'C', 'd.txt': 'D' };
    expect((await play([], { files })).read).toEqual(['a.yaml: A', 'b/c.yaml: C']);
    expect((await play(['lint', 'b', 'd.txt'], { files })).read).toEqual(['b/c.yaml: C', 'd.txt: D']);
    expect(await play(['lint', '-', 'b'], { files, stdin: 'piped' })).toMatchObject({ read: ['-: piped', 'b/c.yaml: C'], stderr: '' });
  });

  it('says that it waits when standard input is a terminal', async () => {
    expect((await play(['-'], { terminal: true })).stderr).toBe('meshlint: reading from standard input; Ctrl-D ends it\n');
  });

  it('hands on what was asked for, and asks for line hashes only for SARIF', async () => {
    expect((await play(['--preset', 'all', '--complete'])).options).toMatchObject({ preset: 'all', complete: true, lineHashes: false });
    expect((await play(['-f', 'sarif'])).options).toMatchObject({ lineHashes: true });
  });

  it('loads the texts of the rules only when there is something to explain', async () => {
    expect((await play([])).docsLoaded).toBe(false);
    expect((await play([], { severities: ['info'] })).docsLoaded).toBe(true);
  });

  it('counts what was left alone while looking for files', async () => {
    const files = { '.gitignore': 'x/', 'x/y.yaml': '', 'a.yaml': '', 'b.json': '' };
    const { stdout } = await play(['-f', 'json', '--exclude', '*.json'], { files, skipped: { template: 2, ignored: 1 } });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { skipped: { excluded: 1, ignored: 2, template: 2 } } });
  });

  it('gives the same report twice, though the report itself lies in the folder the second time', async () => {
    const cwd = folderWith({ 'a.yaml': 'A' });
    const argv = ['-f', 'json=report.json'];
    await play(argv, { cwd });
    const first = readFileSync(join(cwd, 'report.json'), 'utf8');
    expect((await play(argv, { cwd })).read).toEqual(['a.yaml: A']);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe(first);
  });

  it('never overwrites what it was told to read', async () => {
    expect(await play(['-f', 'json=a.yaml', 'a.yaml'])).toMatchObject({ code: 3, read: [] });
    expect(await play(['-f', 'json=a.yaml'])).toMatchObject({ code: 3, read: [] });
    const files = { '.meshlint.json': '{}', 'a.yaml': '' };
    expect(await play(['-f', 'json=.meshlint.json'], { files })).toMatchObject({ code: 3, read: [] });
  });

  it('has no colour in a file, unless the command line says so', async () => {
    const cwd = folderWith({ 'a.yaml': '' });
    for (const [argv, colored] of [
      [['-f', 'text=out'], false],
      [['-f', 'text=out', '--color', 'always'], true],
    ] as const) {
      await play(argv, { cwd, severities: ['error'], terminal: true, env: { FORCE_COLOR: '1' } });
      expect(readFileSync(join(cwd, 'out'), 'utf8').includes('\u001b')).toBe(colored);
    }
  });

  it('lets no name move the cursor or turn the text around', async () => {
    const hostile: Notification = { level: 'error', kind: 'unreadable', message: 'gone\u001b[2J\u009b31m', file: 'a\u202e\u0085.yaml' };
    for (const argv of [['-q'], [], ['\u009b31m\u2028.yaml'], ['--only', '\u001b[1m\u202e']]) {
      const { stderr } = await play([...argv, '-f', 'json'], { notifications: [hostile], complete: false });
      expect(stderr).toMatch(/\S/);
      expect(stderr).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    }
    const { stderr } = await play([], { fails: new Error('\u001b[2J') });
    expect(stderr).not.toContain('\u001b');
  });

  it('says how templates are analysed, when there were some', async () => {
    const advice = 'meshlint: templates are not read; render them first, for example: helm template . | meshlint lint -\n';
    expect((await play([], { skipped: { template: 3 } })).stderr).toBe(advice);
    expect((await play(['-q'], { skipped: { template: 3 } })).stderr).toBe('');
  });

  it('that finds no file because of ignore files says so', async () => {
    const files = { '.gitignore': '*', 'a.yaml': '' };
    const nothing: Notification = { level: 'error', kind: 'nothing-to-analyse', message: 'there was nothing to analyse' };
    const { code, stderr } = await play([], { files, complete: false, notifications: [nothing] });
    expect(code).toBe(2);
    expect(stderr).toContain('to read what .gitignore leaves out (1 file or folder): --no-ignore\n');
  });
});

describe('the word lint', () => {
  it('is refused where it stands alone and is also a path, with what to write instead', async () => {
    const files = { 'lint/a.yaml': 'A' };
    expect(await play(['lint'], { files })).toMatchObject({ code: 3, read: [] });
    expect((await play(['lint', 'lint'], { files })).read).toEqual(['lint/a.yaml: A']);
    expect((await play(['lint'], { files })).stderr).toContain('write ./lint');
    expect((await play(['./lint'], { files })).read).toEqual(['lint/a.yaml: A']);
    expect((await play(['--', 'lint'], { files })).read).toEqual(['lint/a.yaml: A']);
    expect((await play([], { files })).read).toEqual(['lint/a.yaml: A']);
  });
});

describe('--show-files', () => {
  it('lists what would be read, one path a line, and reads nothing', async () => {
    const files = { 'a.yaml': '', 'b/c.yaml': '', 'x\ny.yaml': '', 'd.txt': '' };
    expect(await play(['--show-files'], { files })).toMatchObject({
      code: 0,
      stdout: 'a.yaml\nb/c.yaml\n"x\\ny.yaml"\n',
      stderr: '',
      read: [],
    });
  });

  it('fails when something could not be looked at, or there is nothing', async () => {
    expect(await play(['--show-files'], { files: { 'a.yaml': '', 'b.yaml': { link: 'nowhere' } } })).toMatchObject({
      code: 2,
      stdout: 'a.yaml\n',
      stderr: 'meshlint: "b.yaml": can\'t be read: what it links to does not exist\n',
    });
    expect(await play(['--show-files'], { files: {} })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'meshlint: there is no file to read\n',
    });
    expect(await play(['--show-files', '--allow-empty'], { files: {} })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('--help and --version', () => {
  it('print to standard output, and look at nothing', async () => {
    expect(await play(['--help', 'gone.yaml'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: meshlint') as string,
      stderr: '',
    });
    expect(await play(['-V'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^meshlint \d+\.\d+\.\d+\n$/) as string });
  });
});

describe('a report that can not be written', () => {
  it.skipIf(process.platform !== 'linux')('is said, makes the run incomplete, and the other reports are written', async () => {
    const { code, stdout, stderr } = await play(['-f', 'sarif=/dev/full', '-f', 'json'], { severities: ['error'] });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ severity: 'error' }] });
    expect(stderr).toContain('meshlint: "/dev/full" can\'t be written: the disk is full\n');
  });

  it('on standard output is said as well', async () => {
    const cwd = folderWith({});
    writeFileSync(join(cwd, 'a.yaml'), '');
    const full: Output = {
      isTerminal: () => false,
      write() {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
      },
    };
    let stderr = '';
    const code = await run([], {
      cwd,
      env: {},
      stdin: { isTerminal: () => false },
      stdout: full,
      stderr: {
        isTerminal: () => false,
        write(text) {
          stderr += text;
          return true;
        },
      },
      lint: () =>
        Promise.resolve({
          findings: [],
          summary: { files: 1, resources: 1, skipped: {}, unknown: {}, suppressed: 0 },
          notifications: [],
          complete: true,
        }),
      openSession: () => Promise.reject(new Error('nothing is watched here')),
      loadRules: () => Promise.resolve([]),
      loadDocs: () => Promise.resolve(new Map<string, RuleDocs>()),
    });
    expect([code, stderr]).toEqual([2, "meshlint: the report can't be written: the disk is full\n"]);
  });
});
