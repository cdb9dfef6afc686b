import { commandNames, type Option, type OptionName, optionRows, ruleLevels } from './option-table.ts';

/** What a shell can offer for a value: these words, rules, rules with a severity, or names of files. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'rules' }
  | { readonly kind: 'levels' }
  | { readonly kind: 'files' }
  | { readonly kind: 'unknown' };

export interface CompletionOption {
  readonly name: string;
  readonly short: string | undefined;
  /** Absent for a switch. */
  readonly value: { readonly placeholder: string; readonly values: Values } | undefined;
  readonly about: string;
  /** The commands that have it. */
  readonly commands: readonly string[];
}

export interface CompletionCommand {
  readonly name: string;
  readonly about: string;
  /** What can stand behind it; `lint` takes files. */
  readonly operands: readonly string[] | 'files';
}

export interface Completion {
  readonly options: readonly CompletionOption[];
  readonly commands: readonly CompletionCommand[];
  readonly rules: readonly string[];
  readonly levels: readonly string[];
}

/** Where the help says what the values are, and the completion offers these anyway. */
const abouts: Partial<Readonly<Record<OptionName, string>>> = {
  format: 'how to report',
  preset: 'which rules are on',
  rule: 'the severity of a rule',
  exclude: 'leave out files',
  color: 'when to use colours',
  for: 'which tool reads it',
};

/** What can be completed, made of the table of options; what each is about is taken from the text of the help. */
export function completionOf(rules: readonly string[], help: string): Completion {
  const options = optionRows.map((option) => ({
    name: option.name,
    short: option.short,
    value: option.takesValue === undefined ? undefined : { placeholder: option.takesValue, values: valuesOf(option) },
    about: abouts[option.name] ?? aboutIn(help, `--${option.name}`),
    commands: commandsWith(option),
  }));
  const commands = commandNames.map((name) => ({ name, about: aboutIn(help, name), operands: operandsOf(name, rules) }));
  return { options, commands, rules, levels: ruleLevels };
}

function valuesOf({ values, takesValue = '' }: Option): Values {
  if (values !== undefined) return { kind: 'words', words: values };
  if (takesValue === 'ID=SEVERITY') return { kind: 'levels' };
  if (/^ID\b/.test(takesValue)) return { kind: 'rules' };
  return { kind: /FILE|DIR|PATH/.test(takesValue) ? 'files' : 'unknown' };
}

function commandsWith({ name, command }: Option): readonly string[] {
  if (command !== undefined) return [command];
  if (name === 'help' || name === 'version') return commandNames;
  if (name === 'format') return ['lint', 'rules'];
  if (name === 'color') return ['lint', 'rules', 'explain'];
  if (name === 'plugin') return ['lint', 'baseline', 'rules', 'explain', 'completion'];
  return aboutReports.has(name) ? ['lint'] : ['lint', 'baseline'];
}

/** What `baseline` has no use for. */
export const aboutReports: ReadonlySet<OptionName> = new Set([
  'format',
  'color',
  'fail-on',
  'show-files',
  'print-config',
  'baseline',
  'since',
  'staged',
  'sarif-category',
  'sarif-root',
  'sarif-suppressed',
  'watch',
  'timing',
  'quiet',
]);

function operandsOf(name: (typeof commandNames)[number], rules: readonly string[]): readonly string[] | 'files' {
  if (name === 'lint') return 'files';
  if (name === 'baseline') return ['create', 'prune'];
  if (name === 'explain') return rules;
  return name === 'completion' ? ['bash', 'zsh', 'fish'] : [];
}

/** The first clause of what the help says, behind a name or, where that is long, below it. */
function aboutIn(help: string, name: string): string {
  const text = new RegExp(`^ +(?:-\\w, )?${name}(?: [A-Z]\\S*)?(?: {2,}|\\n +)(\\S.*)$`, 'm').exec(help)?.[1] ?? '';
  return text.split(/[;:]|, | \(/)[0] ?? '';
}

/** Between single quotes, for bash and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
