/** A request in words, by what of it counts: `path "/a" and method "GET"`; undefined where it only lacks things. */
export function requestWords(witness: ReadonlyMap<string, string | undefined>): string | undefined {
  const parts = [...witness].flatMap(([dimension, value]) =>
    value === undefined || dimension === 'gateway' ? [] : [`${dimension} "${value}"`],
  );
  return parts.length === 0 ? undefined : parts.join(' and ');
}
