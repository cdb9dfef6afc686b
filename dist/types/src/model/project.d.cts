import type { Value } from '../yaml/value.cjs';
/**
 * Fields to keep: an object of fields, `[shape]` for a list of such objects, 0 for what is kept as it is, 1 for a map of which only
 * the keys are kept (a Secret's: what must stay secret is not held).
 */
export type Shape = 0 | 1 | {
    readonly [field: string]: Shape;
} | readonly [Shape];
/** The fields of a value that are in the shape, in a new value; a value of another type than the shape expects stays, for the validator to say so. */
export declare function project(value: Value, shape: Shape): Value;
