import type { Finding, LintResult, Location } from '../rule/finding.ts';
import type { RuleDocs } from '../rule/rule.ts';
import { clip, noCommand, visible } from './escape.ts';
import { lastLine, markedLine } from './frame.ts';
import { prose } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { createStyle, type Style } from './style.ts';
import { summaryLines } from './summary.ts';
import { wrap } from './width.ts';

/** With the gutter and a label it comes to 80. */
const proseWidth = 70;
/** A message may quote a value of any length. */
const messageLength = 500;
/** Related places that are shown; the other formats have them all. */
const relatedShown = 8;

/** The report for people: a finding with its code frame and related places in each chunk, then what the run comes to. */
export function* reportText(result: LintResult, options: ReportOptions): Generator<string> {
  const style = createStyle(options.color);
  const explained = new Set<string>();
  for (const finding of result.findings) {
    const docs = explained.has(finding.rule.id) ? undefined : options.docs.get(finding.rule.id);
    const first = !explained.has(finding.rule.id);
    explained.add(finding.rule.id);
    yield `${[...findingLines(finding, { docs, first, style })].join('\n')}\n\n`;
  }
  if (options.quiet) return;
  for (const line of summaryLines(result, { color: options.color })) yield `${line}\n`;
}

interface Context {
  readonly docs: RuleDocs | undefined;
  /** The first finding of its rule is explained, the others only name it. */
  readonly first: boolean;
  readonly style: Style;
}

function* findingLines(finding: Finding, { docs, first, style }: Context): Generator<string> {
  const { rule, severity, location, fix } = finding;
  const related = finding.related.slice(0, relatedShown);
  const pad = ' '.repeat(gutterWidth([location, ...related.map((place) => place.location)]));
  const bar = style.gutter(`${pad} |`);

  yield `${style.severity(severity, `${severity}[${visible(rule.id)}]`)}${style.strong(`: ${oneLine(finding.message)}`)}`;
  yield `${style.gutter(`${pad}-->`)} ${placeName(location)}`;
  yield* frame(location, { pad, label: continued(location), sign: '^', paint: (text) => style.severity(severity, text), style });
  for (const { location: place, message } of related) {
    if (place.lines.length === 0) {
      yield `${style.gutter(`${pad}:::`)} ${placeName(place)}: ${oneLine(message)}`;
      continue;
    }
    yield bar;
    yield `${style.gutter(`${pad}:::`)} ${placeName(place)}`;
    yield* frame(place, { pad, label: oneLine(message), sign: '-', paint: style.gutter, style });
  }

  const notes: (readonly [string, string])[] = [];
  const left = finding.related.length - related.length;
  if (left > 0) notes.push(['and:', `${String(left)} more related ${left === 1 ? 'place' : 'places'}`]);
  if (location.renderedFrom !== undefined) notes.push(['at: ', `rendered from ${location.renderedFrom}, which was not found here`]);
  if (location.approximate) notes.push(['at: ', 'approximate: the exact place could not be found, this is the nearest']);
  if (docs) notes.push(['why:', prose(docs.why)], ['do: ', prose(docs.help)]);
  if (fix) notes.push(['fix:', `${oneLine(fix.title)}${fix.safety === 'safe' ? '' : ' (a suggestion: look at it before you apply it)'}`]);
  if (first && finding.url !== '') notes.push(['see:', finding.url]);
  if (notes.length > 0) yield bar;
  for (const [label, text] of notes) {
    const [head = '', ...rest] = wrap(visible(text), proseWidth);
    yield `${style.gutter(`${pad} =`)} ${style.strong(label)} ${head}`;
    for (const line of rest) yield `${pad}        ${noCommand(line)}`;
  }
}

interface FrameOptions {
  readonly pad: string;
  readonly label: string;
  readonly sign: '^' | '-';
  readonly paint: (text: string) => string;
  readonly style: Style;
}

function* frame(location: Location, { pad, label, sign, paint, style }: FrameOptions): Generator<string> {
  const marked = markedLine(location);
  if (!marked) return;
  const bar = style.gutter(`${pad} |`);
  const number = style.gutter(`${String(location.start.line).padStart(pad.length)} |`);
  yield bar;
  yield marked.text === '' ? number : `${number} ${marked.text}`;
  const mark = label === '' ? sign.repeat(marked.length) : `${sign.repeat(marked.length)} ${label}`;
  yield `${bar} ${' '.repeat(marked.indent)}${paint(mark)}`;
}

function gutterWidth(locations: readonly Location[]): number {
  return Math.max(2, ...locations.map(({ start }) => String(start.line).length));
}

function continued(location: Location): string {
  const last = lastLine(location);
  return last > location.start.line ? `(to line ${String(last)})` : '';
}

function placeName({ file, start }: Location): string {
  return `${visible(file)}:${String(start.line)}:${String(start.column)}`;
}

function oneLine(text: string): string {
  return visible(clip(text, messageLength));
}
