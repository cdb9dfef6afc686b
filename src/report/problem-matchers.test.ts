import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, LintResult } from '../rule/finding.ts';
import { conciseLine, reportConcise } from './concise.ts';
import { visible } from './escape.ts';
import { checkGithubMatchers, githubIssue, type Issue, type Marker, vscodeMarker } from './matcher-models.test-support.ts';
import { problemMatcher, problemMatchers } from './problem-matchers.ts';
import { arbitraryResult } from './results.test-support.ts';
import { findingOf, good, hostile, locate, ownRule, permissiveMtls, sampleOptions, subsetNotFound } from './samples.ts';
import { summaryLines } from './summary.ts';
import { reportText } from './text.ts';

const matchers = problemMatchers.github.problemMatcher;
const issueOf = (line: string): Issue | undefined => githubIssue(line, matchers);
const markerOf = (line: string): Marker | undefined => vscodeMarker(line, problemMatchers.vscode);

const at = locate('a.yaml', 'key: value\n', 'value');
const files = [
  'a.yaml',
  'my mesh/a b.yaml',
  ' starts and ends with blanks ',
  'C:\\mesh\\a.yaml',
  'time 12:30:15/a:b.yaml',
  'a.yaml:3:5',
  'naïve-服务-🚀.yaml',
  '-',
  '::error::owned.yaml',
];
const messages = [
  'subset "v3" is not there',
  'host "x: y" [z] error: 1:2-3:4 [fake-rule]',
  ' ',
  'a:1:1-1:2: error: b [c]',
  '100 % "::error::"',
];

describe('the files of the package', () => {
  it('are in the task that the README recommends', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const block = /^```json\n([^]*?)^```$/m.exec(readme)?.[1] ?? '';
    const { tasks } = JSON.parse(block) as { readonly tasks: readonly object[] };
    expect(tasks).toEqual([expect.objectContaining({ isBackground: true, problemMatcher: problemMatchers.vscode })]);
  });

  it.each(['vscode', 'github'] as const)('are what the command prints: %s', async (tool) => {
    await expect(problemMatcher(tool)).toMatchFileSnapshot(`../../schemas/problem-matcher.${tool}.json`);
    expect(JSON.parse(problemMatcher(tool))).toEqual(problemMatchers[tool]);
  });

  it('are as the runner wants them', () => {
    expect(() => {
      checkGithubMatchers(matchers);
    }).not.toThrow();
  });

  it('use nothing that .NET lacks in its ECMAScript mode', () => {
    for (const regexp of [problemMatchers.vscode.pattern.regexp, ...matchers.flatMap(({ pattern }) => pattern.map((one) => one.regexp))]) {
      // No look-around, no named group, no category, no escape but these.
      expect(regexp).not.toMatch(/\(\?(?!:)|\\[pPkuc]/);
      expect(regexp).toMatch(/^\^.*\$$/);
    }
  });
});

describe.each([
  ['plain', false],
  ['coloured', true],
])('a line of the concise format, %s', (_, color) => {
  const cases = files.flatMap((file) => messages.map((message): [string, string] => [file, message]));

  it.each(cases)('becomes a marker in VS Code: %j, %j', (file, message) => {
    for (const rule of [subsetNotFound, permissiveMtls, ownRule]) {
      const range = { start: { line: 12, column: 3 }, end: { line: 14, column: 1 } };
      const line = conciseLine(findingOf(rule, message, { ...at, file, ...range }), { color });
      expect(markerOf(line)).toEqual({
        file: written(file).trim(),
        severity: rule.severity,
        message: message.trim(),
        code: rule.id,
        ...{ startLine: 12, startColumn: 3, endLine: 14, endColumn: 1 },
      });
    }
  });

  it.each(cases)('becomes an issue in GitHub Actions: %j, %j', (file, message) => {
    for (const rule of [subsetNotFound, permissiveMtls, ownRule]) {
      const line = conciseLine(findingOf(rule, message, { ...at, file }), { color });
      expect(issueOf(line)).toEqual({
        type: rule.severity === 'info' ? 'notice' : rule.severity,
        message: `${message} [${rule.id}]`,
        code: rule.id,
        file: written(file),
        line: 1,
        column: 6,
      });
    }
  });
});

/** A path that begins like a command to the runner is written so that it does not. */
function written(file: string): string {
  return file.startsWith('::') ? `./${file}` : file;
}

describe('what is no finding', () => {
  it.each([
    '',
    'a.yaml:1:2: error: of another tool [x]',
    'a.yaml:1:2-1:3: notice: x [y]',
    'a.yaml:1:2-1:3: error: no rule',
    'meshlint: "a.yaml" does not exist',
    '2 errors, 1 warning in 2 files',
  ])('is left alone: %s', (line) => {
    expect(markerOf(line)).toBe(undefined);
    expect(issueOf(line)).toBe(undefined);
  });

  it('is left alone in the other reports for people and in the summary', () => {
    for (const result of [good, hostile]) {
      const lines = [...reportText(result, sampleOptions), ...summaryLines(result)].flatMap((text) => text.split('\n'));
      expect(lines.map(markerOf).filter((marker) => marker !== undefined)).toEqual([]);
      expect(lines.map(issueOf).filter((issue) => issue !== undefined)).toEqual([]);
    }
  });
});

describe('for every result', () => {
  const ambiguous = /:\d+:\d+-\d+:\d+: /;

  it('each line becomes one marker and one issue, at its place and with its rule', () => {
    fc.assert(
      fc.property(arbitraryResult, fc.boolean(), (result: LintResult, color) => {
        const lines = [...reportConcise(result, { color })].map((line) => line.slice(0, -1));
        for (const [index, finding] of result.findings.entries()) {
          if (ambiguous.test(finding.location.file)) continue;
          expect(markerOf(lines[index] ?? '')).toMatchObject(expectedMarker(finding));
          expect(issueOf(lines[index] ?? '')).toMatchObject({ line: finding.location.start.line, code: finding.rule.id });
        }
      }),
    );
  });

  function expectedMarker({ rule, severity, location }: Finding): Partial<Marker> {
    const { start, end, file } = location;
    return {
      ...(/^\s*::/.test(file) ? {} : { file: visible(file).trim() }),
      severity,
      code: rule.id,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  }

  it('takes time in proportion to the length of a line', () => {
    const lines = [
      `${'a:1:1-1:1: error: '.repeat(20_000)}b`,
      `${'\u001b[1m'.repeat(20_000)}x`,
      `a:1:1-1:1: error: ${' [a]'.repeat(20_000)} `,
    ];
    for (const line of lines.map((text) => text.slice(0, 8000))) {
      const started = performance.now();
      markerOf(line);
      issueOf(line);
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
