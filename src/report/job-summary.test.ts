import { describe, expect, it } from 'vitest';
import { reportMarkdown, summaryBytes } from './job-summary.ts';
import { codeSpan, inlineText } from './markdown.ts';
import { clean, findingOf, good, locate, nothing, ownRule, permissiveMtls, sampleOptions, subsetNotFound } from './samples.ts';

const at = locate('a.yaml', 'key: value\n', 'value');

describe('the job summary', () => {
  it('looks like this', () => {
    const options = { ...sampleOptions, rootPrefix: 'a b/', sourceUrl: 'https://example.com/blob/main/' };
    const page = 'https://github.com/meshlint/meshlint/blob/main/docs/rules';
    expect([...reportMarkdown(good, options)].join('')).toBe(`## meshlint

**2 errors, 1 warning, 1 info in 2 files; the run is not complete**

- read 12 files, 34 resources; skipped 3 (2 templates, 1 other YAML document); suppressed 1 finding
- 4 questions undecided (subset-not-found: 4 no DestinationRule in the input)

- error\\[unreadable\\]: mesh/secret.yaml: permission denied
- note\\[defaults-assumed\\]: no mesh configuration in the input: the defaults of Istio hold

| Severity | Rule | Findings | Fault |
| --- | --- | ---: | --- |
| error | [\`subset-not-found\`](${page}/subset-not-found.md) | 2 | Route to a subset that no DestinationRule defines |
| warning | [\`permissive-mtls\`](${page}/permissive-mtls.md) | 1 | Peer authentication accepts plaintext |
| info | [\`team-label\`](${page}/team-label.md) | 1 | Workload without a team label |

### error: [\`subset-not-found\`](${page}/subset-not-found.md)

Envoy has no cluster for a subset that is not defined, so every request on the route fails with 503 and the response flag NC.

**What to do:** Define the subset in a DestinationRule of that host, or name one that is defined.

- [\`a b/mesh/routes.yaml:14:21\`](<https://example.com/blob/main/a%20b/mesh/routes.yaml#L14>): subset \`v3\` of \`reviews\` is not defined
  - [\`a b/mesh/subsets.yaml:7:13\`](<https://example.com/blob/main/a%20b/mesh/subsets.yaml#L7>): \`v1\` is defined here
  - [\`a b/mesh/subsets.yaml:9:13\`](<https://example.com/blob/main/a%20b/mesh/subsets.yaml#L9>): \`v2\` is defined here
- [\`a b/mesh/routes.yaml:18:21\`](<https://example.com/blob/main/a%20b/mesh/routes.yaml#L18>): subset \`v4\` of \`reviews\` is not defined

### warning: [\`permissive-mtls\`](${page}/permissive-mtls.md)

PERMISSIVE lets any client skip mutual TLS, so policies about identities can be bypassed.

**What to do:** Set the mode to STRICT once all clients are in the mesh.

- [\`a b/mesh/policy.yaml:8:11\`](<https://example.com/blob/main/a%20b/mesh/policy.yaml#L8>): PERMISSIVE accepts plaintext from any client

### info: [\`team-label\`](${page}/team-label.md)

- [\`a b/mesh/routes.yaml:8:3\`](<https://example.com/blob/main/a%20b/mesh/routes.yaml#L8>): the Deployment has no label \`team\`
`);
  });

  it('says also that nothing was found, or looked at', () => {
    expect([...reportMarkdown(clean, sampleOptions)].join('')).toBe('## meshlint\n\n**no problems found**\n\n- read 1 file, 1 resource\n');
    expect([...reportMarkdown(nothing, sampleOptions)].join('')).toContain('- error\\[nothing-to-analyse\\]: only templates');
  });

  it('says what a change causes', () => {
    const text = (since: number): string => {
      return [...reportMarkdown({ ...clean, summary: { ...clean.summary, known: { since } } }, sampleOptions)].join('');
    };
    expect(text(2)).toBe(
      '## meshlint\n\n**no problems found**\n\nThis is what the change causes, also in files that it does not touch. 2 other findings were there before.\n\n- read 1 file, 1 resource; 2 findings not new\n',
    );
    expect(text(1)).toContain('1 other finding was there before.');
    expect(text(0)).toContain('No other finding was there before.');
    expect([...reportMarkdown(clean, sampleOptions)].join('')).not.toContain('change');
  });

  it('has the findings only when quiet', () => {
    const text = [...reportMarkdown(good, { ...sampleOptions, quiet: true })].join('');
    expect(text).toMatch(/^## meshlint\n\n\| Severity/);
    expect(text).not.toContain('unreadable');
  });

  it('stays below what GitHub takes, section by section, and says what is missing', () => {
    const many = (rule: typeof ownRule, count: number): ReturnType<typeof findingOf>[] =>
      Array.from({ length: count }, (_, index) => findingOf(rule, `${'服务'.repeat(60)} ${String(index)}`, at));
    const findings = [...many(subsetNotFound, 1000), ...many(permissiveMtls, 3000), ...many(ownRule, 10)];
    const text = [...reportMarkdown({ ...clean, findings }, sampleOptions)].join('');
    expect(Buffer.byteLength(text)).toBeLessThan(summaryBytes + 10_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(summaryBytes - 10_000);
    expect(text.match(/ \d+$/gm)?.length).toBeGreaterThan(2000);
    expect(text).toMatch(/\n- \d+ findings not shown: there is no more room\n\n### info: /);
    expect(text.trimEnd()).toMatch(/- 10 findings not shown: there is no more room$/);
    expect(text).toContain('| 3000 |');
  });
});

describe('codeSpan', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``a', '``` ``a ```'],
    [' a ', '`  a  `'],
    ['', '` `'],
  ])('shows %j as it is', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe('inlineText', () => {
  it.each([
    ['subset "v3" of "re*views" is not', 'subset `v3` of `re*views` is not'],
    ['host "@team <b> #12 https://a.b" is', 'host `@team <b> #12 https://a.b` is'],
    ['"a" or "b": did you mean ("c")?', '`a` or `b`: did you mean (`c`)?'],
    ['the name 12" is "x', 'the name 12" is "x'],
    ['@team *x* _y_ <b> a|b #1 :smile: $x$ ~z~', '@&#8203;team \\*x\\* \\_y\\_ \\<b\\> a\\|b \\#1 \\:smile: \\$x\\$ \\~z\\~'],
    ['see https://a.b and www.a.b', 'see https\\://a.b and www\\.a.b'],
    ['[x](y) ![z](w)', '\\[x\\](y) !\\[z\\](w)'],
  ])('makes code of names, and plain text of the rest: %s', (text, markdown) => {
    expect(inlineText(text)).toBe(markdown);
  });
});
