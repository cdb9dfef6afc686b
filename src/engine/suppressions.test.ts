import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type Rule, rules } from '../index.ts';
import type { LintResult } from '../rule/finding.ts';

const policy = (metadata: string, spec = 'mtls: { mode: PERMISSIVE }'): string =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: a\n  namespace: shop\n${metadata}spec:\n  ${spec}\n`;

const annotated = (key: string, value: string): string => policy(`  annotations:\n    ${key}: ${value}\n`);

async function run(text: string, options: LintOptions = {}): Promise<LintResult & { readonly said: readonly string[] }> {
  const result = await lint([{ path: 'a.yaml', named: true, read: () => text }], options);
  return { ...result, said: result.findings.map(({ rule, location }) => `${rule.id} ${String(location.start.line)}`) };
}

/** What is reported, and how much is suppressed. */
async function outcome(text: string, options: LintOptions = {}): Promise<readonly [readonly string[], number]> {
  const { said, summary } = await run(text, options);
  return [said, summary.suppressed];
}

const found = [['permissive-mtls 7'], 0];
const hidden = [[], 1];

describe('a comment', () => {
  it('hides what is reported on its line, the next line, or in its document', async () => {
    expect(await outcome(policy(''))).toEqual(found);
    expect(await outcome(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line permissive-mtls -- why'))).toEqual(hidden);
    expect((await run(policy('', '# meshlint-disable-next-line permissive-mtls\n  mtls: { mode: PERMISSIVE }'))).said).toEqual([]);
    expect(await outcome(policy('') + '# meshlint-disable permissive-mtls\n')).toEqual(hidden);
    expect(await outcome('# meshlint-disable permissive-mtls\n---\n' + policy(''))).toEqual(hidden);
  });

  it('stands in front of others, and of blank lines', async () => {
    const comments = '# meshlint-disable-next-line permissive-mtls -- why\n\n  # and more\n  # meshlint-disable-next-line weight-sum\n';
    expect(await outcome(policy('', `${comments}  mtls: { mode: PERMISSIVE }`))).toEqual(hidden);
  });

  it('names rules, and holds for no other line, document or rule', async () => {
    expect((await run(policy('', '# meshlint-disable-line permissive-mtls\n  mtls: { mode: PERMISSIVE }'))).said).toEqual([
      'permissive-mtls 8',
    ]);
    expect(await outcome(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line weight-sum, permissive-mtls'))).toEqual(hidden);
    expect(await outcome(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line weight-sum'))).toEqual(found);
    expect(await outcome(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line'))).toEqual(found);
    expect(await outcome(policy('', 'mtls: { mode: PERMISSIVE } # not meshlint-disable-line permissive-mtls'))).toEqual(found);
    const two = `# meshlint-disable permissive-mtls\n${policy('')}---\n${policy('').replace('name: a', 'name: b')}`;
    expect(await outcome(two)).toEqual([['permissive-mtls 16'], 1]);
  });

  it('is none inside of a scalar', async () => {
    const text = policy(
      '  annotations:\n    note: "\n      # meshlint-disable permissive-mtls\n      "\n    more: |\n      # meshlint-disable permissive-mtls\n',
    );
    expect((await run(text)).summary.suppressed).toBe(0);
  });

  it('never hides text that is no YAML', async () => {
    const { said } = await run(
      '# meshlint-disable invalid-yaml\napiVersion: v1\nkind: Service\nkind: Service # meshlint-disable-line invalid-yaml\n',
    );
    expect(said).toEqual(['invalid-yaml 4']);
  });
});

describe('the annotation', () => {
  it('hides what is reported on its resource, in a list too', async () => {
    expect(await outcome(annotated('meshlint.dev/ignore', 'permissive-mtls'))).toEqual(hidden);
    expect(await outcome(annotated('meshlint.dev/ignore', '"weight-sum, permissive-mtls: while we migrate"'))).toEqual(hidden);
    expect((await run(annotated('meshlint.dev/ignore', '"weight-sum: permissive-mtls"'))).summary.suppressed).toBe(0);
    const item = (name: string, more: string): string =>
      `- { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${name}, namespace: shop${more} }, spec: { mtls: { mode: PERMISSIVE } } }\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a', ', annotations: { meshlint.dev/ignore: permissive-mtls }')}${item('b', '')}`;
    expect(await outcome(list)).toEqual([['permissive-mtls 5'], 1]);
  });
});

describe('the annotations of istioctl and Kiali', () => {
  const rule = (code: string): LintOptions => ({
    plugins: [
      {
        id: 'sample',
        title: 'Sample',
        category: 'hygiene',
        severity: 'warning',
        presets: ['recommended', 'strict'],
        since: '0.1.0',
        equivalents: [{ tool: code.startsWith('IST') ? 'istioctl' : 'kiali', code }],
        subjects: ['PeerAuthentication'],
        *check(resource) {
          yield { at: { kind: 'node', resource: resource as never, path: ['spec'], part: 'value' }, message: 'sample' };
        },
      },
    ],
    only: ['sample'],
  });

  it.each([
    ['galley.istio.io/analyze-suppress', 'IST0106', 'IST0106', 1],
    ['galley.istio.io/analyze-suppress', '"IST0001,IST0106"', 'IST0106', 1],
    ['galley.istio.io/analyze-suppress', '"*"', 'IST0106', 1],
    ['galley.istio.io/analyze-suppress', 'IST0001', 'IST0106', 0],
    ['galley.istio.io/analyze-suppress', '"*"', 'KIA0505', 0],
    ['kiali.io/ignore-validations', '""', 'KIA0505', 1],
    ['kiali.io/ignore-validations', '"KIA0001, KIA0505"', 'KIA0505', 1],
    ['kiali.io/ignore-validations', 'KIA0001', 'KIA0505', 0],
  ])('%s: %s of %s', async (key, value, code, count) => {
    expect((await run(annotated(key, value), rule(code))).summary.suppressed).toBe(count);
    expect((await run(annotated(key, value), { ...rule(code), suppressions: { foreign: false } })).summary.suppressed).toBe(0);
  });
});

describe('the options', () => {
  const comment = policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line permissive-mtls');

  it('switch off what reviewers do not want', async () => {
    expect(await outcome(comment, { suppressions: { inline: false } })).toEqual(found);
    expect(await outcome(comment, { suppressions: { never: ['permissive-mtls'] } })).toEqual(found);
    expect(
      (await run(annotated('meshlint.dev/ignore', 'permissive-mtls'), { suppressions: { annotations: false } })).summary.suppressed,
    ).toBe(0);
    expect((await run(comment, { suppressions: { requireReason: true } })).said).toEqual(['suppression-without-reason 7']);
    expect((await run(comment, { preset: 'strict' })).said).toContain('suppression-without-reason 7');
  });

  it('keep an unused suppression to themselves where it is not known to be unused', async () => {
    const unused = policy('', 'mtls: { mode: STRICT } # meshlint-disable-line schema-violation -- why');
    const only = ['unused-suppression', 'schema-violation'];
    expect((await run(unused, { only })).said).toEqual(['unused-suppression 7']);
    expect((await run(unused, { only, namespaces: ['shop'] })).said).toEqual([]);
    expect((await run(`${unused}---\napiVersion: v1\nkind: [`, { only: [...only, 'invalid-yaml'] })).said).toEqual(['invalid-yaml 10']);
  });
});

describe('a suppression', () => {
  it('changes no fingerprint of what is reported', async () => {
    const two = (comment: string): string =>
      policy('', `mtls: { mode: STRICTEST } ${comment}\n  portLevelMtls: { 80: { mode: STRICTEST } }`);
    const all = (await run(two(''), { only: ['schema-violation'] })).findings;
    const rest = (await run(two('# meshlint-disable-line schema-violation'), { only: ['schema-violation'] })).findings;
    expect(rest.map(({ fingerprint }) => fingerprint)).toEqual(all.slice(1).map(({ fingerprint }) => fingerprint));
  });

  it('takes no time that grows with the square of their number', async () => {
    const cost = async (count: number): Promise<number> => {
      const many = '# meshlint-disable-next-line no-such-rule, __proto__, constructor\n'.repeat(count);
      const start = process.cpuUsage();
      await run(`${many}${policy('')}`, { preset: 'all' });
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await cost(1000);
    // Four times as many: 16 times the time if it were the square.
    expect((await cost(20_000)) / (await cost(5000))).toBeLessThan(9);
  });
});

describe('what is suppressed', () => {
  it('is handed on with the reason that is given, and where', async () => {
    const { suppressed } = await run(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line permissive-mtls -- while we migrate'));
    expect(suppressed).toMatchObject([
      {
        rule: { id: 'permissive-mtls' },
        severity: 'warning',
        location: { start: { line: 7, column: 17 } },
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
        suppression: { kind: 'inSource', justification: 'while we migrate', location: { file: 'a.yaml', start: { line: 7, column: 30 } } },
      },
    ]);
  });

  it('has no reason where none is given, and lies at the annotation that asks for it', async () => {
    for (const key of ['meshlint.dev/ignore: permissive-mtls', 'kiali.io/ignore-validations: KIA0501']) {
      const [name = '', value = ''] = key.split(': ');
      const kiali: LintOptions = {
        plugins: [{ ...permissive(), equivalents: [{ tool: 'kiali', code: 'KIA0501' }] }],
        only: ['permissive-mtls'],
      };
      const { suppressed = [] } = await run(annotated(name, value), name.startsWith('kiali') ? kiali : {});
      expect(suppressed.map(({ suppression }) => suppression)).toMatchObject([{ kind: 'inSource', location: { start: { line: 7 } } }]);
      expect(suppressed[0]?.suppression).not.toHaveProperty('justification');
    }
    const { suppressed = [] } = await run(annotated('meshlint.dev/ignore', '"permissive-mtls: while we migrate"'));
    expect(suppressed[0]?.suppression.justification).toBe('while we migrate');
  });

  it('keeps the fingerprint that it would have', async () => {
    const [open] = (await run(policy(''))).findings;
    const { suppressed } = await run(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line permissive-mtls'));
    expect(suppressed?.[0]?.fingerprint).toBe(open?.fingerprint);
  });

  it('is nothing where nothing asks for it', async () => {
    expect((await run(policy(''))).suppressed).toEqual([]);
    expect(
      (await run(policy('', 'mtls: { mode: PERMISSIVE } # meshlint-disable-line permissive-mtls'), { suppressions: { inline: false } }))
        .suppressed,
    ).toEqual([]);
  });
});

function permissive(): Rule {
  const found = rules.find(({ id }) => id === 'permissive-mtls');
  if (found === undefined) throw new Error('the rule is gone');
  return found;
}
