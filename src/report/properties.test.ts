import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import type { Finding, LintResult, Location, LocatedEdit, LocatedFix, Notification, ResourceRef } from '../rule/finding.ts';
import type { Position } from '../text/range.ts';
import { reportJson } from './json.ts';
import { clean, good, hostile, hostileNames, nothing, ownRule, permissiveMtls, sampleOptions, subsetNotFound } from './samples.ts';
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

// Results as no run would give them, for property tests: every name may be anything, half characters too.

const name = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: charOf(), maxLength: 20 }),
);
/** How a source is named: a file always has one. */
const file = fc.oneof(fc.constant('-'), fc.constant('mesh/a.yaml'), fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }));

function charOf(): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
}

/** Each of them is there or not. */
const optional: { requiredKeys: [] } = { requiredKeys: [] };

const location: fc.Arbitrary<Location> = fc
  .record({
    file,
    line: fc.integer({ min: 1, max: 2_000_000 }),
    column: fc.integer({ min: 1, max: 1000 }),
    height: fc.integer({ min: 0, max: 20 }),
    width: fc.integer({ min: 0, max: 1000 }),
    lines: fc.array(fc.string({ unit: charOf(), maxLength: 300 }), { maxLength: 3 }),
    rest: fc.record({ lineHash: fc.constant('54703d4cd895b18:1'), approximate: fc.constant(true as const) }, optional),
  })
  .map(({ line, column, height, width, rest, ...location }) => {
    const start: Position = { line, column };
    const end: Position = height === 0 ? { line, column: column + width } : { line: line + height, column: width + 1 };
    return { ...location, start, end, range: { start: 0, end: width }, ...rest };
  });

const edit: fc.Arbitrary<LocatedEdit> = fc
  .record({
    op: fc.constantFrom('replace', 'insert', 'remove', 'rename-key', 'move'),
    location,
    rest: fc.record(
      { to: location, key: name, value: fc.dictionary(name, fc.constantFrom(null, 1, 'x', [true])), replacement: name },
      optional,
    ),
  })
  .map(({ rest, ...edit }) => ({ ...edit, ...rest }));

const fix: fc.Arbitrary<LocatedFix> = fc.record({
  title: name,
  safety: fc.constantFrom('safe', 'suggestion'),
  edits: fc.array(edit, { maxLength: 3 }),
});

const resource: fc.Arbitrary<ResourceRef> = fc.record({ apiVersion: name, kind: name, namespace: name, name });

const finding: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.constantFrom(subsetNotFound, permissiveMtls, ownRule),
    severity: fc.constantFrom('error', 'warning', 'info'),
    message: fc.tuple(name, name).map(([a, b]) => `subset "${a}" of "${b}" is not defined`),
    location,
    related: fc.array(fc.record({ message: name, location }), { maxLength: 12 }),
    equivalents: fc.constant([{ tool: 'istioctl', code: 'IST0101' }] as const),
    fingerprint: fc.constant('0123456789abcdef'),
    url: fc.constantFrom('', 'https://example.com/rule'),
    rest: fc.record({ resource, path: name, fix }, optional),
  })
  .map(({ rest, ...finding }) => ({ ...finding, ...rest }));

const notification: fc.Arbitrary<Notification> = fc
  .record({ level: fc.constantFrom('error', 'warning', 'note'), kind: name, message: name, rest: fc.record({ file }, optional) })
  .map(({ rest, ...notification }) => ({ ...notification, ...rest }));

const counts = fc.dictionary(name, fc.nat({ max: 1000 }), { maxKeys: 4 });

const arbitraryResult: fc.Arbitrary<LintResult> = fc.record({
  findings: fc.array(finding, { maxLength: 5 }),
  summary: fc.record({
    files: fc.nat(),
    resources: fc.nat(),
    skipped: counts,
    unknown: fc.dictionary(name, counts, { maxKeys: 3 }),
    suppressed: fc.nat(),
  }),
  notifications: fc.array(notification, { maxLength: 3 }),
  complete: fc.boolean(),
});

/** Everything that is not a character of a line, but for the line end itself. */
const unprintable = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\ufeff]/u;

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
