import { spawnSync } from 'node:child_process';
import v8 from 'node:v8';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { flagsFor } from './tuning.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the flags of V8 for much text', () => {
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

  it('are set once, when so much has been read by a process that ends with its run', async () => {
    const flags: string[] = [];
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ ...v8, setFlagsFromString: (flag: string) => void flags.push(flag) });
    vi.resetModules();
    const { countText, tuneWhenMuchIsRead } = await import('./tuning.ts');
    countText(1_000_000);
    tuneWhenMuchIsRead();
    countText(10_000);
    expect(flags).toEqual([]);
    countText(10_000);
    countText(1_000_000);
    tuneWhenMuchIsRead();
    countText(1_000_000);
    expect(flags).toEqual(flagsFor(process.versions.v8));
  });
});
