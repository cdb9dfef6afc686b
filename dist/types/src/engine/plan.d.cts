import type { Place } from '../model/place.cjs';
import type { Rule } from '../rule/rule.cjs';
import { type MeshSpec } from './meshes.cjs';
import type { LintOptions } from './options.cjs';
import { type Overrides } from './overrides.cjs';
import { type ActiveRule } from './select.cjs';
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
export declare function planOf(options: LintOptions, rules: readonly Rule[]): Plan;
