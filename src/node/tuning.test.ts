import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { flagsFor, tunedFor } from './tuning.ts';

describe('the flags of V8 where much is read', () => {
  it('are known to this Node', () => {
    const { status, stderr } = spawnSync(process.execPath, [...flagsFor(process.versions.v8), '-e', '0'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('differ by version, and leave versions alone that nobody has tried', () => {
    const counts = ['11.3.244.8-node.33', '12.4.254.21-node.57', '13.6.233.17-node.53', '14.1.0'].map((version) => flagsFor(version));
    expect(counts.map((flags) => flags.slice(1).map((flag) => flag.split('=')[0]))).toEqual([
      ['--interrupt-budget'],
      ['--invocation-count-for-turbofan'],
      ['--invocation-count-for-turbofan'],
      [],
    ]);
  });
});

describe('V8 is told', () => {
  const sourcesOf = (...lengths: readonly number[]) =>
    lengths.map((length, index) => ({ path: `${String(index)}.yaml`, named: true, read: () => ' '.repeat(length) }));
  const quarter = 64 * 1024;

  it('at once, where there are many files', () => {
    let times = 0;
    const sources = sourcesOf(...Array.from({ length: 65 }, () => 1));
    expect(tunedFor(sources, () => (times += 1))).toBe(sources);
    expect(times).toBe(1);
  });

  it('once, when what was read of few files has become much', () => {
    let times = 0;
    const sources = tunedFor(sourcesOf(quarter, quarter, 2 * quarter, 4 * quarter), () => (times += 1));
    const told = sources.map((source) => (source.read(), times));
    expect(told).toEqual([0, 0, 1, 1]);
    expect(sources.map(({ path, named }) => [path, named])).toEqual([0, 1, 2, 3].map((index) => [`${String(index)}.yaml`, true]));
  });

  it('nothing, where there is little to read', () => {
    let times = 0;
    for (const source of tunedFor(sourcesOf(quarter, quarter, quarter), () => (times += 1))) expect(source.read()).toHaveLength(quarter);
    expect(times).toBe(0);
  });
});
