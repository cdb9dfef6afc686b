import type { Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
export type DestinationRule = ResourceOf<'DestinationRule'>;
type Labels = Readonly<Record<string, string>>;
export interface DefinedSubset {
    readonly name: string;
    readonly labels: Labels;
    readonly rule: DestinationRule;
    /** In `spec.subsets` of its rule. */
    readonly index: number;
    /** The subset's name. */
    readonly at: Place;
}
/** A rule as Istio files it. */
export interface FiledRule {
    readonly rule: DestinationRule;
    /** As it is written: Istio compares the sets literally, so absent and `*` differ, and so do `.` and the name of the own namespace. */
    readonly exportTo: ReadonlySet<string>;
    /** The pods that it is for; an empty selector takes every pod of its namespace, undefined says that there is none. */
    readonly selector: Labels | undefined;
}
/** Rules of one namespace for one host that became one: the oldest gives exportTo and selector, the others add to it. */
export interface MergedRule {
    readonly exportTo: ReadonlySet<string>;
    readonly selector: Labels | undefined;
    /** The oldest first, in the order of creation; in the order of the sources where any order comes to these rules. */
    readonly rules: readonly DestinationRule[];
    readonly anyOrder: boolean;
}
/**
 * The rules of one namespace for one host, and what becomes of them in each order of creation, which manifests do not tell.
 * Source: pilot/pkg/model/destination_rule.go (mergeDestinationRule) with EnableEnhancedDestinationRuleMerge, and
 * pilot/pkg/model/push_context.go (sortConfigBySelectorAndCreationTime).
 */
export declare class RuleBucket {
    #private;
    constructor(first: FiledRule);
    add(filed: FiledRule): void;
    get byPod(): boolean;
    /** For each order of creation the rules that come of it, in the order in which Istio looks at them. */
    outcomes(): readonly (readonly MergedRule[])[] | 'too many';
}
/**
 * The one that a pod gets: the first whose selector takes it, else the last without a selector.
 * Source: pilot/pkg/model/sidecar.go, SidecarScope.DestinationRule.
 */
export declare function pickForPod(merged: readonly MergedRule[], labels: Labels): MergedRule | undefined;
export declare function subsetsOf(rules: readonly DestinationRule[]): ReadonlyMap<string, readonly DefinedSubset[]>;
/** All orders of a few things. */
export declare function permutations<T>(items: readonly T[]): Iterable<readonly T[]>;
export {};
