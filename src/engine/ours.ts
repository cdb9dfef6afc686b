import { groupOf, isKnownGroup, type Kind, kindOf, kinds } from '../model/kinds.ts';
import type { Value, ValueObject } from '../yaml/value.ts';

/** What says which kind of document it is. */
export interface TypeMeta {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/** Kinds that nothing else is likely to use as a `kind`. */
const kindsOfMeshes: ReadonlySet<string> = new Set(
  kinds.filter(({ group }) => group.endsWith('.istio.io') || group.startsWith('gateway.')).map(({ written }) => written),
);

/** A document of Istio, the Gateway API or Kubernetes, as far as its head can tell. */
export function isOurs({ apiVersion, kind }: TypeMeta): boolean {
  if (apiVersion !== undefined && kind !== undefined) {
    const row = kindOf(apiVersion, itemKindOf(kind) ?? kind);
    return row !== 'foreign' && row !== 'definition';
  }
  if (apiVersion !== undefined) return groupOf(apiVersion) !== '' && isKnownGroup(groupOf(apiVersion));
  return kind !== undefined && kindsOfMeshes.has(kind);
}

export function isOursByValue(value: Value): boolean {
  return isObject(value) && isOurs(typeMetaOf(value));
}

export function isDefinition({ apiVersion, kind }: TypeMeta): boolean {
  return apiVersion !== undefined && kind !== undefined && kindOf(apiVersion, kind) === 'definition';
}

/** The row of a kind that is modelled; also of the items of a typed list. */
export function modelledKind({ apiVersion, kind }: TypeMeta): Kind | undefined {
  if (apiVersion === undefined || kind === undefined) return undefined;
  const row = kindOf(apiVersion, itemKindOf(kind) ?? kind);
  return typeof row === 'string' ? undefined : row;
}

/** `VirtualServiceList` → `VirtualService`; undefined for what is no typed list. */
function itemKindOf(kind: string): string | undefined {
  return kind.endsWith('List') && kind !== 'List' ? kind.slice(0, -'List'.length) : undefined;
}

export function typeMetaOf(value: Value): TypeMeta {
  return { apiVersion: stringOf(value, 'apiVersion'), kind: stringOf(value, 'kind') };
}

export function isObject(value: unknown): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function stringOf(value: Value | undefined, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
}

/** The items of a list; none where there is no list. */
export function itemsOf(value: Value | undefined, name: string): readonly Value[] {
  const field = fieldOf(value, name);
  return isList(field) ? field : [];
}

/** The strings of a list. */
export function stringsOf(value: Value | undefined, name: string): readonly string[] {
  return itemsOf(value, name).filter((item): item is string => typeof item === 'string');
}
