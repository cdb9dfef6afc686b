import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';
import { Timing, timedSources } from './timing.ts';

/** A clock that stands still until it is told. */
function clockAt(start: number): { now: () => number; pass: (milliseconds: number) => void } {
  let time = start;
  return { now: () => time, pass: (milliseconds) => void (time += milliseconds) };
}

describe('a stopwatch', () => {
  it('tells phases and rules apart, and all time is accounted for', () => {
    const { now, pass } = clockAt(40);
    const timing = new Timing(now);
    timing.begin();
    timing.phase('find');
    pass(10);
    timing.phase('parse');
    const [source] = timedSources([{ path: 'a.yaml', read: () => (pass(20), 'text') }], timing);
    pass(1);
    expect(source?.read()).toBe('text');
    pass(4);
    timing.phase('rules');
    pass(2);
    for (const time of [300, 300]) expect(timing.rule('slow', () => (pass(time), time))).toBe(time);
    timing.rule('fast', () => (pass(23), undefined));
    timing.phase('report');
    pass(300);
    expect(timing.lines()).toEqual([
      'phase        ms      %',
      'start      40.0    4.0',
      'find       10.0    1.0',
      'read       20.0    2.0',
      'parse       5.0    0.5',
      'rules     625.0   62.5',
      'report    300.0   30.0',
      'total   1,000.0  100.0',
      '',
      'rule           ms     %  subjects',
      'slow        600.0  60.0         2',
      'fast         23.0   2.3         1',
      '(subjects)    2.0   0.2',
      'all rules   625.0  62.5',
    ]);
  });

  it('counts no time between two runs', () => {
    const { now, pass } = clockAt(40);
    const timing = new Timing(now);
    timing.begin();
    pass(1000);
    timing.begin();
    pass(5);
    expect(timing.lines().at(-1)).toBe('total  5.0  100.0');
  });

  it('knows what a text that can not be read has cost', () => {
    const { now, pass } = clockAt(0);
    const timing = new Timing(now);
    timing.begin();
    timing.phase('parse');
    const fail = (): string => {
      pass(7);
      throw new Error('gone');
    };
    const [source] = timedSources([{ path: 'a.yaml', read: fail }], timing);
    expect(() => source?.read()).toThrow('gone');
    pass(3);
    expect(timing.lines()).toEqual(expect.arrayContaining(['read    7.0   70.0', 'parse   3.0   30.0']));
  });
});

interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  readonly subjects: number | undefined;
}

/** What is printed, by table. */
function tablesIn(stderr: string): { readonly phases: readonly Measured[]; readonly rules: readonly Measured[] } {
  const rowsBelow = (title: string): readonly Measured[] => {
    const lines = stderr.split('\n');
    const from = lines.findIndex((line) => new RegExp(`^${title} +ms +%`).test(line));
    if (from === -1) throw new Error(`there is no table of ${title}s in ${stderr}`);
    const end = lines.indexOf('', from);
    return lines.slice(from + 1, end).map((line) => {
      const [name = '', milliseconds = '', , subjects] = line.split(/ {2,}/);
      return {
        name,
        milliseconds: Number(milliseconds.replaceAll(',', '')),
        subjects: subjects === undefined ? undefined : Number(subjects),
      };
    });
  };
  return { phases: rowsBelow('phase'), rules: rowsBelow('rule') };
}

/** Each figure is rounded to a tenth. */
function expectSum(rows: readonly Measured[]): void {
  const parts = rows.slice(0, -1);
  const sum = parts.reduce((all, { milliseconds }) => all + milliseconds, 0);
  expect(Math.abs(sum - (rows.at(-1)?.milliseconds ?? Number.NaN))).toBeLessThan(0.05 * (rows.length + 1));
}

const subjectsOf = (rows: readonly Measured[], rule: string): number | undefined => rows.find(({ name }) => name === rule)?.subjects;

describe('--timing', () => {
  const files = { 'a.yaml': policy('a'), 'b.yaml': policy('b') };

  it('changes neither the report nor the exit code, and is not printed unless it is asked for', async () => {
    const [plain, timed] = [await play(['-f', 'json', 'a.yaml'], files), await play(['-f', 'json', '--timing', 'a.yaml'], files)];
    expect(timed.code).toBe(plain.code);
    expect(timed.stdout).toBe(plain.stdout);
    expect(timed.stderr.startsWith(plain.stderr)).toBe(true);
    expect(plain.stderr).not.toContain('total');
    expect(plain.options.stopwatch).toBeUndefined();
  });

  it('adds up', async () => {
    const { stderr, code } = await play(['-q', '--timing', '--only', 'permissive-mtls,duplicate-resource', '.'], files);
    expect(code).toBe(1);
    const { phases, rules } = tablesIn(stderr);
    expect(phases.map(({ name }) => name)).toEqual([
      'start',
      'find',
      'read',
      'parse',
      'mesh',
      'rules',
      'locate',
      'suppress',
      'report',
      'total',
    ]);
    expectSum(phases);
    expectSum(rules);
    expect(rules.at(-1)?.milliseconds).toBe(phases.find(({ name }) => name === 'rules')?.milliseconds);
    expect(subjectsOf(rules, 'permissive-mtls')).toBe(2);
    expect(subjectsOf(rules, 'duplicate-resource')).toBe(1);
    const asked = rules.filter(({ subjects }) => subjects !== undefined);
    expect(asked.toSorted((a, b) => b.milliseconds - a.milliseconds)).toEqual(asked);
  });

  it('adds up over several meshes', async () => {
    const configuration = 'meshes:\n  - name: one\n    paths: [a.yaml]\n  - name: other\n    paths: [a.yaml, b.yaml]\n';
    const { stderr } = await play(['-q', '--timing', '.'], { ...files, 'meshlint.yaml': configuration });
    const { phases, rules } = tablesIn(stderr);
    expect(subjectsOf(rules, 'permissive-mtls')).toBe(3);
    expectSum(phases);
    expectSum(rules);
  });

  it('has the rules of a plugin', async () => {
    const check = `*check() { for (const end = performance.now() + 20; performance.now() < end; ); }`;
    const plugin = `export const slow = { id: 'acme-slow', title: 'Slow', category: 'hygiene', severity: 'warning', presets: ['recommended'], since: '1.0.0', subjects: ['PeerAuthentication'], ${check} };`;
    const { stderr } = await play(['-q', '--timing', '--plugin', 'own.mjs', '--only', 'acme-slow,permissive-mtls', 'a.yaml'], {
      ...files,
      'own.mjs': plugin,
    });
    const { rules } = tablesIn(stderr);
    expect(rules[0]).toMatchObject({ name: 'acme-slow', subjects: 1 });
    expect(rules[0]?.milliseconds).toBeGreaterThanOrEqual(20);
  });

  it('says where the time went when nothing was found to check', async () => {
    const { stderr, code } = await play(['-q', '--timing', '.'], {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/^total +\d/m);
  });
});
