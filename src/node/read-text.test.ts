import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ReadError, type ReadFault } from '../text/source.ts';
import { createTextReader } from './read-text.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function fileWith(content: string | Uint8Array): string {
  const folder = temporaryFolder({ 'a.yaml': content });
  folders.push(folder);
  return join(folder.path, 'a.yaml');
}

const mebibyte = 1024 * 1024;
const reader = createTextReader(mebibyte);

function faultOf(read: () => string): ReadFault {
  try {
    read();
  } catch (error) {
    if (error instanceof ReadError) return error.fault;
    throw error;
  }
  throw new Error('it was read');
}

describe('the text of a file', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 300_000, mebibyte])('is read whole: %i bytes', (size) => {
    const text = 'abcdefg\n'.repeat(size / 8 + 1).slice(0, size);
    expect(reader.file(fileWith(text)) === text).toBe(true);
  });

  it('keeps its byte order mark, its NULs and its line ends', () => {
    expect(reader.file(fileWith('\uFEFFa: é\r\nb: 😀\0\r'))).toBe('\uFEFFa: é\r\nb: 😀\0\r');
  });

  it('does not change when another one is read: texts do not share the buffer', () => {
    const first = reader.file(fileWith('first'));
    reader.file(fileWith('other'));
    expect(first).toBe('first');
  });

  it('is not read when it is larger than the limit', () => {
    const path = fileWith('');
    truncateSync(path, mebibyte + 1);
    expect(faultOf(() => reader.file(path))).toEqual({ kind: 'beyond-limits', message: 'larger than 1 MiB, the most that is read' });
    truncateSync(path, 2 ** 40);
    expect(faultOf(() => reader.file(path)).kind).toBe('beyond-limits');
    expect(faultOf(() => createTextReader(10).file(fileWith('elf bytes !'))).message).toBe('larger than 10 bytes, the most that is read');
  });

  // Files of /proc have no size and do not end where one read does, as a file that grows.
  it.skipIf(process.platform !== 'linux')('is bounded even where its size says nothing', () => {
    expect(reader.file('/proc/self/status')).toContain('Pid:');
    const size = createTextReader(64 * mebibyte).file('/proc/kallsyms').length;
    expect(faultOf(() => createTextReader(size - 1).file('/proc/kallsyms')).kind).toBe('beyond-limits');
  });

  it('can not be had from a folder', () => {
    const path = fileWith('');
    expect(faultOf(() => reader.file(join(path, '..')))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('bytes that are no UTF-8', () => {
  it.each([
    ['a lone byte', [0x61, 0xff, 0x62], 'a\uFFFDb', 1],
    ['Latin-1', [...Buffer.from('é: caf'), 0xe9, 0x0a], 'é: caf\uFFFD\n', 6],
    ['a character cut off at the end', [0x61, 0xf0, 0x9f, 0x98], 'a\uFFFD', 1],
    ['the beginning of U+FFFD itself', [0x61, 0xef, 0xbf, 0x41], 'a\uFFFDA', 1],
    ['a real U+FFFD before', [...Buffer.from('\uFFFD'), 0x80], '\uFFFD\uFFFD', 1],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 'a\uFFFD\uFFFD\uFFFD', 1],
    ['after an astral character', [...Buffer.from('😀'), 0xc0], '😀\uFFFD', 2],
  ])('are said with their place and what can be read: %s', (_, bytes, text, offset) => {
    expect(faultOf(() => reader.file(fileWith(Uint8Array.from(bytes))))).toEqual({
      kind: 'not-utf8',
      message: 'not UTF-8 text',
      text,
      offset,
    });
  });

  it('are called by their name when they begin with its mark', () => {
    const little = Buffer.from('\uFEFFkind: Service\n', 'utf16le');
    const fault = faultOf(() => reader.file(fileWith(little)));
    expect(fault).toMatchObject({ kind: 'not-utf8', message: 'UTF-16 text; meshlint, like kubectl, reads only UTF-8', offset: 0 });
    expect(faultOf(() => reader.file(fileWith(little.swap16()))).message).toContain('UTF-16');
    expect(faultOf(() => reader.file(fileWith(Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)))).message).toContain('UTF-32');
  });

  it('are found in a large text as well', () => {
    const bytes = Buffer.alloc(500_000, 'ä');
    bytes[400_000] = 0xff;
    expect(faultOf(() => reader.file(fileWith(bytes)))).toMatchObject({ kind: 'not-utf8', offset: 200_000 });
  });
});

describe('an open descriptor', () => {
  /** The read end of a named pipe into which a process writes. */
  function pipeFrom(script: string): number {
    const folder = temporaryFolder();
    folders.push(folder);
    const path = join(folder.path, 'pipe');
    execFileSync('mkfifo', [path]);
    spawn('sh', ['-c', `(${script}) > "${path}"`], { stdio: 'ignore' });
    return openSync(path, 'r');
  }

  it('is read to its end, however slowly it comes', () => {
    const fd = pipeFrom('printf one; sleep 0.05; printf two; sleep 0.05; seq 100000');
    const text = reader.descriptor(fd);
    closeSync(fd);
    expect(text.slice(0, 10)).toBe('onetwo1\n2\n');
    expect(text.slice(-7)).toBe('100000\n');
  });

  it('is read no further than the limit', () => {
    const fd = pipeFrom('yes 2>/dev/null');
    expect(faultOf(() => reader.descriptor(fd))).toEqual({ kind: 'beyond-limits', message: 'larger than 1 MiB, the most that is read' });
    closeSync(fd);
  });

  it('may be a file, and may hold exactly as much as the limit', () => {
    const path = fileWith('x'.repeat(mebibyte));
    const fd = openSync(path, 'r');
    expect(reader.descriptor(fd)).toHaveLength(mebibyte);
    closeSync(fd);
  });

  it('is unreadable when it is a folder or not open', () => {
    const fd = openSync('/', 'r');
    expect(faultOf(() => reader.descriptor(fd))).toEqual({ kind: 'unreadable', message: 'not a file but a folder' });
    closeSync(fd);
    expect(faultOf(() => reader.descriptor(12_345)).kind).toBe('unreadable');
  });
});
