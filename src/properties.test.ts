import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, lint, type Rule, type Source } from './index.ts';
import { readDocument } from './yaml/read.ts';
import { library } from './yaml/library.ts';
import type { Path, Value } from './yaml/value.ts';
import { splitDocuments } from './yaml/documents.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');

function filesOf(folder: string): ReadonlyMap<string, string> {
  const root = path.join(fixtures, folder);
  return new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => [file.replaceAll(path.sep, '/'), readFileSync(path.join(root, file), 'utf8')]),
  );
}

const sources = (files: Iterable<readonly [string, string]>): Source[] =>
  [...files].map(([file, text]) => ({ path: file, named: true, read: () => text }));

const shop = filesOf('shop');
const broken = filesOf('shop-broken');
const shopTexts = [...shop.values()];

describe('reading', () => {
  it('never throws and never crashes a rule, whatever the text is', { timeout: 60_000 }, async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(
          'a',
          ':',
          ' ',
          '\n',
          '-',
          '{',
          '}',
          '[',
          ']',
          '"',
          "'",
          '#',
          '&',
          '*',
          '!',
          '|',
          '>',
          '\t',
          '\r',
          '%',
          '@',
          '~',
          '?',
          ',',
        ),
        maxLength: 80,
      }),
      // Real manifests with something cut out and something put in.
      fc
        .tuple(fc.constantFrom(...shopTexts), fc.nat(), fc.nat(60), fc.string({ maxLength: 8 }))
        .map(([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length)),
    );
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const result = await lint([{ path: 'x.yaml', named: true, read: () => text }], {
          preset: 'all',
          complete: true,
          allowEmpty: true,
          lineHashes: true,
        });
        expect(result.notifications.filter(({ level }) => level !== 'note')).toEqual([]);
        expect(result.findings.filter(({ location }) => location.approximate)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('places', () => {
  it('resolve to the text that they name: every scalar of every fixture', async () => {
    for (const files of [shop, broken, filesOf('tutorial')]) {
      const expected = new Map<string, Value>();
      const probe = probeOf((place, value) => expected.set(place, value));
      const { findings } = await lint(sources(files), { plugins: [probe], only: ['probe'] });
      expect(findings.length).toBeGreaterThan(40);
      for (const { location, message } of findings) {
        const text = files.get(location.file)?.slice(location.range.start, location.range.end) ?? '';
        const [span] = splitDocuments(text);
        const reading = span === undefined ? undefined : readDocument(text, span, library);
        expect(reading).toEqual({ kind: 'value', value: expected.get(message) });
        expect(location.approximate).toBeUndefined();
      }
    }
  });
});

describe('faults planted into a healthy mesh', () => {
  it('are found at their line', async () => {
    expect((await lint(sources(shop))).findings).toEqual([]);
    const plants: readonly (readonly [RegExp, string, string])[] = [
      [/^( +subset: )\w+$/gm, '$1nowhere', 'subset-not-found'],
      [/^( +mode: )STRICT$/gm, '$1PERMISSIVE', 'permissive-mtls'],
      [/^( +mode: )STRICT$/gm, '$1strict', 'schema-violation'],
      [/^( +weight: )\d+$/gm, '$1many', 'schema-violation'],
      [/^( +(?:container)?[pP]ort: )\d+$/gm, '$1-1', 'schema-violation'],
      [/^( +)app: \w+$/gm, '$1app: [', 'invalid-yaml'],
      [/^( +)host: \S+$/gm, '$&\n$&', 'invalid-yaml'],
    ];
    for (const [pattern, replacement, rule] of plants) {
      let planted = 0;
      for (const [file, text] of shop) {
        for (const match of text.matchAll(pattern)) {
          const changed =
            text.slice(0, match.index) +
            match[0].replace(new RegExp(pattern.source, 'm'), replacement) +
            text.slice(match.index + match[0].length);
          const line = text.slice(0, match.index).split('\n').length;
          const { findings } = await lint(sources(new Map(shop).set(file, changed)));
          const there = findings.filter(
            ({ location }) => location.file === file && location.start.line >= line && location.start.line <= line + 1,
          );
          expect([match[0], there.map((finding) => finding.rule.id)]).toEqual([match[0], [rule]]);
          planted += 1;
        }
      }
      expect(planted).toBeGreaterThan(0);
    }
  });
});

describe('the report', () => {
  it('does not depend on the order of the files', async () => {
    const files = [...broken, ...[...shop].map(([file, text]) => [`shop/${file}`, text] as const)];
    const reference = await lint(sources(files), { preset: 'all' });
    expect(reference.findings.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(await lint(sources(shuffled), { preset: 'all' })).toEqual(reference);
      }),
      { numRuns: 20 },
    );
  });
});

/** A rule that reports every scalar of every resource, and tells which value it saw. */
function probeOf(seen: (message: string, value: Value) => void): Rule {
  return {
    id: 'probe',
    title: 'Every scalar',
    category: 'hygiene',
    severity: 'info',
    presets: [],
    since: '0.1.0',
    subjects: [
      'VirtualService',
      'DestinationRule',
      'PeerAuthentication',
      'AuthorizationPolicy',
      'Deployment',
      'StatefulSet',
      'Service',
      'Namespace',
    ],
    *check(subject): Iterable<Fault> {
      if (!('origin' in subject)) return;
      const { spec } = subject as unknown as { readonly spec?: Value };
      for (const [at, value] of scalarsOf(spec ?? null, ['spec'])) {
        const message = `${subject.kind} ${subject.metadata.namespace}/${subject.metadata.name} ${at.join('/')} in ${subject.origin.text.source.path}`;
        seen(message, value);
        yield { at: { kind: 'node', resource: subject, path: at, part: 'value' }, message };
      }
    },
  };
}

function* scalarsOf(value: Value, at: Path): Iterable<readonly [Path, Value]> {
  if (value === null || typeof value !== 'object') {
    if (value !== null) yield [at, value];
    return;
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* scalarsOf(item as Value, [...at, i]);
  else for (const [key, inner] of Object.entries(value)) yield* scalarsOf(inner, [...at, key]);
}
