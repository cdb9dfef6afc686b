import type { Mesh } from '../graph/mesh.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Source } from '../text/source.ts';
import { CheckMemory } from './check-memory.ts';
import type { FindingMemory } from './findings.ts';
import { HeldSource } from './held-source.ts';
import { run } from './lint.ts';
import { loadersFor, type RunLoaders } from './loaders.ts';
import type { Plan } from './plan.ts';
import { SourceReader } from './read-source.ts';
import { SessionStore } from './session-store.ts';
import type { DirectiveMemory } from './suppressions.ts';

/** What is different since the last time. */
export interface SourceChanges {
  /** Sources that are new or may have another text. Each takes the place of the one with its path; context is told apart from what is linted. */
  readonly changed?: Iterable<Source> | undefined;
  /** The paths of sources that are gone; a path that is not known does no harm. In one change what is removed goes first. */
  readonly removed?: Iterable<string> | undefined;
}

/** By the path; what is linted and what is context are told apart. */
function keyOf({ path, context }: Pick<Source, 'path' | 'context'>): string {
  return `${context === true ? 'context' : 'linted'} ${path}`;
}

/** Sources that are linted again and again, and all that is known of them. */
export class Session {
  readonly #plan: Plan;
  readonly #loaders: RunLoaders;
  readonly #reader: SourceReader;
  readonly #sources = new Map<string, HeldSource>();
  readonly #directives: DirectiveMemory = new Map();
  readonly #finished: FindingMemory = new WeakMap();
  #texts: SessionStore['texts'] = new Map();
  readonly #checks: CheckMemory[] = [];
  /** The meshes of the last run, in the order of the options. */
  meshes: readonly Mesh[] = [];

  constructor(plan: Plan, loaders: RunLoaders) {
    this.#plan = plan;
    this.#loaders = loadersFor(plan.options, loaders);
    this.#reader = new SourceReader(this.#loaders);
  }

  /** Reads what is new or has changed, each source once. */
  apply(all: readonly SourceChanges[]): void {
    const last = new Map<string, Source | undefined>();
    for (const { changed = [], removed = [] } of all) {
      for (const path of removed) for (const context of [false, true]) last.set(keyOf({ path, context }), undefined);
      for (const source of changed) last.set(keyOf(source), source);
    }
    for (const [key, source] of last) {
      if (source === undefined) this.#forget(key);
      else this.#hold(key, source);
    }
  }

  #checkMemory(mesh: number): CheckMemory {
    const memory = new CheckMemory();
    this.#checks[mesh] = memory;
    return memory;
  }

  #hold(key: string, source: Source): void {
    const known = this.#sources.get(key);
    const held = known?.named === (source.named === true) ? known : new HeldSource(source);
    if (!held.refresh(source)) return;
    this.#forgetDirectives(known);
    this.#sources.set(key, held);
  }

  #forget(key: string): void {
    this.#forgetDirectives(this.#sources.get(key));
    this.#sources.delete(key);
  }

  #forgetDirectives(held: HeldSource | undefined): void {
    if (held !== undefined) this.#directives.delete(held);
  }

  async lint(): Promise<LintResult> {
    const store = new SessionStore(this.#reader, this.#texts);
    const sources = [...this.#sources.values()];
    const { result, meshes } = await run(this.#plan, sources, {
      store,
      loaders: this.#loaders,
      marked: () => new Set(this.#plan.suppressions === 'none' ? [] : sources.filter(({ marked }) => marked)),
      located: { of: ({ source }) => (source instanceof HeldSource ? source.places : undefined) },
      directives: this.#directives,
      finished: this.#finished,
      checks: (mesh) => this.#checks[mesh] ?? this.#checkMemory(mesh),
    });
    this.#texts = store.texts;
    this.meshes = meshes;
    return result;
  }
}
