import type { Mesh } from './mesh.ts';
import type { MeshMemory } from './mesh-memory.ts';

/** What is made of a mesh and kept. Everything that asks the mesh and keeps what it found does so here, and nowhere else. */
export interface Answers {
  /** Keeps what a pure function makes of this mesh; the function itself is the key. */
  derive<T>(compute: (mesh: Mesh) => T): T;
  /** The same for what is said of one thing, or of one thing and some detail of it. */
  deriveFor<K extends object | string, D, T>(compute: (mesh: Mesh, about: K, detail: D) => T, about: K, detail: D): T;
  deriveFor<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
  /**
   * Like `deriveFor`, for what rules ask about one subject after the other: a mesh that does not change keeps only what was said of the last one,
   * since to keep it of all would cost more memory than the resources.
   */
  latest<K extends object | string, D extends object | string | number, T>(
    compute: (mesh: Mesh, about: K, detail: D) => T,
    about: K,
    detail: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T;
  latest<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
  /**
   * Like `deriveFor`, for what is found at once or asked only once, so that a mesh which does not change has nothing to keep. In one that does,
   * who asks rests on what comes of it, and no more on all that it looks at. `isAlike`: whether one answer is as good as another, also for
   * whoever takes it apart; default: it has the very same parts.
   */
  step<K extends object | string, D, T>(
    compute: (mesh: Mesh, about: K, detail: D) => T,
    about: K,
    detail: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T;
  step<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
  /** The same for one thing and some detail of it; `compute` may know more than these say, as long as that follows from them. */
  remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T;
}

/** Keeps answers for good, or in a memory for as long as they hold. */
export function createAnswers(mesh: () => Mesh, memory: MeshMemory | undefined): Answers {
  const derived = new Map<unknown, unknown>();
  const derivedFor = new Map<unknown, Map<unknown, unknown>>();
  /** Overwritten in place: what is dropped for something new would take along, into the old generation, all that it refers to. */
  const last = new Map<unknown, { about: unknown; readonly details: unknown[]; readonly said: unknown[]; count: number }>();
  const remembered = new Map<unknown, Map<unknown, Map<unknown, unknown>>>();

  function derive<T>(compute: (of: Mesh) => T): T {
    if (memory !== undefined) return memory.derive(compute, () => compute(mesh()));
    const known = derived.get(compute);
    if (known !== undefined || derived.has(compute)) return known as T;
    const answer = compute(mesh());
    derived.set(compute, answer);
    return answer;
  }

  function deriveFor<K extends object | string, D, T>(compute: (of: Mesh, about: K, detail?: D) => T, about: K, detail?: D): T {
    if (memory !== undefined) return step(compute, about, detail);
    if (detail !== undefined) return remember(compute, about, detail, () => compute(mesh(), about, detail));
    const known = derivedFor.get(compute) ?? new Map<unknown, unknown>();
    derivedFor.set(compute, known);
    if (!known.has(about)) known.set(about, compute(mesh(), about));
    return known.get(about) as T;
  }

  function latest<K extends object | string, D extends object | string | number, T>(
    compute: (of: Mesh, about: K, detail?: D) => T,
    about: K,
    detail?: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T {
    if (memory !== undefined) return step(compute, about, detail, isAlike);
    let known = last.get(compute);
    if (known === undefined) last.set(compute, (known = { about, details: [], said: [], count: 0 }));
    if (known.about !== about) {
      known.about = about;
      known.count = 0;
    }
    for (let i = 0; i < known.count; i += 1) if (known.details[i] === detail) return known.said[i] as T;
    const answer = compute(mesh(), about, detail);
    // It may have asked the same of something else.
    if (known.about !== about) return answer;
    known.details[known.count] = detail;
    known.said[known.count] = answer;
    known.count += 1;
    return answer;
  }

  function step<K extends object | string, D, T>(
    compute: (of: Mesh, about: K, detail?: D) => T,
    about: K,
    detail?: D,
    isAlike?: (before: T, now: T) => boolean,
  ): T {
    if (memory === undefined) return compute(mesh(), about, detail);
    return memory.deriveFor(compute, about, detail, () => compute(mesh(), about, detail), isAlike);
  }

  function remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T {
    if (memory !== undefined) return memory.remember(what, about, detail, compute);
    const ofWhat = remembered.get(what) ?? new Map<unknown, Map<unknown, unknown>>();
    remembered.set(what, ofWhat);
    const known = ofWhat.get(about) ?? new Map<unknown, unknown>();
    ofWhat.set(about, known);
    if (!known.has(detail)) known.set(detail, compute());
    return known.get(detail) as T;
  }

  return { derive, deriveFor, latest, step, remember };
}
