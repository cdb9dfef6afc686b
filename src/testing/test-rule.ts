import { lint } from '../index.ts';
import type { Finding, LintResult } from '../rule/finding.ts';
import type { Fault, OptionValue, Rule, Unknown } from '../rule/rule.ts';
import { dedent, expectationsIn } from './markers.ts';

/** A manifest with markers, or that and how it is read. A manifest without markers says that the rule is silent. */
export type RuleCase =
  | string
  | {
      /** One manifest, or several files by path. */
      readonly yaml: string | Readonly<Record<string, string>>;
      readonly options?: Readonly<Record<string, OptionValue>>;
      readonly complete?: boolean;
      readonly istioNamespace?: string;
      /** How many questions the rule leaves undecided; not looked at when absent. */
      readonly unknown?: number;
      /** Files that are part of the mesh and never reported on, by path. */
      readonly context?: Readonly<Record<string, string>>;
      /** The input is meant to be broken: findings of invalid-yaml and schema-violation are not looked at. */
      readonly broken?: boolean;
    };

/** What is installed in the cluster of all tests of a rule, the documentation's included. */
export interface Installed {
  /** The channel of the Gateway API. Default: experimental. */
  readonly gatewayApi?: 'standard' | 'experimental';
}

/** Registers one test: vitest's `it`, node:test's `it`, or anything like them. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;

/**
 * Tests one rule, and runs no other. First its own documentation: the bad manifest must be reported as it is marked, the good one not
 * at all. Then the named cases. Each marker asserts line, severity, a part of the message and the text that is underlined,
 * and nothing else may be reported. Places must resolve, and a fault must lie on the rule's subject.
 */
export function testRule(it: RegisterTest, rule: Rule, cases: Readonly<Record<string, RuleCase>> = {}, installed: Installed = {}): void {
  const { docs } = rule;
  if (docs !== undefined) {
    it(`${rule.id}: reports its bad manifest`, async () => {
      if (expectationsIn(dedent(docs.bad)).length === 0) throw new Error('the bad manifest has no marker');
      await check(rule, docs.bad, installed);
    });
    it(`${rule.id}: accepts its good manifest`, async () => {
      if (expectationsIn(dedent(docs.good)).length > 0) throw new Error('the good manifest has a marker');
      await check(rule, docs.good, installed);
    });
  }
  for (const [name, ruleCase] of Object.entries(cases)) it(`${rule.id}: ${name}`, () => check(rule, ruleCase, installed));
}

async function check(rule: Rule, ruleCase: RuleCase, { gatewayApi }: Installed): Promise<void> {
  const { yaml, options, complete, istioNamespace, unknown, context, broken } =
    typeof ruleCase === 'string' ? { yaml: ruleCase } : ruleCase;
  const files = new Map(
    Object.entries(typeof yaml === 'string' ? { 'manifest.yaml': yaml } : yaml).map(([path, text]) => [path, dedent(text)]),
  );
  const complaints: string[] = [];
  const watched = watch(rule, complaints);
  const shapes = rule.subjects.includes('document') || broken === true ? [] : ['invalid-yaml', 'schema-violation'];
  const run = (texts: ReadonlyMap<string, string>): Promise<LintResult> =>
    lint(
      [
        ...[...texts].map(([path, text]) => ({ path, named: true, read: () => text })),
        ...Object.entries(context ?? {}).map(([path, text]) => ({ path, named: true, context: true, read: () => dedent(text) })),
      ],
      {
        plugins: [watched],
        only: [rule.id, ...shapes],
        ruleOptions: options === undefined ? {} : { [rule.id]: options },
        complete,
        istioNamespace,
        gatewayApi,
      },
    );
  const result = await run(files);

  for (const { level, message } of result.notifications)
    if (level === 'error' && broken !== true && !rule.subjects.includes('document')) complaints.push(message);
  complaints.push(...compare(files, result, rule));
  const undecided = Object.values(result.summary.unknown[rule.id] ?? {}).reduce((sum, n) => sum + n, 0);
  if (unknown !== undefined && undecided !== unknown) complaints.push(`${undecided} questions are undecided, not ${unknown}`);
  for (const finding of result.findings) complaints.push(...(await tryFix(finding, files, run)));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}

function compare(files: ReadonlyMap<string, string>, result: LintResult, rule: Rule): readonly string[] {
  const complaints: string[] = [];
  const found = new Set<Finding>(result.findings);
  for (const [path, text] of files) {
    for (const expected of expectationsIn(text)) {
      const where = `${path}:${expected.line}`;
      const onLine = [...found].filter(
        ({ location, rule: { id } }) => location.file === path && location.start.line === expected.line && id === rule.id,
      );
      const match = onLine.find(({ message }) => message.includes(expected.message));
      if (match === undefined) {
        const instead = onLine.map(({ message }) => message).join('; ');
        complaints.push(
          `${where}: expected "${expected.message}", ${instead === '' ? 'but nothing is reported there' : `found "${instead}"`}`,
        );
        continue;
      }
      found.delete(match);
      if (match.severity !== expected.severity) complaints.push(`${where}: is ${match.severity}, not ${expected.severity}`);
      const underlined = text.slice(match.location.range.start, match.location.range.end);
      if (underlined !== expected.underlined)
        complaints.push(`${where}: underlines ${JSON.stringify(underlined)}, not ${JSON.stringify(expected.underlined)}`);
    }
  }
  for (const {
    location,
    severity,
    message,
    rule: { id },
  } of found) {
    complaints.push(`${location.file}:${location.start.line}: unexpected ${severity}: ${message} [${id}]`);
  }
  for (const { location, related, message } of result.findings) {
    for (const place of [location, ...related.map((other) => other.location)]) {
      if (place.approximate === true)
        complaints.push(`a place of "${message}" does not resolve; the nearest is ${place.file}:${place.start.line}`);
    }
  }
  return complaints;
}

/** A fix that is plain text is applied: the finding must be gone then, and nothing else be there that was not before. */
async function tryFix(
  finding: Finding,
  files: ReadonlyMap<string, string>,
  run: (files: ReadonlyMap<string, string>) => Promise<LintResult>,
): Promise<readonly string[]> {
  const edits =
    finding.fix?.edits.flatMap(({ location, replacement }) => (replacement === undefined ? [] : [{ location, replacement }])) ?? [];
  if (edits.length === 0 || edits.length !== finding.fix?.edits.length) return [];
  const fixed = new Map(files);
  for (const { location, replacement } of [...edits].sort((a, b) => b.location.range.start - a.location.range.start)) {
    const text = fixed.get(location.file) ?? '';
    fixed.set(location.file, text.slice(0, location.range.start) + replacement + text.slice(location.range.end));
  }
  const before = (await run(files)).findings;
  const after = (await run(fixed)).findings;
  const isKnown = ({ fingerprint }: Finding): boolean =>
    fingerprint !== finding.fingerprint && before.some((other) => other.fingerprint === fingerprint);
  return after
    .filter((other) => !isKnown(other))
    .map(
      ({ message, location }) =>
        `after the fix "${finding.fix?.title ?? ''}" there is still or newly ${location.file}:${location.start.line}: ${message}`,
    );
}

const faultKeys: ReadonlySet<string> = new Set([
  'at',
  'message',
  'related',
  'fix',
  'cause',
  'reports',
  'reference',
] satisfies (keyof Fault)[]);

/** The same rule, complaining about what the compiler can't see: unknown keys, and faults on a resource that is not the subject. */
function watch(rule: Rule, complaints: string[]): Rule {
  return {
    ...rule,
    *check(subject, context): Iterable<Fault | Unknown> {
      for (const report of rule.check(subject, context)) {
        if (!('reason' in report)) {
          for (const key of Object.keys(report)) if (!faultKeys.has(key)) complaints.push(`a fault has no field "${key}"`);
          if (/\.$|\n/.test(report.message)) complaints.push(`a message is one clause without a full stop: "${report.message}"`);
          const isResource = 'origin' in subject;
          if (isResource && (report.at.kind === 'text' || report.at.resource !== subject))
            complaints.push(`"${report.message}" does not lie on the subject`);
        }
        yield report;
      }
    },
  };
}
