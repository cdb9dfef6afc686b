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

/**
 * Asks each rule about each of its subjects. A rule that throws loses that one subject, and the run is incomplete. `isWanted`: the places that
 * are reported on.
 */
export function runRules(rules: readonly ActiveRule[], mesh: Mesh, isWanted: (place: Place) => boolean = () => true): Checked {
  const unknown = new Map<string, Map<string, number>>();

  const count = (rule: string, reason: string): void => {
    const reasons = unknown.get(rule) ?? new Map<string, number>();
    unknown.set(rule, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
  };

  // All rules are asked about a subject before the next one is, since they ask the graph much the same about it.
  const byRule = rules.map(({ rule }) => ({ rule, findings: [] as RawFinding[], crashes: [] as Notification[] }));
  const bySubject = new Map<SubjectName, number[]>();
  for (const [index, { rule }] of rules.entries()) {
    for (const name of rule.subjects) {
      const known = bySubject.get(name);
      if (known === undefined) bySubject.set(name, [index]);
      else known.push(index);
    }
  }
  const ask = (subject: SubjectOf<SubjectName>, { rule, severity, options }: ActiveRule, results: (typeof byRule)[number]): void => {
    try {
      for (const report of rule.check(subject, { mesh, options })) {
        if (isContext(report.at) || !isWanted(report.at)) continue;
        if ('reason' in report) {
          count(rule.id, report.reason);
          continue;
        }
        const judged = judge(report, mesh);
        if ('doubt' in judged) count(rule.id, judged.doubt);
        else results.findings.push({ rule, severity, fault: report, related: judged.related });
      }
    } catch (error) {
      results.crashes.push(crash(rule, subject, error));
    }
  };
  for (const [name, indexes] of bySubject) {
    const asked = indexes.flatMap((index) => {
      const active = rules[index];
      const results = byRule[index];
      return active === undefined || results === undefined ? [] : [{ active, results }];
    });
    for (const subject of mesh.subjects(name)) {
      for (const { active, results } of asked) ask(subject, active, results);
    }
  }
  const findings = byRule.flatMap((each) => each.findings);
  const notifications = byRule.flatMap(({ crashes: [first, ...others] }) => {
    if (first === undefined) return [];
    return [others.length === 0 ? first : { ...first, message: `${first.message} (and on ${others.length} more)` }];
  });
  return {
    findings: foldCauses(findings),
    unknown: Object.fromEntries([...unknown].map(([rule, reasons]) => [rule, Object.fromEntries(reasons)])),
    notifications,
  };
}

/** What is only context is never reported on. */
function isContext(place: Place): boolean {
  return place.kind === 'text' ? place.text.context : place.resource.origin.text.context;
}

function crash(rule: Rule, subject: unknown, error: unknown): Notification {
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
