import type { Value } from './value.ts';

/** Sets an own property, even one that is called `__proto__`. */
export function define(object: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

/** Whether the object owns the key. The first look is the fast one, and only wrong for what Object.prototype has. */
export function hasKey(object: Record<string, Value>, key: string): boolean {
  return object[key] !== undefined && Object.hasOwn(object, key);
}

/** V8 gives an array that grows by push room for 17 items; a copy has just the room that it needs. Most lists hold one to three items. */
export function exactly(items: readonly Value[]): readonly Value[] {
  return items.length < 12 ? items.slice() : items;
}
