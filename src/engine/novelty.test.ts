import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { lint } from '../index.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import { knownFrom, tellNew } from './novelty.ts';

const source = (path: string, text: string): Source => ({ path, named: true, read: () => text });
const run = (files: Readonly<Record<string, string>>): Promise<LintResult> =>
  lint(
    Object.entries(files).map(([path, text]) => source(path, text)),
    { only: ['subset-not-found', 'invalid-yaml'] },
  );

/** Places of what is new, and how much is known and gone, when the one has become the other. */
async function compare(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<{ readonly fresh: readonly string[]; readonly known: number; readonly gone: number }> {
  const old = (await run(before)).findings.map(knownFrom);
  const { result, gone } = tellNew(await run(after), 'baseline', old);
  const fresh = result.findings.map(({ rule, location }) => `${location.file}:${String(location.start.line)} ${rule.id}`);
  return { fresh, known: result.known?.length ?? 0, gone: gone.length };
}

const head = (kind: string, name: string): string => `apiVersion: networking.istio.io/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: shop
`;
const route = (subset: string, path: string): string => `    - match:
        - uri:
            prefix: ${path}
      route:
        - destination:
            host: reviews
            subset: ${subset}
`;
const routes = (...all: readonly string[]): string => `${head('VirtualService', 'reviews')}spec:
  hosts:
    - reviews
  http:
${all.join('')}`;
const rule = (...subsets: readonly string[]): string => `${head('DestinationRule', 'reviews')}spec:
  host: reviews
  subsets:
${subsets.map((name) => `    - name: ${name}\n      labels:\n        version: ${name}\n`).join('')}`;

const mesh = { 'routes.yaml': routes(route('v3', '/a')), 'rule.yaml': rule('v1', 'v2') };
const none = { fresh: [], known: 1, gone: 0 };

describe('a finding stays the same one', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['when nothing changes', mesh],
    ['when its lines move', { ...mesh, 'routes.yaml': `# one\n\n# two\n${mesh['routes.yaml']}` }],
    ['when routes are put before it', { ...mesh, 'routes.yaml': routes(route('v1', '/b'), route('v2', '/c'), route('v3', '/a')) }],
    ['when it is written in another style', { ...mesh, 'routes.yaml': mesh['routes.yaml'].replace('subset: v3', 'subset: "v3" # soon') }],
    [
      'when the block becomes a flow',
      {
        ...mesh,
        'routes.yaml': mesh['routes.yaml'].replace(
          /- destination:\s+host: (\S+)\s+subset: (\S+)/,
          "- { destination: { subset: '$2', host: $1 } }",
        ),
      },
    ],
    ['when what might have been meant is renamed', { ...mesh, 'rule.yaml': rule('v11', 'v2', 'blue') }],
    ['when its file has another name', { 'b/c.yaml': mesh['routes.yaml'], 'rule.yaml': mesh['rule.yaml'] }],
    ['when it moves to another file', { 'all.yaml': `${mesh['rule.yaml']}---\n${mesh['routes.yaml']}` }],
    [
      'when another resource is added',
      { ...mesh, 'more.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: shop }\n' },
    ],
  ])('%s', async (_, after) => {
    expect(await compare(mesh, after)).toEqual(none);
  });

  it('whatever is put around it', async () => {
    const edit = fc.record({
      comments: fc.array(fc.constantFrom('# x\n', '\n', '# subset: v3\n'), { maxLength: 6 }),
      before: fc.array(fc.constantFrom('/b', '/c', '/d'), { maxLength: 3 }),
      after: fc.array(fc.constantFrom('/e', '/f'), { maxLength: 2 }),
      subsets: fc.uniqueArray(fc.constantFrom('v1', 'v2', 'v33', 'v4', 'blue'), { minLength: 1 }),
      ends: fc.constantFrom('\n', '\r\n'),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ comments, before, after, subsets, ends }) => {
        const [some = ''] = subsets;
        const all = [...before.map((path) => route(some, path)), route('v3', '/a'), ...after.map((path) => route(some, path))];
        const text = `${comments.join('')}${routes(...all)}`;
        const { fresh, gone } = await compare(mesh, { 'routes.yaml': text.replaceAll('\n', ends), 'rule.yaml': rule(...subsets) });
        expect({ fresh, gone }).toEqual({ fresh: [], gone: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('when the line that its message names moves', async () => {
    const twice = `${mesh['routes.yaml']}  hosts:\n    - other\n`;
    expect(await compare({ 'a.yaml': twice }, { 'a.yaml': `# one\n${twice}` })).toEqual(none);
  });
});

describe('findings of all rules', () => {
  const folder = path.join(import.meta.dirname, '../../fixtures/shop-broken');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
  const all = (changed: (text: string) => string): Promise<LintResult> =>
    lint(
      Object.entries(texts).map(([file, text]) => source(file, changed(text))),
      { preset: 'all' },
    );

  it.each<[string, (text: string) => string]>([
    ['when comments and empty lines come in', (text) => `# one\n\n${text.replaceAll(/^(kind|spec):/gm, '# more\n\n$1:')}`],
    ['when every document becomes JSON', asJson],
  ])('stay the same %s', async (_, changed) => {
    const before = await all((text) => text);
    const after = await all(changed);
    expect(before.findings.length).toBeGreaterThan(5);
    const { result, gone } = tellNew(after, 'baseline', before.findings.map(knownFrom));
    expect(result.findings.map(({ message }) => message)).toEqual([]);
    expect(gone).toEqual([]);
  });

  /** What is broken or says something twice stays as it is. */
  function asJson(text: string): string {
    const documents = parseAllDocuments(text);
    if (documents.some(({ errors }) => errors.length > 0)) return text;
    return documents.map((document) => `# ${String(document.commentBefore)}\n${JSON.stringify(document.toJS())}\n`).join('---\n');
  }
});

describe('a finding is new', () => {
  it('when it is equal to one that was there, and elsewhere', async () => {
    expect(await compare(mesh, { ...mesh, 'routes.yaml': routes(route('v3', '/a'), route('v3', '/b')) })).toEqual({
      fresh: ['routes.yaml:23 subset-not-found'],
      known: 1,
      gone: 0,
    });
    const other = mesh['routes.yaml'].replace('name: reviews', 'name: other');
    expect((await compare(mesh, { ...mesh, 'other.yaml': other })).fresh).toContain('other.yaml:16 subset-not-found');
  });

  it('where it is, although an equal one that was there stands behind it', async () => {
    const dev = { 'overlays/prod/routes.yaml': mesh['routes.yaml'], 'rule.yaml': mesh['rule.yaml'] };
    expect((await compare(dev, { ...dev, 'overlays/dev/routes.yaml': mesh['routes.yaml'] })).fresh).toEqual([
      'overlays/dev/routes.yaml:16 subset-not-found',
    ]);
  });

  it('when another name is wrong', async () => {
    expect(await compare(mesh, { ...mesh, 'routes.yaml': routes(route('v4', '/a')) })).toEqual({
      fresh: ['routes.yaml:16 subset-not-found'],
      known: 0,
      gone: 1,
    });
  });
});

describe('a run that was not complete before', () => {
  const broken = 'apiVersion: v1\nkind: Service\nmetadata: [\n';

  it('is complete where only the same is broken', async () => {
    const old = await run({ ...mesh, 'broken.yaml': broken });
    const now = await run({ ...mesh, 'broken.yaml': `# more\n${broken}` });
    expect(now.complete).toBe(false);
    expect(tellNew(now, 'baseline', old.findings.map(knownFrom)).result.complete).toBe(true);
    expect(
      tellNew(await run({ ...mesh, 'a.yaml': broken, 'b.yaml': broken }), 'baseline', old.findings.map(knownFrom)).result.complete,
    ).toBe(false);
  });

  it('is complete where only the same could not be read', async () => {
    const failure = { level: 'error', kind: 'unreadable', message: 'permission denied', file: 'a.yaml' } as const;
    const now = { ...(await run(mesh)), notifications: [failure], complete: false };
    expect(tellNew(now, 'since', [], [failure]).result).toMatchObject({ complete: true, notifications: [{ level: 'warning' }] });
    expect(tellNew(now, 'since', [], [{ ...failure, file: 'b.yaml' }]).result.complete).toBe(false);
    expect(tellNew(now, 'since', []).result.complete).toBe(false);
  });
});
