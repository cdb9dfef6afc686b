import { describe, expect, it } from 'vitest';
import { at, type Place } from '../model/place.ts';
import { defineRule, type Fault, type Rule } from '../rule/rule.ts';
import { dedent, expectationsIn } from './markers.ts';
import { type RuleCase, testRule } from './test-rule.ts';

const bad = `
  apiVersion: security.istio.io/v1
  kind: PeerAuthentication
  metadata:
    name: default # error: this name is taken
`;
const good = `
  apiVersion: security.istio.io/v1
  kind: PeerAuthentication
  metadata:
    name: other
`;

function sample(overrides: { fault?: Partial<Fault> & Record<string, unknown>; bad?: string } = {}): Rule {
  return defineRule({
    id: 'sample',
    title: 'A sample',
    category: 'hygiene',
    severity: 'error',
    presets: [],
    since: '0.1.0',
    subjects: ['PeerAuthentication'],
    docs: { why: 'w', help: 'h', evidence: 'e', bad: overrides.bad ?? bad, good, references: [] },
    *check(policy) {
      if (policy.metadata.name === 'default')
        yield { at: at(policy, 'metadata', 'name'), message: 'this name is taken', ...overrides.fault };
    },
  });
}

/** Runs what testRule registers and gives the complaint of each test, or 'passed'. */
async function outcomes(rule: Rule, cases: Record<string, RuleCase> = {}): Promise<Record<string, string>> {
  const tests: [string, () => Promise<void>][] = [];
  testRule((name, run) => tests.push([name, run]), rule, cases);
  const results: Record<string, string> = {};
  for (const [name, run] of tests) {
    results[name] = await run().then(
      () => 'passed',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }
  return results;
}

describe('testRule', () => {
  it('takes the documentation as the first two tests', async () => {
    expect(await outcomes(sample())).toEqual({
      'sample: reports its bad manifest': 'passed',
      'sample: accepts its good manifest': 'passed',
    });
  });

  it.each([
    ['a missing finding', 'name: web # error: this name is taken', 'expected "this name is taken", but nothing is reported there'],
    ['an unexpected finding', 'name: default', 'unexpected error: this name is taken [sample]'],
    ['another message', 'name: default # error: something else', 'expected "something else", found "this name is taken"'],
    ['another severity', 'name: default # warning: this name is taken', 'is error, not warning'],
    ['another underlined text', 'name: default # error(defaul): this name is taken', 'underlines "default", not "defaul"'],
    [
      'too few findings on a line',
      'name: default # error: this name # error: is taken',
      'expected "is taken", but nothing is reported there',
    ],
  ])('complains about %s', async (_, line, complaint) => {
    const results = await outcomes(sample(), {
      case: `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  ${line}\n`,
    });
    expect(results['sample: case']).toContain(complaint);
  });

  it('complains about a manifest that does not fit its schema', async () => {
    const results = await outcomes(sample(), {
      case: 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: x }\nspec: { mtls: { mode: STRICTT } }\n',
    });
    expect(results['sample: case']).toContain('[schema-violation]');
  });

  it('complains about a place that does not resolve', async () => {
    const rule = sample();
    const lost: Rule = {
      ...rule,
      *check(subject) {
        if ('origin' in subject)
          yield { at: { kind: 'node', resource: subject, path: ['spec', 'nowhere'], part: 'value' }, message: 'this name is taken' };
      },
    };
    expect((await outcomes(lost))['sample: reports its bad manifest']).toContain('does not resolve');
  });

  it('complains about fields that a fault does not have, and about sentences', async () => {
    expect((await outcomes(sample({ fault: { suggestion: 'x' } })))['sample: reports its bad manifest']).toContain(
      'a fault has no field "suggestion"',
    );
    expect((await outcomes(sample({ fault: { message: 'this name is taken.' } })))['sample: reports its bad manifest']).toContain(
      'without a full stop',
    );
  });

  it('complains about a fault that lies on another resource than the subject', async () => {
    const stray: Rule = {
      ...sample(),
      *check(subject, { mesh }) {
        for (const other of mesh.of('PeerAuthentication'))
          if (other !== subject) yield { at: at(other, 'metadata', 'name'), message: 'this name is taken' };
      },
    };
    const two = `${dedent(good)}---\n${dedent(bad)}`;
    expect((await outcomes(stray, { two }))['sample: two']).toContain('does not lie on the subject');
  });

  it('applies a fix that is plain text, and complains when it does not help', async () => {
    const fixing = (value: string): Rule => ({
      ...sample(),
      *check(subject) {
        if (!('origin' in subject) || subject.metadata.name !== 'default') return;
        const place: Place = { kind: 'node', resource: subject, path: ['metadata', 'name'], part: 'value' };
        yield {
          at: place,
          message: 'this name is taken',
          fix: { title: 'Rename', safety: 'safe', edits: [{ op: 'replace', at: place, value }] },
        };
      },
    });
    expect((await outcomes(fixing('other')))['sample: reports its bad manifest']).toBe('passed');
    expect((await outcomes(fixing('default')))['sample: reports its bad manifest']).toContain('after the fix "Rename" there is still');
  });

  it('replaces just a part of a value where the fix names a part', async () => {
    const rule: Rule = {
      ...sample(),
      *check(subject) {
        if (!('origin' in subject) || !subject.metadata.name.startsWith('pre-')) return;
        const place: Place = { kind: 'node', resource: subject, path: ['metadata', 'name'], part: 'value', span: { start: 0, end: 4 } };
        yield {
          at: place,
          message: 'this name is taken',
          fix: { title: 'Cut', safety: 'safe', edits: [{ op: 'replace', at: place, value: '' }] },
        };
      },
    };
    const results = await outcomes(rule, {
      plain: bad.replace('default # error', 'pre-x # error(pre-)'),
      quoted: bad.replace('default # error', '"pre-x" # error(pre-)'),
    });
    expect(results).toMatchObject({ 'sample: plain': 'passed', 'sample: quoted': 'passed' });
  });

  it('takes context as part of the mesh without reporting on it', async () => {
    const results = await outcomes(sample(), { context: { yaml: good, context: { 'cluster.yaml': bad } } });
    expect(results['sample: context']).toBe('passed');
  });

  it('counts undecided questions when asked to', async () => {
    const unsure: Rule = {
      ...sample(),
      *check(subject) {
        if ('origin' in subject) yield { at: { kind: 'node', resource: subject, path: [], part: 'value' }, reason: 'who knows' };
      },
    };
    const results = await outcomes(unsure, { right: { yaml: good, unknown: 1 }, wrong: { yaml: good, unknown: 0 } });
    expect(results['sample: right']).toBe('passed');
    expect(results['sample: wrong']).toContain('1 questions are undecided, not 0');
  });
});

describe('expectationsIn', () => {
  it('reads severity, message and the value of the line', () => {
    expect(expectationsIn('a: 1\nsubset: v3 # error: subset "v3" # 2 is not defined')).toEqual([
      { line: 2, severity: 'error', message: 'subset "v3" # 2 is not defined', underlined: 'v3' },
    ]);
  });

  it('takes items, quoted values, keys without value, and text in parentheses', () => {
    expect(expectationsIn('- "a: b" # info: x').map(({ underlined }) => underlined)).toEqual(['"a: b"']);
    expect(expectationsIn('- host: reviews # info: x').map(({ underlined }) => underlined)).toEqual(['reviews']);
    expect(expectationsIn('  route: # info: x').map(({ underlined }) => underlined)).toEqual(['route']);
    expect(expectationsIn('{ a: b } # info(b): x # warning(a): y').map(({ underlined, severity }) => [underlined, severity])).toEqual([
      ['b', 'info'],
      ['a', 'warning'],
    ]);
  });
});
