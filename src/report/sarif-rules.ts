import type { ReportingConfiguration, ReportingDescriptor } from 'sarif';
import type { Finding } from '../rule/finding.ts';
import type { RuleMeta, Severity } from '../rule/rule.ts';
import { byCodeUnits, clip } from './escape.ts';
import { helpMarkdown, helpText } from './help.ts';
import { prose } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { sentenceText } from './sarif-text.ts';

/** Code scanning takes no longer description. */
const descriptionLength = 1024;

export type Level = 'error' | 'warning' | 'note';
export const levels: Readonly<Record<Severity, Level>> = { error: 'error', warning: 'warning', info: 'note' };

/** The rules that fired, by id and sorted by it, each with its first finding. */
export function rulesOf(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const rules = new Map<string, Finding>();
  for (const finding of findings) {
    if (!rules.has(finding.rule.id)) rules.set(finding.rule.id, finding);
  }
  return new Map([...rules].sort(([a], [b]) => byCodeUnits(a, b)));
}

export function descriptorOf({ rule, url }: Finding, { docs: allDocs }: ReportOptions): ReportingDescriptor {
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
