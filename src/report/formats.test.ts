import { describe, expect, it } from 'vitest';
import type { Finding, LintResult, Notification } from '../rule/finding.ts';
import type { RuleMeta } from '../rule/rule.ts';
import { reportAzure } from './azure.ts';
import { utf8Length } from './bytes.ts';
import { reportCheckstyle } from './checkstyle.ts';
import { reportConcise } from './concise.ts';
import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import { byImportance } from './importance.ts';
import { reportJunit } from './junit.ts';
import { encodedPath, pathFromRoot } from './path.ts';
import { reportRdjson } from './rdjson.ts';
import { azureCommand, githubCommand } from './runners.test-support.ts';
import { clean, findingOf, good, locate, nothing, ownRule, permissiveMtls, sampleOptions, subsetNotFound } from './samples.ts';
import { parseXml } from './xml.test-support.ts';

const at = locate('a.yaml', 'key: value\n', 'value');

function having(findings: readonly Finding[], rest: Partial<LintResult> = {}): LintResult {
  return { ...clean, findings, ...rest };
}

function several(count: number, rule: RuleMeta): readonly Finding[] {
  return Array.from({ length: count }, (_, index) => findingOf(rule, `${rule.id} ${String(index)}`, at));
}

describe('concise', () => {
  it('looks like this', () => {
    expect([...reportConcise(good, sampleOptions)].join(''))
      .toBe(`mesh/policy.yaml:8:11-8:21: warning: PERMISSIVE accepts plaintext from any client [permissive-mtls]
mesh/routes.yaml:14:21-14:23: error: subset "v3" of "reviews" is not defined [subset-not-found]
mesh/routes.yaml:18:21-18:23: error: subset "v4" of "reviews" is not defined [subset-not-found]
mesh/routes.yaml:8:3-10:14: info: the Deployment has no label "team" [team-label]
`);
    expect([...reportConcise(clean, sampleOptions)]).toEqual([]);
  });

  it('is the same with colour, but for the colour', () => {
    const colored = [...reportConcise(good, { color: true })].join('');
    expect(colored).toContain('\u001b[1;31merror\u001b[0m: ');
    expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe([...reportConcise(good, sampleOptions)].join(''));
  });

  it('never begins with a command to a runner, and the path still leads to the file', () => {
    const [line] = reportConcise(having([findingOf(ownRule, 'x', { ...at, file: '::error::owned/a.yaml' })]), sampleOptions);
    expect(line).toBe('./::error::owned/a.yaml:1:6-1:11: info: x [team-label]\n');
  });
});

describe('github', () => {
  const commands = (result: LintResult, rootPrefix = ''): ReturnType<typeof githubCommand>[] =>
    [...reportGithub(result, { ...sampleOptions, rootPrefix })].map((line) => githubCommand(line.trimEnd()));

  it('has what a person needs, the most important first', () => {
    const [failure, first, second, third, fourth] = commands(good, 'a b/');
    expect(failure).toEqual({
      name: 'error',
      properties: { title: 'meshlint: unreadable', file: 'a b/mesh/secret.yaml' },
      data: 'permission denied\nmesh/secret.yaml',
    });
    expect(first).toEqual({
      name: 'error',
      properties: {
        title: 'meshlint: subset-not-found',
        file: 'a b/mesh/routes.yaml',
        line: '14',
        endLine: '14',
        col: '21',
        endColumn: '23',
      },
      data: `subset "v3" of "reviews" is not defined
mesh/routes.yaml:14:21
mesh/subsets.yaml:7:13: "v1" is defined here
mesh/subsets.yaml:9:13: "v2" is defined here
Define the subset in a DestinationRule of that host, or name one that is defined.
https://github.com/meshlint/meshlint/blob/main/docs/rules/subset-not-found.md`,
    });
    expect([second?.name, third?.name, fourth?.name]).toEqual(['error', 'warning', 'notice']);
  });

  it('has columns on one line only', () => {
    const text = 'key: a\n  b\nnext: c\n';
    const places = [locate('a.yaml', text, 'a\n  b'), locate('a.yaml', text, 'a\n'), locate('a.yaml', text, 'a\n  b\n')];
    expect(commands(having(places.map((place) => findingOf(ownRule, 'x', place)))).map((command) => command?.properties)).toMatchObject([
      { line: '1', endLine: '2' },
      { line: '1', endLine: '1', col: '6', endColumn: '7' },
      { line: '1', endLine: '2' },
    ]);
    const [command] = commands(having([findingOf(ownRule, 'x', locate('a.yaml', text, 'a\n  b'))]));
    expect(Object.keys(command?.properties ?? {})).toEqual(['title', 'file', 'line', 'endLine']);
  });

  it('names no file for standard input', () => {
    expect(commands(having([findingOf(ownRule, 'x', { ...at, file: '-' })]), 'a/')[0]?.properties).not.toHaveProperty('file');
  });

  it('shows ten of each level, and then what is left', () => {
    const result = having([...several(10, ownRule), ...several(12, permissiveMtls), ...several(10, subsetNotFound)]);
    const levels = commands(result).map((command) => command?.name);
    expect(levels).toEqual([...Array<string>(10).fill('error'), ...Array<string>(10).fill('warning'), ...Array<string>(10).fill('notice')]);
    expect(commands(result).at(-1)?.data).toMatch(/^3 more: 2 warnings, 1 info\n/);
    expect(commands(having(several(10, ownRule)))).toHaveLength(10);
    expect(commands(having(several(11, ownRule))).at(-1)?.data).toMatch(/^2 more: 2 infos\n/);
  });

  it('counts why the run is not complete among the errors', () => {
    const failures = Array.from({ length: 12 }, (): Notification => ({ level: 'error', kind: 'unreadable', message: 'gone' }));
    const all = commands(having(several(1, subsetNotFound), { notifications: failures }));
    expect(all).toHaveLength(11);
    expect(all.at(-1)).toMatchObject({ name: 'notice', data: expect.stringMatching(/^3 more: 3 errors\n/) as string });
  });
});

describe('byImportance', () => {
  it('puts what is proved before hardening, and what weighs more for security first', () => {
    const rule = (id: string, rest: Partial<RuleMeta>): RuleMeta => ({ ...permissiveMtls, id, presets: ['strict'], ...rest });
    const rules = [
      rule('strict', {}),
      rule('all', { presets: [] }),
      rule('recommended', { presets: ['recommended', 'strict'], securitySeverity: '3.0' }),
      rule('heavier', { presets: ['recommended', 'strict'], securitySeverity: '9.1' }),
      rule('error', { severity: 'error', presets: [] }),
    ];
    expect(byImportance(rules.map((meta) => findingOf(meta, 'x', at))).map((finding) => finding.rule.id)).toEqual([
      'error',
      'heavier',
      'recommended',
      'strict',
      'all',
    ]);
  });
});

describe('gitlab', () => {
  it('has one line for each finding, and paths from the root of the repository', () => {
    const issues = JSON.parse([...reportGitlab(good, { ...sampleOptions, rootPrefix: 'a/' })].join('')) as unknown[];
    expect(issues[3]).toEqual({
      description: 'the Deployment has no label "team"',
      check_name: 'team-label',
      fingerprint: '0123456789abcdef-4',
      severity: 'info',
      location: { path: 'a/mesh/routes.yaml', lines: { begin: 8, end: 10 } },
    });
    expect(issues[0]).toMatchObject({ fingerprint: '0123456789abcdef', severity: 'major' });
    expect([...reportGitlab(clean, sampleOptions)].join('')).toBe('[]\n');
  });
});

describe('junit', () => {
  it('has a test also where nothing was found', () => {
    const root = parseXml([...reportJunit(clean, sampleOptions)].join(''));
    expect(root.attributes).toEqual({ name: 'meshlint', tests: '1', failures: '0', errors: '0' });
    expect(root.children[0]?.children[0]).toMatchObject({ name: 'testcase', children: [] });
  });

  it('has an error for each reason why the run is not complete', () => {
    for (const [result, kind] of [
      [nothing, 'nothing-to-analyse'],
      [{ ...clean, complete: false }, 'incomplete'],
    ] as const) {
      const root = parseXml([...reportJunit(result, sampleOptions)].join(''));
      expect(root.attributes).toMatchObject({ tests: '1', errors: '1' });
      expect(root.children[0]?.children[0]?.children[0]).toMatchObject({ name: 'error', attributes: { type: kind } });
    }
  });

  it('has a failure for each finding, with its place and what to do', () => {
    const root = parseXml([...reportJunit(good, sampleOptions)].join(''));
    const suite = root.children.find(({ attributes }) => attributes.name === 'mesh/routes.yaml');
    expect(suite?.attributes).toMatchObject({ tests: '3', failures: '3', errors: '0' });
    const [first] = suite?.children ?? [];
    expect(first?.attributes).toEqual({ name: 'subset-not-found: subset "v3" of "reviews" is not defined', classname: 'mesh/routes.yaml' });
    expect(first?.children[0]).toMatchObject({ name: 'failure', attributes: { type: 'error' } });
    expect(first?.children[0]?.text).toContain('mesh/routes.yaml:14:21: error: subset "v3" of "reviews" is not defined\n');
    expect(first?.children[0]?.text).toContain('\nWhat to do: Define the subset');
  });

  it('gives no two tests the same name', () => {
    const root = parseXml([...reportJunit(having([...several(1, ownRule), ...several(1, ownRule)]), sampleOptions)].join(''));
    expect(root.children[1]?.children.map(({ attributes }) => attributes.name)).toEqual([
      'team-label: team-label 0',
      'team-label: team-label 0 (2)',
    ]);
  });
});

describe('checkstyle', () => {
  it('has the errors of each file', () => {
    const root = parseXml([...reportCheckstyle(good)].join(''));
    expect(root.children.map(({ attributes, children }) => [attributes.name, children.length])).toEqual([
      ['mesh/policy.yaml', 1],
      ['mesh/routes.yaml', 3],
    ]);
    expect(root.children[0]?.children[0]?.attributes).toEqual({
      line: '8',
      column: '11',
      severity: 'warning',
      message: 'PERMISSIVE accepts plaintext from any client',
      source: 'meshlint.security.permissive-mtls',
    });
  });

  it('is a document also where nothing was found', () => {
    expect(parseXml([...reportCheckstyle(clean)].join('')).children).toEqual([]);
  });
});

describe('rdjson', () => {
  const diagnostics = (result: LintResult): readonly object[] =>
    (JSON.parse([...reportRdjson(result)].join('')) as { diagnostics: object[] }).diagnostics;

  it('counts bytes', () => {
    const text = 'é服: "🚀x"\n  y: z\n';
    const rangeOf = (part: string): object | undefined => diagnostics(having([findingOf(ownRule, 'x', locate('a.yaml', text, part))]))[0];
    expect(rangeOf('x')).toMatchObject({ location: { range: { start: { line: 1, column: 13 }, end: { line: 1, column: 14 } } } });
    expect(rangeOf('"🚀x"\n  y')).toMatchObject({ location: { range: { start: { line: 1, column: 8 }, end: { line: 2, column: 4 } } } });
    expect(rangeOf('🚀x"\n')).toMatchObject({ location: { range: { start: { line: 1, column: 9 }, end: { line: 2, column: 1 } } } });
  });

  it('names whole lines where the text of the last one is not known', () => {
    const text = `a:\n${'  - x\n'.repeat(20)}b: c\n`;
    const location = locate('a.yaml', text, text.slice(0, text.indexOf('c')));
    expect(diagnostics(having([findingOf(ownRule, 'x', location)]))[0]).toMatchObject({
      location: { path: 'a.yaml', range: { start: { line: 1 }, end: { line: 22 } } },
    });
    expect(JSON.stringify(diagnostics(having([findingOf(ownRule, 'x', location)])))).not.toContain('column');
  });

  it('offers what is safe, is one replacement and lies in the same file', () => {
    const [, first, second] = diagnostics(good);
    expect(first).toMatchObject({
      severity: 'ERROR',
      code: { value: 'subset-not-found' },
      suggestions: [{ range: { start: { line: 14, column: 21 }, end: { line: 14, column: 23 } }, text: 'v2' }],
    });
    expect(second).not.toHaveProperty('suggestions');
    const edit = { op: 'replace', location: at, value: 'x', replacement: 'x' } as const;
    for (const edits of [[edit, edit], [{ ...edit, location: { ...at, file: 'b.yaml' } }], [{ ...edit, replacement: '\ud83d' }]]) {
      const [diagnostic] = diagnostics(having([findingOf(ownRule, 'x', at, { fix: { title: 'x', safety: 'safe', edits } })]));
      expect(diagnostic).not.toHaveProperty('suggestions');
    }
  });

  it('is a result also where nothing was found', () => {
    expect(diagnostics(clean)).toEqual([]);
  });
});

describe('azure', () => {
  it('has an issue for each error and warning, and a line for the rest', () => {
    const lines = [...reportAzure(good, { ...sampleOptions, rootPrefix: 'a/' })];
    expect(lines.slice(0, 4).map((line) => azureCommand(line.trimEnd()))).toMatchObject([
      { properties: { type: 'error', sourcepath: 'a/mesh/secret.yaml', code: 'unreadable' }, data: 'permission denied [unreadable]' },
      { properties: { type: 'error', sourcepath: 'a/mesh/routes.yaml', linenumber: '14', columnnumber: '21', code: 'subset-not-found' } },
      { properties: { type: 'error', linenumber: '18' } },
      { properties: { type: 'warning' }, data: 'PERMISSIVE accepts plaintext from any client [permissive-mtls]' },
    ]);
    expect(lines[4]).toBe('mesh/routes.yaml:8:3-10:14: info: the Deployment has no label "team" [team-label]\n');
  });

  it('escapes what would end a property, and percent signs as the agent wants it', () => {
    const [line = ''] = reportAzure(having([findingOf(subsetNotFound, '100%0A]', { ...at, file: 'a;b]%3B.yaml' })]), sampleOptions);
    expect(line).toContain('sourcepath=a%3Bb%5D%AZP253B.yaml;');
    expect(line).toContain(']100%AZP250A] [subset-not-found]\n');
    expect(azureCommand(line.trimEnd())).toMatchObject({ properties: { sourcepath: 'a;b]%3B.yaml' }, data: '100%0A] [subset-not-found]' });
  });
});

describe('paths', () => {
  it('are the shortest from the root of the repository', () => {
    expect(pathFromRoot('./x/../y.yaml', 'a/b/')).toBe('a/b/y.yaml');
    expect(pathFromRoot('../../../y.yaml', 'a/')).toBe('../../y.yaml');
    expect(pathFromRoot('-', 'a/')).toBe('-');
    expect(encodedPath('a b/ü#?.yaml')).toBe('a%20b/%C3%BC%23%3F.yaml');
  });

  it('are counted in bytes of UTF-8', () => {
    for (const text of ['', 'abc', 'é', '服务', '🚀', 'a\ud83d', '\udc00\ud83d', '\uffff'])
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
  });
});
