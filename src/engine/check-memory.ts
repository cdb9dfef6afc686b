import { createLivingMesh, type LivingMesh, type Mesh, type MeshInput } from '../graph/mesh.ts';
import { type Footing, MeshMemory } from '../graph/mesh-memory.ts';
import type { Outcome, Recall } from './run-rules.ts';
import { same } from './same.ts';
import type { ActiveRule } from './select.ts';

interface Kept {
  readonly outcome: Outcome;
  readonly footing: Footing;
}

/** One mesh through all its changes, and what the rules have said about it. */
export class CheckMemory {
  #memory = new MeshMemory();
  #living: LivingMesh | undefined;
  #input: MeshInput | undefined;
  #kept = new Map<ActiveRule, WeakMap<object, Kept>>();

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

  readonly recall: Recall = (active, subject, check) => {
    let ofRule = this.#kept.get(active);
    if (ofRule === undefined) this.#kept.set(active, (ofRule = new WeakMap()));
    const kept = ofRule.get(subject);
    if (kept !== undefined && this.#memory.holds(kept.footing)) return kept.outcome;
    const fresh = this.#memory.observe(check);
    ofRule.set(subject, fresh);
    return fresh.outcome;
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
