import { rules as builtIn } from '../rules/index.ts';
import { runLint } from './engine/lint.ts';
import type { RunLoaders } from './engine/loaders.ts';
import type { LintOptions } from './engine/options.ts';
import { planOf } from './engine/plan.ts';
import type { Session, SourceChanges } from './engine/session.ts';
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
export type { SourceChanges } from './engine/session.ts';
export type { Phase, Stopwatch } from './engine/stopwatch.ts';
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
  return runLint(sources, options, await rulesFor(options), loaders);
}

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
export class LintSession {
  readonly #options: LintOptions;
  #changes: SourceChanges[] = [];
  #session: Session | undefined;
  #running: Promise<unknown> = Promise.resolve();

  /** Throws a UsageError for wrong options, but for those about rules of one's own, for which `lint` rejects with it. */
  constructor(options: LintOptions = {}) {
    if (options.plugins === undefined) planOf(options, builtIn);
    this.#options = options;
  }

  /** Notes what has changed; texts are read by the next `lint`. */
  update(changes: SourceChanges): void {
    this.#changes.push(changes);
  }

  /**
   * What the sources come to with all that has been noted up to now. Runs that are asked for while one is under way come one after the other.
   * Rejects as `lint` does, when options turn out to hold no mesh configuration.
   */
  lint(): Promise<LintResult> {
    const changes = this.#changes;
    this.#changes = [];
    const run = this.#running.then(() => this.#lint(changes));
    this.#running = run.catch(() => undefined);
    return run;
  }

  async #lint(changes: readonly SourceChanges[]): Promise<LintResult> {
    if (this.#session === undefined) {
      const { Session } = await import('./engine/session.ts');
      this.#session = new Session(planOf(this.#options, await rulesFor(this.#options)), loaders);
    }
    this.#session.apply(changes);
    return this.#session.lint();
  }
}

async function rulesFor({ plugins }: LintOptions): Promise<readonly Rule[]> {
  return plugins === undefined ? builtIn : (await import('./engine/plugin-rules.ts')).withOwnRules(builtIn, plugins);
}
