import type { Place } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import type { Rule, Severity } from '../rule/rule.ts';
import { compileGlobIn } from './folder-glob.ts';
import { type LintOptions, type Override, UsageError } from './options.ts';
import type { RawFinding } from './run-rules.ts';

/** Severities that hold in some paths and namespaces only. */
export interface Overrides {
  /** The options with which every rule runs that is on somewhere. */
  readonly selection: LintOptions;
  /** The ids of rules that are not the same everywhere. */
  readonly rules: ReadonlySet<string>;
  /** Findings with the severity that holds where they lie, without those that are off there. `isOn`: whether a rule is on elsewhere. */
  apply(findings: readonly RawFinding[], isOn: (rule: Rule) => boolean): readonly RawFinding[];
}

/** Undefined where there are none. Throws a UsageError for an id that no rule has. */
export function overridesOf(options: LintOptions, rules: readonly Rule[]): Overrides | undefined {
  const { overrides = [] } = options;
  if (overrides.length === 0) return undefined;
  const byId = new Map<string, string>();
  for (const { id, aliases = [] } of rules) for (const name of [id, ...aliases]) byId.set(name, id);
  const known = (id: string): string => {
    const found = byId.get(id);
    if (found === undefined) throw new UsageError(`there is no rule "${id}"`);
    return found;
  };
  const compiled = overrides.map((override) => ({
    holds: scopeOf(override, options),
    severities: new Map(Object.entries(override.rules).map(([id, severity]) => [known(id), severity])),
  }));

  const switchedOn: Record<string, Severity | 'off'> = {};
  for (const { severities } of compiled) for (const [id, severity] of severities) if (severity !== 'off') switchedOn[id] = severity;
  const elsewhere = Object.entries(options.severities ?? {}).filter(
    ([id, severity]) => severity !== 'off' || !Object.hasOwn(switchedOn, known(id)),
  );
  return {
    selection: { ...options, severities: { ...switchedOn, ...Object.fromEntries(elsewhere) } },
    rules: new Set(compiled.flatMap(({ severities }) => [...severities.keys()])),
    apply: (findings, isOn) =>
      findings.flatMap((finding) => {
        const { rule, fault } = finding;
        let severity = isOn(rule) ? severityElsewhere(rule, options) : 'off';
        for (const { holds, severities } of compiled) {
          const own = severities.get(rule.id);
          if (own !== undefined && holds(fault.at)) severity = own;
        }
        if (severity === 'off') return [];
        return [severity === finding.severity ? finding : { ...finding, severity }];
      }),
  };
}

function severityElsewhere(rule: Rule, { severities = {} }: LintOptions): Severity | 'off' {
  for (const id of [rule.id, ...(rule.aliases ?? [])]) if (Object.hasOwn(severities, id)) return severities[id] ?? rule.severity;
  return rule.severity;
}

/** Whether a place lies where the override holds: in one of its paths, and in one of its namespaces. */
function scopeOf({ paths, namespaces }: Override, { folder = '', globFolder, documentPath }: LintOptions): (at: Place) => boolean {
  const globs = paths?.map((pattern) => compileGlobIn(folder, pattern, globFolder));
  const names = namespaces === undefined ? undefined : new Set(namespaces);
  const known = new Map<string, boolean>();
  const inPaths = (path: string): boolean => {
    if (globs === undefined) return true;
    const found = known.get(path) ?? globs.some((matches) => matches(path));
    known.set(path, found);
    return found;
  };
  return (at) => {
    const { source } = at.kind === 'text' ? at.text : at.resource.origin.text;
    const document = at.resource?.origin.document;
    const path = document === undefined ? undefined : documentPath?.(source.path, document);
    return inPaths(path ?? source.path) && (names === undefined || namespacesOf(at).some((name) => names.has(name)));
  };
}

/** Of a place whose namespace is one of several, all of them: what a team may rule out, it rules out. */
function namespacesOf({ resource }: Place): readonly string[] {
  if (resource === undefined) return [];
  if (resource.kind === 'Namespace') return [resource.metadata.name];
  return (resource as Partial<Resource>).identity?.namespaces ?? [resource.metadata.namespace];
}
