/**
 * What a look-up says.
 * - `found`: definite.
 * - `order-dependent`: manifests carry no creation time, and Istio lets the oldest decide; `values` are all outcomes, two or more.
 * - `missing`: the input owns the answer, and there is none; `cause` is the key of this failed look-up.
 * - `unknown`: what would answer may lie outside of the input; `reason` says what, and is what the summary counts.
 */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'order-dependent'; readonly values: readonly T[] }
  | { readonly kind: 'missing'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export function found<T>(value: T): Answer<T> {
  return { kind: 'found', value };
}

export function missing(cause: string): Answer<never> {
  return { kind: 'missing', cause };
}

export function unknown(reason: string): Answer<never> {
  return { kind: 'unknown', reason };
}

/** One value: found; several: order-dependent. */
export function oneOf<T>(first: T, ...others: readonly T[]): Answer<T> {
  return others.length === 0 ? found(first) : { kind: 'order-dependent', values: [first, ...others] };
}

/** All values that an answer may come to; none when it is missing or unknown. */
export function outcomes<T>(answer: Answer<T>): readonly T[] {
  if (answer.kind === 'found') return [answer.value];
  return answer.kind === 'order-dependent' ? answer.values : [];
}
