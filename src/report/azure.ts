import type { Finding, LintResult, Notification } from '../rule/finding.ts';
import { conciseLine } from './concise.ts';
import { clip, visible } from './escape.ts';
import { byImportance } from './importance.ts';
import type { ReportOptions } from './options.ts';
import { pathFromRoot } from './path.ts';
import { placeNote } from './place-note.ts';

const messageLength = 500;

/**
 * Issues for Azure Pipelines, as commands to its agent. The most important come first, since a build shows the first ten; its log has
 * them all. The agent knows errors and warnings only: what is worth knowing is a plain line of the log.
 */
export function* reportAzure(result: LintResult, options: ReportOptions): Generator<string> {
  for (const notification of result.notifications) {
    if (notification.level === 'error') yield failureCommand(notification, options);
  }
  for (const finding of byImportance(result.findings)) {
    yield finding.severity === 'info' ? `${conciseLine(finding, { color: false })}\n` : findingCommand(finding, finding.severity, options);
  }
}

function findingCommand({ rule, message, location }: Finding, type: 'error' | 'warning', { rootPrefix }: ReportOptions): string {
  const { file, start } = location;
  return command(
    { type, ...pathProperty(file, rootPrefix), linenumber: start.line, columnnumber: start.column, code: rule.id },
    `${clip(message, messageLength)}${placeNote(location)} [${rule.id}]`,
  );
}

function failureCommand({ kind, message, file }: Notification, { rootPrefix }: ReportOptions): string {
  return command({ type: 'error', ...pathProperty(file, rootPrefix), code: kind }, `${clip(message, messageLength)} [${kind}]`);
}

function pathProperty(file: string | undefined, rootPrefix: string): Readonly<Record<string, string>> {
  return file === undefined || file === '-' ? {} : { sourcepath: pathFromRoot(file, rootPrefix) };
}

function command(properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))};`);
  return `##vso[task.logissue ${list.join('')}]${escapeData(message)}\n`;
}

/** The agent's own escape for a percent sign, so that it does not make a line end of a name that has `%0A` in it. */
function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%AZP25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
