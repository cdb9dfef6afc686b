import type { Finding, LintResult, LocatedFix, Location } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import type { Severity } from '../rule/rule.ts';
import type { Position } from '../text/range.ts';
import { utf8Length } from './bytes.ts';
import { clip, jsonText, visible } from './escape.ts';
import { lastLine } from './frame.ts';
import { wellFormed } from './path.ts';
import { placeNote } from './place-note.ts';

const messageLength = 2000;
const severities: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/**
 * reviewdog's Diagnostic Format, one line and one chunk for each finding. Its columns count the bytes of UTF-8 from 1; paths are
 * relative to the current folder, and reviewdog finds the repository's root itself.
 */
export function* reportRdjson(result: LintResult): Generator<string> {
  yield `{\n  "source": ${jsonText({ name: 'meshlint', url: projectUrl })},\n  "diagnostics": [`;
  let separator = '';
  for (const finding of result.findings) {
    yield `${separator}\n    ${jsonText(diagnosticOf(finding))}`;
    separator = ',';
  }
  yield result.findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function diagnosticOf({ rule, severity, message, location, related, fix, url }: Finding): object {
  const suggestion = fix && suggestionOf(fix, location.file);
  return {
    message: `${visible(clip(message, messageLength))}${placeNote(location)}`,
    location: locationOf(location),
    severity: severities[severity],
    code: url === '' ? { value: rule.id } : { value: rule.id, url },
    suggestions: suggestion && [suggestion],
    relatedLocations:
      related.length === 0
        ? undefined
        : related.map((place) => ({ message: visible(clip(place.message, messageLength)), location: locationOf(place.location) })),
  };
}

function locationOf(location: Location): object {
  return { path: wellFormed(location.file), range: byteRange(location) ?? lineRange(location) };
}

/** Where the text of a line is not known there are no bytes to count: without columns a range is whole lines, the last one included. */
function lineRange(location: Location): object {
  return { start: { line: location.start.line }, end: { line: lastLine(location) } };
}

function byteRange({ start, end, lines }: Location): object | undefined {
  const from = byteColumn(start, lines[0]);
  const to = byteColumn(end, lines[end.line - start.line]);
  if (from === undefined || to === undefined) return undefined;
  return { start: { line: start.line, column: from }, end: { line: end.line, column: to } };
}

function byteColumn({ column }: Position, line: string | undefined): number | undefined {
  if (column === 1) return 1;
  return line === undefined || line.length < column - 1 ? undefined : utf8Length(line.slice(0, column - 1)) + 1;
}

/** Each suggestion can be taken by itself, so a fix of several edits is none; and reviewdog offers what is safe at one press. */
function suggestionOf({ safety, edits }: LocatedFix, file: string): object | undefined {
  const [edit, ...others] = edits;
  if (safety !== 'safe' || edit?.replacement === undefined || others.length > 0 || edit.location.file !== file) return undefined;
  const range = byteRange(edit.location);
  return range === undefined || wellFormed(edit.replacement) !== edit.replacement ? undefined : { range, text: edit.replacement };
}
