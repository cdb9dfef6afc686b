import type { Position } from '../text/range.cjs';
import type { Value } from '../yaml/value.cjs';
import type { Equivalent, RuleMeta, Severity } from './rule.cjs';
/** A place that has been found in its text. */
export interface Location {
    /** As the source was named: relative, with `/`. */
    readonly file: string;
    readonly start: Position;
    /** Exclusive. */
    readonly end: Position;
    /** Offsets in UTF-16 code units; `end` is exclusive. */
    readonly range: {
        readonly start: number;
        readonly end: number;
    };
    /** The text of the lines from `start.line` to `end.line`, at most `frameLines` of them, without line ends. */
    readonly lines: readonly string[];
    /** GitHub's `primaryLocationLineHash` of the start line, when it was asked for. */
    readonly lineHash?: string;
    /** The place did not resolve or its source has changed: this is the nearest that could be found. */
    readonly approximate?: true;
    /** The template or manifest of which this text was made, where its file was not found. */
    readonly renderedFrom?: string;
}
export declare const frameLines = 8;
export interface RelatedLocation {
    readonly message: string;
    readonly location: Location;
}
export interface ResourceRef {
    readonly apiVersion: string;
    /** As written in the manifest. */
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
}
/** An edit whose places have been found. `replacement` is YAML text for `range` where a plain replacement does it; else absent. */
export interface LocatedEdit {
    readonly op: 'replace' | 'insert' | 'remove' | 'rename-key' | 'move';
    readonly location: Location;
    readonly to?: Location;
    readonly key?: string;
    readonly value?: Value;
    readonly replacement?: string;
}
export interface LocatedFix {
    readonly title: string;
    readonly safety: 'safe' | 'suggestion';
    readonly edits: readonly LocatedEdit[];
}
/** One fault at its place, ready to be shown. Findings are sorted by file, place, rule and message. */
export interface Finding {
    readonly rule: RuleMeta;
    /** The rule's, or what the configuration says. */
    readonly severity: Severity;
    /** One clause without a full stop. */
    readonly message: string;
    readonly location: Location;
    readonly related: readonly RelatedLocation[];
    readonly resource?: ResourceRef;
    /** RFC 6901 pointer inside the resource. */
    readonly path?: string;
    readonly fix?: LocatedFix;
    readonly equivalents: readonly (Equivalent & {
        readonly reference?: string;
    })[];
    /** 16 hexadecimal digits; does not depend on line numbers or layout. */
    readonly fingerprint: string;
    /** Of several findings that differ in nothing but their place, all but the first: the fingerprint of the first. */
    readonly repeats?: string;
    /** The rule's page. */
    readonly url: string;
}
/** Why a finding is not reported. The words are SARIF's (3.35). */
export interface Suppression {
    /** `inSource`: a comment or an annotation of the manifest; `external`: anything that lies elsewhere. */
    readonly kind: 'inSource' | 'external';
    /** The reason that is given there. */
    readonly justification?: string;
    /** Where it is asked for. */
    readonly location?: Location;
}
export interface SuppressedFinding extends Finding {
    readonly suppression: Suppression;
}
/** Something to be said that is no finding: a file that could not be read, an assumption that was made. */
export interface Notification {
    /** `error`: the run is incomplete. */
    readonly level: 'error' | 'warning' | 'note';
    /** Stable word: `unreadable`, `beyond-limits`, `rule-crashed`, `nothing-to-analyse`, `changed-while-reading`, `templates-skipped`, … */
    readonly kind: string;
    readonly message: string;
    readonly file?: string;
}
export interface Summary {
    /** Sources of which at least one document was read. */
    readonly files: number;
    /** Resources of a modelled kind. */
    readonly resources: number;
    /** Documents (or whole files) left alone, by reason: `template`, `foreign-yaml`, `broken-foreign-yaml`, `not-modelled`, … */
    readonly skipped: Readonly<Record<string, number>>;
    /** Undecided, by rule and reason. */
    readonly unknown: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly suppressed: number;
    /** How many findings are not new, by what says so; absent where nothing was asked. */
    readonly known?: Readonly<Partial<Record<KnownBy, number>>>;
}
/** What says that a finding is not new: a baseline, or an earlier revision. */
export type KnownBy = 'baseline' | 'since';
/** What a run comes to. */
export interface LintResult {
    /** Where it was asked which ones are new, only these. */
    readonly findings: readonly Finding[];
    /** The others, in the same order; absent where nothing was asked. */
    readonly known?: readonly Finding[];
    /** What is not reported because a suppression asks for that, sorted as findings are; absent: nothing. */
    readonly suppressed?: readonly SuppressedFinding[];
    readonly summary: Summary;
    readonly notifications: readonly Notification[];
    /** False when something could not be read, a rule crashed, or there was nothing to analyse: exit code 2. */
    readonly complete: boolean;
}
