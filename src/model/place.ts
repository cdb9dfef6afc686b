import type { Source } from '../text/source.ts';
import type { Range } from '../text/range.ts';
import type { Path } from '../yaml/value.ts';

/** A source together with the hash of the text that was read from it, so that a place is never looked up in another text. */
export interface SourceText {
  readonly source: Source;
  readonly hash: number;
  /** Part of the mesh, but never reported on (`--context`). */
  readonly context: boolean;
}

/** Where a resource was read: which document of which source, and the path in it (`items`, 3 for the fourth item of a List). */
export interface Origin {
  readonly text: SourceText;
  readonly document: number;
  readonly item: Path;
}

/** What a place needs to know of a resource; every Resource is one, and so is a document that became none. */
export interface Placeable {
  readonly apiVersion: string;
  /** Model kind of a resource, the written kind of anything else; empty when unknown. */
  readonly kind: string;
  /** Empty strings where unknown. */
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly origin: Origin;
}

/**
 * A place is symbolic until it is reported: rules and graph name a resource and a path, the engine finds line and column.
 * - `node`: a key or value. A `span` lies inside one scalar (offsets in its value); where the raw text differs, the whole scalar is meant.
 * - `missing`: something that is not there; shown at the nearest ancestor that is.
 * - `text`: a range of the source that is no node: comments, text that does not parse.
 */
export type Place =
  | {
      readonly kind: 'node';
      readonly resource: Placeable;
      readonly path: Path;
      readonly part: 'key' | 'value';
      readonly span?: Range;
    }
  | { readonly kind: 'missing'; readonly resource: Placeable; readonly path: Path }
  | { readonly kind: 'text'; readonly text: SourceText; readonly range: Range; readonly resource?: Placeable };

/** What may follow in a path below a value of type T; `undefined` and `null` on the way are looked through. */
type Step<T> = NonNullable<T> extends readonly unknown[] ? number : keyof NonNullable<T> & string;
type Below<T, K> = NonNullable<T> extends readonly (infer Item)[] ? Item : K extends keyof NonNullable<T> ? NonNullable<T>[K] : never;

/**
 * The value at a path of a resource: `at(policy, 'spec', 'mtls', 'mode')`. A misspelt path does not compile.
 * For paths with look-up results in them use the places that the graph hands out.
 */
export function at(resource: Placeable): Place;
export function at<R extends Placeable>(resource: R, a: Step<R>): Place;
export function at<R extends Placeable, A extends Step<R>>(resource: R, a: A, b: Step<Below<R, A>>): Place;
export function at<R extends Placeable, A extends Step<R>, B extends Step<Below<R, A>>>(
  resource: R,
  a: A,
  b: B,
  c: Step<Below<Below<R, A>, B>>,
): Place;
export function at<R extends Placeable, A extends Step<R>, B extends Step<Below<R, A>>, C extends Step<Below<Below<R, A>, B>>>(
  resource: R,
  a: A,
  b: B,
  c: C,
  d: Step<Below<Below<Below<R, A>, B>, C>>,
): Place;
export function at(resource: Placeable, ...path: (string | number)[]): Place {
  return { kind: 'node', resource, path, part: 'value' };
}

/** The key itself instead of its value: for fields that must not be there. */
export function keyAt(place: Place): Place {
  return place.kind === 'node' ? { kind: 'node', resource: place.resource, path: place.path, part: 'key' } : place;
}

/** A place below another one, e.g. of a route that the graph handed out. */
export function below(place: Place, ...steps: readonly (string | number)[]): Place {
  if (place.kind === 'text') return place;
  if (place.kind === 'missing') return { ...place, path: [...place.path, ...steps] };
  // Many of these are kept: a spread would leave room to grow.
  return { kind: 'node', resource: place.resource, path: place.path.concat(steps), part: 'value' };
}

/** The same path as something that is not there. */
export function missingAt(place: Place): Place {
  return place.kind === 'node' ? { kind: 'missing', resource: place.resource, path: place.path } : place;
}

/** A part of a scalar, in offsets of its value. */
export function spanAt(place: Place, start: number, end: number): Place {
  return place.kind === 'node' ? { ...place, span: { start, end } } : place;
}
