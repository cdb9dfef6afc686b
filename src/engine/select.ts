import { closest } from '../rule/closest.ts';
import type { OptionValue, OptionValues, Rule, Severity } from '../rule/rule.ts';
import { type LintOptions, UsageError } from './options.ts';
import { holdsFor, type VersionRange } from './versions.ts';

/** A rule that runs, with the severity and the options that hold in this run. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: OptionValues;
}

/** The rules that run, for any of these Istio versions; throws a UsageError for an id or option that no rule has. */
export function selectRules(rules: readonly Rule[], options: LintOptions, versions?: VersionRange): readonly ActiveRule[] {
  const byId = new Map<string, Rule>();
  for (const rule of rules) for (const id of [rule.id, ...(rule.aliases ?? [])]) byId.set(id, rule);
  const known = (id: string): Rule => {
    const rule = byId.get(id);
    if (rule !== undefined) return rule;
    const guess = closest(id, byId.keys());
    throw new UsageError(`there is no rule "${id}"`, guess === undefined ? undefined : `did you mean "${guess}"?`);
  };

  const only = options.only === undefined ? undefined : new Set(options.only.map(known));
  const severities = new Map(Object.entries(options.severities ?? {}).map(([id, severity]) => [known(id), severity]));
  const settings = new Map(Object.entries(options.ruleOptions ?? {}).map(([id, values]) => [known(id), values]));
  const preset = options.preset ?? 'recommended';

  return rules.flatMap((rule) => {
    const override = severities.get(rule);
    const byPreset = preset === 'all' || (rule.preview !== true && rule.presets.includes(preset));
    const runs = override === 'off' ? false : only === undefined ? byPreset || override !== undefined : only.has(rule);
    if (!runs || (versions !== undefined && rule.istio !== undefined && !holdsFor(rule.istio, versions))) return [];
    return [
      {
        rule,
        severity: override === undefined || override === 'off' ? rule.severity : override,
        options: rule.options === undefined && !settings.has(rule) ? noOptions : optionsOf(rule, settings.get(rule) ?? {}),
      },
    ];
  });
}

const noOptions: OptionValues = {};

function optionsOf(rule: Rule, given: Readonly<Record<string, OptionValue>>): OptionValues {
  const declared = rule.options ?? {};
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (option === undefined) {
      const guess = closest(name, Object.keys(declared));
      throw new UsageError(`rule "${rule.id}" has no option "${name}"`, guess === undefined ? undefined : `did you mean "${guess}"?`);
    }
    const fits = Array.isArray(option.default)
      ? Array.isArray(value) && value.every((item) => typeof item === 'string')
      : typeof value === typeof option.default;
    if (!fits) {
      const wanted = Array.isArray(option.default) ? 'a list of strings' : `a ${typeof option.default}`;
      throw new UsageError(`option "${name}" of rule "${rule.id}" must be ${wanted}`);
    }
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, option]) => [name, Object.hasOwn(given, name) ? (given[name] ?? option.default) : option.default]),
  );
}
