import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nextChange, takeSnapshot } from './changes.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const open: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  open.push(folder);
  return folder.path;
}

describe('a snapshot', () => {
  const files = {
    'a.yaml': '1',
    'b/c.json': '1',
    'b/.gitignore': '',
    'x.txt': '',
    '.git/x.yaml': '',
    'node_modules/x/x.yaml': '',
    'out.json': '',
  };
  const changes: Readonly<Record<string, (path: string) => void>> = {
    'text of the same length': (path) => {
      writeFileSync(join(path, 'a.yaml'), '2');
      utimesSync(join(path, 'a.yaml'), 1, 1);
    },
    'a new file': (path) => {
      writeFileSync(join(path, 'b/d.yml'), '');
    },
    'a removed file': (path) => {
      rmSync(join(path, 'b/c.json'));
    },
    'a moved folder': (path) => {
      renameSync(join(path, 'b'), join(path, 'd'));
    },
    'what is ignored': (path) => {
      writeFileSync(join(path, 'b/.gitignore'), 'x');
    },
    'a file by its name': (path) => {
      writeFileSync(join(path, 'named'), '');
    },
  };
  const nothing: Readonly<Record<string, (path: string) => void>> = {
    'other files': (path) => {
      writeFileSync(join(path, 'x.txt'), 'x');
    },
    'what is hidden or installed': (path) => {
      writeFileSync(join(path, '.git/x.yaml'), 'x');
      writeFileSync(join(path, 'node_modules/x/x.yaml'), 'x');
    },
    'what the run writes': (path) => {
      writeFileSync(join(path, 'out.json'), 'x');
    },
    'an empty folder': (path) => {
      mkdirSync(join(path, 'e'));
    },
  };

  it.each([
    ...Object.entries(changes).map(([what, how]) => [what, how, true] as const),
    ...Object.entries(nothing).map(([what, how]) => [what, how, false] as const),
  ])('knows %s', (_, change, differs) => {
    const path = folderWith(files);
    const paths = { folders: [path], files: [join(path, 'named')], ignored: [join(path, 'out.json')] };
    const before = takeSnapshot(paths).text;
    expect(takeSnapshot(paths).text).toBe(before);
    change(path);
    expect(takeSnapshot(paths).text !== before).toBe(differs);
  });
});

describe.each([
  ['where the system tells', false],
  ['where only looking helps', true],
])('the next change, %s', (_, poll) => {
  it('is waited for', async () => {
    const path = folderWith({ 'a/b/c.yaml': '1' });
    const paths = { folders: [path], files: [], ignored: [] };
    const before = takeSnapshot(paths);
    const { signal } = new AbortController();
    const change = nextChange(paths, before, { signal, poll });
    writeFileSync(join(path, 'a/b/c.yaml'), '23');
    expect((await change)?.text).not.toBe(before.text);
    expect((await change)?.text).toBe(takeSnapshot(paths).text);
  });

  it('is not waited for any more when the signal comes', async () => {
    const path = folderWith({});
    const paths = { folders: [path], files: [], ignored: [] };
    const end = new AbortController();
    const change = nextChange(paths, takeSnapshot(paths), { signal: end.signal, poll });
    end.abort();
    expect(await change).toBe(undefined);
    expect(await nextChange(paths, takeSnapshot(paths), { signal: end.signal, poll })).toBe(undefined);
  });
});

it('a change from before the waiting is found as well', async () => {
  const path = folderWith({ 'a.yaml': '1' });
  const paths = { folders: [path], files: [], ignored: [] };
  const before = takeSnapshot(paths);
  writeFileSync(join(path, 'a.yaml'), '23');
  expect((await nextChange(paths, before, { signal: new AbortController().signal, poll: true }))?.text).not.toBe(before.text);
});
