import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { ReadError } from '../text/source.ts';
import { readSome } from './descriptors.ts';
import { reason, sizeText } from './messages.ts';
import { countText } from './tuning.ts';

/** A path as the system has it: bytes where its name is no UTF-8. */
export type FilePath = string | Buffer;

/** Reads whole texts within a limit. Every method throws a ReadError when the text can't be had, and never waits for a pipe that has no writer. */
export interface TextReader {
  file(path: FilePath): string;
  /** An open descriptor: standard input, `/dev/fd/63`. It can be read only once, and is read to its end. */
  descriptor(fd: number): string;
}

/** Most manifests fit; a larger file gets a buffer of its own. */
const sharedBytes = 64 * 1024;
const growthBytes = 4 * 1024 * 1024;

export function createTextReader(limit: number): TextReader {
  const shared = Buffer.allocUnsafeSlow(sharedBytes);

  return {
    file(path) {
      let fd: number;
      try {
        // Opening a named pipe would wait for its writer otherwise.
        fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      } catch (error) {
        throw unreadable(error);
      }
      try {
        return decode(readBytes(fd));
      } catch (error) {
        throw error instanceof ReadError ? error : unreadable(error);
      } finally {
        closeSync(fd);
      }

      function readBytes(from: number): Buffer {
        // Most files need no fstat: what gives some bytes and then ends was a file, or as good as one.
        const first = readSync(from, shared, 0, sharedBytes, null);
        if (first > 0 && first < sharedBytes) return readRest(from, shared, first, { limit, wait: false });
        const stats = fstatSync(from);
        if (!stats.isFile()) throw notAFile(stats);
        if (stats.size > limit) throw beyondLimit(limit);
        if (first === 0) return shared.subarray(0, 0);
        const buffer = Buffer.allocUnsafeSlow(Math.max(stats.size, first) + 1);
        shared.copy(buffer, 0, 0, first);
        return readRest(from, buffer, first, { limit, wait: false });
      }
    },

    descriptor(fd) {
      try {
        const stats = fstatSync(fd);
        if (stats.isDirectory() || stats.isBlockDevice()) throw notAFile(stats);
        return decode(readRest(fd, shared, 0, { limit, wait: true }));
      } catch (error) {
        throw error instanceof ReadError ? error : unreadable(error);
      }
    },
  };
}

/** Reads from `filled` on to the end; returns a part of `buffer`, or of a larger one. */
function readRest(fd: number, buffer: Buffer, filled: number, options: { limit: number; wait: boolean }): Buffer {
  let target = buffer;
  let length = filled;
  for (;;) {
    if (length > options.limit) throw beyondLimit(options.limit);
    if (length === target.length) {
      // Longer than its size said, or of unknown size. One byte more than the limit is enough to know.
      const grown = Math.min(length + Math.max(length, growthBytes), options.limit + 1);
      const larger = Buffer.allocUnsafeSlow(grown);
      target.copy(larger, 0, 0, length);
      target = larger;
    }
    const count = readSome(fd, target, { offset: length, wait: options.wait });
    if (count === 0) return target.subarray(0, length);
    length += count;
  }
}

/** Bytes → text; throws a ReadError `not-utf8` with the lossy text. A byte order mark of UTF-8 stays in the text. */
export function decode(bytes: Buffer): string {
  countText(bytes.length);
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const text = bytes.toString('utf8');
  const encoding = byteOrderMark(bytes);
  const message = encoding === undefined ? 'not UTF-8 text' : `${encoding} text; meshlint, like kubectl, reads only UTF-8`;
  throw new ReadError({ kind: 'not-utf8', message, text, offset: encoding === undefined ? firstFault(bytes, text) : 0 });
}

function byteOrderMark(bytes: Buffer): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  return a === 0xfe && b === 0xff ? 'UTF-16' : undefined;
}

/** Offset in the lossy text of the first U+FFFD that stands for bytes that are no UTF-8. */
function firstFault(bytes: Buffer, text: string): number {
  const again = Buffer.from(text);
  let low = 0;
  let high = Math.min(bytes.length, again.length);
  // How far both agree; compare() is native, a loop over 256 MiB is not.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bytes.compare(again, low, middle, low, middle) === 0) low = middle;
    else high = middle - 1;
  }
  // A broken sequence may begin as U+FFFD's own does: go back to the start of the character.
  let start = low;
  while (start > 0 && ((again[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return again.toString('utf8', 0, start).length;
}

export function beyondLimit(limit: number): ReadError {
  return new ReadError({ kind: 'beyond-limits', message: `larger than ${sizeText(limit)}, the most that is read` });
}

function notAFile(stats: Stats): ReadError {
  return new ReadError({ kind: 'unreadable', message: `not a file but ${kindOf(stats)}` });
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function unreadable(error: unknown): ReadError {
  return unreadableBecause(reason(error));
}

export function unreadableBecause(why: string): ReadError {
  return new ReadError({ kind: 'unreadable', message: `can't be read: ${why}` });
}
