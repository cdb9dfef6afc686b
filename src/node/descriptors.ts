import { fstatSync, readSync, statSync, writeSync } from 'node:fs';
import { codeOf } from './messages.ts';

const pollMs = 5;

/** Bytes read into the buffer from `offset` on; 0 at the end. `wait`: until there is something, when nothing is there yet. */
export function readSome(fd: number, buffer: Buffer, { offset, wait }: { readonly offset: number; readonly wait: boolean }): number {
  for (;;) {
    try {
      return readSync(fd, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const code = codeOf(error);
      // Windows says so at the end of a pipe.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' || !wait) throw error;
      // Someone has set the descriptor to non-blocking (a terminal, a parent's socket): there is just nothing yet.
      pause(pollMs);
    }
  }
}

/** Writes the whole text; waits for a slow reader. */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      pause(pollMs);
    }
  }
}

export function isTerminal(fd: number): boolean {
  try {
    // Loading node:tty costs two milliseconds of a start: only where it can be one.
    const stats = fstatSync(fd);
    return stats.isCharacterDevice() && stats.rdev !== nullDevice() && process.getBuiltinModule('node:tty').isatty(fd);
  } catch {
    return false;
  }
}

/** The number of /dev/null, which is a character device as terminals are; 0 where there is none. */
function nullDevice(): number {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev ?? 0;
}

/** Waits without an event loop. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
