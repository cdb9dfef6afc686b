import type { RuleDocs, RuleMeta } from '../rule/rule.ts';
import { fenced, manifest, prose } from './markdown.ts';

/** A rule's explanation for viewers that show no Markdown. */
export function helpText(rule: RuleMeta, docs: RuleDocs, url: string): string {
  return [
    `${rule.title}.`,
    `Why: ${prose(docs.why)}`,
    `What to do: ${prose(docs.help)}`,
    `Bad:\n\n${manifest(docs.bad)}`,
    `Good:\n\n${manifest(docs.good)}`,
    ['References:', ...docs.references, url].filter((line) => line !== '').join('\n'),
  ].join('\n\n');
}

/** The same in Markdown; code scanning shows it beside an alert. */
export function helpMarkdown(rule: RuleMeta, docs: RuleDocs, url: string): string {
  const page = url === '' ? [] : [`- [\`${rule.id}\` in the documentation](${url})`];
  return [
    `${rule.title}.`,
    `**Why:** ${prose(docs.why)}`,
    `**What to do:** ${prose(docs.help)}`,
    `**Bad:**\n\n${fenced(manifest(docs.bad))}`,
    `**Good:**\n\n${fenced(manifest(docs.good))}`,
    ['**References:**', '', ...docs.references.map((reference) => `- <${reference}>`), ...page].join('\n'),
  ].join('\n\n');
}
