import { describe, expect, it } from 'vitest';
import type { Finding } from '../rule/finding.ts';
import { conciseLine } from './concise.ts';
import { problemMatchers, watchLines } from './problem-matchers.ts';
import { findingOf, locate, ownRule, permissiveMtls, subsetNotFound } from './samples.ts';
import { backgroundTask } from './vscode-engine.test-support.ts';

// VS Code replaces the variable before the matcher is read.
const matcher = JSON.parse(JSON.stringify(problemMatchers.vscode).replace('${workspaceFolder}', '/ws')) as unknown;
const files = ['a.yaml', 'my mesh/a b.yaml', 'time 12:30:15/a:b.yaml', 'naïve-服务-🚀.yaml', 'a.yaml:3:5'];
const existing = files.map((file) => `/ws/${file}`);
const at = locate('a.yaml', 'key: value\n', 'value');

const finding = (file: string, message = 'x', rule = subsetNotFound, range: Partial<Finding['location']> = {}): Finding =>
  findingOf(rule, message, { ...at, file, ...range });

describe("VS Code's own engine", () => {
  it.each([
    ['plain', false],
    ['coloured', true],
  ])('makes a problem of each %s line, with its file, range, severity and rule', async (_, color) => {
    const task = await backgroundTask(matcher, existing);
    for (const file of files) {
      await task.print(conciseLine(finding(file), { color }));
      expect(task.problems.at(-1)).toBe(`/ws/${file} 1:6-1:11 error subset-not-found: x`);
    }
    const message = 'host "x: y" [z] error: 1:2-3:4 [fake-rule]';
    const several = finding('a.yaml', message, permissiveMtls, { start: { line: 3, column: 2 }, end: { line: 5, column: 4 } });
    await task.print(conciseLine(several, { color }), conciseLine(finding('a.yaml', 'note', ownRule), { color }));
    expect(task.problems.slice(0, 3)).toEqual([
      '/ws/a.yaml 1:6-1:11 error subset-not-found: x',
      `/ws/a.yaml 3:2-5:4 warning permissive-mtls: ${message}`,
      `/ws/a.yaml 1:6-1:11 info ${ownRule.id}: note`,
    ]);
  });

  it('keeps a message of several lines on the one line that it reads', async () => {
    const task = await backgroundTask(matcher, existing);
    await task.print(...conciseLine(finding('a.yaml', 'first\nsecond\r\nthird'), { color: false }).split('\n'));
    expect(task.problems).toEqual([expect.stringMatching(/^\/ws\/a.yaml 1:6-1:11 error subset-not-found: first.*second.*third$/)]);
  });

  it('begins and ends with the lines of --watch, and forgets what is no more', async () => {
    const task = await backgroundTask(matcher, existing);
    const line = (file: string): string => conciseLine(finding(file), { color: false });
    await task.print(
      watchLines.begin,
      line('a.yaml'),
      line('my mesh/a b.yaml'),
      '2 errors in 2 files',
      'read 2 files, 2 resources',
      watchLines.end,
    );
    expect(task.problems).toHaveLength(2);
    expect(task.events).toEqual(['begins', 'ends']);
    await task.print(watchLines.begin, line('my mesh/a b.yaml'), watchLines.end);
    expect(task.problems).toEqual(['/ws/my mesh/a b.yaml 1:6-1:11 error subset-not-found: x']);
    await task.print(watchLines.begin, 'no problems found', watchLines.end);
    expect(task.problems).toEqual([]);
    expect(task.events).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends']);
  });

  it('refuses what is no matcher', async () => {
    await expect(backgroundTask({ owner: 'x', pattern: { regexp: '(' } }, [])).rejects.toThrow();
  });
});
