import { ruleUrl } from '../rule/project.ts';
import type { RuleDocs, Severity } from '../rule/rule.ts';
import { equivalentsText, istioText, optionType, presetsText, securityText, type DescribedRule } from './described.ts';
import { manifest, prose } from './markdown.ts';
import { createStyle, type Style } from './style.ts';
import { wrap } from './width.ts';

const width = 78;

/** A rule's page for the terminal; it ends with a line end. */
export function explain(rule: DescribedRule, docs: RuleDocs, { color }: { readonly color: boolean }): string {
  const style = createStyle(color);
  const section = (title: string, body: string): string => (body === '' ? '' : `${style.strong(title)}\n${body}`);
  const sections = [
    `${style.severity(rule.severity, rule.id)}${style.strong(`: ${rule.title}`)}\n${facts(rule)}`,
    section('Why it matters', paragraph(docs.why)),
    section('What to do', paragraph(docs.help)),
    section('When it speaks', paragraph(docs.evidence)),
    section('With the fault', example(docs.bad, style)),
    section('Without it', example(docs.good, style)),
    section('Options', optionLines(rule)),
    section(
      'References',
      [...docs.references, ruleUrl(rule)]
        .filter((url) => url !== '')
        .map(indented)
        .join('\n'),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function facts(rule: DescribedRule): string {
  const equivalents = equivalentsText(rule);
  const lines = [
    `severity ${rule.severity}, category ${rule.category}, presets ${presetsText(rule)}`,
    `Istio: ${istioText(rule)}${rule.url === undefined ? `; since meshlint ${rule.since}` : ''}`,
    ...(rule.securitySeverity === undefined ? [] : [`security severity ${securityText(rule.securitySeverity)}`]),
    ...(equivalents === '' ? [] : [`also known as ${equivalents}`]),
    ...(rule.aliases?.length ? [`formerly ${rule.aliases.join(', ')}`] : []),
  ];
  return lines.map(indented).join('\n');
}

function paragraph(text: string): string {
  return wrap(prose(text), width - 2)
    .map(indented)
    .join('\n');
}

/** The comments that mark where a manifest is wrong stand out as its findings would. */
function example(text: string, style: Style): string {
  const marked = manifest(text).replace(/# (error|warning|info): .*$/gm, (comment, severity: Severity) =>
    style.severity(severity, comment),
  );
  return marked.split('\n').map(indented).join('\n');
}

function optionLines({ options = {} }: DescribedRule): string {
  return Object.entries(options)
    .flatMap(([name, { description, default: value }]) => [
      `  ${name} (${optionType(value)}, default ${JSON.stringify(value)})`,
      ...wrap(prose(description), width - 4).map((line) => `    ${line}`),
    ])
    .join('\n');
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
