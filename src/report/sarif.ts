import type { Fix, Invocation, Notification as SarifNotification, Replacement, Result, Run, Suppression as SarifSuppression } from 'sarif';
import type { Finding, LintResult, LocatedFix, Notification, Suppression } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import { byCodeUnits, clip, jsonText, visible } from './escape.ts';
import type { ReportOptions } from './options.ts';
import { type Candidate, mostSevere, sarifBytes, sarifResults, withinBytes } from './sarif-limits.ts';
import { artifactLocation, physicalLocation, regionOf, sourceRoot } from './sarif-location.ts';
import { descriptorOf, levels, rulesOf } from './sarif-rules.ts';
import { messageText, sentenceText } from './sarif-text.ts';

/** Code scanning keeps 100 locations of a result. */
const relatedPlaces = 99;
const justificationLength = 1024;

/**
 * SARIF 2.1.0 with exactly one run, as code scanning reads it: everything but the results first, then one chunk for each result. What is
 * suppressed comes behind the rest.
 */
export function* reportSarif(result: LintResult, options: ReportOptions): Generator<string> {
  // Who takes no notice of suppressions takes none of what is known either, and shows both as open.
  const omit = options.sarif?.suppressed === 'omit';
  const suppressed = omit ? [] : (result.suppressed ?? []);
  const known = omit ? undefined : result.known;
  const isKnown = known && new Set(known);
  const reported = known === undefined || known.length === 0 ? result.findings : [...result.findings, ...known].sort(byPlace);
  const all: readonly Candidate[] = [
    ...reported.map((finding) => ({ finding, known: isKnown?.has(finding) === true })),
    ...suppressed.map((finding) => ({ finding, suppression: finding.suppression })),
  ];
  const kept = mostSevere(all);
  const fired = rulesOf(kept.map(({ finding }) => finding));
  const indexes = new Map([...fired.keys()].map((id, index) => [id, index]));
  const results = withinBytes(kept, ({ finding, suppression }) =>
    jsonText({
      ...resultOf(
        finding,
        { ruleIndex: indexes.get(finding.rule.id) ?? -1, isKnown: suppression === undefined ? isKnown?.has(finding) : undefined },
        options,
      ),
      // SARIF 3.27.23: either all results of a run say how they are suppressed, or none does.
      ...(suppressed.length === 0 ? {} : { suppressions: suppression === undefined ? [] : [suppressionOf(suppression, options)] }),
    }),
  );
  const left = leftOut(all.length, kept.length, results.length);
  if (left !== undefined) options.notice?.(left.message);

  const { category, repository } = options.sarif ?? {};
  const head: Omit<Run, 'results'> = {
    tool: {
      driver: {
        name: 'meshlint',
        semanticVersion: options.version,
        informationUri: projectUrl,
        rules: [...fired.values()].map((finding) => descriptorOf(finding, options)),
      },
    },
    // Without a category the upload gives it one, which differs between the jobs of a workflow.
    ...(category === undefined ? {} : { automationDetails: { id: `${category}/` } }),
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
    ...(repository === undefined
      ? {}
      : {
          versionControlProvenance: [
            { repositoryUri: repository.url, revisionId: repository.revision, mappedTo: { uriBaseId: sourceRoot } },
          ],
        }),
    invocations: [invocationOf(result, left === undefined ? [] : [left], options)],
  };

  yield '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n';
  for (const [key, value] of Object.entries(head)) yield `${jsonText(key)}: ${jsonText(value)},\n`;
  yield '"results": [';
  let separator = '\n';
  for (const text of results) {
    yield `${separator}${text}`;
    separator = ',\n';
  }
  yield '\n]\n}]\n}\n';
}

function byPlace(a: Finding, b: Finding): number {
  return (
    byCodeUnits(a.location.file, b.location.file) || a.location.range.start - b.location.range.start || byCodeUnits(a.rule.id, b.rule.id)
  );
}

/** What to say where not all findings are there. */
function leftOut(all: number, afterCount: number, kept: number): Notification | undefined {
  if (kept === all) return undefined;
  const limit =
    kept < afterCount
      ? `the file would be larger than ${String(sarifBytes / 1024 / 1024)} MiB`
      : `code scanning keeps ${String(sarifResults)}`;
  return {
    level: 'warning',
    kind: 'results-left-out',
    message: `${String(all - kept)} of ${String(all)} findings are left out of the SARIF report, the least severe ones: ${limit}`,
  };
}

function suppressionOf({ kind, justification, location }: Suppression, { rootPrefix }: ReportOptions): SarifSuppression {
  return {
    kind,
    status: 'accepted',
    ...(justification === undefined ? {} : { justification: visible(clip(justification, justificationLength)) }),
    ...(location === undefined ? {} : { location: { physicalLocation: physicalLocation(location, rootPrefix) } }),
  };
}

interface Placement {
  readonly ruleIndex: number;
  /** Undefined where nothing was asked. */
  readonly isKnown: boolean | undefined;
}

function resultOf(finding: Finding, { ruleIndex, isKnown }: Placement, { rootPrefix }: ReportOptions): Result {
  const { rule, severity, message, location, fix, fingerprint } = finding;
  const related = finding.related.slice(0, relatedPlaces);
  const fixes = fix && fixOf(fix, rootPrefix);
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels[severity],
    ...(isKnown === undefined ? {} : { baselineState: isKnown ? 'unchanged' : 'new' }),
    message: { text: messageText(message, finding.related) },
    locations: [{ physicalLocation: physicalLocation(location, rootPrefix) }],
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

function invocationOf({ notifications, complete }: LintResult, more: readonly Notification[], { rootPrefix }: ReportOptions): Invocation {
  return {
    executionSuccessful: complete,
    toolExecutionNotifications: [...notifications, ...more].map((notification) => notificationOf(notification, rootPrefix)),
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
