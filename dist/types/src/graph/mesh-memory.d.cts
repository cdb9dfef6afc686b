import type { ModelKind } from '../model/kinds.cjs';
import type { Resource } from '../model/resource.cjs';
import type { MeshConfig } from './mesh-config.cjs';
/** Something that answers rest on. `changedAt`: the version of the mesh in which it came to be, or last became another. */
interface Ground {
    changedAt: number;
    /** The last frame that has noted it. */
    notedBy: number;
}
/** The resources of a kind, those of one name, the documents …: what the input says, as far as somebody has asked. */
interface Fact extends Ground {
    readonly kind: 'fact';
}
/** A kept answer. */
interface Derived extends Ground {
    readonly kind: 'derived';
    /** Makes it again; undefined: whoever asks does. */
    readonly again: (() => unknown) | undefined;
    /** Whether it comes to the same for all who rest on it. */
    readonly isAlike: Alike;
    value: unknown;
    hasValue: boolean;
    grounds: readonly (Fact | Derived)[];
    /** The version in which its grounds were last known to be the same as when it was made. */
    verifiedAt: number;
}
type Alike = (before: unknown, now: unknown) => boolean;
/** On what an outcome rests, and when it came about. */
export interface Footing {
    readonly grounds: readonly (Fact | Derived)[];
    readonly version: number;
}
/** What the input says besides its resources by kind and name. */
export type OtherFact = 'resources' | 'documents' | 'apart' | `unread ${ModelKind}` | `config ${keyof MeshConfig}`;
/**
 * Remembers what a mesh has been asked, and on what each answer rests, so that answers stay when something else changes. All that a mesh knows
 * comes through `of`, `named` and the like, or was made of that by `derive` and `remember`; each notes what it is asked. An answer holds for as long
 * as nothing has changed of what was asked while it was computed.
 *
 * What is derived must therefore keep nothing in closures that it computes later by asking the mesh: that is what `remember` is for.
 */
export declare class MeshMemory {
    #private;
    askedKind(kind: ModelKind): void;
    askedName(kind: ModelKind, name: string, resources: readonly Resource[]): void;
    asked(what: OtherFact): void;
    derive<T>(compute: object, run: () => T): T;
    /** Like `derive`, for one thing and some detail of it. */
    deriveFor<T>(compute: object, about: object | string, detail: unknown, run: () => T, isAlike?: (before: T, now: T) => boolean): T;
    /** Like `deriveFor`, for what only who asks can compute: it counts as another one when anything has changed that it rests on. */
    remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T;
    /** Runs something, and says on what its outcome rests. */
    observe<T>(run: () => T): {
        readonly outcome: T;
        readonly footing: Footing;
    };
    /** Whether the same would come of it again. */
    holds({ grounds, version }: Footing): boolean;
    /** One footing for outcomes that all hold now. */
    together(footings: readonly Footing[]): Footing;
    /** The input has become another one. `named`: what a kind now has under a name. */
    advance(kinds: Iterable<ModelKind>, others: Iterable<OtherFact>, named: (kind: ModelKind, name: string) => readonly Resource[]): void;
}
export {};
