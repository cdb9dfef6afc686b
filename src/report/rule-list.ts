import { ruleUrl } from '../rule/project.ts';
import type { RuleMeta } from '../rule/rule.ts';
import type { DescribedRule } from './described.ts';
import { jsonText, visible } from './escape.ts';
import { createStyle } from './style.ts';

const head = ['RULE', 'SEVERITY', 'CATEGORY', 'PRESET', 'EQUIVALENTS', 'FAULT'] as const;

/** A line for each rule, in columns. `PRESET` is the smallest one that has it. */
export function ruleTable(rules: readonly DescribedRule[], { color }: { readonly color: boolean }): string {
  const style = createStyle(color);
  const rows = rules.map((rule) => ({ severity: rule.severity, cells: cellsOf(rule) }));
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(({ cells }) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[], paint: (cell: string, column: number) => string): string => {
    const last = cells.length - 1;
    return cells
      .map((cell, column) => `${paint(cell, column)}${column === last ? '' : ' '.repeat((widths[column] ?? 0) - cell.length + 2)}`)
      .join('');
  };
  const lines = [
    line(head, style.strong),
    ...rows.map(({ severity, cells }) => line(cells, (cell, column) => (column === 1 ? style.severity(severity, cell) : cell))),
  ];
  return `${lines.join('\n')}\n`;
}

function cellsOf(rule: DescribedRule): readonly string[] {
  const codes = (rule.equivalents ?? []).map(({ code }) => code).join(', ');
  return [rule.id, rule.severity, rule.category, presetOf(rule), codes === '' ? '-' : codes, rule.title].map(visible);
}

function presetOf({ presets }: RuleMeta): string {
  return (['recommended', 'strict'] as const).find((preset) => presets.includes(preset)) ?? 'all';
}

/** A JSON array, one rule a line. */
export function ruleListJson(rules: readonly DescribedRule[]): string {
  return rules.length === 0 ? '[]\n' : `[\n${rules.map((rule) => `  ${jsonText(ruleJson(rule))}`).join(',\n')}\n]\n`;
}

function ruleJson(rule: DescribedRule): object {
  return {
    id: rule.id,
    title: rule.title,
    category: rule.category,
    severity: rule.severity,
    securitySeverity: rule.securitySeverity,
    presets: [...rule.presets, 'all'],
    preview: rule.preview,
    since: rule.since,
    istio: rule.istio,
    equivalents: (rule.equivalents ?? []).map(({ tool, code }) => ({ tool, code })),
    aliases: rule.aliases ?? [],
    options: Object.entries(rule.options ?? {}).map(([name, option]) => ({ name, default: option.default })),
    url: ruleUrl(rule),
  };
}
