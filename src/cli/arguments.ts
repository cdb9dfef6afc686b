import { type LintOptions, UsageError } from '../engine/options.ts';
import { closestName } from '../node/closest.ts';
import { quote } from '../node/messages.ts';
import type { Severity } from '../rule/rule.ts';
import {
  colorModes,
  type CommandName,
  commandNames,
  failOns,
  findOption,
  type Format,
  formats,
  gatewayApis,
  type OptionName,
  presets,
  ruleLevels,
  suppressedModes,
} from './option-table.ts';
import { unknownOption } from './unknown-option.ts';

/** One report; without a file it goes to standard output. */
export interface ReportTarget {
  readonly format: Format;
  readonly file?: string;
}

export interface LintCommand {
  readonly kind: 'lint';
  /** The word `lint` stands alone: it could also be a folder. */
  readonly mayBePath: boolean;
  /** Modules with rules of the user's own. */
  readonly plugins: readonly string[];
  /** The first path, where it stands in the place of a command: it may be one that was mistyped. */
  readonly word: string | undefined;
  readonly operands: readonly string[];
  readonly reports: readonly ReportTarget[];
  readonly sarif: {
    readonly category: string | undefined;
    /** The folder that paths are relative to in it; default: the root of the git repository. */
    readonly root: string | undefined;
    readonly suppressed: (typeof suppressedModes)[number] | undefined;
  };
  readonly failOn: Severity | 'never';
  /** A file with findings that are accepted. */
  readonly baseline: string | undefined;
  /** A revision of git; what was there where it parted from the current one is not reported. */
  readonly since: string | undefined;
  /** Read the index of git. */
  readonly staged: boolean;
  readonly exclude: readonly string[];
  /** Paths of what is part of the mesh and never reported on. */
  readonly context: readonly string[];
  readonly meshConfig: string | undefined;
  readonly meshNetworks: string | undefined;
  /** A configuration file; `none`: not even one that is found. */
  readonly config: { readonly file: string } | 'none' | undefined;
  /** The revision from which configuration and baseline are read. */
  readonly configRef: string | undefined;
  readonly printConfig: boolean;
  /** What is written on the command line, which stands over the configuration. */
  readonly given: ReadonlySet<OptionName>;
  readonly ignore: boolean;
  readonly showFiles: boolean;
  /** Report again whenever something changes. */
  readonly watch: boolean;
  /** Say what the time went into. */
  readonly timing: boolean;
  readonly quiet: boolean;
  readonly color: (typeof colorModes)[number];
  readonly options: LintOptions;
}

/** Another command than `lint`, which understands the rest by itself when it is loaded. */
export interface OtherCommand {
  readonly kind: 'other';
  readonly name: Exclude<CommandName, 'lint'>;
  readonly operands: readonly string[];
  readonly given: ReadonlyMap<OptionName, readonly string[]>;
}

export type Command = LintCommand | OtherCommand | { readonly kind: 'help'; readonly command?: CommandName } | { readonly kind: 'version' };

interface Words {
  readonly operands: readonly string[];
  /** Whether the first operand may be a command: it stood before any `--`. */
  readonly firstIsWord: boolean;
  readonly given: ReadonlyMap<OptionName, readonly string[]>;
}

/** Understands a command line (without `node` and the script). Throws a UsageError that says what would be right. */
export function parseArguments(argv: readonly string[]): Command {
  const { operands, firstIsWord, given } = splitWords(argv);
  const word = firstIsWord ? commandNames.find((name) => name === operands[0]) : undefined;
  if (given.has('help')) return word === undefined ? { kind: 'help' } : { kind: 'help', command: word };
  if (given.has('version')) return { kind: 'version' };
  if (word !== undefined && word !== 'lint') return { kind: 'other', name: word, operands: operands.slice(1), given };
  return lintCommand(word === 'lint' ? operands.slice(1) : operands, given, { commandGiven: word === 'lint', firstIsWord });
}

/** What the options and paths of `lint` mean. Throws a UsageError. */
export function lintCommand(
  paths: readonly string[],
  given: Words['given'],
  { commandGiven, firstIsWord }: { readonly commandGiven: boolean; readonly firstIsWord: boolean },
): LintCommand {
  for (const name of given.keys()) refuseForeign(name);
  const last = (name: OptionName): string | undefined => given.get(name)?.at(-1);
  const all = (name: OptionName): readonly string[] => given.get(name) ?? [];
  const only = all('only').flatMap((value) => list('only', value));
  const reports = reportTargets(all('format'));
  if (given.has('watch')) refuseToWatch(paths, reports, given);
  const namespaces = all('namespace').flatMap((value) => list('namespace', value).map((name) => namespace('namespace', name)));

  return {
    kind: 'lint',
    // `lint k8s/` is plain; `lint` alone may mean a folder of that name.
    mayBePath: commandGiven && paths.length === 0,
    plugins: pluginsOf(given),
    word: firstIsWord && !commandGiven ? paths[0] : undefined,
    operands: paths.length === 0 ? ['.'] : paths,
    reports,
    sarif: {
      category: category(last('sarif-category')),
      root: file('sarif-root', last('sarif-root')),
      suppressed: given.has('sarif-suppressed') ? oneOf('sarif-suppressed', last('sarif-suppressed') ?? '', suppressedModes) : undefined,
    },
    failOn: oneOf('fail-on', last('fail-on') ?? 'warning', failOns),
    baseline: file('baseline', last('baseline')),
    since: revision('since', last('since')),
    staged: given.has('staged'),
    exclude: all('exclude').map((value) => notEmpty('exclude', value)),
    context: all('context').map((value) => notEmpty('context', value)),
    meshConfig: file('mesh-config', last('mesh-config')),
    meshNetworks: file('mesh-networks', last('mesh-networks')),
    config: configOf(file('config', last('config')), given.has('no-config')),
    configRef: revision('config-ref', last('config-ref')),
    printConfig: given.has('print-config'),
    given: new Set(given.keys()),
    ignore: !given.has('no-ignore'),
    showFiles: given.has('show-files'),
    watch: given.has('watch'),
    timing: given.has('timing'),
    quiet: given.has('quiet'),
    color: oneOf('color', last('color') ?? 'auto', colorModes),
    options: {
      preset: oneOf('preset', last('preset') ?? 'recommended', presets),
      only: only.length === 0 ? undefined : only,
      severities: severitiesOf(all('rule')),
      complete: given.has('complete'),
      istioNamespace: namespace('istio-namespace', last('istio-namespace')),
      defaultNamespace: namespace('default-namespace', last('default-namespace')),
      istioVersion: last('istio-version'),
      namespaces: namespaces.length === 0 ? undefined : namespaces,
      gatewayApi: given.has('gateway-api') ? oneOf('gateway-api', last('gateway-api') ?? '', gatewayApis) : undefined,
      allowEmpty: given.has('allow-empty'),
      suppressions: given.has('no-inline-suppressions') ? { inline: false, annotations: false, foreign: false } : undefined,
    },
  };
}

/** Files that `--plugin` names, for every command that knows rules. */
export function pluginsOf(given: ReadonlyMap<OptionName, readonly string[]>): readonly string[] {
  return (given.get('plugin') ?? []).map((value) => notEmpty('plugin', value));
}

/** Options with their values, and everything else. `--help` and `--version` end it: what follows need not be right. */
function splitWords(argv: readonly string[]): Words {
  const operands: string[] = [];
  const given = new Map<OptionName, string[]>();
  const rest = [...argv];
  let firstIsWord = true;

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      if (operands.length === 0) firstIsWord = false;
      operands.push(...rest);
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    for (const { written, value } of optionsIn(word)) {
      const option = findOption(written);
      if (option === undefined) throw unknownOption(written, value);
      let argument = value;
      if (!option.takesValue) {
        if (value !== undefined) throw new UsageError(`${written} takes no value`);
        argument = '';
      } else if (value === undefined) {
        argument = rest.shift();
        if (argument === undefined || (argument.startsWith('-') && argument !== '-')) {
          throw new UsageError(`${written} needs a value: ${written} ${option.takesValue}`);
        }
      }
      const values = given.get(option.name);
      if (values === undefined) given.set(option.name, [argument ?? '']);
      else values.push(argument ?? '');
      if (option.name === 'help' || option.name === 'version') return { operands, firstIsWord, given };
    }
  }
  return { operands, firstIsWord, given };
}

/** `--name`, `--name=value`, `-q`, `-qf json`, `-fjson`, `-f=json`. */
function optionsIn(word: string): readonly { readonly written: string; readonly value?: string }[] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals === -1 ? [{ written: word }] : [{ written: word.slice(0, equals), value: word.slice(equals + 1) }];
  }
  const found: { written: string; value?: string }[] = [];
  for (let i = 1; i < word.length; i += 1) {
    const written = `-${word[i] ?? ''}`;
    const after = word.slice(i + 1);
    const option = findOption(written);
    // Of `-help` or `-all` nothing is to be made; the whole of it is what was mistyped.
    if (option === undefined) return [{ written: word.split('=', 1)[0] ?? word }];
    if (option.takesValue && after !== '') return [...found, { written, value: after.startsWith('=') ? after.slice(1) : after }];
    found.push({ written });
  }
  return found;
}

/** An option that only another command has. */
function refuseForeign(name: OptionName): void {
  const command = findOption(`--${name}`)?.command;
  if (command !== undefined) throw new UsageError(`--${name} is for the command ${command}`, `meshlint ${command} --${name} …`);
}

/** What can be watched is there more than once, and has reports that are still whole when the next one follows. */
function refuseToWatch(
  paths: readonly string[],
  reports: readonly ReportTarget[],
  given: ReadonlyMap<OptionName, readonly string[]>,
): void {
  const other = (['show-files', 'print-config'] as const).find((name) => given.has(name));
  if (other !== undefined) throw new UsageError(`--${other} stops, and --watch goes on`, 'leave out one of them');
  if ([...paths, ...(given.get('context') ?? [])].includes('-'))
    throw new UsageError('standard input can be read only once, so --watch can not watch it', 'name files or folders');
  const single = reports.find(({ format, file }) => file === undefined && format !== 'text' && format !== 'concise');
  if (single === undefined) return;
  throw new UsageError(
    `with --watch a report in the format ${single.format} needs a file, which is written again each time`,
    `--format ${single.format}=FILE`,
  );
}

function reportTargets(values: readonly string[]): readonly ReportTarget[] {
  if (values.length === 0) return [{ format: 'text' }];
  const targets: ReportTarget[] = [];
  const seen = new Map<string, string>();
  for (const value of values) {
    const equals = value.indexOf('=');
    const name = equals === -1 ? value : value.slice(0, equals);
    const format = formatOf(name);
    const file = equals === -1 || value.slice(equals + 1) === '-' ? undefined : value.slice(equals + 1);
    if (file === '') throw new UsageError(`--format ${value} names no file`, `for standard output: --format ${name}`);
    const other = seen.get(file ?? '');
    if (other !== undefined) {
      const where = file === undefined ? 'standard output' : quote(file);
      throw new UsageError(`two reports go to ${where}: ${other} and ${value}`, `give one of them a file: --format ${format}=FILE`);
    }
    seen.set(file ?? '', value);
    targets.push(file === undefined ? { format } : { format, file });
  }
  return targets;
}

function formatOf(name: string): Format {
  // `-f` is a file for kubectl and istioctl.
  if (/[./]|^-$/.test(name)) throw new UsageError(`${quote(name)} is no format`, `files are named without -f: meshlint lint ${name}`);
  return oneOf('format', name, formats);
}

function severitiesOf(values: readonly string[]): Readonly<Record<string, Severity | 'off'>> {
  const result = new Map<string, Severity | 'off'>();
  for (const pair of values.flatMap((value) => list('rule', value))) {
    const equals = pair.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`--rule ${pair} has no severity`, `for example --rule ${pair === '' || equals === 0 ? 'ID' : pair}=off`);
    }
    result.set(pair.slice(0, equals), oneOf('rule', pair.slice(equals + 1), ruleLevels));
  }
  return Object.fromEntries(result);
}

function list(option: OptionName, value: string): readonly string[] {
  return value.split(',').map((item) => notEmpty(option, item.trim()));
}

function notEmpty(option: OptionName, value: string): string {
  if (value === '') throw new UsageError(`a value of --${option} is empty`, 'is a variable of the shell not set?');
  return value;
}

function configOf(named: string | undefined, none: boolean): LintCommand['config'] {
  if (named === undefined) return none ? 'none' : undefined;
  if (none) throw new UsageError('--config and --no-config are both given', 'leave out one of them');
  return { file: named };
}

function file(option: OptionName, value: string | undefined): string | undefined {
  return value === undefined ? undefined : notEmpty(option, value);
}

/** What stands behind the last slash would be another run of the same category. */
function category(value: string | undefined): string | undefined {
  if (value === undefined || (/^[\w.:/ -]{1,200}$/.test(value) && !value.endsWith('/'))) return value;
  throw new UsageError(`${quote(value)} is no value of --sarif-category`, 'letters, digits, blanks and . : / _ -; no / at its end');
}

function revision(option: OptionName, value: string | undefined): string | undefined {
  if (value?.startsWith('-') === true) throw new UsageError(`${quote(value)} is no revision of git, for --${option}`);
  return value === undefined ? undefined : notEmpty(option, value);
}

function namespace<T extends string | undefined>(option: OptionName, value: T): T {
  if (value === undefined || (value.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(value))) return value;
  throw new UsageError(
    `${quote(value)} is no name of a namespace, for --${option}`,
    'at most 63 lower case letters, digits and "-"; the first and last no "-"',
  );
}

export function oneOf<T extends string>(option: OptionName, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found !== undefined) return found;
  const near = closestName(value, allowed);
  throw new UsageError(
    `${quote(value)} is no value of --${option}; it takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`,
    near === undefined ? undefined : `did you mean ${near}?`,
  );
}
