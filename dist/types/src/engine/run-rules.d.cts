import type { Mesh } from '../graph/mesh.cjs';
import type { SubjectName } from '../graph/subjects.cjs';
import type { Place } from '../model/place.cjs';
import type { Notification } from '../rule/finding.cjs';
import type { Fault, Related, Rule, Severity } from '../rule/rule.cjs';
import type { ActiveRule } from './select.cjs';
/** A fault of a rule, before its places are looked up in the text. */
export interface RawFinding {
    readonly rule: Rule;
    readonly severity: Severity;
    readonly fault: Fault;
    readonly related: readonly Related[];
}
export interface Checked {
    readonly findings: readonly RawFinding[];
    /** By rule and reason. */
    readonly unknown: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly notifications: readonly Notification[];
}
/** What a rule says about one of its subjects. */
export interface Outcome {
    readonly findings: readonly RawFinding[];
    /** Why it could not decide, each time. */
    readonly unknown: readonly string[];
    readonly crash: Notification | undefined;
}
/** What one of the rules that are asked about a subject has to say: its number among them. */
export interface Said {
    readonly number: number;
    readonly outcome: Outcome;
}
/**
 * Gives what rules say about a subject, those that say something: by running them, or from an earlier time when nothing has changed of what they
 * asked then. The rules are always the same ones for all subjects of a name.
 */
export type Recall = (name: SubjectName, subject: object, rules: readonly ActiveRule[], check: (active: ActiveRule) => Outcome) => readonly Said[];
/** `outcomes`: of all the rules, in their order. */
export declare function saidOf(outcomes: readonly Outcome[]): readonly Said[];
/**
 * Asks each rule about each of its subjects. A rule that throws loses that one subject, and the run is incomplete. `isWanted`: the places that
 * are reported on.
 */
export declare function runRules(rules: readonly ActiveRule[], mesh: Mesh, isWanted?: (place: Place) => boolean, recall?: Recall): Checked;
