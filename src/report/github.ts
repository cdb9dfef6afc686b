import type { Finding, LintResult, Location, Notification } from '../rule/finding.ts';
import type { Severity } from '../rule/rule.ts';
import { countBySeverity, countsText, severities } from './counts.ts';
import { clip, visible } from './escape.ts';
import { lastLine } from './frame.ts';
import { byImportance } from './importance.ts';
import { prose } from './markdown.ts';
import { placeNote } from './place-note.ts';
import type { ReportOptions } from './options.ts';
import { pathFromRoot } from './path.ts';

/** GitHub drops, without a word, what a step says beyond that at one level. */
const perLevel = 10;
const messageLength = 2000;
const relatedShown = 5;

type Level = 'error' | 'warning' | 'notice';
const levels: Readonly<Record<Severity, Level>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Annotations for GitHub Actions, as commands to the runner: at most ten of each level, the most important first, and one for what is
 * left. Why a run is not complete comes before everything else.
 */
export function* reportGithub(result: LintResult, options: ReportOptions): Generator<string> {
  const failures = result.notifications.filter(({ level }) => level === 'error');
  const room = roomFor(result.findings, failures.length);
  const left = new Map<Severity, number>();
  if (failures.length > perLevel) left.set('error', failures.length - perLevel);
  for (const failure of failures.slice(0, perLevel)) yield failureCommand(failure, options);
  for (const finding of byImportance(result.findings)) {
    const { severity } = finding;
    const free = room.get(severity) ?? 0;
    room.set(severity, free - 1);
    if (free > 0) yield findingCommand(finding, options);
    else left.set(severity, (left.get(severity) ?? 0) + 1);
  }
  if (left.size > 0) yield leftCommand(left);
}

/** How many findings of each severity can be shown; where these are not all, what says so needs a place as well. */
function roomFor(findings: readonly Finding[], failures: number): Map<Severity, number> {
  const counts = countBySeverity(findings);
  const room = new Map(severities.map((severity) => [severity, severity === 'error' ? perLevel - failures : perLevel]));
  const fits = severities.every((severity) => (counts.get(severity) ?? 0) <= (room.get(severity) ?? 0));
  if (!fits) room.set('info', perLevel - 1);
  return room;
}

function findingCommand({ rule, severity, message, location, related, url }: Finding, options: ReportOptions): string {
  const help = options.docs.get(rule.id)?.help;
  const lines = [
    oneLine(message),
    placeName(location) + placeNote(location),
    ...related.slice(0, relatedShown).map((place) => `${placeName(place.location)}: ${oneLine(place.message)}`),
    ...(related.length > relatedShown ? [`and ${String(related.length - relatedShown)} more related places`] : []),
    ...(help === undefined ? [] : [visible(prose(help))]),
    ...(url === '' ? [] : [url]),
  ];
  return command(levels[severity], { title: `meshlint: ${rule.id}`, ...placeProperties(location, options) }, lines);
}

function failureCommand({ kind, message, file }: Notification, { rootPrefix }: ReportOptions): string {
  const lines = [oneLine(message), ...(file === undefined ? [] : [visible(file)])];
  return command('error', { title: `meshlint: ${kind}`, ...fileProperty(file, rootPrefix) }, lines);
}

function leftCommand(left: ReadonlyMap<Severity, number>): string {
  const total = [...left.values()].reduce((sum, count) => sum + count, 0);
  return command('notice', { title: 'meshlint' }, [
    `${String(total)} more: ${countsText(left)}`,
    `GitHub shows ${String(perLevel)} of each level. The other formats have all of them.`,
  ]);
}

type Properties = Readonly<Record<string, string | number>>;

function placeProperties(location: Location, { rootPrefix }: ReportOptions): Properties {
  const { file, start, end, lines } = location;
  const endLine = lastLine(location);
  const properties = { ...fileProperty(file, rootPrefix), line: start.line, endLine };
  // Columns of different lines are refused.
  if (endLine > start.line) return properties;
  const lineEnd = (lines[0]?.length ?? start.column) + 1;
  return { ...properties, col: start.column, endColumn: Math.max(start.column, end.line > start.line ? lineEnd : end.column) };
}

/** Standard input lies nowhere. */
function fileProperty(file: string | undefined, rootPrefix: string): Properties {
  return file === undefined || file === '-' ? {} : { file: pathFromRoot(file, rootPrefix) };
}

function command(level: Level, properties: Properties, lines: readonly string[]): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(lines.join('\n'))}\n`;
}

/** The line ends are ours: a name has none any more. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function placeName({ file, start }: Location): string {
  return `${visible(file)}:${String(start.line)}:${String(start.column)}`;
}

function oneLine(text: string): string {
  return visible(clip(text, messageLength));
}
