import { describe, expect, it } from 'vitest';
import { at, defineRule, lint, type LintResult, type Resource, type Rule, rules, UsageError } from '../index.ts';

const own = defineRule({
  id: 'acme-policy',
  title: 'Policy that is not ours',
  category: 'hygiene',
  severity: 'warning',
  presets: ['recommended'],
  since: '1.0.0',
  subjects: ['PeerAuthentication'],
  docs: { why: '', help: '', evidence: '', bad: '', good: '', references: [] },
  *check(policy) {
    yield { at: at(policy, 'spec'), message: 'not ours' };
  },
});

const manifest = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: a, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;

function run(plugins: readonly unknown[], only = ['acme-policy']): Promise<LintResult> {
  return lint([{ path: 'a.yaml', read: () => manifest }], { plugins: plugins as readonly Rule[], only });
}

describe('rules of plugins', () => {
  it('run beside the built-in ones, and have no page of ours', async () => {
    expect((await run([own])).findings).toMatchObject([{ rule: { id: 'acme-policy' }, message: 'not ours', url: '' }]);
    expect((await run([{ ...own, url: 'https://example.com/x' }])).findings).toMatchObject([{ url: 'https://example.com/x' }]);
    expect((await run([own, ...rules])).findings).toHaveLength(1);
  });

  it('take the place of a built-in one that has their id', async () => {
    const { findings } = await run([{ ...own, id: 'permissive-mtls' }], ['permissive-mtls']);
    expect(findings.map(({ message }) => message)).toEqual(['not ours']);
  });

  it('may be objects of a class', async () => {
    class Policy {
      readonly id = 'acme-policy';
      readonly title = own.title;
      readonly category = own.category;
      readonly severity = own.severity;
      readonly presets = own.presets;
      readonly since = own.since;
      readonly subjects = own.subjects;
      *check(policy: Resource): Iterable<unknown> {
        yield { at: at(policy), message: `not ours: ${this.id}` };
      }
    }
    expect((await run([new Policy()])).findings.map(({ message }) => message)).toEqual(['not ours: acme-policy']);
  });

  it.each([
    [null, 'a rule of a plugin is null, and no rule'],
    [[own], 'a rule of a plugin is a list, and no rule'],
    [{ ...own, id: '' }, 'a rule of a plugin has a wrong "id"'],
    [{ ...own, subjects: [] }, 'has a wrong "subjects"'],
    [{ ...own, subjects: ['PeerAuth'] }, 'names "PeerAuth", which is no subject'],
    [{ ...own, title: 'two\nlines' }, 'has a wrong "title"'],
  ])('that are none are wrong usage: %j', async (rule, message) => {
    await expect(run([rule])).rejects.toThrow(UsageError);
    await expect(run([rule])).rejects.toThrow(message);
  });

  it('have ids of their own', async () => {
    await expect(run([own, { ...own }])).rejects.toThrow('two rules of plugins have the id "acme-policy"');
  });
});
