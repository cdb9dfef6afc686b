import { type Answer } from './answer.cjs';
import { type DefinedSubset, type DestinationRule } from './destination-rule-merge.cjs';
export type { DefinedSubset, DestinationRule } from './destination-rule-merge.cjs';
/** What one client gets for one host: a DestinationRule, or several of the same host merged. */
export interface EffectiveDestinationRule {
    /** Where it was found: the client's own namespace, the service's, or the root namespace; `none`: the client gets no rule. */
    readonly level: 'client' | 'service' | 'root' | 'none';
    /** Empty exactly for `none`. */
    readonly rules: readonly DestinationRule[];
    /** It is for pods that a workloadSelector takes. */
    readonly forPods: boolean;
    /** By name; where a name is defined twice the oldest definition holds, so these are all of them. */
    readonly subsets: ReadonlyMap<string, readonly DefinedSubset[]>;
    /** Orders of creation that come to this, each with the oldest first; undefined: every order of the rules does. */
    readonly orders: readonly (readonly DestinationRule[])[] | undefined;
}
/** Whether two answers are made of the same rules: all else follows from these. */
export declare function areAlike(a: Answer<EffectiveDestinationRule>, b: Answer<EffectiveDestinationRule>): boolean;
/** Who decides what in a merged rule, in some order of creation. */
export interface RuleChoice {
    /** Gives the merged rule its name. */
    readonly oldest: DestinationRule;
    /** Its trafficPolicy holds: the oldest that has one. */
    readonly policy: DestinationRule | undefined;
    /** The oldest definition of the subset that was asked for. */
    readonly subset: DefinedSubset | undefined;
}
export interface DestinationRuleSettings {
    readonly rootNamespace: string;
    readonly domain: string;
    readonly complete: boolean;
    /** exportTo of rules that write none: only whether `.` is in it counts. */
    readonly defaultExportTo: readonly string[];
    /** Namespaces in which a host is defined, as a Service or ServiceEntry; undefined when the input can't tell. */
    namespacesOfHost(fqdn: string): readonly string[] | undefined;
}
export interface DestinationRules {
    /**
     * The rule that clients of a namespace get for a host; never looks at Sidecars. Unknown where the pod's labels decide, and where
     * the input has none (missing in a complete mesh).
     */
    forClient(namespace: string, fqdn: string): Answer<EffectiveDestinationRule>;
    /** The rule that a pod gets for a service; that it gets none is an answer too. */
    forPod(client: {
        readonly namespace: string;
        readonly labels: Readonly<Record<string, string>>;
    }, service: {
        readonly host: string;
        readonly namespace: string;
    }): Answer<EffectiveDestinationRule>;
    /** The rules with the most specific host that covers this one, whoever sees them. */
    covering(fqdn: string): readonly DestinationRule[];
    /** The rules with any host that covers this one, whoever sees them: all that the look-ups of this host choose from. */
    around(fqdn: string): readonly DestinationRule[];
    /** The same look-ups for one host, as if only these of its rules were there. */
    among(fqdn: string, isThere: (rule: DestinationRule) => boolean): DestinationRules;
}
/**
 * Client's namespace, then the service's, then the root namespace; the most specific host of a level wins it.
 * Source: pilot/pkg/model/push_context.go (setDestinationRules, destinationRule, getExportedDestinationRuleFromNamespace).
 */
export declare function createDestinationRules(all: readonly DestinationRule[], settings: DestinationRuleSettings): DestinationRules;
/** Each combination of oldest rule, deciding trafficPolicy and subset definition that some order of creation comes to, once. */
export declare function choicesOf({ rules, orders }: EffectiveDestinationRule, subset: string | undefined): readonly RuleChoice[];
