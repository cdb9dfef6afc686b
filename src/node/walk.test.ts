import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ReadError } from '../text/source.ts';
import { findSources } from './files.ts';
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

async function find(
  operands: readonly string[],
  cwd: string,
): Promise<{ paths: readonly string[]; skipped: object; notes: readonly string[] }> {
  const { sources, skipped, notifications } = await findSources(operands, { cwd });
  const notes = notifications.map(({ level, kind, file, message }) => `${level} ${kind} ${file ?? '-'}: ${message}`);
  return { paths: sources.map(({ path }) => path), skipped, notes };
}

function faultOf(read: () => string): ReadError['fault'] {
  try {
    read();
  } catch (error) {
    if (error instanceof ReadError) return error.fault;
    throw error;
  }
  throw new Error('it was read');
}

const isRoot = process.getuid?.() === 0;

describe('links', () => {
  it('that leave the folder are not followed, and it is said', async () => {
    const root = folderWith({
      'outside/a.yaml': '',
      'in/own.yaml': '',
      'in/file.yaml': { link: '../outside/a.yaml' },
      'in/folder': { link: '../outside' },
      'in/everything': { link: '/' },
      'in/notes.txt': { link: '/etc/passwd' },
      'in/.hidden': { link: '/' },
      'in/node_modules': { link: '../outside' },
    });
    expect(await find(['in'], root)).toEqual({
      paths: ['in/own.yaml'],
      skipped: { 'link-outside': 3 },
      notes: [
        'warning link-outside in/everything: one of 3 links that lead out of "in", not followed; name their targets to have them read',
      ],
    });
    rmSync(join(root, 'in/folder'));
    rmSync(join(root, 'in/everything'));
    expect((await find(['.'], join(root, 'in'))).notes).toEqual([
      'warning link-outside file.yaml: a link that leads out of ".", not followed; name its target to have it read',
    ]);
  });

  it('do not lead out through a folder whose name begins alike', async () => {
    const root = folderWith({ 'in/x.yaml': { link: '../in-other/x.yaml' }, 'in-other/x.yaml': '' });
    expect(await find(['in'], root)).toMatchObject({ paths: [], skipped: { 'link-outside': 1 } });
  });

  it('in a circle end: each real folder is visited once', async () => {
    const cwd = folderWith({
      'a/x.yaml': '',
      'a/up': { link: '..' },
      'a/self': { link: '.' },
      'b/to-a': { link: '../a' },
      'c/one': { link: 'two' },
      'c/two': { link: 'one' },
    });
    expect(await find(['.'], cwd)).toEqual({ paths: ['a/x.yaml'], skipped: {}, notes: [] });
    expect(await find(['b'], cwd)).toMatchObject({ paths: [], skipped: { 'link-outside': 1 } });
  });

  it('to a file of the folder are that file, under its own name', async () => {
    const cwd = folderWith({ 'a.yaml': { link: 'z/real.yaml' }, 'z/real.yaml': 'text', 'z/other.yaml': { link: '../a.yaml' } });
    expect((await find(['.'], cwd)).paths).toEqual(['z/real.yaml']);
  });

  it('to what is found in no other way are read under their own name, as in a mounted ConfigMap', async () => {
    const cwd = folderWith({
      '..2026_11/mesh.yaml': 'text',
      '..data': { link: '..2026_11' },
      'mesh.yaml': { link: '..data/mesh.yaml' },
      'zz.yaml': { link: 'mesh.yaml' },
      'b-folder': { link: '..2026_11/sub' },
      'a-folder': { link: '..2026_11/sub' },
      '..2026_11/sub/x.yaml': '',
    });
    const { sources, skipped } = await findSources(['.'], { cwd });
    expect(sources.map(({ path }) => path)).toEqual(['a-folder/x.yaml', 'mesh.yaml']);
    expect(sources[1]?.read()).toBe('text');
    expect(skipped).toEqual({});
  });

  it('to nothing are what could not be read, but for the lock files of editors', async () => {
    const cwd = folderWith({
      'm/gone.yaml': { link: 'nothing.yaml' },
      'm/circle.yaml': { link: 'circle.yaml' },
      'm/.#a.yaml': { link: 'me@host.123' },
      'm/gone.txt': { link: 'nothing' },
    });
    expect((await find(['m'], cwd)).notes).toEqual([
      "error unreadable m/circle.yaml: can't be read: its links go round in a circle",
      "error unreadable m/gone.yaml: can't be read: what it links to does not exist",
    ]);
  });

  it('are followed when they are named themselves', async () => {
    const cwd = folderWith({ 'real/a.yaml': '', folder: { link: 'real' }, 'file.yaml': { link: 'real/a.yaml' } });
    expect((await find(['folder'], cwd)).paths).toEqual(['folder/a.yaml']);
    expect((await find(['file.yaml'], cwd)).paths).toEqual(['file.yaml']);
    expect((await find(['folder', 'real', 'file.yaml'], cwd)).paths).toEqual(['file.yaml']);
  });
});

describe('what is no file', () => {
  it('is left alone in a folder, and counted when it has the name of a manifest', async () => {
    const cwd = folderWith({ 'a.yaml': '' });
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml'), join(cwd, 'pipe')]);
    symlinkSync('pipe.yaml', join(cwd, 'link.yaml'));
    mkdirSync(join(cwd, 'folder.yaml'));
    writeFileSync(join(cwd, 'folder.yaml/b.yaml'), '');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(cwd, 'socket.yaml'), resolve));
    const found = await find(['.'], cwd);
    await new Promise((resolve) => server.close(resolve));
    expect(found).toEqual({ paths: ['a.yaml', 'folder.yaml/b.yaml'], skipped: { 'special-file': 3 }, notes: [] });
  });

  it('is unreadable when it is named, and nothing waits for it', async () => {
    const cwd = folderWith({});
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    const { sources } = await findSources(['pipe.yaml', '/dev/zero'], { cwd });
    expect(sources.map((source) => faultOf(() => source.read()))).toEqual([
      { kind: 'unreadable', message: 'not a file but a device' },
      { kind: 'unreadable', message: 'not a file but a named pipe' },
    ]);
  });
});

describe('what may not be read', () => {
  // Root may read everything; exit-codes.test.ts tries the same as another user.
  it.skipIf(isRoot)('is said, and the rest is read', async () => {
    const cwd = folderWith({ 'm/open/a.yaml': 'text', 'm/closed/b.yaml': '', 'm/secret.yaml': '' });
    chmodSync(join(cwd, 'm/closed'), 0);
    chmodSync(join(cwd, 'm/secret.yaml'), 0);
    const { sources, notifications } = await findSources(['m'], { cwd });
    const named = await findSources(['m/closed/b.yaml', 'm/closed'], { cwd });
    const faults = [...sources.slice(1), ...named.sources].map((source) => faultOf(() => source.read()));
    chmodSync(join(cwd, 'm/closed'), 0o755);

    expect(notifications).toEqual([
      { level: 'error', kind: 'unreadable', message: "the folder can't be read: permission denied", file: 'm/closed' },
    ]);
    expect(sources.map(({ path }) => path)).toEqual(['m/open/a.yaml', 'm/secret.yaml']);
    expect(sources[0]?.read()).toBe('text');
    expect(faults).toEqual([
      { kind: 'unreadable', message: "can't be read: permission denied" },
      { kind: 'unreadable', message: "can't be read: permission denied" },
    ]);
    expect(named.notifications).toEqual(notifications);
  });

  it('may have vanished since it was found', async () => {
    const cwd = folderWith({ 'a.yaml': '', 'b/c.yaml': '' });
    const { sources } = await findSources(['.'], { cwd });
    rmSync(join(cwd, 'a.yaml'));
    renameSync(join(cwd, 'b'), join(cwd, 'c'));
    writeFileSync(join(cwd, 'b'), '');
    expect(sources.map((source) => faultOf(() => source.read()).message)).toEqual([
      "can't be read: it does not exist (any more)",
      "can't be read: a part of its path is not a folder",
    ]);
  });
});

describe('names', () => {
  it('with control characters, line ends and signs of globs are just names', async () => {
    const names = [
      ' .yaml',
      '"quoted".yaml',
      '#a.yaml',
      '*.yaml',
      '-rf.yaml',
      '[a].yaml',
      'a\nb.yaml',
      'a\u001b[31m.yaml',
      'a\\b.yaml',
      '{{ x }}.yaml',
    ];
    const cwd = folderWith(Object.fromEntries(names.map((name) => [name, name])));
    const { sources } = await findSources(['.'], { cwd });
    expect(sources.map(({ path }) => path)).toEqual(names);
    expect(sources.map((source) => source.read())).toEqual(names);
  });

  it.skipIf(process.platform !== 'linux')('that are no UTF-8 lead to their files', async () => {
    const cwd = folderWith({ '\uFFFD.yaml': 'own' });
    const latin = (name: string): Buffer => Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(name, 'latin1')]);
    mkdirSync(latin('caf\xe9'));
    writeFileSync(latin('caf\xe9/a.yaml'), 'in a folder');
    writeFileSync(latin('na\xefve.yaml'), 'a file');
    writeFileSync(latin('\xef.yaml'), 'twin');
    const { sources, notifications } = await findSources(['.'], { cwd });
    expect(notifications).toEqual([]);
    expect(sources.map((source) => [source.path, source.read()])).toEqual([
      ['caf\uFFFD/a.yaml', 'in a folder'],
      ['na\uFFFDve.yaml', 'a file'],
      ['\uFFFD.yaml', expect.any(String)],
      ['\uFFFD.yaml', expect.any(String)],
    ]);
    expect(new Set(sources.slice(2).map((source) => source.read()))).toEqual(new Set(['own', 'twin']));
  });

  it('may lie very deep', async () => {
    const cwd = folderWith({});
    const deep = 'd/'.repeat(700);
    mkdirSync(join(cwd, deep), { recursive: true });
    writeFileSync(join(cwd, deep, 'x.yaml'), '');
    expect((await find(['.'], cwd)).paths).toEqual([`${deep}x.yaml`]);
  });
});
