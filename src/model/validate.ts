import type { Path, Value } from '../yaml/value.ts';
import { isObject } from './collections.ts';
import type { ModelKind } from './kinds.ts';
import type { ResourceDocuments } from './types.ts';
import type { ValidatorModule } from './validators.ts';
import { type SchemaProblem, withoutFaults } from './without-faults.ts';

export type { SchemaProblem } from './without-faults.ts';

export interface Validated<K extends ModelKind> {
  /** At most 101. */
  readonly problems: readonly SchemaProblem[];
  /** How many problems there are beyond these; where a document has thousands, not all are counted. */
  readonly more: number;
  /** The document without what is wrong; undefined when the rest would mean nothing (no name, no spec where one must be). */
  readonly value: ResourceDocuments[K] | undefined;
  /**
   * What `value` lacks because it was wrong, or because something without which it means nothing was: never an item of a list, but the list.
   * Properties that are null are absent as well, and not listed: they say nothing.
   */
  readonly leftOut: readonly Path[];
}

/**
 * Holds a document against the schema of its kind, and leaves out what is wrong, so that the rest has the type. `value` is never changed;
 * where nothing is wrong it is what comes back. A property that is null is the same as an absent one, as the API server removes it.
 * A resource that has only `generateName` gets that as its name: there is no other by which it could be called.
 */
export function validate<K extends ModelKind>(_kind: K, value: Value, { validate: check }: ValidatorModule): Validated<K> {
  // The types are made from the schema that the validator was made from.
  const typed = (valid: Value): ResourceDocuments[K] => valid as unknown as ResourceDocuments[K];
  const document = withName(value);
  if (check(document)) return { problems: [], more: 0, value: typed(document), leftOut: [] };
  const { value: rest, ...faults } = withoutFaults(document, check);
  return { ...faults, value: rest === undefined ? undefined : typed(rest) };
}

function withName(value: Value): Value {
  if (!isObject(value) || !Object.hasOwn(value, 'metadata')) return value;
  const { metadata } = value;
  if (!isObject(metadata) || (Object.hasOwn(metadata, 'name') && metadata['name'] !== null)) return value;
  const prefix = Object.hasOwn(metadata, 'generateName') ? metadata['generateName'] : undefined;
  return typeof prefix === 'string' && prefix !== '' ? { ...value, metadata: { ...metadata, name: prefix } } : value;
}
