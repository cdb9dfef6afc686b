import type { OptionValue, Rule } from '../rule/rule.cjs';
/** A manifest with markers, or that and how it is read. A manifest without markers says that the rule is silent. */
export type RuleCase = string | {
    /** One manifest, or several files by path. */
    readonly yaml: string | Readonly<Record<string, string>>;
    readonly options?: Readonly<Record<string, OptionValue>>;
    readonly complete?: boolean;
    readonly istioNamespace?: string;
    /** How many questions the rule leaves undecided; not looked at when absent. */
    readonly unknown?: number;
    /** Files that are part of the mesh and never reported on, by path. */
    readonly context?: Readonly<Record<string, string>>;
    /** The input is meant to be broken: findings of invalid-yaml and schema-violation are not looked at. */
    readonly broken?: boolean;
};
/** What is installed in the cluster of all tests of a rule, the documentation's included. */
export interface Installed {
    /** The channel of the Gateway API. Default: experimental. */
    readonly gatewayApi?: 'standard' | 'experimental';
}
/** Registers one test: vitest's `it`, node:test's `it`, or anything like them. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;
/**
 * Tests one rule, and runs no other. First its own documentation: the bad manifest must be reported as it is marked, the good one not
 * at all. Then the named cases. Each marker asserts line, severity, a part of the message and the text that is underlined,
 * and nothing else may be reported. Places must resolve, and a fault must lie on the rule's subject.
 */
export declare function testRule(it: RegisterTest, rule: Rule, cases?: Readonly<Record<string, RuleCase>>, installed?: Installed): void;
