import type { LintResult, Notification, Summary } from '../rule/finding.ts';
import type { Severity } from '../rule/rule.ts';
import { plural } from './counts.ts';
import { byCodeUnits, clip, noCommand, visible } from './escape.ts';
import { createStyle, type Style } from './style.ts';

/** A reason for which documents were left alone, in words: for one, and for several. Reasons that are not here speak for themselves. */
const skipReasons: ReadonlyMap<string, readonly [one: string, several: string]> = new Map([
  ['template', ['template', 'templates']],
  ['foreign-yaml', ['other YAML document', 'other YAML documents']],
  ['broken-foreign-yaml', ['other document that is broken YAML', 'other documents that are broken YAML']],
  ['not-modelled', ['resource of a kind that is not modelled', 'resources of kinds that are not modelled']],
]);

const levels: readonly { readonly level: Notification['level']; readonly severity: Severity }[] = [
  { level: 'error', severity: 'error' },
  { level: 'warning', severity: 'warning' },
  { level: 'note', severity: 'info' },
];

/**
 * What a run comes to, line by line without line ends: notifications (errors first), findings by severity, and what was read,
 * skipped, suppressed and left undecided. The text report ends with it; for the other formats it belongs on standard error.
 */
export function summaryLines(result: LintResult, { color = false }: { readonly color?: boolean } = {}): readonly string[] {
  const style = createStyle(color);
  const notifications = [...notificationLines(result.notifications, style)];
  return [
    ...notifications,
    ...(notifications.length === 0 ? [] : ['']),
    verdict(result, style),
    readLine(result.summary),
    ...unknownLines(result.summary.unknown),
  ];
}

function* notificationLines(notifications: readonly Notification[], style: Style): Generator<string> {
  for (const { level, severity } of levels) {
    for (const notification of notifications) {
      if (notification.level !== level) continue;
      const head = style.severity(severity, `${level}[${visible(notification.kind)}]`);
      const file = notification.file === undefined ? '' : `${visible(notification.file)}: `;
      yield `${head}: ${file}${visible(clip(notification.message, 500))}`;
    }
  }
}

function verdict({ findings, summary, complete, known }: LintResult, style: Style): string {
  const counts = new Map<Severity, number>();
  const files = new Set<string>();
  for (const { severity, location } of findings) {
    counts.set(severity, (counts.get(severity) ?? 0) + 1);
    files.add(location.file);
  }
  const incomplete = complete ? '' : style.severity('error', '; the run is not complete');
  if (findings.length === 0) {
    if (summary.files === 0) return `${style.strong('nothing was checked')}${incomplete}`;
    const problems = known === undefined || known.length === 0 ? 'problems' : 'new problems';
    return complete ? style.good(`no ${problems} found`) : `${style.strong(`no ${problems} found in what could be read`)}${incomplete}`;
  }
  const parts = levels.flatMap(({ severity }) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [style.severity(severity, plural(count, severity))];
  });
  return `${parts.join(', ')} in ${plural(files.size, 'file')}${incomplete}`;
}

function readLine({ files, resources, skipped, suppressed, known = {} }: Summary): string {
  const parts = [`read ${plural(files, 'file')}, ${plural(resources, 'resource')}`];
  const reasons = Object.entries(skipped).filter(([, count]) => count > 0);
  if (reasons.length > 0) {
    const list = reasons.sort(byCountThenName).map(([reason, count]) => skipText(reason, count));
    parts.push(list.length === 1 ? `skipped ${list.join('')}` : `skipped ${String(total(reasons))} (${list.join(', ')})`);
  }
  if (suppressed > 0) parts.push(`suppressed ${plural(suppressed, 'finding')}`);
  if (known.since !== undefined) parts.push(`${plural(known.since, 'finding')} not new`);
  if (known.baseline !== undefined) parts.push(`${plural(known.baseline, 'finding')} in the baseline`);
  return parts.join('; ');
}

function skipText(reason: string, count: number): string {
  const [one, several] = skipReasons.get(reason) ?? [words(reason), words(reason)];
  return `${String(count)} ${count === 1 ? one : several}`;
}

function* unknownLines(unknown: Summary['unknown']): Generator<string> {
  const rules = Object.entries(unknown)
    .map(([rule, reasons]) => ({ rule, reasons: Object.entries(reasons).filter(([, count]) => count > 0) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => byCodeUnits(a.rule, b.rule));
  const questions = plural(total(rules.flatMap(({ reasons }) => reasons)), 'question');
  const lines = rules.map(({ rule, reasons }) => {
    const list = reasons.sort(byCountThenName).map(([reason, count]) => `${String(count)} ${visible(clip(reason, 200))}`);
    return `${visible(rule)}: ${list.join(', ')}`;
  });
  if (lines.length === 1) yield `${questions} undecided (${lines.join('')})`;
  if (lines.length < 2) return;
  yield `${questions} undecided:`;
  for (const line of lines) yield `  ${noCommand(line)}`;
}

function byCountThenName([a, countA]: readonly [string, number], [b, countB]: readonly [string, number]): number {
  return countB - countA || byCodeUnits(a, b);
}

function total(entries: readonly (readonly [string, number])[]): number {
  let sum = 0;
  for (const [, count] of entries) sum += count;
  return sum;
}

function words(reason: string): string {
  return visible(clip(reason, 200)).replaceAll('-', ' ');
}
