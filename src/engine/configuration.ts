import type { Assumptions } from '../graph/assumptions.ts';
import type { Option, OptionValue, Preset, RuleMeta, Severity } from '../rule/rule.ts';
import type { Path, Value } from '../yaml/value.ts';
import {
  type ConfigurationProblem,
  didYouMean,
  each,
  flag,
  listOf,
  longest,
  mapping,
  mappingOr,
  oneOf,
  type Shape,
  shown,
  text,
} from './configuration-shapes.ts';
import { compileGlob } from './glob.ts';
import { isObject } from './ours.ts';
import { meshSpecs } from './meshes.ts';
import { type Complete, type MeshDeclaration, type Override, type SuppressionOptions, UsageError } from './options.ts';
import { parseVersions } from './versions.ts';

export type Level = Severity | 'off';

/** What meshlint.yaml holds, once it has been checked. Files are named relative to the folder that it lies in. */
export interface Configuration {
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, Level | (Readonly<Record<string, OptionValue>> & { readonly severity?: Level })>>;
  readonly overrides?: readonly Override[];
  readonly failOn?: Severity | 'never';
  readonly complete?: Complete;
  readonly istioNamespace?: string;
  readonly defaultNamespace?: string;
  readonly istioVersion?: string;
  readonly clusterDomain?: string;
  readonly gatewayApi?: 'standard' | 'experimental';
  readonly meshes?: readonly ConfiguredMesh[];
  readonly assume?: Assumptions;
  readonly meshConfig?: string;
  readonly meshNetworks?: string;
  readonly exclude?: readonly string[];
  readonly suppressions?: SuppressionOptions;
  readonly plugins?: readonly string[];
}

export interface ConfiguredMesh extends Omit<MeshDeclaration, 'meshConfig' | 'meshNetworks'> {
  readonly meshConfig?: string;
  readonly meshNetworks?: string;
}

/** What a configuration may name. */
export type KnownRule = RuleMeta & { readonly options?: Readonly<Record<string, Option<OptionValue>>> };

export type Checked =
  { readonly configuration: Configuration; readonly problems?: undefined } | { readonly problems: readonly ConfigurationProblem[] };

/** Enough to mend a file by, and not endless. */
const mostProblems = 20;

/** Says what is wrong with a configuration, or takes it for one. It is data: nothing in it is run, and no file is read for it here. */
export function checkConfiguration(value: Value, rules: readonly KnownRule[]): Checked {
  const problems: ConfigurationProblem[] = [];
  const report = (problem: ConfigurationProblem): void => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  // A setting whose content is commented out is none.
  const written = isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, setting]) => setting !== null)) : (value ?? {});
  shapeOf(rules)(written, [], report);
  if (problems.length > 0) return { problems };
  const configuration = written as Configuration;
  // Names of kinds, of what is assumed, and of meshes: the same look as at the options of the API.
  const { complete, meshes, assume } = configuration;
  attempt([complete === undefined ? (meshes === undefined ? 'assume' : 'meshes') : 'complete'], report, () => {
    meshSpecs({ complete, assume, meshes: meshes?.map(({ name, paths, complete: whole }) => ({ name, paths, complete: whole })) });
  });
  return problems.length > 0 ? { problems } : { configuration };
}

const levels = ['off', 'info', 'warning', 'error'];
const namespace = text('the name of a namespace (lower case letters, digits and "-")', /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/);
const file = text('the path of a file');
const names = listOf(text('a name'));

function shapeOf(rules: readonly KnownRule[]): Shape {
  const byId = new Map<string, KnownRule>();
  for (const rule of rules) for (const id of [rule.id, ...(rule.aliases ?? [])]) byId.set(id, rule);
  const ruleId: Shape = (value, path, report) => {
    if (typeof value === 'string' && byId.has(value)) return;
    report({ path, part: 'value', message: typeof value === 'string' ? noRule(value, byId) : 'the id of a rule is a text' });
  };
  const rulesWith = (shape: (rule: KnownRule) => Shape): Shape =>
    each((id, value, path, report) => {
      const rule = byId.get(id);
      if (rule === undefined) report({ path, part: 'key', message: noRule(id, byId) });
      else shape(rule)(value, path, report);
    });
  const level = oneOf(levels);
  const complete = mappingOr(mapping({ namespaces: names, kinds: names }), flag);
  const ofMesh = { complete, defaultNamespace: namespace, istioVersion: version, meshConfig: file, meshNetworks: file };

  return mapping({
    preset: oneOf(['recommended', 'strict', 'all']),
    rules: rulesWith(({ options = {} }) =>
      mappingOr(
        mapping({ severity: level, ...Object.fromEntries(Object.entries(options).map(([name, option]) => [name, optionShape(option)])) }),
        level,
      ),
    ),
    overrides: listOf(mapping({ paths: listOf(glob), namespaces: names, rules: rulesWith(() => level) }, ['rules'])),
    failOn: oneOf(['error', 'warning', 'info', 'never']),
    ...ofMesh,
    istioNamespace: namespace,
    clusterDomain: text('a domain', /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/),
    gatewayApi: oneOf(['experimental', 'standard']),
    meshes: listOf(mapping({ name: text('a name'), paths: listOf(glob), ...ofMesh }, ['name', 'paths'])),
    assume: mapping({ gateways: names, services: names, secrets: names, namespaces: names }),
    exclude: listOf(text('a pattern as in a .gitignore')),
    suppressions: mapping({ inline: flag, annotations: flag, foreign: flag, never: listOf(ruleId), requireReason: flag }),
    plugins: listOf(file),
    $schema: text('the address of a JSON Schema'),
  });
}

const glob: Shape = (value, path, report) => {
  text('a path or a glob')(value, path, report);
  if (typeof value === 'string' && value.length <= longest) attempt(path, report, () => compileGlob(value));
};

const version: Shape = (value, path, report) => {
  text('an Istio version, such as "1.26" or "1.26-1.28"')(value, path, report);
  if (typeof value === 'string') attempt(path, report, () => parseVersions(value));
};

function attempt(path: Path, report: (problem: ConfigurationProblem) => void, look: () => void): void {
  try {
    look();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { message, hint } = error;
    report({ path, part: 'value', message: clean(hint === undefined ? message : `${message}; ${hint}`) });
  }
}

/** Messages of others may quote what they were given. */
function clean(message: string): string {
  return message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 500);
}

function noRule(id: string, byId: ReadonlyMap<string, unknown>): string {
  return `there is no rule ${shown(id)}${didYouMean(id, byId.keys())}`;
}

function optionShape({ default: value }: Option<OptionValue>): Shape {
  if (typeof value === 'boolean') return flag;
  if (typeof value === 'object') return names;
  if (typeof value === 'string') return text();
  return (given, path, report) => {
    if (typeof given !== 'number') report({ path, part: 'value', message: `${shown(String(path.at(-1)))} is a number` });
  };
}

/** The severities of rules, and their options. */
export function ruleSettings({ rules = {} }: Configuration): {
  readonly severities: Readonly<Record<string, Level>>;
  readonly ruleOptions: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
} {
  const severities: [string, Level][] = [];
  const ruleOptions: [string, Readonly<Record<string, OptionValue>>][] = [];
  for (const [id, setting] of Object.entries(rules)) {
    if (!isObject(setting)) {
      severities.push([id, setting]);
      continue;
    }
    const { severity, ...options } = setting;
    if (severity !== undefined) severities.push([id, severity]);
    if (Object.keys(options).length > 0) ruleOptions.push([id, options]);
  }
  return { severities: Object.fromEntries(severities), ruleOptions: Object.fromEntries(ruleOptions) };
}
