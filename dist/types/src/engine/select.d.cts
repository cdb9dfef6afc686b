import type { OptionValues, Rule, Severity } from '../rule/rule.cjs';
import { type LintOptions } from './options.cjs';
import { type VersionRange } from './versions.cjs';
/** A rule that runs, with the severity and the options that hold in this run. */
export interface ActiveRule {
    readonly rule: Rule;
    readonly severity: Severity;
    readonly options: OptionValues;
}
/** The rules that run, for any of these Istio versions; throws a UsageError for an id or option that no rule has. */
export declare function selectRules(rules: readonly Rule[], options: LintOptions, versions?: VersionRange): readonly ActiveRule[];
