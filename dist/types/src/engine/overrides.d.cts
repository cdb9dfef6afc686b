import type { Rule } from '../rule/rule.cjs';
import { type LintOptions } from './options.cjs';
import type { RawFinding } from './run-rules.cjs';
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
export declare function overridesOf(options: LintOptions, rules: readonly Rule[]): Overrides | undefined;
