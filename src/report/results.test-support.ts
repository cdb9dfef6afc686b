import fc from 'fast-check';
import type { Finding, LintResult, LocatedEdit, LocatedFix, Location, Notification, ResourceRef } from '../rule/finding.ts';
import type { Position } from '../text/range.ts';
import { hostileNames, ownRule, permissiveMtls, subsetNotFound } from './samples.ts';

// Results as no run would give them, for property tests: every name may be anything, half characters too.

/** What a runner would obey at the beginning of a line, or anywhere in it. */
const commands = ['::error::owned', ' ::add-mask::owned', '##[add-mask]owned', '##vso[task.complete result=Succeeded]owned'];

const name = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.constantFrom(...commands, '\ufffe\uffff', ']]>&amp;'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: charOf(), maxLength: 20 }),
);
/** How a source is named: a file always has one. */
const file = fc.oneof(
  fc.constant('-'),
  fc.constant('mesh/a.yaml'),
  fc.constantFrom(...commands),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
);

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

export const arbitraryResult: fc.Arbitrary<LintResult> = fc.record({
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
export const unprintable = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\ufeff]/u;
