import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { readHead } from './head.ts';
import { lostIndentation } from './lost-indentation.ts';
import { agreesWithJsYaml, compareReaders, yamlFiles } from './readers.test-support.ts';
import { scan } from './scanner.ts';
import { createStrings } from './strings.ts';
import type { Value } from './value.ts';

// Material that is not part of the repository lies beside it where meshlint is developed, and nowhere else.
const cases = yamlFiles(new URL('../../../shared/conformance/cases/', import.meta.url));
const definitions = yamlFiles(new URL('../../../shared/crds/', import.meta.url));
const fixtures = yamlFiles(new URL('../../fixtures/', import.meta.url));
const all = [...cases, ...definitions, ...fixtures];

/** Each document once: many cases differ only in one of theirs. */
function distinctDocuments() {
  const seen = new Set<string>();
  return all.flatMap(({ path, text }) =>
    splitDocuments(text).flatMap((span) => {
      const document = text.slice(span.start, span.end);
      if (seen.has(document)) return [];
      seen.add(document);
      return [{ path, text, span }];
    }),
  );
}

describe('the two readers on real manifests', { timeout: 60_000 }, () => {
  if (cases.length === 0) it.skip('the conformance cases are not here: only the fixtures are compared', () => undefined);

  it('say the same, values and places, wherever the scanner does not refuse', () => {
    const strings = createStrings();
    const differences = distinctDocuments().flatMap(({ path, text, span }) => {
      const { difference } = compareReaders(text, span, strings);
      return difference === undefined ? [] : [`${path}: ${difference}`];
    });
    expect(differences.slice(0, 3)).toEqual([]);
  });

  it('agree with js-yaml on the text of every scalar', () => {
    const strings = createStrings();
    const disagreeing = distinctDocuments().filter(({ text, span }) => {
      const scanned = scan(text, span, strings);
      return scanned.kind === 'value' && !agreesWithJsYaml(text.slice(span.start, span.end), scanned.value);
    });
    expect(disagreeing.map(({ path }) => path)).toEqual([]);
  });

  it.skipIf(cases.length === 0)('leave nearly every document to the scanner', () => {
    const strings = createStrings();
    let documents = 0;
    let taken = 0;
    for (const { text } of cases) {
      for (const span of splitDocuments(text)) {
        documents += 1;
        if (scan(text, span, strings).kind === 'value') taken += 1;
      }
    }
    const share = (taken / documents) * 100;
    console.log(`scanner takes ${taken} of ${documents} documents (${share.toFixed(1)} %)`);
    expect(share).toBeGreaterThanOrEqual(99.5);
  });

  it('find in a head what a parse finds', () => {
    const strings = createStrings();
    const wrong = all.flatMap(({ path, text }) =>
      splitDocuments(text).flatMap((span) => {
        const scanned = scan(text, span, strings);
        if (scanned.kind !== 'value') return [];
        const head = readHead(text, span);
        const isRight = head.kind === textOf(scanned.value, 'kind') && head.apiVersion === textOf(scanned.value, 'apiVersion');
        return isRight || head.unsure ? [] : [path];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are not taken for a page that lost its indentation', () => {
    const found = all.flatMap(({ path, text }) => splitDocuments(text).flatMap((span) => lostIndentation(text, span).map(() => path)));
    expect(found).toEqual([]);
  });
});

function textOf(value: Value, key: string): string | undefined {
  const member = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []).get(key);
  return typeof member === 'string' ? member : undefined;
}
