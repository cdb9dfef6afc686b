import type {
  Fix,
  Invocation,
  Notification as SarifNotification,
  ReportingConfiguration,
  ReportingDescriptor,
  Replacement,
  Result,
  Run,
} from 'sarif';
import type { Finding, LintResult, LocatedFix, Location, Notification } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import type { RuleMeta, Severity } from '../rule/rule.ts';
import { byCodeUnits, clip, jsonText } from './escape.ts';
import { helpMarkdown, helpText } from './help.ts';
import { prose } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { artifactLocation, physicalLocation, regionOf, sourceRoot } from './sarif-location.ts';
import { messageText, sentenceText } from './sarif-text.ts';

/** Code scanning keeps the first 5,000 results of a run, and refuses a run of more than 25,000. */
export const sarifResults = 5000;
/** Code scanning keeps 100 locations of a result. */
const relatedPlaces = 99;
/** Code scanning takes no longer description. */
const descriptionLength = 1024;

type Level = 'error' | 'warning' | 'note';
const levels: Readonly<Record<Severity, Level>> = { error: 'error', warning: 'warning', info: 'note' };
const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** SARIF 2.1.0 with exactly one run, as code scanning reads it: everything but the results first, then one chunk for each result. */
export function* reportSarif(result: LintResult, options: ReportOptions): Generator<string> {
  const kept = mostSevere(result.findings);
  const fired = rulesOf(kept);
  const head: Omit<Run, 'results'> = {
    tool: {
      driver: {
        name: 'meshlint',
        semanticVersion: options.version,
        informationUri: projectUrl,
        rules: [...fired.values()].map((finding) => descriptorOf(finding, options)),
      },
    },
    automationDetails: { id: 'meshlint/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
    invocations: [invocationOf(result, kept.length, options)],
  };

  yield '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n';
  for (const [key, value] of Object.entries(head)) yield `${jsonText(key)}: ${jsonText(value)},\n`;
  yield '"results": [';
  const indexes = new Map([...fired.keys()].map((id, index) => [id, index]));
  let separator = '\n';
  for (const finding of kept) {
    yield `${separator}${jsonText(resultOf(finding, indexes.get(finding.rule.id) ?? -1, options))}`;
    separator = ',\n';
  }
  yield '\n]\n}]\n}\n';
}

/** At most `sarifResults` findings, the most severe ones, in their order. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= sarifResults) return findings;
  let left = sarifResults;
  const shares = new Map<Severity, number>();
  for (const severity of severities) {
    const share = Math.min(left, findings.filter((finding) => finding.severity === severity).length);
    shares.set(severity, share);
    left -= share;
  }
  return findings.filter(({ severity }) => {
    const share = shares.get(severity) ?? 0;
    shares.set(severity, share - 1);
    return share > 0;
  });
}

/** The rules that fired, by id and sorted by it, each with its first finding. */
function rulesOf(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const rules = new Map<string, Finding>();
  for (const finding of findings) {
    if (!rules.has(finding.rule.id)) rules.set(finding.rule.id, finding);
  }
  return new Map([...rules].sort(([a], [b]) => byCodeUnits(a, b)));
}

function descriptorOf({ rule, url }: Finding, { docs: allDocs }: ReportOptions): ReportingDescriptor {
  const docs = allDocs.get(rule.id);
  const title = sentenceText(rule.title);
  const level: ReportingConfiguration.level = levels[rule.severity];
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: clip(title, descriptionLength) },
    fullDescription: { text: clip(docs ? prose(docs.why) : title, descriptionLength) },
    help: docs ? { text: helpText(rule, docs, url), markdown: helpMarkdown(rule, docs, url) } : { text: title },
    ...(url === '' ? {} : { helpUri: url }),
    defaultConfiguration: { level },
    properties: { tags: tagsOf(rule), precision: precisionOf(rule), ...weightOf(rule) },
  };
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

function tagsOf({ category, presets, securitySeverity }: RuleMeta): string[] {
  const tags = new Set<string>([category, ...(securitySeverity === undefined ? [] : ['security']), ...presets, 'service-mesh', 'istio']);
  return [...tags];
}

/** `recommended` holds what is proved or almost surely wrong. */
function precisionOf({ presets, preview }: RuleMeta): string {
  if (preview) return 'medium';
  return presets.includes('recommended') ? 'very-high' : 'high';
}

/** With a security-severity every alert of the rule counts as one about security. */
function weightOf({ severity, securitySeverity }: RuleMeta): Readonly<Record<string, string>> {
  if (securitySeverity !== undefined) return { 'security-severity': securitySeverity };
  return { 'problem.severity': severity === 'info' ? 'recommendation' : severity };
}

function resultOf(finding: Finding, ruleIndex: number, { rootPrefix }: ReportOptions): Result {
  const { rule, severity, message, location, fix, fingerprint } = finding;
  // Code scanning has no place for standard input beside one in a file.
  const shown = location.file === '-' ? finding.related : finding.related.filter((place) => place.location.file !== '-');
  const related = shown.slice(0, relatedPlaces);
  const fixes = fix && fixOf(fix, rootPrefix);
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels[severity],
    message: { text: `${messageText(message, shown)}${placeSentence(location)}` },
    locations: [
      {
        physicalLocation: physicalLocation(location, rootPrefix),
        ...(location.approximate ? { properties: { approximate: true } } : {}),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, index) => ({
            id: index + 1,
            physicalLocation: physicalLocation(place.location, rootPrefix),
            message: { text: sentenceText(place.message) },
          })),
        }),
    partialFingerprints: {
      ...(location.lineHash === undefined ? {} : { primaryLocationLineHash: location.lineHash }),
      'meshlint/v1': fingerprint,
    },
    ...(fixes ? { fixes: [fixes] } : {}),
  };
}

/** No line is presented as exact that is not. */
function placeSentence({ approximate, renderedFrom }: Location): string {
  if (renderedFrom !== undefined) return ` ${sentenceText(`Rendered from "${renderedFrom}"`)}`;
  return approximate === true ? ' The place is approximate.' : '';
}

/** Viewers apply a fix without asking: only a safe one, and only when every edit is a plain replacement. */
function fixOf({ title, safety, edits }: LocatedFix, rootPrefix: string): Fix | undefined {
  if (safety !== 'safe' || edits.length === 0) return undefined;
  const files = new Map<string, Replacement[]>();
  for (const { location, replacement } of edits) {
    if (replacement === undefined) return undefined;
    const replacements = files.get(location.file) ?? [];
    files.set(location.file, replacements);
    replacements.push({ deletedRegion: regionOf(location), insertedContent: { text: replacement } });
  }
  return {
    description: { text: sentenceText(title) },
    artifactChanges: [...files].map(([file, replacements]) => ({
      artifactLocation: artifactLocation(file, rootPrefix),
      replacements,
    })),
  };
}

function invocationOf({ findings, notifications, complete }: LintResult, kept: number, { rootPrefix }: ReportOptions): Invocation {
  const all: readonly Notification[] =
    kept === findings.length
      ? notifications
      : [
          ...notifications,
          {
            level: 'warning',
            kind: 'results-left-out',
            message: `${String(findings.length - kept)} of ${String(findings.length)} findings are left out, the least severe ones: code scanning keeps ${String(sarifResults)}`,
          },
        ];
  return {
    executionSuccessful: complete,
    toolExecutionNotifications: all.map((notification) => notificationOf(notification, rootPrefix)),
  };
}

function notificationOf({ level, kind, message, file }: Notification, rootPrefix: string): SarifNotification {
  return {
    level,
    message: { text: sentenceText(message) },
    descriptor: { id: kind },
    ...(file === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: artifactLocation(file, rootPrefix) } }] }),
  };
}
