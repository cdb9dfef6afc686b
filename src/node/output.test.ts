import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { descriptorOutput, type Output, streamOutput, writeReport } from './output.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function emptyFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

/** A named pipe whose reader is a shell command. */
function pipeTo(command: string): number {
  const path = join(emptyFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  spawn('sh', ['-c', `(${command}) < "${path}"`], { stdio: 'ignore' });
  return openSync(path, 'w');
}

function* lines(count: number, seen?: (line: number) => void): Generator<string> {
  for (let i = 1; i <= count; i += 1) {
    seen?.(i);
    yield `line ${String(i)} é\n`;
  }
}

describe('a report', () => {
  it('is written whole and in order', async () => {
    const path = join(emptyFolder(), 'out');
    const fd = openSync(path, 'w');
    await writeReport(descriptorOutput(fd), lines(50_000));
    closeSync(fd);
    expect(readFileSync(path, 'utf8') === [...lines(50_000)].join('')).toBe(true);
  });

  it('is made no faster than it is read', async () => {
    let written = 0;
    let ahead = 0;
    const slow: Output = {
      isTerminal: () => false,
      write: async (text) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        written += text.length;
        return true;
      },
    };
    let made = 0;
    function* report(): Generator<string> {
      for (let i = 0; i < 2000; i += 1) {
        ahead = Math.max(ahead, made - written);
        made += 100;
        yield 'x'.repeat(100);
      }
    }
    await writeReport(slow, report());
    expect(written).toBe(200_000);
    expect(ahead).toBeLessThan(64 * 1024);
  });

  it('ends quietly when nobody reads on, and the rest is not made', async () => {
    const fd = pipeTo('head -1 > /dev/null');
    let made = 0;
    await writeReport(
      descriptorOutput(fd),
      lines(1_000_000, (line) => {
        made = line;
      }),
    );
    closeSync(fd);
    expect(made).toBeLessThan(100_000);
  });

  it.skipIf(process.platform !== 'linux')('says when it can not be written', async () => {
    const fd = openSync('/dev/full', 'w');
    await expect(writeReport(descriptorOutput(fd), ['x'])).rejects.toThrow('ENOSPC');
    closeSync(fd);
  });

  it('goes to a stream where descriptors do not do', async () => {
    const stream = Object.assign(new PassThrough({ highWaterMark: 1 }), { isTTY: true });
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const output = streamOutput(stream as unknown as NodeJS.WriteStream);
    expect(output.isTerminal()).toBe(true);
    await writeReport(output, ['a', 'b']);
    expect(text).toBe('ab');
    stream.destroy(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
    await writeReport(output, ['c']);
    expect(text).toBe('ab');
  });
});

describe('a descriptor', () => {
  it('is no terminal when it is a file, a device or not open', () => {
    const device = openSync('/dev/null', 'w');
    expect(descriptorOutput(device).isTerminal()).toBe(false);
    closeSync(device);
    expect(descriptorOutput(12_345).isTerminal()).toBe(false);
  });
});
