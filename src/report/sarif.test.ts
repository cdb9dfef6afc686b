import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Finding, LintResult, SuppressedFinding } from '../rule/finding.ts';
import type { ReportOptions } from './options.ts';
import {
  clean,
  findingOf,
  good,
  hostile,
  hostileNames,
  locate,
  ownRule,
  permissiveMtls,
  sampleOptions,
  subsetNotFound,
} from './samples.ts';
import { reportSarif } from './sarif.ts';
import { sarifBytes, sarifResults } from './sarif-limits.ts';

const at = locate('a.yaml', 'a: bcd', 'bcd');

function logOf(result: LintResult, options: Partial<ReportOptions> = {}): Log {
  return JSON.parse([...reportSarif(result, { ...sampleOptions, ...options })].join('')) as Log;
}

function runOf(result: LintResult, options: Partial<ReportOptions> = {}): Run {
  const [run] = logOf(result, options).runs;
  if (!run) throw new Error('no run');
  return run;
}

function resultOf(finding: Finding, options: Partial<ReportOptions> = {}): Result {
  const [result] = runOf({ ...clean, findings: [finding] }, options).results ?? [];
  if (!result) throw new Error('no result');
  return result;
}

describe('reportSarif', () => {
  it('has what is not new as unchanged, at its place, and says of nothing that it is new where nobody asked', () => {
    const one = findingOf(subsetNotFound, 'it is wrong', locate('b.yaml', 'a: bcd', 'bcd'));
    const old = [
      findingOf(permissiveMtls, 'it is wrong', locate('a.yaml', 'a: bcd', 'bcd')),
      findingOf(ownRule, 'it is wrong', locate('c.yaml', 'a: bcd', 'bcd')),
    ];
    const run = runOf({ ...clean, findings: [one], known: old });
    expect(run.results?.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
      [permissiveMtls.id, 'unchanged'],
      [subsetNotFound.id, 'new'],
      [ownRule.id, 'unchanged'],
    ]);
    expect(run.tool.driver.rules).toHaveLength(3);
    expect(resultOf(one)).not.toHaveProperty('baselineState');
    expect(runOf({ ...clean, findings: [one], known: [] }).results).toMatchObject([{ baselineState: 'new' }]);
  });

  it('leaves out what is not new first, where there is not room for all', () => {
    const one = findingOf(ownRule, 'it is wrong', at, { severity: 'info' });
    const old = Array.from({ length: sarifResults }, () => findingOf(subsetNotFound, 'it is wrong', at));
    const { results = [], invocations } = runOf({ ...clean, findings: [one], known: old });
    expect(results).toHaveLength(sarifResults);
    expect(results.filter(({ baselineState }) => baselineState === 'new')).toHaveLength(1);
    expect(invocations?.[0]?.toolExecutionNotifications?.at(-1)?.message.text).toContain('1 of 5001 findings');
  });

  it('has one run with everything that code scanning reads', () => {
    const log = logOf(good);
    expect(log).toMatchObject({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' });
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0]).toMatchObject({
      tool: { driver: { name: 'meshlint', semanticVersion: '0.1.0', informationUri: 'https://github.com/meshlint/meshlint' } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { '%SRCROOT%': {} },
      invocations: [
        {
          executionSuccessful: false,
          toolExecutionNotifications: [
            {
              level: 'note',
              descriptor: { id: 'defaults-assumed' },
              message: { text: 'No mesh configuration in the input: the defaults of Istio hold.' },
            },
            {
              level: 'error',
              descriptor: { id: 'unreadable' },
              message: { text: 'Permission denied.' },
              locations: [{ physicalLocation: { artifactLocation: { uri: 'mesh/secret.yaml', uriBaseId: '%SRCROOT%' } } }],
            },
          ],
        },
      ],
    });
  });

  it('writes an empty list of results, which closes what was open', () => {
    expect(runOf(clean)).toMatchObject({ results: [], tool: { driver: { rules: [] } }, invocations: [{ executionSuccessful: true }] });
  });

  it('describes the rules that fired, sorted by id', () => {
    const rules = runOf(good).tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(['permissive-mtls', 'subset-not-found', 'team-label']);
    expect(rules[1]).toMatchObject({
      name: 'SubsetNotFound',
      shortDescription: { text: 'Route to a subset that no DestinationRule defines.' },
      fullDescription: { text: expect.stringMatching(/^Envoy has no cluster .* response flag NC\.$/) as unknown },
      helpUri: 'https://github.com/meshlint/meshlint/blob/main/docs/rules/subset-not-found.md',
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['reference', 'recommended', 'strict', 'service-mesh', 'istio'],
        precision: 'very-high',
        'problem.severity': 'error',
      },
    });
    expect(rules[1]?.help?.markdown).toContain('**What to do:** Define the subset');
    expect(rules[1]?.help?.markdown).toContain('```yaml\napiVersion: networking.istio.io/v1\nkind: VirtualService');
    expect(rules[1]?.help?.text).toContain('What to do: Define the subset');
    expect(rules[0]?.properties).toEqual({
      tags: ['security', 'strict', 'service-mesh', 'istio'],
      precision: 'high',
      'security-severity': '6.5',
    });
    expect(rules[2]).toMatchObject({
      help: { text: 'Workload without a team label.' },
      properties: { 'problem.severity': 'recommendation' },
    });
  });

  it('refers to its rule by id and index, and has the severity of the finding', () => {
    const findings = [findingOf(subsetNotFound, 'x', at), findingOf(permissiveMtls, 'y', at, { severity: 'info' })];
    expect(runOf({ ...clean, findings }).results).toMatchObject([
      { ruleId: 'subset-not-found', ruleIndex: 1, level: 'error' },
      { ruleId: 'permissive-mtls', ruleIndex: 0, level: 'note' },
    ]);
  });

  it.each([
    ['subset "v3" of "reviews" is not defined', "Subset 'v3' of 'reviews' is not defined."],
    ['"reviews": no such host (did you mean "review"?)', "'reviews': no such host (did you mean 'review'?)."],
    ['outboundTrafficPolicy is "ANY"', "outboundTrafficPolicy is 'ANY'."],
    ['mTLS is off, did you mean that?', 'mTLS is off, did you mean that?'],
    ['host "a"b" and "[x](1)\\" is', "Host 'a\"b' and '\\[x\\](1)\\\\' is."],
    ['port "8080" [http]', "Port '8080' \\[http\\]."],
    ['name "\u001b\n\u202e"', "Name '\\\\u001b\\\\u000a\\\\u202e'."],
  ])('turns %j into sentences', (message, text) => {
    expect(resultOf(findingOf(ownRule, message, at)).message.text).toBe(text);
  });

  it('links the message to related places', () => {
    const related = [
      { message: '"v1" [here]', location: locate('b.yaml', 'x: y', 'y') },
      { message: 'and there', location: at },
    ];
    expect(resultOf(findingOf(ownRule, 'bad', at, { related }))).toMatchObject({
      message: { text: "Bad. Related: ['v1' \\[here\\]](1), [and there](2)." },
      relatedLocations: [
        {
          id: 1,
          message: { text: "'v1' \\[here\\]." },
          physicalLocation: { artifactLocation: { uri: 'b.yaml' }, region: { startLine: 1 } },
        },
        { id: 2, message: { text: 'And there.' } },
      ],
    });
  });

  it('keeps to the limits of related places and of links in a message', () => {
    const related = Array.from({ length: 300 }, () => ({ message: 'here', location: at }));
    const result = resultOf(findingOf(ownRule, 'bad', at, { related }));
    expect(result.relatedLocations).toHaveLength(99);
    expect(result.message.text).toMatch(/\[here\]\(10\), 290 more\.$/);
  });

  it('clamps a region to one line', () => {
    const several = locate('a.yaml', 'spec:\n  a: 1\n', 'spec:\n  a: 1');
    expect(resultOf(findingOf(ownRule, 'bad', several)).locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 6 },
        },
      },
    ]);
  });

  it.each([
    ['mesh/a b%.yaml', '', 'mesh/a%20b%25.yaml'],
    ['./mesh//x.yaml', 'sub/', 'sub/mesh/x.yaml'],
    ['../x.yaml', 'a/b/', 'a/x.yaml'],
    ['../../x.yaml', 'a/', '../x.yaml'],
    ['c:d.yaml', '', 'c%3Ad.yaml'],
    ['服务.yaml', '', '%E6%9C%8D%E5%8A%A1.yaml'],
    ['\ud83d.yaml', '', '%EF%BF%BD.yaml'],
  ])('writes %j in %j as %s', (file, rootPrefix, uri) => {
    const { physicalLocation } = resultOf(findingOf(ownRule, 'bad', { ...at, file }), { rootPrefix }).locations?.[0] ?? {};
    expect(physicalLocation?.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
  });

  it('gives standard input no place in the repository', () => {
    const { physicalLocation } = resultOf(findingOf(ownRule, 'bad', { ...at, file: '-' }), { rootPrefix: 'a/' }).locations?.[0] ?? {};
    expect(physicalLocation?.artifactLocation).toEqual({ uri: '-' });
  });

  it('has both fingerprints, or ours alone', () => {
    expect(resultOf(findingOf(ownRule, 'bad', { ...at, lineHash: 'abc:1' })).partialFingerprints).toEqual({
      primaryLocationLineHash: 'abc:1',
      'meshlint/v1': '0123456789abcdef',
    });
    expect(resultOf(findingOf(ownRule, 'bad', at)).partialFingerprints).toEqual({ 'meshlint/v1': '0123456789abcdef' });
  });

  it('offers a fix only when it is safe and a plain replacement', () => {
    const edit = { op: 'replace', location: at, replacement: 'x' } as const;
    const fix = { title: 'write "x"', safety: 'safe', edits: [edit, { ...edit, location: { ...at, file: 'b.yaml' } }] } as const;
    const region = { startLine: 1, startColumn: 4, endLine: 1, endColumn: 7 };
    expect(resultOf(findingOf(ownRule, 'bad', at, { fix })).fixes).toEqual([
      {
        description: { text: "Write 'x'." },
        artifactChanges: ['a.yaml', 'b.yaml'].map((uri) => ({
          artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
          replacements: [{ deletedRegion: region, insertedContent: { text: 'x' } }],
        })),
      },
    ]);
    expect(resultOf(findingOf(ownRule, 'bad', at, { fix: { ...fix, safety: 'suggestion' } })).fixes).toBeUndefined();
    expect(
      resultOf(findingOf(ownRule, 'bad', at, { fix: { ...fix, edits: [edit, { op: 'remove', location: at }] } })).fixes,
    ).toBeUndefined();
    expect(resultOf(findingOf(ownRule, 'bad', at, { fix: { ...fix, edits: [] } })).fixes).toBeUndefined();
  });

  it('keeps the most severe results, in their order, and says how many it left out', () => {
    const rules = [ownRule, permissiveMtls, subsetNotFound];
    const findings = Array.from({ length: sarifResults + 30 }, (_, index) =>
      findingOf(rules[index % 3] ?? ownRule, `number ${String(index)}`, at),
    );
    const run = runOf({ ...clean, findings });
    const levels = (run.results ?? []).map(({ level }) => level);
    expect(levels).toHaveLength(sarifResults);
    expect(levels.filter((level) => level === 'note')).toHaveLength(Math.ceil((sarifResults + 30) / 3) - 30);
    expect(levels.slice(0, 3)).toEqual(['note', 'warning', 'error']);
    expect(run.invocations?.[0]?.toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        descriptor: { id: 'results-left-out' },
        message: { text: '30 of 5030 findings are left out of the SARIF report, the least severe ones: code scanning keeps 5000.' },
      },
    ]);
  });

  it('leaves out what would make the file too large, and tells who asked for it', () => {
    const long = '\u670d'.repeat(2000);
    const related = Array.from({ length: 99 }, () => ({ message: long, location: at }));
    const findings = Array.from({ length: 60 }, (_, index) =>
      findingOf(index % 2 === 0 ? ownRule : subsetNotFound, `number ${String(index)}`, at, { related }),
    );
    const notices: string[] = [];
    const text = [...reportSarif({ ...clean, findings }, { ...sampleOptions, notice: (message) => notices.push(message) })].join('');
    expect(Buffer.byteLength(text)).toBeLessThan(sarifBytes + 100_000);
    const results = (JSON.parse(text) as Log).runs[0]?.results ?? [];
    expect(results.filter(({ level }) => level === 'error')).toHaveLength(30);
    expect(results.length).toBeLessThan(60);
    expect(notices).toEqual([
      `${String(60 - results.length)} of 60 findings are left out of the SARIF report, the least severe ones: the file would be larger than 25 MiB`,
    ]);
  });

  it('names a category only where there is one, since the upload would not give it another', () => {
    expect(runOf(clean)).not.toHaveProperty('automationDetails');
    expect(runOf(clean, { sarif: { category: 'mesh/prod' } }).automationDetails).toEqual({ id: 'mesh/prod/' });
  });

  it('names the repository where a pipeline says it', () => {
    expect(runOf(clean)).not.toHaveProperty('versionControlProvenance');
    const repository = { url: 'https://example.com/shop/mesh', revision: '0123abc' };
    expect(runOf(clean, { sarif: { repository } }).versionControlProvenance).toEqual([
      { repositoryUri: repository.url, revisionId: '0123abc', mappedTo: { uriBaseId: '%SRCROOT%' } },
    ]);
  });

  describe('what is suppressed', () => {
    const open = findingOf(subsetNotFound, 'x', at);
    const hidden: SuppressedFinding = {
      ...findingOf(permissiveMtls, 'y', at),
      suppression: { kind: 'inSource', justification: 'while we migrate\u001b', location: locate('a.yaml', 'a: b # c', '# c') },
    };
    const result: LintResult = { ...clean, findings: [open], suppressed: [hidden] };

    it('stays as such, behind the rest, and every result says whether it is', () => {
      const run = runOf(result, { rootPrefix: 'sub/' });
      expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(['permissive-mtls', 'subset-not-found']);
      expect(run.results).toMatchObject([
        { ruleId: 'subset-not-found', ruleIndex: 1, suppressions: [] },
        {
          ruleId: 'permissive-mtls',
          ruleIndex: 0,
          suppressions: [
            {
              kind: 'inSource',
              status: 'accepted',
              justification: 'while we migrate\\u001b',
              location: { physicalLocation: { artifactLocation: { uri: 'sub/a.yaml' }, region: { startLine: 1, startColumn: 6 } } },
            },
          ],
        },
      ]);
      expect(resultOf(open)).not.toHaveProperty('suppressions');
    });

    it('can be omitted, for who would show it as open', () => {
      const run = runOf(result, { sarif: { suppressed: 'omit' } });
      expect(run.results).toHaveLength(1);
      expect(run.tool.driver.rules).toHaveLength(1);
      expect(run.results?.[0]).not.toHaveProperty('suppressions');
    });

    it('goes together with what is not new', () => {
      const asked: LintResult = { ...result, known: [findingOf(ownRule, 'z', at)] };
      const states = (run: Run): unknown => run.results?.map(({ ruleId, baselineState }) => [ruleId, baselineState]);
      expect(states(runOf(asked))).toEqual([
        ['subset-not-found', 'new'],
        ['team-label', 'unchanged'],
        ['permissive-mtls', undefined],
      ]);
      expect(states(runOf(asked, { sarif: { suppressed: 'omit' } }))).toEqual([['subset-not-found', undefined]]);
    });

    it('makes room first', () => {
      const findings = Array.from({ length: sarifResults - 1 }, () => findingOf(ownRule, 'z', at));
      const run = runOf({ ...clean, findings, suppressed: [hidden, hidden] });
      expect(run.results?.filter(({ level }) => level === 'note')).toHaveLength(sarifResults - 1);
      expect(run.results).toHaveLength(sarifResults);
    });
  });

  it('streams one result in each chunk, and is the same each time', () => {
    const finding = findingOf(subsetNotFound, 'x', at);
    const result = { ...clean, findings: Array.from({ length: 1000 }, () => finding) };
    const chunks = [...reportSarif(result, sampleOptions)];
    expect(chunks.filter((chunk) => chunk.includes('"ruleIndex"'))).toHaveLength(1000);
    expect([...reportSarif(result, sampleOptions)]).toEqual(chunks);
  });

  it('shows hostile names in messages and keeps them in what machines read', () => {
    const results = runOf(hostile).results ?? [];
    for (const [index, name] of hostileNames.entries()) {
      expect(results[index]?.message.text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
      expect(results[index]?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent?.text).toBe(name);
    }
  });
});
