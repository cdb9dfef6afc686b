import { rules as builtIn } from '../rules/index.ts';
import { runLint } from './engine/lint.ts';
import type { RunLoaders } from './engine/loaders.ts';
import type { LintOptions } from './engine/options.ts';
import type { LintResult } from './rule/finding.ts';
import type { Rule } from './rule/rule.ts';
import type { Source } from './text/source.ts';
import { validatorChunks } from './validator-chunks.ts';

export {
  type Complete,
  type ConfigInput,
  type LintOptions,
  type MeshDeclaration,
  type MeshOptions,
  type SuppressionOptions,
  UsageError,
} from './engine/options.ts';
export type { Answer } from './graph/answer.ts';
export type { Assumptions } from './graph/assumptions.ts';
export type { Mesh } from './graph/mesh.ts';
export type { SubjectName, SubjectOf } from './graph/subjects.ts';
export { doubtAt, hasPlaceholder } from './model/doubt.ts';
export { at, below, keyAt, missingAt, type Place, spanAt } from './model/place.ts';
export { nameOf, type Resource, type ResourceOf } from './model/resource.ts';
export type { Edit, Fix } from './rule/edit.ts';
export type { Finding, LintResult, Location, Notification, RelatedLocation, Summary } from './rule/finding.ts';
export { type Category, defineRule, type Fault, type Preset, type Rule, type RuleDocs, type Severity, type Unknown } from './rule/rule.ts';
export { ReadError, type Source } from './text/source.ts';
export { version } from './version.ts';

/** The built-in rules, sorted by id. */
export const rules: readonly Rule[] = builtIn;

const loaders: RunLoaders = {
  library: () => import('./yaml/library.ts').then(({ library }) => library),
  validator: (kind) => validatorChunks[kind](),
  channel: () => import('./engine/standard-channel.ts').then(({ channel }) => channel),
  suppressions: () => import('./engine/suppressions.ts').then(({ suppress }) => suppress),
};

/**
 * Analyses manifests as one mesh. The command line uses nothing else.
 * Faults of the manifests are findings; a source that can't be read is a notification; a UsageError is thrown for wrong options only.
 */
export async function lint(sources: Iterable<Source>, options: LintOptions = {}): Promise<LintResult> {
  const { plugins } = options;
  const rules = plugins === undefined ? builtIn : (await import('./engine/plugin-rules.ts')).withOwnRules(builtIn, plugins);
  return runLint(sources, options, rules, loaders);
}
