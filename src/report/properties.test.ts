import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import { reportJson } from './json.ts';
import { arbitraryResult, unprintable } from './results.test-support.ts';
import { clean, good, hostile, nothing, sampleOptions } from './samples.ts';
import { reportSarif } from './sarif.ts';
import { reportText } from './text.ts';

/** The schema comes with the multitool, whose package for this platform may be absent. */
function sarifSchema(): ValidateFunction | undefined {
  const file = join(
    dirname(createRequire(import.meta.url).resolve('@microsoft/sarif-multitool/package.json')),
    `../sarif-multitool-${process.platform}/sarif-2.1.0.json`,
  );
  if (!existsSync(file)) return undefined;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}
const validateJson = new Ajv2020({ strict: true }).compile(schema);
const validateSarif = sarifSchema();

describe.skipIf(validateSarif === undefined)('the schema of SARIF (skipped where the multitool is not installed)', () => {
  it.each(Object.entries({ good, clean, nothing, hostile }))('takes what we write: %s', (_, result) => {
    const log: unknown = JSON.parse([...reportSarif(result, { ...sampleOptions, rootPrefix: 'a b/' })].join(''));
    expect(validateSarif?.(log) ? [] : validateSarif?.errors).toEqual([]);
  });

  it('refuses what is none', () => {
    const text = [...reportSarif(good, sampleOptions)].join('');
    expect(validateSarif?.(JSON.parse(text.replace('"ruleId"', '"ruleName"')))).toBe(false);
  });
});

describe('for every result', () => {
  it('the JSON report follows its schema, can be looked at and is well-formed in each chunk', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const chunks = [...reportJson(result, sampleOptions)];
        for (const chunk of chunks) expect(chunk).not.toMatch(unprintable);
        expect(validateJson(JSON.parse(chunks.join(''))) ? [] : validateJson.errors).toEqual([]);
      }),
    );
  });

  it.skipIf(validateSarif === undefined)(
    'the SARIF report follows the schema of SARIF, can be looked at and is well-formed in each chunk',
    () => {
      fc.assert(
        fc.property(arbitraryResult, (result) => {
          const chunks = [...reportSarif(result, { ...sampleOptions, rootPrefix: 'a/' })];
          for (const chunk of chunks) expect(chunk).not.toMatch(unprintable);
          expect(validateSarif?.(JSON.parse(chunks.join(''))) ? [] : validateSarif?.errors).toEqual([]);
        }),
      );
    },
  );

  it('the text report has no control characters but line ends', () => {
    fc.assert(
      fc.property(arbitraryResult, fc.boolean(), (result, quiet) => {
        for (const chunk of reportText(result, { ...sampleOptions, quiet })) expect(chunk).not.toMatch(unprintable);
      }),
    );
  });

  it('colour adds SGR codes to the text report, and nothing else', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const plain = [...reportText(result, sampleOptions)].join('');
        const colored = [...reportText(result, { ...sampleOptions, color: true })].join('');
        expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain);
      }),
    );
  });

  it('the mark lies below what it marks, on one line', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const lines = [...reportText(result, { ...sampleOptions, quiet: true })].join('').split('\n');
        const marks = lines.filter((line) => /^ +\| +\^+( \(to line \d+\))?$/.test(line));
        expect(marks).toHaveLength(result.findings.filter(({ location }) => location.lines.length > 0).length);
        for (const mark of marks) expect(mark.length).toBeLessThan(140);
      }),
    );
  });
});
