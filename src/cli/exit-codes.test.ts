import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';

const program = fileURLToPath(new URL('../../dist/meshlint.cjs', import.meta.url));
const built = existsSync(program);

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

interface Options {
  readonly cwd: string;
  readonly input?: string;
  readonly uid?: number;
}

function meshlint(argv: readonly string[], options: Options): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', maxBuffer: 1e9, timeout: 60_000, ...options });
}

/** A command line for bash, in which `meshlint` is the built program. */
function bash(script: string, cwd: string): SpawnSyncReturns<string> {
  const call = `meshlint() { "${process.execPath}" "${program}" "$@"; }; set -o pipefail; ${script}`;
  return spawnSync('bash', ['-c', call], { cwd, encoding: 'utf8', timeout: 60_000 });
}

const service = `apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    app: reviews
  ports:
    - name: http
      port: 80
`;

/** Whatever the rules are: two routes to nowhere and a value that the API server rejects. */
function broken(name: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts: reviews.shop.svc.cluster.local
  http: nothing
`;
}

const notYaml = 'apiVersion: v1\nkind: Service\nmetadata: [\n';
const many = Array.from({ length: 2000 }, (_, i) => broken(`route-${String(i)}`)).join('---\n');

describe.skipIf(!built)('the built program (skipped: dist/meshlint.cjs does not exist)', { timeout: 120_000 }, () => {
  it('ends with 0 when nothing is found', () => {
    const cwd = folderWith({ 'a.yaml': service });
    for (const argv of [[], ['lint'], ['lint', '.'], ['a.yaml'], ['lint', '--format', 'json'], ['-f', 'sarif', '--fail-on', 'info']]) {
      expect(meshlint(argv, { cwd })).toMatchObject({ status: 0, signal: null });
    }
  });

  it('ends with 1 when something is found, for every format', () => {
    const cwd = folderWith({ 'a.yaml': broken('a') });
    for (const format of ['text', 'json', 'sarif']) {
      const outcome = meshlint(['lint', '-f', format], { cwd });
      expect(outcome).toMatchObject({ status: 1, signal: null });
      expect(outcome.stdout).not.toBe('');
      expect(meshlint(['lint', '-f', format, '--fail-on', 'never'], { cwd }).status).toBe(0);
    }
  });

  it('ends with 2 when something could not be parsed or read, and reports the rest', () => {
    const cwd = folderWith({ 'a.yaml': broken('a'), 'b.yaml': notYaml });
    for (const format of ['text', 'json', 'sarif']) {
      const outcome = meshlint(['lint', '-f', format, '--fail-on', 'never'], { cwd });
      expect(outcome.status).toBe(2);
      expect(outcome.stdout).toContain('a.yaml');
    }
    const links = folderWith({ 'a.yaml': broken('a'), 'b.yaml': { link: 'nowhere' } });
    expect(meshlint(['lint'], { cwd: links }).status).toBe(2);
  });

  it('ends with 2 when there was nothing to analyse, unless that is fine', () => {
    for (const files of [{}, { 'values.yaml': 'a: 1\n' }, { 't.yaml': 'a: {{ .Values.a }}\n' }]) {
      const cwd = folderWith(files);
      expect(meshlint(['lint'], { cwd }).status).toBe(2);
      expect(meshlint(['lint', '--allow-empty'], { cwd }).status).toBe(0);
    }
  });

  it('ends with 3 for wrong usage, with nothing on standard output', () => {
    const cwd = folderWith({ 'a.yaml': service });
    for (const argv of [
      ['--nonsense'],
      ['gone.yaml'],
      ['--rule', 'no-such-rule=off'],
      ['--only', 'no-such-rule'],
      ['-f', 'xml'],
      ['-f', 'json=gone/x'],
    ]) {
      const outcome = meshlint(argv, { cwd });
      expect(outcome).toMatchObject({ status: 3, stdout: '' });
      expect(outcome.stderr).toMatch(/^meshlint: .+/);
      expect(outcome.stderr).not.toMatch(/^ +at /m);
    }
  });

  it('ends with 3 in a folder that was removed', () => {
    const outcome = bash('mkdir gone && cd gone && rmdir ../gone && meshlint lint', folderWith({}));
    expect(outcome).toMatchObject({ status: 3, stdout: '', stderr: 'meshlint: the current folder does not exist any more\n' });
  });

  it('explains itself', () => {
    expect(meshlint(['--help'], { cwd: '/' })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage:') as string,
      stderr: '',
    });
    expect(meshlint(['--version'], { cwd: '/' })).toMatchObject({ status: 0, stdout: expect.stringMatching(/^meshlint \S+\n$/) as string });
  });

  it('writes reports that are one JSON text, of any length, through a pipe', () => {
    const cwd = folderWith({ 'a.yaml': many });
    for (const format of ['json', 'sarif']) {
      const outcome = meshlint(['lint', '-f', format], { cwd });
      expect(outcome.stdout.length).toBeGreaterThan(512 * 1024);
      expect(() => JSON.parse(outcome.stdout) as unknown).not.toThrow();
      expect(outcome.status).toBe(1);
      expect(bash(`meshlint lint -f ${format} 2>/dev/null | (sleep 0.3; cat) | tail -c 2`, cwd)).toMatchObject({
        stdout: expect.stringMatching(/\}\n$/) as string,
      });
    }
  });

  it('ends quietly, with the code that it found, when nobody reads on', () => {
    const cwd = folderWith({ 'a.yaml': many });
    const outcome = bash('meshlint lint | head -1; echo "${PIPESTATUS[0]}"', cwd);
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout.trim().split('\n').at(-1)).toBe('1');
    expect(bash('meshlint lint -f json 2>&1 >/dev/null | true; echo "${PIPESTATUS[0]}"', cwd).stdout).toBe('1\n');
  });

  it('says so when its report could not be written', () => {
    const cwd = folderWith({ 'a.yaml': service });
    if (!existsSync('/dev/full')) return;
    const outcome = bash('meshlint lint > /dev/full', cwd);
    expect(outcome).toMatchObject({ status: 2, stderr: "meshlint: the report can't be written: the disk is full\n" });
  });

  it('writes the same bytes each time', () => {
    const cwd = folderWith({ 'b/x.yaml': broken('x'), 'a.yaml': `${broken('y')}---\n${broken('z')}`, 'c.yaml': service });
    for (const format of ['text', 'json', 'sarif']) {
      const first = meshlint(['-f', format], { cwd });
      expect(meshlint(['-f', format, './a.yaml', 'c.yaml', join(cwd, 'b')], { cwd }).stdout).toBe(first.stdout);
      expect(first.stdout).not.toContain(cwd);
    }
  });

  it('writes several reports in one run', () => {
    const cwd = folderWith({ 'a.yaml': broken('a') });
    const outcome = meshlint(['-f', 'text', '-f', 'sarif=out.sarif', '-f', 'json=out.json'], { cwd });
    expect(outcome.status).toBe(1);
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toMatchObject({ version: 1 });
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'out.json', 'out.sarif']);
  });

  it('has no colours in a pipe, and has them when asked', () => {
    const cwd = folderWith({ 'a.yaml': broken('a') });
    expect(bash('unset FORCE_COLOR NO_COLOR; meshlint lint', cwd).stdout).not.toContain('\u001b');
    expect(bash('NO_COLOR=1 meshlint lint --color always', cwd).stdout).toContain('\u001b[');
  });
});

describe.skipIf(!built)('what the built program reads (skipped: dist/meshlint.cjs does not exist)', { timeout: 120_000 }, () => {
  it('may come through standard input, slowly, or from a file', () => {
    const cwd = folderWith({ 'a.yaml': broken('a') });
    expect(meshlint(['lint', '-'], { cwd, input: broken('a') }).status).toBe(1);
    expect(meshlint(['-f', 'json', '-'], { cwd, input: broken('a') }).stdout).toContain('"file":"-"');
    expect(bash('(head -3 a.yaml; sleep 0.3; tail -n +4 a.yaml) | meshlint lint -', cwd).status).toBe(1);
    expect(bash('meshlint lint - < a.yaml', cwd).status).toBe(1);
    expect(bash('meshlint lint /dev/stdin < a.yaml', cwd).status).toBe(1);
    expect(bash('meshlint lint - < /dev/null', cwd).status).toBe(2);
    expect(bash('meshlint lint - <&-', cwd).status).toBe(2);
  });

  it('may come from process substitution', () => {
    const cwd = folderWith({ 'a.yaml': service });
    const outcome = bash(`meshlint lint -f json <(cat <<'EOF'\n${broken('a')}EOF\n) <(sleep 0.2; cat a.yaml)`, cwd);
    expect(outcome.status).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ summary: { files: 2 } });
  });

  it('is never waited for when it is a named pipe', () => {
    const cwd = folderWith({ 'a.yaml': service });
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    expect(meshlint(['lint'], { cwd })).toMatchObject({ status: 0, signal: null });
    expect(meshlint(['lint', 'pipe.yaml', 'a.yaml'], { cwd })).toMatchObject({ status: 2, signal: null });
    // Somebody writes into it: still no file.
    const writer = spawn('sh', ['-c', 'exec sleep 5 > pipe.yaml'], { cwd, stdio: 'ignore' });
    expect(meshlint(['lint', 'pipe.yaml', 'a.yaml'], { cwd })).toMatchObject({ status: 2, signal: null });
    writer.kill();
  });

  it('is not taken into memory when it is larger than the limit', () => {
    const cwd = folderWith({ 'a.yaml': service, 'big.yaml': '' });
    truncateSync(join(cwd, 'big.yaml'), 1e9);
    const started = performance.now();
    const outcome = bash('ulimit -v 1500000 2>/dev/null; meshlint lint', cwd);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain('larger than 256 MiB');
  });

  it('is said when it may not be read', ({ skip }) => {
    const isRoot = process.getuid?.() === 0;
    const cwd = folderWith({ 'a.yaml': service, 'secret.yaml': service, 'closed/b.yaml': service });
    if (isRoot && !othersMayRead(dirname(program))) skip('another user may not read the built program');
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'secret.yaml'), 0);
    chmodSync(join(cwd, 'closed'), 0);
    // Root may read everything, so it becomes somebody else.
    const outcome = meshlint(['lint', '-f', 'json'], { cwd, ...(isRoot ? { uid: 65_534 } : {}) });
    chmodSync(join(cwd, 'closed'), 0o755);
    expect(outcome.status).toBe(2);
    const report = JSON.parse(outcome.stdout) as { notifications: readonly { level: string; file?: string }[]; summary: object };
    expect(report.summary).toMatchObject({ files: 1 });
    expect(
      report.notifications
        .filter(({ level }) => level === 'error')
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['closed', 'secret.yaml']);
  });

  function othersMayRead(folder: string): boolean {
    for (let current = folder; current !== dirname(current); current = dirname(current)) {
      if ((statSync(current).mode & 1) === 0) return false;
    }
    return true;
  }
});
