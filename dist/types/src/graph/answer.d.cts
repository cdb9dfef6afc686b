/**
 * What a look-up says.
 * - `found`: definite.
 * - `order-dependent`: manifests carry no creation time, and Istio lets the oldest decide; `values` are all outcomes, two or more.
 * - `missing`: the input owns the answer, and there is none; `cause` is the key of this failed look-up.
 * - `unknown`: what would answer may lie outside of the input; `reason` says what, and is what the summary counts.
 */
export type Answer<T> = {
    readonly kind: 'found';
    readonly value: T;
} | {
    readonly kind: 'order-dependent';
    readonly values: readonly T[];
} | {
    readonly kind: 'missing';
    readonly cause: string;
} | {
    readonly kind: 'unknown';
    readonly reason: string;
};
export declare function found<T>(value: T): Answer<T>;
export declare function missing(cause: string): Answer<never>;
export declare function unknown(reason: string): Answer<never>;
/** One value: found; several: order-dependent. */
export declare function oneOf<T>(first: T, ...others: readonly T[]): Answer<T>;
/** All values that an answer may come to; none when it is missing or unknown. */
export declare function outcomes<T>(answer: Answer<T>): readonly T[];
