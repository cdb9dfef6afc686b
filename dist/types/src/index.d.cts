import type { LintOptions } from './engine/options.cjs';
import type { SourceChanges } from './engine/session.cjs';
import type { LintResult } from './rule/finding.cjs';
import type { Rule } from './rule/rule.cjs';
import type { Source } from './text/source.cjs';
export { type Complete, type ConfigInput, type LintOptions, type MeshDeclaration, type MeshOptions, type SuppressionOptions, UsageError, } from './engine/options.cjs';
export type { SourceChanges } from './engine/session.cjs';
export type { Phase, Stopwatch } from './engine/stopwatch.cjs';
export type { Answer } from './graph/answer.cjs';
export type { Assumptions } from './graph/assumptions.cjs';
export type { Mesh } from './graph/mesh.cjs';
export type { SubjectName, SubjectOf } from './graph/subjects.cjs';
export { doubtAt, hasPlaceholder } from './model/doubt.cjs';
export { at, below, keyAt, missingAt, type Place, spanAt } from './model/place.cjs';
export { nameOf, type Resource, type ResourceOf } from './model/resource.cjs';
export type { Edit, Fix } from './rule/edit.cjs';
export type { Finding, LintResult, Location, Notification, RelatedLocation, Summary } from './rule/finding.cjs';
export { type Category, defineRule, type Fault, type Preset, type Rule, type RuleDocs, type Severity, type Unknown } from './rule/rule.cjs';
export { ReadError, type Source } from './text/source.cjs';
export { version } from './version.cjs';
/** The built-in rules, sorted by id. */
export declare const rules: readonly Rule[];
/**
 * Analyses manifests as one mesh. The command line uses nothing else.
 * Faults of the manifests are findings; a source that can't be read is a notification; a UsageError is thrown for wrong options only.
 */
export declare function lint(sources: Iterable<Source>, options?: LintOptions): Promise<LintResult>;
/**
 * Analyses the same manifests again and again, for a watcher or an editor. What `lint` says is always what the function of that name says of the
 * same sources, but only what has changed is read, and only what that may concern is looked at again. Keeps the texts of all sources.
 *
 *     const session = new LintSession({ preset: 'strict' });
 *     session.update({ changed: sources });
 *     await session.lint();
 *     session.update({ changed: [{ path: 'shop/routes.yaml', read: () => buffer }], removed: ['shop/old.yaml'] });
 *     await session.lint();
 */
export declare class LintSession {
    #private;
    /** Throws a UsageError for wrong options, but for those about rules of one's own, for which `lint` rejects with it. */
    constructor(options?: LintOptions);
    /** Notes what has changed; texts are read by the next `lint`. */
    update(changes: SourceChanges): void;
    /**
     * What the sources come to with all that has been noted up to now. Runs that are asked for while one is under way come one after the other.
     * Rejects as `lint` does, when options turn out to hold no mesh configuration.
     */
    lint(): Promise<LintResult>;
}
