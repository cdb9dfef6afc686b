import type { Mesh } from './mesh.cjs';
import type { MeshMemory } from './mesh-memory.cjs';
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
    latest<K extends object | string, D extends object | string | number, T>(compute: (mesh: Mesh, about: K, detail: D) => T, about: K, detail: D, isAlike?: (before: T, now: T) => boolean): T;
    latest<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
    /**
     * Like `deriveFor`, for what is found at once or asked only once, so that a mesh which does not change has nothing to keep. In one that does,
     * who asks rests on what comes of it, and no more on all that it looks at. `isAlike`: whether one answer is as good as another, also for
     * whoever takes it apart; default: it has the very same parts.
     */
    step<K extends object | string, D, T>(compute: (mesh: Mesh, about: K, detail: D) => T, about: K, detail: D, isAlike?: (before: T, now: T) => boolean): T;
    step<K extends object | string, T>(compute: (mesh: Mesh, about: K) => T, about: K): T;
    /** The same for one thing and some detail of it; `compute` may know more than these say, as long as that follows from them. */
    remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T;
}
/** Keeps answers for good, or in a memory for as long as they hold. */
export declare function createAnswers(mesh: () => Mesh, memory: MeshMemory | undefined): Answers;
