import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { readHead } from './head.ts';
import { library } from './library.ts';
import { lostIndentation } from './lost-indentation.ts';
import { createNastyYaml } from './nasty-yaml.test-support.ts';
import { readDocument } from './read.ts';
import { compareReaders, yamlFiles } from './readers.test-support.ts';
import { createStrings } from './strings.ts';

/** How many texts are made; `MESHLINT_YAML_TEXTS=200000 MESHLINT_YAML_SEED=7` looks further. */
const count = Number(process.env['MESHLINT_YAML_TEXTS'] ?? 1000);
const seed = Number(process.env['MESHLINT_YAML_SEED'] ?? 1);

const manifests = [
  ...yamlFiles(new URL('../../fixtures/', import.meta.url)),
  ...yamlFiles(new URL('../../../shared/conformance/cases/', import.meta.url)),
].filter(({ text }) => text.length < 3000);

const generator = createNastyYaml(seed);
function nextText(): string {
  const isManifest = generator.chance(0.4) && manifests.length > 0;
  if (isManifest) return generator.mutation(generator.pick(manifests).text);
  const text = generator.document();
  return generator.chance(0.35) ? generator.mutation(text) : text;
}

describe('generated YAML', () => {
  it(
    'is read the same way by the scanner and the library, or refused by the scanner',
    () => {
      const strings = createStrings();
      const differences: string[] = [];
      let taken = 0;
      let documents = 0;
      for (let made = 0; made < count && differences.length < 5; made += 1) {
        const text = nextText();
        for (const span of splitDocuments(text)) {
          const comparison = compareReaders(text, span, strings);
          documents += 1;
          if (comparison.taken) taken += 1;
          if (comparison.difference !== undefined) differences.push(comparison.difference);
        }
      }
      expect(differences).toEqual([]);
      // Else the generator makes nothing that the scanner could be wrong about.
      expect(taken / documents).toBeGreaterThan(0.4);
    },
    10_000 + count * 20,
  );

  it('never makes a reader throw, whatever is in a text', () => {
    for (let made = 0; made < 300; made += 1) {
      let text = nextText();
      for (let mistakes = 0; mistakes < 8; mistakes += 1) text = generator.mutation(text);
      for (const span of splitDocuments(text)) {
        readHead(text, span);
        lostIndentation(text, span);
        expect(readDocument(text, span, library)).not.toBe('library-needed');
        expect(span.end).toBeGreaterThan(span.start);
      }
    }
  });
});
