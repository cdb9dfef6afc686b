import type { ModelKind } from '../model/kinds.ts';
import type { Resource } from '../model/resource.ts';
import { sameItems } from './mesh-input.ts';
import { isSame } from './same-parts.ts';

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

/** What was asked while something was computed. */
interface Frame {
  readonly id: number;
  readonly grounds: (Fact | Derived)[];
}

/** On what an outcome rests, and when it came about. */
export interface Footing {
  readonly grounds: readonly (Fact | Derived)[];
  readonly version: number;
}

interface NameFact extends Fact {
  resources: readonly Resource[];
}

/** What the input says besides its resources by kind and name. */
export type OtherFact = 'resources' | 'documents' | 'apart' | `unread ${ModelKind}`;

/** Beyond this it is time to find out anew what is still of use. */
const mostRemembered = 1_000_000;

/**
 * Remembers what a mesh has been asked, and on what each answer rests, so that answers stay when something else changes. All that a mesh knows
 * comes through `of`, `named` and the like, or was made of that by `derive` and `remember`; each notes what it is asked. An answer holds for as long
 * as nothing has changed of what was asked while it was computed.
 *
 * What is derived must therefore keep nothing in closures that it computes later by asking the mesh: that is what `remember` is for.
 */
export class MeshMemory {
  #version = 1;
  #frames = 0;
  #frame: Frame | undefined;
  readonly #kinds = new Map<ModelKind, Fact>();
  readonly #names = new Map<ModelKind, Map<string, NameFact>>();
  readonly #others = new Map<OtherFact, Fact>();
  readonly #derived = new Map<unknown, Derived>();
  /** How much is remembered, what no longer holds included. */
  #size = 0;
  #remembered = new WeakMap<object, Map<unknown, Map<unknown, Derived>>>();
  #ofTexts = new Map<string, Map<unknown, Map<unknown, Derived>>>();

  askedKind(kind: ModelKind): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    let fact = this.#kinds.get(kind);
    if (fact === undefined) this.#kinds.set(kind, (fact = this.#fact()));
    note(frame, fact);
  }

  askedName(kind: ModelKind, name: string, resources: readonly Resource[]): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    let ofKind = this.#names.get(kind);
    if (ofKind === undefined) this.#names.set(kind, (ofKind = new Map<string, NameFact>()));
    let fact = ofKind.get(name);
    if (fact === undefined) ofKind.set(name, (fact = { ...this.#fact(), resources }));
    note(frame, fact);
  }

  asked(what: OtherFact): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    let fact = this.#others.get(what);
    if (fact === undefined) this.#others.set(what, (fact = this.#fact()));
    note(frame, fact);
  }

  derive<T>(compute: object, run: () => T): T {
    const known = this.#derived.get(compute);
    const derived = known ?? this.#new(run);
    if (known === undefined) this.#derived.set(compute, derived);
    else this.#verify(known);
    return this.#valueOf(derived, run);
  }

  /** Like `derive`, for one thing and some detail of it. */
  deriveFor<T>(compute: object, about: object | string, detail: unknown, run: () => T, isAlike?: (before: T, now: T) => boolean): T {
    // What is known under a key is always of one type.
    return this.#about(compute, about, detail, run, () => this.#new(run, isAlike as Alike | undefined));
  }

  /** Like `deriveFor`, for what only who asks can compute: it counts as another one when anything has changed that it rests on. */
  remember<T>(what: object, about: object | string, detail: unknown, compute: () => T): T {
    return this.#about(what, about, detail, compute, () => this.#new(undefined));
  }

  #about<T>(what: object, about: object | string, detail: unknown, compute: () => T, make: () => Derived): T {
    let ofThing = typeof about === 'string' ? this.#ofTexts.get(about) : this.#remembered.get(about);
    if (ofThing === undefined) {
      ofThing = new Map();
      if (typeof about === 'string') this.#ofTexts.set(about, ofThing);
      else this.#remembered.set(about, ofThing);
    }
    let ofWhat = ofThing.get(what);
    if (ofWhat === undefined) ofThing.set(what, (ofWhat = new Map<unknown, Derived>()));
    const known = ofWhat.get(detail);
    const derived = known ?? make();
    if (known === undefined) {
      ofWhat.set(detail, derived);
      this.#size += 1;
    } else this.#verify(known);
    return this.#valueOf(derived, compute);
  }

  /** Runs something, and says on what its outcome rests. */
  observe<T>(run: () => T): { readonly outcome: T; readonly footing: Footing } {
    const frame = this.#open();
    const outer = this.#frame;
    this.#frame = frame;
    try {
      return { outcome: run(), footing: { grounds: frame.grounds, version: this.#version } };
    } finally {
      this.#frame = outer;
    }
  }

  /** Whether the same would come of it again. */
  holds({ grounds, version }: Footing): boolean {
    for (const ground of grounds) {
      if (ground.kind === 'derived') this.#verify(ground);
      if (ground.changedAt > version) return false;
    }
    return true;
  }

  /** One footing for outcomes that all hold now. */
  together(footings: readonly Footing[]): Footing {
    const frame = this.#open();
    for (const { grounds } of footings) for (const ground of grounds) note(frame, ground);
    return { grounds: frame.grounds, version: this.#version };
  }

  /** The input has become another one. `named`: what a kind now has under a name. */
  advance(kinds: Iterable<ModelKind>, others: Iterable<OtherFact>, named: (kind: ModelKind, name: string) => readonly Resource[]): void {
    this.#version += 1;
    if (this.#size > mostRemembered) {
      this.#remembered = new WeakMap();
      this.#ofTexts = new Map();
      this.#size = 0;
    }
    for (const kind of kinds) {
      const fact = this.#kinds.get(kind);
      if (fact !== undefined) fact.changedAt = this.#version;
      for (const [name, ofName] of this.#names.get(kind) ?? []) {
        const now = named(kind, name);
        if (sameItems(ofName.resources, now)) continue;
        ofName.resources = now;
        ofName.changedAt = this.#version;
      }
    }
    for (const other of others) {
      const fact = this.#others.get(other);
      if (fact !== undefined) fact.changedAt = this.#version;
    }
  }

  #fact(): Fact {
    return { kind: 'fact', changedAt: this.#version, notedBy: 0 };
  }

  #new(again: (() => unknown) | undefined, isAlike: Alike = isSame): Derived {
    return {
      kind: 'derived',
      again,
      isAlike,
      value: undefined,
      hasValue: false,
      grounds: [],
      changedAt: this.#version,
      verifiedAt: this.#version,
      notedBy: 0,
    };
  }

  #open(): Frame {
    this.#frames += 1;
    return { id: this.#frames, grounds: [] };
  }

  #valueOf<T>(derived: Derived, compute: () => T): T {
    if (!derived.hasValue) this.#compute(derived, compute);
    if (this.#frame !== undefined) note(this.#frame, derived);
    return derived.value as T;
  }

  #compute(derived: Derived, compute: () => unknown): void {
    const frame = this.#open();
    const outer = this.#frame;
    this.#frame = frame;
    const had = derived.hasValue;
    const before = derived.value;
    derived.hasValue = false;
    try {
      derived.value = compute();
      derived.hasValue = true;
    } catch (error) {
      // That it fails is an answer, too, and rests on the same.
      if (outer !== undefined) for (const ground of frame.grounds) note(outer, ground);
      derived.changedAt = this.#version;
      throw error;
    } finally {
      this.#frame = outer;
    }
    derived.grounds = frame.grounds;
    derived.verifiedAt = this.#version;
    if (!had || !derived.isAlike(before, derived.value)) derived.changedAt = this.#version;
    // Its parts are known to others as they are.
    else derived.value = before;
  }

  #verify(derived: Derived): void {
    if (derived.verifiedAt === this.#version || !derived.hasValue) return;
    for (const ground of derived.grounds) {
      if (ground.kind === 'derived') this.#verify(ground);
      if (ground.changedAt <= derived.verifiedAt) continue;
      this.#renew(derived);
      return;
    }
    derived.verifiedAt = this.#version;
  }

  /** Others may rest on it, who need not look again when it comes out the same. */
  #renew(derived: Derived): void {
    if (derived.again === undefined) {
      derived.hasValue = false;
      derived.value = undefined;
      derived.changedAt = this.#version;
      return;
    }
    try {
      this.#compute(derived, derived.again);
    } catch {
      // Whoever asks for it meets the error; here nobody has.
    }
  }
}

function note(frame: Frame, ground: Fact | Derived): void {
  if (ground.notedBy === frame.id) return;
  ground.notedBy = frame.id;
  frame.grounds.push(ground);
}
