import type { LintOptions } from './engine/options.cjs';
import type { LintResult } from './rule/finding.cjs';
import type { Rule } from './rule/rule.cjs';
import type { Source } from './text/source.cjs';
export { type Complete, type ConfigInput, type LintOptions, type MeshDeclaration, type MeshOptions, type SuppressionOptions, UsageError, } from './engine/options.cjs';
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
