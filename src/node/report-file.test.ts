import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../engine/options.ts';
import { checkReportFile, checkReportFiles, writeReportFile } from './report-file.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

describe('a report that goes to a file', () => {
  it('is written whole, and leaves nothing else behind', () => {
    const cwd = folderWith({});
    writeReportFile(join(cwd, 'out.sarif'), () => ['a', 'é'.repeat(300_000)]);
    expect(readFileSync(join(cwd, 'out.sarif'), 'utf8')).toBe(`a${'é'.repeat(300_000)}`);
    expect(readdirSync(cwd)).toEqual(['out.sarif']);
  });

  it('takes the place of an older one, with its mode, through links', () => {
    const cwd = folderWith({ 'real/out.json': 'old', 'out.json': { link: 'real/out.json' } });
    chmodSync(join(cwd, 'real/out.json'), 0o640);
    writeReportFile(join(cwd, 'out.json'), () => ['new']);
    expect(readFileSync(join(cwd, 'real/out.json'), 'utf8')).toBe('new');
    expect(lstatSync(join(cwd, 'out.json')).isSymbolicLink()).toBe(true);
    expect(statSync(join(cwd, 'real/out.json')).mode & 0o777).toBe(0o640);
  });

  it('leaves the older one as it was when the report fails half-way', () => {
    const cwd = folderWith({ 'out.json': 'old' });
    function* broken(): Generator<string> {
      yield 'x'.repeat(1_000_000);
      throw new Error('half-way');
    }
    expect(() => {
      writeReportFile(join(cwd, 'out.json'), broken);
    }).toThrow('half-way');
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd)).toEqual(['out.json']);
  });

  it('may be a device or a pipe', async () => {
    const cwd = folderWith({});
    writeReportFile('/dev/null', () => ['gone']);
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const reader = spawn('cat', ['pipe'], { cwd });
    let text = '';
    reader.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    writeReportFile(join(cwd, 'pipe'), () => ['through']);
    await new Promise((resolve) => reader.on('close', resolve));
    expect(text).toBe('through');
  });

  it('needs a folder that exists, and may not be one', () => {
    const cwd = folderWith({ file: '' });
    mkdirSync(join(cwd, 'folder'));
    symlinkSync('nothing', join(cwd, 'link'));
    writeFileSync(join(cwd, 'there.json'), '');
    const check = (shown: string): void => {
      checkReportFile(join(cwd, shown), shown);
    };
    expect(() => {
      check('there.json');
      check('new.json');
      check('folder/new.json');
    }).not.toThrow();
    expect(() => {
      check('folder');
    }).toThrow(new UsageError('"folder" is a folder; a report is written to a file'));
    expect(() => {
      check('gone/out.json');
    }).toThrow(new UsageError('"gone/out.json" can\'t be written: "gone" does not exist'));
    expect(() => {
      check('file/out.json');
    }).toThrow(new UsageError('"file/out.json" can\'t be written: "file" is not a folder'));
  });
});

describe('files for reports', () => {
  it('are different ones, however they are called', () => {
    const cwd = folderWith({ 'there.json': 'x', 'sub/x': '' });
    symlinkSync('there.json', join(cwd, 'link.json'));
    symlinkSync('sub', join(cwd, 'other'));
    expect(checkReportFiles(['a.json', 'there.json', 'sub/a.json'], cwd, [])).toEqual(
      ['a.json', 'there.json', 'sub/a.json'].map((file) => join(cwd, file)),
    );
    for (const [one, two] of [
      ['a.json', './a.json'],
      ['a.json', join(cwd, 'a.json')],
      ['there.json', 'link.json'],
      ['sub/a.json', 'other/a.json'],
      ['new.json', 'sub/../new.json'],
    ] as const)
      expect(() => checkReportFiles([one, two], cwd, [])).toThrow(
        new UsageError(`two reports go to the same file: ${JSON.stringify(one)} and ${JSON.stringify(two)}`),
      );
    expect(checkReportFiles(['/dev/null', '/dev/null'], cwd, [])).toHaveLength(2);
  });

  it('take the place of nothing but a report', () => {
    const cwd = folderWith({ 'a.yaml': 'kind: Service', 'b.YML': 'x', 'empty.yaml': '', '.meshlint.json': '{}', 'own.mjs': '' });
    const kept = ['.meshlint.json', 'own.mjs'].map((file) => join(cwd, file));
    for (const file of ['a.yaml', 'b.YML', '.meshlint.json', './own.mjs'])
      expect(() => checkReportFiles([file], cwd, kept)).toThrow(`${JSON.stringify(file)} is there already, and is no report`);
    expect(checkReportFiles(['empty.yaml', 'new.yaml', 'report.json'], cwd, kept)).toHaveLength(3);
  });
});
