import { sameItems } from './mesh-input.ts';

/** Lists in a map in a list are looked into, and the objects in them. */
const deepest = 4;

/** Whether two values are made of the very same parts. Plain objects are looked into no further: most have an identity that counts. */
export function isSame(a: unknown, b: unknown, depth = deepest): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i], depth - 1));
  if (a instanceof Map && b instanceof Map) return isSameMap(a, b, depth);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && sameItems([...a], [...b]);
  return isPlain(a) && isPlain(b) && haveSameFields(a, b, depth);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Lists, maps and sets in it have no identity of their own; what they hold has. */
function haveSameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, depth: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSameField(a[key], b[key], depth));
}

function isSameField(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  return (a instanceof Map || a instanceof Set) && isSame(a, b, depth - 1);
}

function isSameMap(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>, depth: number): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const other = others.next().value;
    if (other === undefined || !Object.is(key, other[0]) || !isSame(value, other[1], depth - 1)) return false;
  }
  return true;
}
