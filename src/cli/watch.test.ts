import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import { problemMatchers, watchLines } from '../report/problem-matchers.ts';
import { backgroundTask } from '../report/vscode-engine.test-support.ts';
import { buildProgram } from './built.test-support.ts';
import { play, policy } from './play.test-support.ts';

let program: TemporaryFolder;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => {
  program.remove();
});

const open: { folder: TemporaryFolder; child: ChildProcess }[] = [];
afterEach(() => {
  for (const { folder, child } of open.splice(0)) {
    child.kill('SIGKILL');
    folder.remove();
  }
});

interface Watched {
  readonly path: string;
  readonly child: ChildProcess;
  /** What was printed by the next report, both streams in their order. */
  readonly report: () => Promise<string>;
  readonly write: (file: string, text: string) => void;
}

/** `meshlint --watch` as a process. */
function watched(argv: readonly string[], files: Readonly<Record<string, string>>): Watched {
  const folder = temporaryFolder(files);
  const child = spawn(process.execPath, [join(program.path, 'meshlint.cjs'), '--watch', '-f', 'concise', ...argv], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  open.push({ folder, child });
  let text = '';
  let wake = (): void => undefined;
  let ended = false;
  child.on('exit', () => {
    ended = true;
    wake();
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      wake();
    });
  return {
    path: folder.path,
    child,
    report: async () => {
      const end = `${watchLines.end}\n`;
      while (!text.includes(end))
        await new Promise<void>((resolve, reject) => {
          wake = () => {
            if (ended) reject(new Error(`it has ended: ${text}`));
            else resolve();
          };
        });
      // The streams are two pipes.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const report = text;
      text = '';
      return report;
    },
    write: (file, content) => {
      mkdirSync(join(folder.path, file, '..'), { recursive: true });
      writeFileSync(join(folder.path, file), content);
    },
  };
}

const healthy = policy('a').replace('PERMISSIVE', 'STRICT');

describe('meshlint --watch', { timeout: 30_000 }, () => {
  it('reports, waits, and reports what was changed, added, moved and removed', async () => {
    const { report, write, path } = watched([], { 'a.yaml': healthy });
    expect(await report()).toMatch(/^\[meshlint\] checking\nno problems found\n[^]*\[meshlint\] waiting for changes\n$/);
    write('a.yaml', policy('a'));
    expect(await report()).toMatch(/^a\.yaml:.*\[permissive-mtls\]$/m);
    write('new/b.yaml', policy('b'));
    expect((await report()).match(/\[permissive-mtls\]$/gm)).toHaveLength(2);
    write('new/b.yaml', policy('b').replace('PERMISSIVE', 'STRICT'));
    expect((await report()).match(/\[permissive-mtls\]$/gm)).toHaveLength(1);
    renameSync(join(path, 'a.yaml'), join(path, 'c.yaml'));
    expect(await report()).toMatch(/^c\.yaml:/m);
    rmSync(join(path, 'c.yaml'));
    expect(await report()).toContain('no problems found');
  });

  it('times each report for itself', async () => {
    const { report, write } = watched(['--timing', '--only', 'permissive-mtls'], { 'a.yaml': healthy });
    const times = /^phase +ms +%\n[^]*^total .*\n\n[^]*^permissive-mtls .* (\d+)\n[^]*\[meshlint\] waiting for changes$/m;
    expect(times.exec(await report())?.[1]).toBe('1');
    write('b.yaml', policy('b'));
    expect(times.exec(await report())?.[1]).toBe('2');
  });

  it('heeds a .gitignore and a configuration that change; what is wrong with it is said, and it goes on', async () => {
    const { report, write } = watched([], { '.git/HEAD': '', 'a.yaml': policy('a'), 'b.yaml': healthy });
    expect(await report()).toMatch(/^a\.yaml:/m);
    write('.gitignore', 'a.yaml\n');
    expect(await report()).not.toMatch(/^a\.yaml:/m);
    write('.gitignore', '\n');
    expect(await report()).toMatch(/^a\.yaml:.*warning/m);
    write('meshlint.yaml', 'rules: { permissive-mtls: fatal }\n');
    expect(await report()).toContain('"permissive-mtls" is off, info, warning or error');
    write('meshlint.yaml', 'rules: { permissive-mtls: error }\n');
    expect(await report()).toMatch(/^a\.yaml:.*error/m);
  });

  it('writes report files again, and is not woken by them', async () => {
    const { report, write, child } = watched(['-f', 'json=out/report.json', '.', 'other'], {
      'a.yaml': healthy,
      'other/x.yaml': healthy,
      'out/x': '',
    });
    await report();
    const next = report();
    const first = await Promise.race([next, new Promise<string>((resolve) => setTimeout(resolve, 1000, 'quiet'))]);
    expect([first, child.exitCode]).toEqual(['quiet', null]);
    write('a.yaml', policy('a'));
    expect(await next).toMatch(/^a\.yaml:/m);
  });

  it('ends at Ctrl-C with the exit code of the last report', async () => {
    for (const [text, code] of [
      [policy('a'), 1],
      [healthy, 0],
    ] as const) {
      const { child, report } = watched(['a.yaml'], { 'a.yaml': text });
      const exit = once(child, 'exit');
      expect(await report()).not.toContain('\u001b');
      child.kill('SIGINT');
      expect(await exit).toEqual([code, null]);
    }
  });

  it('drives a background task of VS Code', async () => {
    const { report, write, path } = watched([], { 'a.yaml': policy('a'), 'b.yaml': healthy });
    const matcher = JSON.parse(JSON.stringify(problemMatchers.vscode).replace('${workspaceFolder}', path)) as unknown;
    const task = await backgroundTask(matcher, [join(path, 'a.yaml'), join(path, 'b.yaml')]);
    // A terminal has both streams in one: the begin, the report, the end.
    const print = async (): Promise<void> => {
      const lines = (await report()).trimEnd().split('\n');
      const outside: readonly string[] = Object.values(watchLines);
      await task.print(watchLines.begin, ...lines.filter((line) => !outside.includes(line)), watchLines.end);
    };
    await print();
    expect(task.problems).toEqual([expect.stringMatching(/\/a\.yaml 5:23-5:33 warning permissive-mtls: PERMISSIVE/)]);
    write('a.yaml', healthy);
    await print();
    expect(task.problems).toEqual([]);
  });
});

describe('--watch is refused', () => {
  it.each([
    [['-f', 'json'], 'with --watch a report in the format json needs a file, which is written again each time', '--format json=FILE'],
    [['-f', 'github'], 'with --watch a report in the format github needs a file', '--format github=FILE'],
    [['-'], 'standard input can be read only once', 'name files or folders'],
    [['--show-files'], '--show-files stops, and --watch goes on', 'leave out one of them'],
    [['nowhere'], '"nowhere" does not exist', ''],
    [['--preset', 'x'], '"x" is no value of --preset', ''],
  ])('where it makes no sense: %j', async (argv, message, hint) => {
    const { code, stdout, stderr } = await play(['lint', '--watch', ...argv], { 'a.yaml': healthy });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });
});
