import type { Place } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import type { Rule } from '../rule/rule.ts';
import { type MeshSpec, meshSpecs } from './meshes.ts';
import type { LintOptions } from './options.ts';
import { type Overrides, overridesOf } from './overrides.ts';
import { type ActiveRule, selectRules } from './select.ts';
import { suppressionRules } from './suppression-rules.ts';

/** What the options come to, whatever the sources hold. */
export interface Plan {
  readonly options: LintOptions;
  readonly rules: readonly Rule[];
  readonly specs: readonly MeshSpec[];
  /** By mesh: the rules that are on where no override says otherwise. */
  readonly selected: readonly (readonly ActiveRule[])[];
  /** By mesh: the rules that run. */
  readonly active: readonly (readonly ActiveRule[])[];
  readonly overrides: Overrides | undefined;
  /** The places that are reported on. */
  readonly isWanted: (place: Place) => boolean;
  /** Whether manifests may suppress anything: `everywhere` when what they ask for is looked at where nothing is found, too. */
  readonly suppressions: 'none' | 'where-found' | 'everywhere';
}

/** Throws a UsageError for options that name nothing. */
export function planOf(options: LintOptions, rules: readonly Rule[]): Plan {
  const specs = meshSpecs(options);
  const wanted = withReasons(options);
  const overrides = overridesOf(wanted, rules);
  const selected = specs.map(({ istioVersions }) => selectRules(rules, wanted, istioVersions));
  const active =
    overrides === undefined ? selected : specs.map(({ istioVersions }) => selectRules(rules, overrides.selection, istioVersions));
  return {
    options,
    rules,
    specs,
    selected,
    active,
    overrides,
    isWanted: wantedIn(options.namespaces),
    suppressions: watched(options, active.flat()),
  };
}

function watched({ suppressions = {} }: LintOptions, active: readonly ActiveRule[]): Plan['suppressions'] {
  const { inline = true, annotations = true, foreign = true } = suppressions;
  if (!inline && !annotations && !foreign) return 'none';
  return active.some(({ rule }) => suppressionRules.some((id) => id === rule.id)) ? 'everywhere' : 'where-found';
}

/** The rule about reasons runs where these are required. */
function withReasons(options: LintOptions): LintOptions {
  if (options.suppressions?.requireReason !== true) return options;
  return { ...options, severities: { 'suppression-without-reason': 'warning', ...options.severities } };
}

/** Places in these namespaces, on the Namespaces themselves, and where no namespace is known. */
function wantedIn(names: readonly string[] | undefined): (place: Place) => boolean {
  if (names === undefined) return () => true;
  const namespaces = new Set(names);
  return ({ resource }) => {
    if (resource === undefined || resource.kind === '') return true;
    const { kind, metadata, identity } = resource as typeof resource & Pick<Resource, 'identity'>;
    if (kind === 'Namespace')
      return identity === undefined ? namespaces.has(metadata.name) : (identity.names?.some((name) => namespaces.has(name)) ?? true);
    return identity === undefined
      ? namespaces.has(metadata.namespace)
      : (identity.namespaces?.some((name) => namespaces.has(name)) ?? true);
  };
}
