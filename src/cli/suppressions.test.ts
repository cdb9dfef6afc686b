import { describe, expect, it } from 'vitest';
import { play } from './play.test-support.ts';

// What the documentation promises about suppressions, sentence by sentence, as somebody sees it who types commands.

/** A policy that is reported on at line 8, with what stands behind its mode and in its metadata. */
const policy = (behind = '', metadata = ''): string => `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: shop
${metadata}spec:
  mtls:
    mode: PERMISSIVE${behind === '' ? '' : ` ${behind}`}
`;
const annotated = (key: string, value: string): string => policy('', `  annotations:\n    ${key}: ${value}\n`);

interface Said {
  readonly code: number;
  /** Line and rule of each finding. */
  readonly findings: readonly string[];
  readonly suppressed: number;
}

async function said(text: string, argv: readonly string[] = [], configuration?: string): Promise<Said> {
  const files = { 'a.yaml': text, ...(configuration === undefined ? {} : { 'meshlint.yaml': configuration }) };
  const { code, stdout, stderr } = await play(['-f', 'json', '-q', ...argv, 'a.yaml'], files);
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as {
    summary: { suppressed: number };
    findings: { rule: string; location: { line: number } }[];
  };
  return {
    code,
    findings: report.findings.map(({ rule, location }) => `${String(location.line)} ${rule}`),
    suppressed: report.summary.suppressed,
  };
}

const open: Said = { code: 1, findings: ['8 permissive-mtls'], suppressed: 0 };
const hidden: Said = { code: 0, findings: [], suppressed: 1 };

describe('a comment suppresses', () => {
  it.each([
    ['what is reported on its line', policy('# meshlint-disable-line permissive-mtls -- until June')],
    [
      'what is reported on the next line',
      policy().replace('    mode', '    # meshlint-disable-next-line permissive-mtls -- until June\n    mode'),
    ],
    ['what is reported in its document', `${policy()}# meshlint-disable permissive-mtls -- until June\n`],
    ['what is reported in its document, from in front of it', `# meshlint-disable permissive-mtls -- until June\n---\n${policy()}`],
    ['one of several rules', policy('# meshlint-disable-line weight-sum, permissive-mtls -- until June')],
    ['with CRLF at the end of its line', policy('# meshlint-disable-line permissive-mtls -- until June').replaceAll('\n', '\r\n')],
    [
      'behind a tab, and without a blank behind its sign',
      policy().replace('PERMISSIVE', 'PERMISSIVE\t#meshlint-disable-line permissive-mtls'),
    ],
    ['with something for others behind it', policy('# meshlint-disable-line permissive-mtls # nosec')],
  ])('%s', async (_, text) => {
    expect(await said(text)).toEqual(hidden);
  });

  it.each([
    ['nothing of another rule', policy('# meshlint-disable-line weight-sum')],
    ['nothing without naming a rule', policy('# meshlint-disable-line')],
    ['nothing on another line', policy().replace('  mtls:', '  mtls: # meshlint-disable-line permissive-mtls')],
    [
      'nothing in another document',
      `# meshlint-disable permissive-mtls\nkind: X\n---\n${policy()}`.replace(
        'kind: X\n',
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n',
      ),
    ],
    ['nothing when it is text inside of a scalar', policy('', '  annotations:\n    a: "# meshlint-disable permissive-mtls"\n')],
    ['nothing in a sentence', policy('# see meshlint-disable-line permissive-mtls')],
  ])('%s', async (_, text) => {
    const { code, findings, suppressed } = await said(text);
    expect([code, findings.map((finding) => finding.replace(/^\d+ /, '')), suppressed]).toEqual([1, ['permissive-mtls'], 0]);
  });
});

describe('an annotation suppresses', () => {
  it.each([
    ['meshlint.dev/ignore', '"permissive-mtls: until June"'],
    ['meshlint.dev/ignore', '"weight-sum, permissive-mtls"'],
    ['kiali.io/ignore-validations', '""'],
    ['kiali.io/ignore-validations', 'KIA0505'],
    ['galley.istio.io/analyze-suppress', '"*"'],
  ])('by %s: %s', async (key, value) => {
    const { stdout } = await play(['rules', '-f', 'json'], {});
    const rules = JSON.parse(stdout) as { id: string; equivalents: { tool: string; code: string }[] }[];
    const { equivalents = [] } = rules.find(({ id }) => id === 'permissive-mtls') ?? {};
    const tool = key.startsWith('kiali') ? 'kiali' : 'istioctl';
    const codes = equivalents.filter((each) => each.tool === tool).map(({ code }) => code);
    const means = key.startsWith('meshlint') || (codes.length > 0 && (value === '""' || value === '"*"' || codes.includes(value)));
    expect((await said(annotated(key, value))).suppressed).toBe(means ? 1 : 0);
  });

  it('of a list its own resource only', async () => {
    const item = (name: string, metadata: string): string =>
      `- { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${name}, namespace: ${name}${metadata} }, spec: { mtls: { mode: PERMISSIVE } } }\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a', ', annotations: { meshlint.dev/ignore: permissive-mtls }')}${item('b', '')}`;
    expect(await said(list)).toEqual({ code: 1, findings: ['5 permissive-mtls'], suppressed: 1 });
  });
});

describe('what is wrong with a suppression', () => {
  const unexplained = policy('# meshlint-disable-line permissive-mtls');
  const unused = policy('# meshlint-disable-line permissive-mtls, schema-violation -- until June');

  it('is that it gives no reason, in strict, or where the configuration requires one', async () => {
    expect(await said(unexplained)).toEqual(hidden);
    const complaint = { code: 1, findings: ['8 suppression-without-reason'], suppressed: 1 };
    expect(await said(unexplained, ['--preset', 'strict'])).toEqual(complaint);
    expect(await said(unexplained, [], 'suppressions: { requireReason: true }')).toEqual(complaint);
    expect(await said(annotated('meshlint.dev/ignore', 'permissive-mtls'), ['--preset', 'strict'])).toMatchObject({
      code: 1,
      suppressed: 1,
    });
    expect(await said(annotated('meshlint.dev/ignore', '"permissive-mtls: until June"'), ['--preset', 'strict'])).toEqual(hidden);
  });

  it('is that it suppresses nothing', async () => {
    expect(await said(unused)).toEqual(hidden);
    expect(await said(unused, ['--preset', 'strict'])).toEqual({ code: 1, findings: ['8 unused-suppression'], suppressed: 1 });
    expect(await said(unused, ['--rule', 'unused-suppression=info'])).toEqual({
      code: 0,
      findings: ['8 unused-suppression'],
      suppressed: 1,
    });
  });

  it('is that there is no such rule, with the one that may be meant', async () => {
    const text = policy('# meshlint-disable-line permisive-mtls -- until June');
    expect(await said(text, ['--preset', 'strict'])).toEqual({
      code: 1,
      findings: ['8 permissive-mtls', '8 unknown-suppression'],
      suppressed: 0,
    });
    const { stdout } = await play(['-f', 'concise', '--preset', 'strict', 'a.yaml'], { 'a.yaml': text });
    expect(stdout).toContain('there is no rule "permisive-mtls"; did you mean "permissive-mtls"?');
  });

  it('can not be suppressed, and neither can text that is no YAML', async () => {
    const text = `${policy('# meshlint-disable-line permissive-mtls, suppression-without-reason')}# meshlint-disable suppression-without-reason\n`;
    expect((await said(text, ['--preset', 'strict'])).findings).toContain('8 suppression-without-reason');
    expect(await said('# meshlint-disable invalid-yaml -- why\napiVersion: v1\nkind: Service\nkind: Service\n')).toMatchObject({
      code: 2,
      findings: ['4 invalid-yaml'],
      suppressed: 0,
    });
  });
});

describe('reviewers keep control', () => {
  const comment = policy('# meshlint-disable-line permissive-mtls');
  const annotation = annotated('meshlint.dev/ignore', 'permissive-mtls');

  it('of comments, annotations, and those of other tools, one by one', async () => {
    expect(await said(comment, [], 'suppressions: { inline: false }')).toEqual(open);
    expect(await said(comment, [], 'suppressions: { annotations: false, foreign: false }')).toEqual(hidden);
    expect((await said(annotation, [], 'suppressions: { annotations: false }')).suppressed).toBe(0);
    expect((await said(annotation, [], 'suppressions: { inline: false, foreign: false }')).suppressed).toBe(1);
  });

  it('of rules that may never be suppressed', async () => {
    expect(await said(comment, [], 'suppressions: { never: [permissive-mtls] }')).toEqual(open);
    expect((await said(comment, ['--preset', 'strict'], 'suppressions: { never: [permissive-mtls] }')).findings).toContain(
      '8 unused-suppression',
    );
    expect(await play(['a.yaml'], { 'a.yaml': comment, 'meshlint.yaml': 'suppressions: { never: [permisive-mtls] }' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('meshlint.yaml:1:25: there is no rule "permisive-mtls"; did you mean "permissive-mtls"?') as unknown,
    });
  });

  it('with one option for all, whatever the configuration says', async () => {
    expect(await said(comment, ['--no-inline-suppressions'], 'suppressions: { inline: true }')).toEqual(open);
    expect((await said(annotation, ['--no-inline-suppressions'])).suppressed).toBe(0);
    const { stdout } = await play(['--print-config', '--no-inline-suppressions'], {
      'meshlint.yaml': 'suppressions: { never: [weight-sum] }',
    });
    expect(JSON.parse(stdout)).toMatchObject({
      suppressions: { inline: false, annotations: false, foreign: false, never: ['weight-sum'] },
    });
  });
});

describe('every format', () => {
  it.each(['text', 'concise', 'json', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'azure', 'markdown'])(
    'but SARIF is silent about what is suppressed: %s',
    async (format) => {
      const { code, stdout } = await play(['-f', format, 'a.yaml'], { 'a.yaml': policy('# meshlint-disable-line permissive-mtls') });
      expect([code, stdout]).toEqual([0, expect.not.stringContaining('permissive-mtls')]);
    },
  );

  it('has the number in its summary', async () => {
    const { stderr } = await play(['-f', 'concise', 'a.yaml'], { 'a.yaml': policy('# meshlint-disable-line permissive-mtls') });
    expect(stderr).toContain('suppressed 1 finding');
  });
});
