import { describe, expect, it } from 'vitest';
import { withProgress } from './progress.ts';

/** What a terminal is sent while so many files are read, each in so many milliseconds. */
async function sent(count: number, milliseconds: number): Promise<readonly string[]> {
  const written: string[] = [];
  const stderr = { isTerminal: () => true, write: (text: string) => written.push(text) > 0 };
  let time = 0;
  const sources = Array.from({ length: count }, (_, i) => ({ path: `${String(i)}.yaml`, named: i === 0, read: () => `text ${String(i)}` }));
  const progress = withProgress(sources, stderr, () => (time += milliseconds));
  expect(progress.sources.map(({ path, named }) => ({ path, named }))).toEqual(sources.map(({ path, named }) => ({ path, named })));
  expect(progress.sources.map((source) => source.read())).toEqual(sources.map((source) => source.read()));
  for (const source of progress.sources) source.read();
  await progress.end();
  return written;
}

describe('the progress of a run', () => {
  it('is not shown when it takes less than a second', async () => {
    expect(await sent(100, 5)).toEqual([]);
  });

  it('is shown in one line from then on, ten times a second, and is gone at the end', async () => {
    const written = await sent(100, 50);
    expect(written[0]).toBe('\r\u001b[Kreading 20 of 100 files');
    expect(written[1]).toBe('\r\u001b[Kreading 22 of 100 files');
    expect(written.slice(-2)).toEqual(['\r\u001b[Kchecking what 100 files hold', '\r\u001b[K']);
    expect(written.join('')).not.toContain('\n');
  });
});
