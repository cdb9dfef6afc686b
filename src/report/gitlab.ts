import type { Finding, LintResult } from '../rule/finding.ts';
import type { Severity } from '../rule/rule.ts';
import { clip, jsonText, visible } from './escape.ts';
import { lastLine } from './frame.ts';
import type { ReportOptions } from './options.ts';
import { pathFromRoot } from './path.ts';
import { placeNote } from './place-note.ts';

const messageLength = 2000;

/** GitLab has five; what is worth knowing must not look like a smell. */
const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** A report for GitLab's Code Quality: a JSON array, one line and one chunk for each finding. */
export function* reportGitlab(result: LintResult, options: ReportOptions): Generator<string> {
  const seen = new Map<string, number>();
  let separator = '[';
  for (const finding of result.findings) {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    yield `${separator}\n  ${jsonText(issueOf(finding, count, options))}`;
    separator = ',';
  }
  yield result.findings.length === 0 ? '[]\n' : '\n]\n';
}

/** `count`: the how manyth finding with its fingerprint it is. Of several with the same one GitLab would show the first only. */
function issueOf({ rule, severity, message, location, fingerprint }: Finding, count: number, { rootPrefix }: ReportOptions): object {
  return {
    description: `${visible(clip(message, messageLength))}${placeNote(location)}`,
    check_name: rule.id,
    fingerprint: count === 1 ? fingerprint : `${fingerprint}-${String(count)}`,
    severity: severities[severity],
    location: {
      path: pathFromRoot(location.file, rootPrefix),
      lines: { begin: location.start.line, end: lastLine(location) },
    },
  };
}
