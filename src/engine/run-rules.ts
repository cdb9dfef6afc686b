import type { Mesh } from '../graph/mesh.ts';
import type { SubjectName, SubjectOf } from '../graph/subjects.ts';
import type { Place } from '../model/place.ts';
import type { Notification } from '../rule/finding.ts';
import type { Fault, Related, Rule, Severity } from '../rule/rule.ts';
import { judge } from './evidence.ts';
import type { ActiveRule } from './select.ts';

/** A fault of a rule, before its places are looked up in the text. */
export interface RawFinding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly fault: Fault;
  readonly related: readonly Related[];
}

export interface Checked {
  readonly findings: readonly RawFinding[];
  /** By rule and reason. */
  readonly unknown: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly notifications: readonly Notification[];
}

type Subject = SubjectOf<SubjectName>;

/** What a rule says about one of its subjects. */
export interface Outcome {
  readonly findings: readonly RawFinding[];
  /** Why it could not decide, each time. */
  readonly unknown: readonly string[];
  readonly crash: Notification | undefined;
}

const nothing: Outcome = { findings: [], unknown: [], crash: undefined };

/** What one of the rules that are asked about a subject has to say: its number among them. */
export interface Said {
  readonly number: number;
  readonly outcome: Outcome;
}

/**
 * Gives what rules say about a subject, those that say something: by running them, or from an earlier time when nothing has changed of what they
 * asked then. The rules are always the same ones for all subjects of a name.
 */
export type Recall = (
  name: SubjectName,
  subject: object,
  rules: readonly ActiveRule[],
  check: (active: ActiveRule) => Outcome,
) => readonly Said[];

/** `outcomes`: of all the rules, in their order. */
export function saidOf(outcomes: readonly Outcome[]): readonly Said[] {
  return outcomes.flatMap((outcome, number) => (outcome === nothing ? [] : [{ number, outcome }]));
}

/**
 * Asks each rule about each of its subjects. A rule that throws loses that one subject, and the run is incomplete. `isWanted`: the places that
 * are reported on.
 */
export function runRules(
  rules: readonly ActiveRule[],
  mesh: Mesh,
  isWanted: (place: Place) => boolean = () => true,
  recall?: Recall,
): Checked {
  const unknown = new Map<string, Map<string, number>>();
  const count = (rule: string, reason: string): void => {
    const reasons = unknown.get(rule) ?? new Map<string, number>();
    unknown.set(rule, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
  };

  const results = rules.map((active) => ({ active, findings: [] as RawFinding[], crashes: [] as Notification[] }));
  const bySubject = new Map<SubjectName, (typeof results)[number][]>();
  for (const result of results) {
    for (const name of result.active.rule.subjects) {
      const known = bySubject.get(name);
      if (known === undefined) bySubject.set(name, [result]);
      else known.push(result);
    }
  }
  const take = ({ active, findings, crashes }: (typeof results)[number], outcome: Outcome): void => {
    for (const finding of outcome.findings) findings.push(finding);
    for (const reason of outcome.unknown) count(active.rule.id, reason);
    if (outcome.crash !== undefined) crashes.push(outcome.crash);
  };
  // All rules are asked about a subject before the next one is, since they ask the graph much the same about it.
  for (const [name, asked] of bySubject) {
    const own = asked.map(({ active }) => active);
    for (const subject of mesh.subjects(name)) {
      if (recall === undefined) {
        for (const result of asked) {
          const outcome = check(result.active, subject, mesh, isWanted);
          if (outcome !== nothing) take(result, outcome);
        }
        continue;
      }
      for (const { number, outcome } of recall(name, subject, own, (active) => check(active, subject, mesh, isWanted))) {
        const result = asked[number];
        if (result !== undefined) take(result, outcome);
      }
    }
  }
  const findings = results.flatMap((each) => each.findings);
  const notifications = results.flatMap(({ crashes: [first, ...others] }) => {
    if (first === undefined) return [];
    return [others.length === 0 ? first : { ...first, message: `${first.message} (and on ${others.length} more)` }];
  });
  return {
    findings: foldCauses(findings),
    unknown: Object.fromEntries([...unknown].map(([rule, reasons]) => [rule, Object.fromEntries(reasons)])),
    notifications,
  };
}

/** One rule, one subject. Nearly always there is nothing to say. */
function check({ rule, severity, options }: ActiveRule, subject: Subject, mesh: Mesh, isWanted: (place: Place) => boolean): Outcome {
  let findings: RawFinding[] | undefined;
  let unknown: string[] | undefined;
  let crash: Notification | undefined;
  try {
    for (const report of rule.check(subject, { mesh, options })) {
      if (isContext(report.at) || !isWanted(report.at)) continue;
      if ('reason' in report) {
        (unknown ??= []).push(report.reason);
        continue;
      }
      const judged = judge(report, mesh);
      if ('doubt' in judged) (unknown ??= []).push(judged.doubt);
      else (findings ??= []).push({ rule, severity, fault: report, related: judged.related });
    }
  } catch (error) {
    crash = crashOf(rule, subject, error);
  }
  if (findings === undefined && unknown === undefined && crash === undefined) return nothing;
  return { findings: findings ?? [], unknown: unknown ?? [], crash };
}

/** What is only context is never reported on. */
function isContext(place: Place): boolean {
  return place.kind === 'text' ? place.text.context : place.resource.origin.text.context;
}

function crashOf(rule: Rule, subject: unknown, error: unknown): Notification {
  const message = error instanceof Error ? error.message : String(error);
  return { level: 'error', kind: 'rule-crashed', message: `rule "${rule.id}" failed on ${describe(subject)}: ${message}` };
}

function describe(subject: unknown): string {
  if (typeof subject !== 'object' || subject === null) return 'its subject';
  const { kind, metadata, host, name } = subject as {
    kind?: unknown;
    metadata?: { namespace?: unknown; name?: unknown };
    host?: unknown;
    name?: unknown;
  };
  if (metadata !== undefined) return `${String(kind)} "${String(metadata.namespace)}/${String(metadata.name)}"`;
  if (typeof host === 'string') return `host "${host}"`;
  return typeof name === 'string' ? `"${name}"` : 'its subject';
}

/** One fault, one finding: what follows from a failed look-up is shown with the finding that reports the look-up itself. */
function foldCauses(findings: readonly RawFinding[]): readonly RawFinding[] {
  const reporters = new Map<string, RawFinding>();
  for (const finding of findings) {
    const { reports } = finding.fault;
    if (reports !== undefined && !reporters.has(reports)) reporters.set(reports, finding);
  }
  if (reporters.size === 0) return findings;
  const followers = new Map<RawFinding, RawFinding[]>();
  const kept = findings.filter((finding) => {
    const { cause } = finding.fault;
    const reporter = cause === undefined ? undefined : reporters.get(cause);
    if (reporter === undefined || reporter === finding) return true;
    const known = followers.get(reporter);
    if (known === undefined) followers.set(reporter, [finding]);
    else known.push(finding);
    return false;
  });
  return kept.map((finding) => {
    const more = followers.get(finding) ?? [];
    return more.length === 0
      ? finding
      : { ...finding, related: [...finding.related, ...more.map(({ fault }) => ({ at: fault.at, message: fault.message }))] };
  });
}
