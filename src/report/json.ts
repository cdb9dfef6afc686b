import { projectUrl } from '../rule/project.ts';
import type { Finding, LintResult, LocatedFix, Location, Summary } from '../rule/finding.ts';
import { byCodeUnits, jsonText } from './escape.ts';
import type { ReportOptions } from './options.ts';

/** The version of the format; it changes with a major version of meshlint only. */
export const jsonVersion = 1;

/** The JSON report as schemas/report.schema.json describes it: one line, and one chunk, for each finding. */
export function* reportJson(result: LintResult, options: ReportOptions): Generator<string> {
  const tool = { name: 'meshlint', version: options.version, url: projectUrl };
  yield `{\n  "version": ${String(jsonVersion)},\n  "tool": ${jsonText(tool)},\n  "summary": ${jsonText(summaryOf(result.summary))},\n`;
  yield* lines('notifications', result.notifications, ({ level, kind, message, file }) => ({ level, kind, message, file }));
  yield ',\n';
  yield* lines('findings', result.findings, (finding) => findingOf(finding, options));
  yield '\n}\n';
}

function* lines<T>(key: string, items: readonly T[], toJson: (item: T) => object): Generator<string> {
  yield `  "${key}": [`;
  let separator = '';
  for (const item of items) {
    yield `${separator}\n    ${jsonText(toJson(item))}`;
    separator = ',';
  }
  yield items.length === 0 ? ']' : '\n  ]';
}

function summaryOf({ files, resources, skipped, unknown, suppressed, known }: Summary): object {
  const unknownByRule = Object.entries(unknown).map(([rule, reasons]): [string, number] => [rule, sum(Object.values(reasons))]);
  return { files, resources, skipped: sorted(Object.entries(skipped)), unknown: sorted(unknownByRule), suppressed, known };
}

function sorted(entries: readonly (readonly [string, number])[]): object {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCodeUnits(a, b)));
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Spelt out property by property: what is not in the schema must not slip in, and the order is part of "byte-identical". */
function findingOf(finding: Finding, { docs }: ReportOptions): object {
  const { rule, severity, message, resource, location, path, related, fix, equivalents, fingerprint, url } = finding;
  return {
    rule: rule.id,
    title: rule.title,
    category: rule.category,
    severity,
    message,
    help: docs.get(rule.id)?.help ?? '',
    equivalents: equivalents.map(({ tool, code, reference }) => ({ tool, code, reference })),
    resource: resource && {
      apiVersion: resource.apiVersion,
      kind: resource.kind,
      namespace: resource.namespace,
      name: resource.name,
    },
    location: locationOf(location),
    path,
    related: related.map((place) => ({ message: place.message, location: locationOf(place.location) })),
    fix: fix && fixOf(fix),
    fingerprint,
    url,
  };
}

function locationOf({ file, start, end }: Location): object {
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf({ title, safety, edits }: LocatedFix): object {
  return {
    title,
    safety,
    edits: edits.map(({ op, location, to, key, value, replacement }) => ({
      op,
      location: locationOf(location),
      to: to && locationOf(to),
      key,
      value,
      replacement,
    })),
  };
}
