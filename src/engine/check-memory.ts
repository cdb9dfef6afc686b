import { createLivingMesh, type LivingMesh, type Mesh, type MeshInput } from '../graph/mesh.ts';
import { type Footing, MeshMemory } from '../graph/mesh-memory.ts';
import type { SubjectName } from '../graph/subjects.ts';
import { type Outcome, type Recall, type Said, saidOf } from './run-rules.ts';
import { same } from './same.ts';

interface Kept {
  readonly outcome: Outcome;
  readonly footing: Footing;
}

/** What all rules say about a subject. */
interface KeptSubject {
  /** By the number of the rule. */
  readonly each: readonly Kept[];
  /** Those that say something, who are few. */
  readonly said: readonly Said[];
  /** Of all of them. */
  readonly footing: Footing;
}

/** One mesh through all its changes, and what the rules have said about it. */
export class CheckMemory {
  #memory = new MeshMemory();
  #living: LivingMesh | undefined;
  #input: MeshInput | undefined;
  #kept = new Map<SubjectName, WeakMap<object, KeptSubject>>();

  /** The mesh of an input; what was said about it before stays where it still holds. */
  mesh(input: MeshInput): Mesh {
    if (this.#living === undefined || this.#input === undefined || !isLike(this.#input, input)) {
      this.#memory = new MeshMemory();
      this.#kept = new Map();
      this.#living = createLivingMesh(input, this.#memory);
    } else {
      this.#living.replace(input);
    }
    this.#input = input;
    return this.#living.mesh;
  }

  /** Nearly always nothing has changed of what any of the rules asked: rules ask much the same, so that all are looked at together first. */
  readonly recall: Recall = (name, subject, rules, check) => {
    let ofName = this.#kept.get(name);
    if (ofName === undefined) this.#kept.set(name, (ofName = new WeakMap()));
    const kept = ofName.get(subject);
    if (kept !== undefined && this.#memory.holds(kept.footing)) return kept.said;
    const each = rules.map((active, number): Kept => {
      const known = kept?.each[number];
      return known !== undefined && this.#memory.holds(known.footing) ? known : this.#memory.observe(() => check(active));
    });
    const said = saidOf(each.map(({ outcome }) => outcome));
    ofName.set(subject, { each, said, footing: this.#memory.together(each.map(({ footing }) => footing)) });
    return said;
  };
}

/** All that decides besides what a living mesh follows. */
function isLike(before: MeshInput, now: MeshInput): boolean {
  return (
    same(before.complete, now.complete) &&
    same(before.config, now.config) &&
    same(before.networks, now.networks) &&
    before.domain === now.domain &&
    same(before.assume, now.assume)
  );
}
