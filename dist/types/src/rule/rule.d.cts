import type { Mesh } from '../graph/mesh.cjs';
import type { SubjectName, SubjectOf } from '../graph/subjects.cjs';
import type { Place } from '../model/place.cjs';
import type { Fix } from './edit.cjs';
export type Severity = 'error' | 'warning' | 'info';
export type Category = 'validity' | 'reference' | 'traffic' | 'security' | 'gateway' | 'ambient' | 'hygiene';
/** `recommended` is part of `strict`, and both are part of `all`; a rule without presets is in `all` only. */
export type Preset = 'recommended' | 'strict' | 'all';
/** A code of another tool that means the same fault. */
export interface Equivalent {
    readonly tool: 'istioctl' | 'kiali';
    readonly code: string;
}
/** One setting of a rule: description and default are its documentation, its JSON Schema and its type. */
export interface Option<T extends OptionValue> {
    readonly description: string;
    readonly default: T;
}
export type OptionValue = string | number | boolean | readonly string[];
export type OptionValues = Readonly<Record<string, OptionValue>>;
/** `default: 5` would be typed as 5, `[]` as never[]. */
type Widen<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : readonly string[];
/** What a person reads; kept apart from the check in the built files, so that a run without findings never loads it. */
export interface RuleDocs {
    /** What happens in the mesh because of it, in at most three sentences. */
    readonly why: string;
    /** What to do, as one or two sentences. */
    readonly help: string;
    /** What the input must hold before the rule speaks, and when it stays silent or counts an unknown. */
    readonly evidence: string;
    /** A manifest with the fault, marked `# error: …` where it is reported. It is also the first test. */
    readonly bad: string;
    /** The same manifest without it. */
    readonly good: string;
    /** Pages where the behaviour is documented. */
    readonly references: readonly string[];
}
/** What is known of a rule without its texts. */
export interface RuleMeta {
    /** Permanent, kebab-case, names the fault. */
    readonly id: string;
    /** One line, no full stop. */
    readonly title: string;
    readonly category: Category;
    readonly severity: Severity;
    /** CVSS-like, "0.1" to "8.9" or "9.1" to "10.0": shown by code scanning; security rules only. */
    readonly securitySeverity?: string;
    readonly presets: readonly ('recommended' | 'strict')[];
    /** In `all` only, for one minor version. */
    readonly preview?: boolean;
    /** The version that brought it: of meshlint, or of the plugin that a rule of one's own comes from. */
    readonly since: string;
    /** Where a rule of one's own is explained; empty: nowhere. Built-in rules have none, since their pages are named by their ids. */
    readonly url?: string;
    /** The Istio versions it holds for, e.g. `{ since: '1.22' }`; all when absent. */
    readonly istio?: {
        readonly since?: string;
        readonly until?: string;
    };
    readonly equivalents?: readonly Equivalent[];
    /** Former ids. */
    readonly aliases?: readonly string[];
}
/** A related place, the other end of a reference or what decided. */
export interface Related {
    readonly at: Place;
    readonly message: string;
    /**
     * The fault would be one without this place too: what it does harm to, what makes it worse. All other related places are evidence, and a
     * fault whose evidence is not known to be real (placeholders, overlays, other variants of a file) counts as unknown.
     */
    readonly affected?: boolean;
}
/** What a check found wrong. */
export interface Fault {
    readonly at: Place;
    /** One clause, lower case, no full stop, the user's names in double quotes. */
    readonly message: string;
    readonly related?: readonly Related[] | undefined;
    readonly fix?: Fix | undefined;
    /** Key of the failed look-up from which this fault follows; handed out by the graph. */
    readonly cause?: string | undefined;
    /** Key of the failed look-up that this fault *is*: faults with that `cause` are folded into it. */
    readonly reports?: string | undefined;
    /** Which kind of reference IST0101 would name. */
    readonly reference?: string | undefined;
}
/** What a check could not decide; counted, never shown as a fault. */
export interface Unknown {
    readonly at: Place;
    readonly reason: string;
}
export interface RuleContext<O extends OptionValues = OptionValues> {
    readonly mesh: Mesh;
    readonly options: O;
}
/** A rule as the engine knows it. */
export interface Rule extends RuleMeta {
    readonly subjects: readonly SubjectName[];
    readonly options?: Readonly<Record<string, Option<OptionValue>>>;
    /** Absent in the built files, where the texts lie in a chunk of their own. */
    readonly docs?: RuleDocs;
    check(subject: SubjectOf<SubjectName>, context: RuleContext): Iterable<Fault | Unknown>;
}
type RuleSpec<S extends SubjectName, O extends OptionValues> = RuleMeta & {
    readonly subjects: readonly S[];
    readonly options?: {
        readonly [K in keyof O]: Option<O[K]>;
    };
    readonly docs: RuleDocs;
    /**
     * Looks anywhere in the mesh, and reports only on its subject or on what decides for it.
     * Pure and synchronous: no state between calls, no clock, no files.
     */
    check(subject: SubjectOf<S>, context: RuleContext<{
        readonly [K in keyof O]: Widen<O[K]>;
    }>): Iterable<Fault | Unknown>;
};
/** Types a rule by the subjects it looks at and the options it declares. */
export declare function defineRule<const S extends SubjectName, const O extends OptionValues = Readonly<Record<string, never>>>(spec: RuleSpec<S, O>): Rule;
export {};
