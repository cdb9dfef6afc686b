import { describe, expect, it } from 'vitest';
import type { LintResult } from '../rule/finding.ts';
import { clean, findingOf, good, hostile, locate, nothing, sampleOptions, subsetNotFound } from './samples.ts';
import { summaryLines } from './summary.ts';
import { reportText } from './text.ts';

const plain = (result: LintResult): string => [...reportText(result, sampleOptions)].join('');

describe('reportText', () => {
  it('looks like this', () => {
    expect(`\n${plain(good)}`).toBe(`
warning[permissive-mtls]: PERMISSIVE accepts plaintext from any client
  --> mesh/policy.yaml:8:11
   |
 8 |     mode: PERMISSIVE
   |           ^^^^^^^^^^
   |
   = why: PERMISSIVE lets any client skip mutual TLS, so policies about
          identities can be bypassed.
   = do:  Set the mode to STRICT once all clients are in the mesh.
   = see: https://github.com/meshlint/meshlint/blob/main/docs/rules/permissive-mtls.md

error[subset-not-found]: subset "v3" of "reviews" is not defined
  --> mesh/routes.yaml:14:21
   |
14 |             subset: v3
   |                     ^^
   |
  ::: mesh/subsets.yaml:7:13
   |
 7 |     - name: v1
   |             -- "v1" is defined here
   |
  ::: mesh/subsets.yaml:9:13
   |
 9 |     - name: v2
   |             -- "v2" is defined here
   |
   = why: Envoy has no cluster for a subset that is not defined, so every
          request on the route fails with 503 and the response flag NC.
   = do:  Define the subset in a DestinationRule of that host, or name one that
          is defined.
   = fix: replace "v3" by "v2"
   = see: https://github.com/meshlint/meshlint/blob/main/docs/rules/subset-not-found.md

error[subset-not-found]: subset "v4" of "reviews" is not defined
  --> mesh/routes.yaml:18:21
   |
18 |             subset: v4
   |                     ^^
   |
   = fix: define it (a suggestion: look at it before you apply it)

info[team-label]: the Deployment has no label "team"
  --> mesh/routes.yaml:8:3
   |
 8 |   http:
   |   ^^^^^ (to line 10)
   |
   = see: https://github.com/meshlint/meshlint/blob/main/docs/rules/team-label.md

error[unreadable]: mesh/secret.yaml: permission denied
note[defaults-assumed]: no mesh configuration in the input: the defaults of Istio hold

2 errors, 1 warning, 1 info in 2 files; the run is not complete
read 12 files, 34 resources; skipped 3 (2 templates, 1 other YAML document); suppressed 1 finding
4 questions undecided (subset-not-found: 4 no DestinationRule in the input)
`);
  });

  it('is the same with colour, but for the colour', () => {
    const colored = [...reportText(good, { ...sampleOptions, color: true })].join('');
    expect(colored).toContain('\u001b[1;31merror[subset-not-found]\u001b[0m');
    expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain(good));
  });

  it('gives each finding in one chunk, and leaves out all else when quiet', () => {
    const chunks = [...reportText(good, { ...sampleOptions, quiet: true })];
    expect(chunks).toHaveLength(good.findings.length);
    expect(plain(good).startsWith(chunks.join(''))).toBe(true);
    expect([...reportText(clean, { ...sampleOptions, quiet: true })]).toEqual([]);
  });

  it('shows what hostile names would have done', () => {
    const text = plain(hostile);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(text).toContain('host "\\u001b[2J\\u001b]0;owned\\u0007" is not there');
    expect(text).not.toMatch(/^(::|error\[fake\])/m);
  });

  it('cuts messages and lists that have no end', () => {
    const at = locate('a.yaml', 'a: b', 'b');
    const related = Array.from({ length: 50 }, (_, index) => ({ message: `place ${String(index)}`, location: at }));
    const finding = findingOf(subsetNotFound, 'x'.repeat(100_000), at, { related });
    const text = plain({ ...clean, findings: [finding] });
    expect(text).toContain('place 7');
    expect(text).not.toContain('place 8');
    expect(text).toContain('= and: 42 more related places');
    expect(text.length).toBeLessThan(5000);
  });

  it('says so when a place is only the nearest', () => {
    const at = { ...locate('a.yaml', 'a: b', 'b'), approximate: true } as const;
    expect(plain({ ...clean, findings: [findingOf(subsetNotFound, 'x', at)] })).toContain(
      '= at:  approximate: the exact place could not be found',
    );
  });

  it('names places of which no text is known', () => {
    const at = { ...locate('a.yaml', 'a: b', 'b'), lines: [] };
    const text = plain({ ...clean, findings: [findingOf(subsetNotFound, 'x', at, { related: [{ message: 'y', location: at }] })] });
    expect(text).toMatch(/^error\[subset-not-found\]: x\n {2}--> a\.yaml:1:4\n {2}::: a\.yaml:1:4: y\n/);
  });

  it('aligns line numbers of any length', () => {
    const text = `${'\n'.repeat(12_344)}a: b`;
    const related = [{ message: 'first', location: locate('b.yaml', 'c: d', 'd') }];
    const report = plain({ ...clean, findings: [findingOf(subsetNotFound, 'x', locate('a.yaml', text, 'b'), { related })] });
    expect(report).toContain(`
     --> a.yaml:12345:4
      |
12345 | a: b
      |    ^
      |
     ::: b.yaml:1:4
      |
    1 | c: d
      |    - first
`);
  });
});

describe('summaryLines', () => {
  it('says that nothing was found', () => {
    expect(summaryLines(clean)).toEqual(['no problems found', 'read 1 file, 1 resource']);
  });

  it('says that nothing was looked at', () => {
    expect(summaryLines(nothing)).toEqual([
      'error[nothing-to-analyse]: only templates',
      '',
      'nothing was checked; the run is not complete',
      'read 0 files, 0 resources; skipped 3 templates',
    ]);
  });

  it('does not call a run clean that is not complete', () => {
    expect(summaryLines({ ...clean, complete: false })[0]).toBe('no problems found in what could be read; the run is not complete');
  });

  it('lists several rules below each other, and what is most first', () => {
    const unknown = { b: { 'no Service': 1 }, a: { 'no Service': 1, 'two meshes': 2 }, c: {} };
    expect(
      summaryLines({ ...clean, summary: { ...clean.summary, unknown, skipped: { 'other-thing': 1, template: 0, 'foreign-yaml': 2 } } }),
    ).toEqual([
      'no problems found',
      'read 1 file, 1 resource; skipped 3 (2 other YAML documents, 1 other thing)',
      '4 questions undecided:',
      '  a: 2 two meshes, 1 no Service',
      '  b: 1 no Service',
    ]);
  });

  it('uses the singular for one', () => {
    const unknown = { a: { 'no Service': 1 } };
    const at = locate('a.yaml', 'a: b', 'b');
    const findings = [findingOf(subsetNotFound, 'x', at)];
    expect(summaryLines({ ...clean, findings, summary: { ...clean.summary, files: 2, resources: 0, suppressed: 2, unknown } })).toEqual([
      '1 error in 1 file',
      'read 2 files, 0 resources; suppressed 2 findings',
      '1 question undecided (a: 1 no Service)',
    ]);
  });
});
