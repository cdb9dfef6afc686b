import type { Path, Value } from '../yaml/value.ts';
import type { Placeable } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import type { RawFinding } from './run-rules.ts';

/**
 * What makes a finding the same one although lines have moved, layout has changed and something else was edited: its rule, its resource by the
 * names that are written in it, the keys on the way to its place, the text there, and the names and ports that its message has. Numbers of lines
 * and items, files, counts, guesses at what was meant and the wording of the message are no part of it.
 */
export function identityOfFinding({ rule, fault: { at, message } }: RawFinding): string {
  const { resource } = at;
  const names = resource === undefined ? undefined : writtenNames(resource);
  const path = at.kind === 'text' ? [] : at.path;
  return JSON.stringify([
    rule.id,
    names === undefined ? '' : `${resource?.kind ?? ''} ${names.namespace}/${names.name}`,
    path.filter((step) => typeof step === 'string'),
    textAt(resource, path),
    namesIn(message),
  ]);
}

/** Of a resource of which name or namespace are not known, what stands in its manifest. */
export function writtenNames(resource: Placeable): Placeable['metadata'] {
  return (resource as Partial<Resource>).identity?.written ?? resource.metadata;
}

/** The string at a path; undefined for all else, since a number is no name. */
function textAt(resource: Placeable | undefined, path: Path): string | undefined {
  if (path.length === 0) return undefined;
  let value: unknown = resource;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, Value>>)[step];
  }
  return typeof value === 'string' ? value : undefined;
}

/** What a message names, in its order: what stands in double quotes, and ports; what is guessed comes last and is left out. */
function namesIn(message: string): readonly string[] {
  const guess = message.indexOf('did you mean');
  return (guess === -1 ? message : message.slice(0, guess)).match(/"[^"]*"|\bports? \d+/g) ?? [];
}
