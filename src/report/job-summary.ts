import type { Finding, LintResult, Location } from '../rule/finding.ts';
import type { RuleMeta, Severity } from '../rule/rule.ts';
import { utf8Length } from './bytes.ts';
import { plural, severities } from './counts.ts';
import { byCodeUnits, clip, visible } from './escape.ts';
import { codeSpan, inlineText, prose } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { encodedPath, pathFromRoot } from './path.ts';
import { summaryLines } from './summary.ts';

/** GitHub throws a job summary of more than 1 MiB away as a whole; what says that something is missing comes on top of this. */
export const summaryBytes = 900_000;

const messageLength = 500;
const relatedShown = 3;

/** What was found, for the page of a job or a merge request: by severity and rule, each with its places. A chunk for each section. */
export function* reportMarkdown(result: LintResult, options: ReportOptions): Generator<string> {
  const groups = groupsOf(result.findings);
  const head = headOf(result, groups, options);
  yield head;
  let room = summaryBytes - utf8Length(head);
  for (const group of groups) {
    const section = sectionOf(group, options, room);
    room -= utf8Length(section);
    yield section;
  }
}

/** Findings of one rule and one severity. */
interface Group {
  readonly severity: Severity;
  readonly rule: RuleMeta;
  readonly url: string;
  readonly findings: readonly Finding[];
}

function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule.id}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [finding]);
    else list.push(finding);
  }
  return [...groups.values()]
    .flatMap((list): readonly Group[] => {
      const [first] = list;
      return first === undefined ? [] : [{ severity: first.severity, rule: first.rule, url: first.url, findings: list }];
    })
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || byCodeUnits(a.rule.id, b.rule.id));
}

function headOf(result: LintResult, groups: readonly Group[], { quiet }: ReportOptions): string {
  const parts = ['## meshlint'];
  if (!quiet) parts.push(...verdictOf(result));
  if (groups.length > 0) {
    const rows = groups.map(({ severity, rule, url, findings }) => {
      return `| ${severity} | ${cell(ruleLink(rule, url))} | ${String(findings.length)} | ${cell(inlineText(visible(rule.title)))} |`;
    });
    parts.push(['| Severity | Rule | Findings | Fault |', '| --- | --- | ---: | --- |', ...rows].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** The same as in the text report: what it comes to, what was read, what is undecided, and what else is to be said. */
function verdictOf(result: LintResult): readonly string[] {
  const [verdict = '', ...lines] = summaryLines({ ...result, notifications: [] });
  const notes = summaryLines(result).slice(0, result.notifications.length);
  return [
    `**${plainLine(verdict)}**`,
    ...causeOf(result.summary),
    lines.map((line) => `- ${plainLine(line)}`).join('\n'),
    ...(notes.length === 0 ? [] : [notes.map((line) => `- ${plainLine(line)}`).join('\n')]),
  ];
}

/** What was compared with an earlier revision says what a change has done, wherever it is seen. */
function causeOf({ known }: LintResult['summary']): readonly string[] {
  if (known?.since === undefined) return [];
  const before = known.since === 0 ? 'No other finding' : plural(known.since, 'other finding');
  return [
    `This is what the change causes, also in files that it does not touch. ${before} ${known.since > 1 ? 'were' : 'was'} there before.`,
  ];
}

function plainLine(line: string): string {
  return inlineText(line.trim());
}

function sectionOf({ severity, rule, url, findings }: Group, options: ReportOptions, room: number): string {
  const docs = options.docs.get(rule.id);
  const texts = docs ? `\n${prose(docs.why)}\n\n**What to do:** ${prose(docs.help)}\n` : '';
  let section = `\n### ${severity}: ${ruleLink(rule, url)}\n${texts}\n`;
  let left = room - utf8Length(section);
  let shown = 0;
  for (const finding of findings) {
    const item = itemOf(finding, options);
    left -= utf8Length(item);
    if (left < 0) break;
    section += item;
    shown += 1;
  }
  if (shown === 0) section = `\n### ${severity}: ${ruleLink(rule, url)}\n\n`;
  return shown === findings.length
    ? section
    : `${section}- ${plural(findings.length - shown, 'finding')} not shown: there is no more room\n`;
}

function itemOf({ message, location, related }: Finding, options: ReportOptions): string {
  const lines = [
    `- ${placeLink(location, options)}: ${text(message)}${location.approximate ? ' (the nearest place that could be found)' : ''}`,
  ];
  for (const place of related.slice(0, relatedShown)) lines.push(`  - ${placeLink(place.location, options)}: ${text(place.message)}`);
  if (related.length > relatedShown) lines.push(`  - and ${plural(related.length - relatedShown, 'more related place')}`);
  return `${lines.join('\n')}\n`;
}

function placeLink({ file, start }: Location, { rootPrefix, sourceUrl }: ReportOptions): string {
  const path = pathFromRoot(file, rootPrefix);
  const name = codeSpan(`${visible(path)}:${String(start.line)}:${String(start.column)}`);
  if (sourceUrl === undefined || file === '-') return name;
  return `[${name}](<${sourceUrl}${encodedPath(path)}#L${String(start.line)}>)`;
}

function ruleLink({ id }: RuleMeta, url: string): string {
  return url === '' ? codeSpan(visible(id)) : `[${codeSpan(visible(id))}](${url})`;
}

/** A bar would end the cell; outside of code it is escaped already. */
function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|');
}

function text(message: string): string {
  return inlineText(visible(clip(message, messageLength)));
}
