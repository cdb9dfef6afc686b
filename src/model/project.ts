import type { Value } from '../yaml/value.ts';
import { isList, isObject } from './collections.ts';

/**
 * Fields to keep: an object of fields, `[shape]` for a list of such objects, 0 for what is kept as it is, 1 for a map of which only
 * the keys are kept (a Secret's: what must stay secret is not held).
 */
export type Shape = 0 | 1 | { readonly [field: string]: Shape } | readonly [Shape];

/** The fields of a value that are in the shape, in a new value; a value of another type than the shape expects stays, for the validator to say so. */
export function project(value: Value, shape: Shape): Value {
  if (shape === 0) return value;
  if (shape === 1) return isObject(value) ? withoutValues(value) : value;
  if (isShapeOfItems(shape)) return isList(value) ? value.map((item) => project(item, shape[0])) : value;
  if (!isObject(value)) return value;
  const kept: Record<string, Value> = {};
  for (const field in shape) {
    const child = value[field];
    const childShape = shape[field];
    if (child !== undefined && childShape !== undefined) kept[field] = project(child, childShape);
  }
  return kept;
}

function withoutValues(value: { readonly [key: string]: Value }): Value {
  return Object.fromEntries(Object.keys(value).map((key) => [key, '']));
}

function isShapeOfItems(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
