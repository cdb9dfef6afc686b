import { annotationDomain } from '../rule/project.ts';
import type { Category, OptionValue, RuleDocs } from '../rule/rule.ts';
import { byCodeUnits } from './escape.ts';
import { equivalentsText, istioText, optionType, presetsText, securityText, type DescribedRule } from './described.ts';
import { cell, fenced, manifest, prose } from './markdown.ts';

/** In the order of the index: from what cannot work to what could be nicer. */
const categories: Readonly<Record<Category, string>> = {
  validity: 'The API server or Istio would reject it or drop a part of it.',
  reference: 'Something is referred to that is not there.',
  traffic: 'Requests go somewhere else than the manifest says, or nowhere.',
  security: 'More is open than what was meant, or less is encrypted.',
  gateway: 'Traffic does not enter or leave the mesh as the manifest says.',
  ambient: 'What is different without sidecars.',
  hygiene: 'It works; the next change may not.',
};

const generated = '<!-- Generated from the rules; edit those, and run the tests with -u. -->';

/** The page of a rule: docs/rules/<id>.md. */
export function rulePage(rule: DescribedRule, docs: RuleDocs): string {
  const sections = [
    generated,
    `# ${rule.title}`,
    `\`${rule.id}\``,
    factsTable(rule),
    `## Why it matters\n\n${prose(docs.why)}`,
    `## What to do\n\n${prose(docs.help)}`,
    `## When it speaks\n\n${prose(docs.evidence)}`,
    `## Example\n\nWith the fault:\n\n${fenced(manifest(docs.bad))}\n\nWithout it:\n\n${fenced(manifest(docs.good))}`,
    ...optionsSection(rule),
    configurationSection(rule),
    ...referencesSection(docs),
  ];
  return `${sections.join('\n\n')}\n`;
}

function factsTable(rule: DescribedRule): string {
  const rows: (readonly [string, string])[] = [
    ['Category', rule.category],
    ['Severity', rule.severity],
  ];
  if (rule.securitySeverity !== undefined) rows.push(['Security severity', securityText(rule.securitySeverity)]);
  rows.push(['Presets', presetsText(rule)], ['Since', `meshlint ${rule.since}`], ['Istio', istioText(rule)]);
  if (rule.equivalents?.length) rows.push(['Equivalents', equivalentsText(rule)]);
  if (rule.aliases?.length) rows.push(['Former names', rule.aliases.map((alias) => `\`${alias}\``).join(', ')]);
  return table(['', ''], rows);
}

function optionsSection({ options = {} }: DescribedRule): readonly string[] {
  const rows = Object.entries(options).map(([name, { description, default: value }]) => [
    `\`${name}\``,
    optionType(value),
    `\`${JSON.stringify(value)}\``,
    description,
  ]);
  return rows.length === 0 ? [] : [`## Options\n\n${table(['Option', 'Type', 'Default', 'Meaning'], rows)}`];
}

function configurationSection({ id, severity, options = {} }: DescribedRule): string {
  const inFile = `In \`meshlint.yaml\`; \`"off"\` instead of a severity switches the rule off, and so does \`--rule ${id}=off\`:`;
  const settings = Object.entries(options).map(([name, { default: value }]) => `    ${name}: ${valueText(value)}`);
  const setting = settings.length === 0 ? `  ${id}: ${severity}` : [`  ${id}:`, `    severity: ${severity}`, ...settings].join('\n');
  const sections = ['## Configuration', inFile, fenced(`rules:\n${setting}`)];
  if (unsuppressible.has(id)) return [...sections, 'It can not be suppressed in the manifest.'].join('\n\n');
  const comment = `# meshlint-disable-next-line ${id} -- why this is fine here`;
  const annotation = `metadata:\n  annotations:\n    ${annotationDomain}/ignore: "${id}: why this is fine here"`;
  return [...sections, 'For one place, in front of its line, or for a whole resource:', fenced(`${comment}\n\n${annotation}`)].join('\n\n');
}

/** What no comment or annotation hides: text that is no YAML, and what is wrong with comments and annotations that hide something. */
const unsuppressible: ReadonlySet<string> = new Set([
  'invalid-yaml',
  'suppression-without-reason',
  'unknown-suppression',
  'unused-suppression',
]);

/** As YAML that is written by hand; a list over one line. */
function valueText(value: OptionValue): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}

function referencesSection({ references }: RuleDocs): readonly string[] {
  return references.length === 0 ? [] : [`## References\n\n${references.map((reference) => `- <${reference}>`).join('\n')}`];
}

/** The index of all rules: docs/rules/README.md, with a table for each category. */
export function ruleIndex(rules: readonly DescribedRule[]): string {
  const sections = Object.entries(categories).flatMap(([category, description]) => {
    const rows = rules
      .filter((rule) => rule.category === category)
      .sort((a, b) => byCodeUnits(a.id, b.id))
      .map((rule) => [`[\`${rule.id}\`](${rule.id}.md)`, rule.severity, presetsText(rule), equivalentsText(rule), rule.title]);
    if (rows.length === 0) return [];
    return [`## ${category}\n\n${description}\n\n${table(['Rule', 'Severity', 'Presets', 'Equivalents', 'Fault'], rows)}`];
  });
  return `${[generated, '# Rules', ...sections].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
