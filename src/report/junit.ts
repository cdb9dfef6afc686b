import type { Finding, LintResult, Location, Notification } from '../rule/finding.ts';
import { byFile } from './by-file.ts';
import { clip, noCommand, visible } from './escape.ts';
import { prose } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { placeNote } from './place-note.ts';
import { xmlAttributes, xmlHead, xmlText } from './xml.ts';

const messageLength = 2000;
/** Names of tests are shown in lists. */
const nameLength = 200;
const relatedShown = 20;

/**
 * The XML of JUnit, as Jenkins' schema has it: a suite for each file, in which every finding is a test that failed. The suite `meshlint`
 * is about the run itself, so that there is always a test: it passes, or has an error for each reason why the run is not complete.
 */
export function* reportJunit(result: LintResult, options: ReportOptions): Generator<string> {
  const reasons = reasonsOf(result);
  const failures = result.findings.length;
  const run = { tests: Math.max(1, reasons.length), failures: 0, errors: reasons.length };
  yield `${xmlHead}<testsuites${xmlAttributes({ name: 'meshlint', tests: failures + run.tests, failures, errors: run.errors })}>\n`;
  yield `  <testsuite${xmlAttributes({ name: 'meshlint', ...run })}>\n`;
  if (reasons.length === 0) yield `    <testcase${xmlAttributes({ name: 'every manifest was read', classname: 'meshlint' })}/>\n`;
  const names = new Set<string>();
  for (const reason of reasons) yield errorCase(reason, names);
  yield '  </testsuite>\n';

  for (const [file, findings] of byFile(result.findings)) {
    const tests = findings.length;
    yield `  <testsuite${xmlAttributes({ name: file, tests, failures: tests, errors: 0 })}>\n`;
    names.clear();
    for (const finding of findings) yield failureCase(finding, names, options);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function reasonsOf({ notifications, complete }: LintResult): readonly Notification[] {
  const errors = notifications.filter(({ level }) => level === 'error');
  return errors.length > 0 || complete ? errors : [{ level: 'error', kind: 'incomplete', message: 'the run is not complete' }];
}

function errorCase({ kind, message, file }: Notification, names: Set<string>): string {
  const where = file === undefined ? [] : [file];
  const name = uniqueName([kind, ...where].join(': '), names);
  const body = [...where.map(visible), visible(clip(message, messageLength))].join('\n');
  return `    <testcase${xmlAttributes({ name, classname: 'meshlint' })}>
      <error${xmlAttributes({ type: kind, message: clip(message, messageLength) })}>${bodyText(body)}</error>
    </testcase>\n`;
}

function failureCase(finding: Finding, names: Set<string>, { docs }: ReportOptions): string {
  const { rule, severity, location, related, url } = finding;
  const message = `${clip(finding.message, messageLength)}${placeNote(finding.location)}`;
  const texts = docs.get(rule.id);
  const body = [
    `${placeName(location)}: ${severity}: ${visible(message)}`,
    ...related.slice(0, relatedShown).map((place) => `${placeName(place.location)}: ${visible(clip(place.message, messageLength))}`),
    ...(related.length > relatedShown ? [`and ${String(related.length - relatedShown)} more related places`] : []),
    ...(texts ? [`Why: ${prose(texts.why)}`, `What to do: ${prose(texts.help)}`] : []),
    ...(url === '' ? [] : [url]),
  ];
  const name = uniqueName(`${rule.id}: ${message}`, names);
  return `    <testcase${xmlAttributes({ name, classname: location.file })}>
      <failure${xmlAttributes({ type: severity, message })}>${bodyText(body.join('\n'))}</failure>
    </testcase>\n`;
}

/** Without line numbers, so that a test is the same one after a change above it; tests of the same name would be taken for one. */
function uniqueName(text: string, names: Set<string>): string {
  const name = clip(text, nameLength);
  for (let count = 1; ; count += 1) {
    const unique = count === 1 ? name : `${name} (${String(count)})`;
    if (names.has(unique)) continue;
    names.add(unique);
    return unique;
  }
}

/** A line of it is a line of a log where the report goes to standard output. */
function bodyText(text: string): string {
  return text
    .split('\n')
    .map((line) => xmlText(noCommand(line)))
    .join('\n');
}

function placeName({ file, start }: Location): string {
  return `${visible(file)}:${String(start.line)}:${String(start.column)}`;
}
