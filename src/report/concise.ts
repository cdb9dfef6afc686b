import type { Finding, LintResult } from '../rule/finding.ts';
import { clip, visible } from './escape.ts';
import type { ReportOptions } from './options.ts';
import { placeNote } from './place-note.ts';
import { createStyle } from './style.ts';

/** A message may quote a value of any length. */
const messageLength = 500;

/**
 * One line for each finding, `path:line:col-endLine:endCol: severity: message [rule]`, for grep, editors and problem matchers. The
 * format is a contract: lines and columns count from 1, columns in UTF-16 code units, and the end is exclusive.
 */
export function* reportConcise(result: LintResult, { color }: Pick<ReportOptions, 'color'>): Generator<string> {
  for (const finding of result.findings) yield `${conciseLine(finding, { color })}\n`;
}

export function conciseLine({ rule, severity, message, location }: Finding, { color }: { readonly color: boolean }): string {
  const style = createStyle(color);
  const { file, start, end } = location;
  const place = `${String(start.line)}:${String(start.column)}-${String(end.line)}:${String(end.column)}`;
  // At the beginning of a line `::` is a command to GitHub's runner.
  const path = style.strong(visible(/^\s*::/.test(file) ? `./${file}` : file));
  return `${path}:${place}: ${style.severity(severity, severity)}: ${visible(clip(message, messageLength))}${placeNote(location)} [${visible(rule.id)}]`;
}
