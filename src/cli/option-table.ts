import type { Preset, Severity } from '../rule/rule.ts';

export const formats = [
  'text',
  'concise',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
  'azure',
  'markdown',
] as const;
export type Format = (typeof formats)[number];
export const presets = ['recommended', 'strict', 'all'] as const satisfies readonly Preset[];
const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];
export const failOns = [...severities, 'never'] as const;
export const ruleLevels = ['off', 'info', 'warning', 'error'] as const;
export const gatewayApis = ['experimental', 'standard'] as const;
export const colorModes = ['auto', 'always', 'never'] as const;
export const suppressedModes = ['keep', 'omit'] as const;
export const matcherTools = ['vscode', 'github'] as const;

/** The commands; `lint` may be left out. */
export const commandNames = ['lint', 'init', 'baseline', 'rules', 'explain', 'problem-matcher', 'completion'] as const;
export type CommandName = (typeof commandNames)[number];

/**
 * What the command line understands, in the order of the help. `takesValue` is what stands for the value there, and `values` are all
 * that it can be; `command` is the only one that has the option, where that is not `lint`.
 */
const options = [
  { name: 'format', short: 'f', takesValue: 'FMT[=FILE]', values: formats },
  { name: 'sarif-category', takesValue: 'NAME' },
  { name: 'sarif-root', takesValue: 'DIR' },
  { name: 'sarif-suppressed', takesValue: 'WHAT', values: suppressedModes },
  { name: 'preset', takesValue: 'NAME', values: presets },
  { name: 'rule', takesValue: 'ID=SEVERITY' },
  { name: 'only', takesValue: 'ID' },
  { name: 'plugin', takesValue: 'FILE' },
  { name: 'config', takesValue: 'FILE' },
  { name: 'no-config' },
  { name: 'config-ref', takesValue: 'REV' },
  { name: 'print-config' },
  { name: 'no-inline-suppressions' },
  { name: 'fail-on', takesValue: 'SEVERITY', values: failOns },
  { name: 'allow-empty' },
  { name: 'baseline', takesValue: 'FILE' },
  { name: 'since', takesValue: 'REV' },
  { name: 'staged' },
  { name: 'exclude', takesValue: 'GLOB' },
  { name: 'no-ignore' },
  { name: 'show-files' },
  { name: 'complete' },
  { name: 'istio-namespace', takesValue: 'NS' },
  { name: 'default-namespace', takesValue: 'NS' },
  { name: 'istio-version', takesValue: 'X.Y' },
  { name: 'namespace', short: 'n', takesValue: 'NS' },
  { name: 'context', takesValue: 'PATH' },
  { name: 'mesh-config', takesValue: 'FILE' },
  { name: 'mesh-networks', takesValue: 'FILE' },
  { name: 'gateway-api', takesValue: 'CHANNEL', values: gatewayApis },
  { name: 'watch' },
  { name: 'timing' },
  { name: 'quiet', short: 'q' },
  { name: 'color', takesValue: 'WHEN', values: colorModes },
  { name: 'equivalent', takesValue: 'CODE', command: 'rules' },
  { name: 'for', takesValue: 'TOOL', values: matcherTools, command: 'problem-matcher' },
  { name: 'dry-run', command: 'init' },
  { name: 'force', command: 'init' },
  { name: 'help', short: 'h' },
  { name: 'version', short: 'V' },
] as const satisfies readonly OptionRow[];

interface OptionRow {
  readonly name: string;
  readonly short?: string;
  readonly takesValue?: string;
  readonly values?: readonly string[];
  readonly command?: Exclude<CommandName, 'lint'>;
}

export type OptionName = (typeof options)[number]['name'];
export type Option = OptionRow & { readonly name: OptionName };

export const optionRows: readonly Option[] = options;
export const optionNames: readonly OptionName[] = options.map(({ name }) => name);

/** By what was written: `--format` or `-f`. */
export function findOption(written: string): Option | undefined {
  return optionRows.find(({ name, short }) => written === `--${name}` || (short !== undefined && written === `-${short}`));
}
