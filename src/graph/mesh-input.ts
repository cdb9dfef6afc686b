import type { ModelKind } from '../model/kinds.ts';
import type { Resource } from '../model/resource.ts';
import { changedSettings } from './living-config.ts';
import type { MeshInput } from './mesh.ts';
import type { OtherFact } from './mesh-memory.ts';

export function groupByKind(resources: readonly Resource[]): ReadonlyMap<ModelKind, readonly Resource[]> {
  const byKind = new Map<ModelKind, Resource[]>();
  for (const resource of resources) {
    const known = byKind.get(resource.kind);
    if (known === undefined) byKind.set(resource.kind, [resource]);
    else known.push(resource);
  }
  return byKind;
}

/** The kinds of which there are other resources, or the same in another order. */
export function changedKinds(
  before: ReadonlyMap<ModelKind, readonly Resource[]>,
  now: ReadonlyMap<ModelKind, readonly Resource[]>,
): readonly ModelKind[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((kind) => !sameItems(before.get(kind) ?? [], now.get(kind) ?? []));
}

/** What of the input has changed, besides the resources of kinds and names. */
export function* otherChanges(before: MeshInput, now: MeshInput): Iterable<OtherFact> {
  if (!sameItems(before.resources, now.resources)) yield 'resources';
  if (!sameItems(before.documents, now.documents)) yield 'documents';
  if (before.apart !== now.apart) yield 'apart';
  for (const setting of changedSettings(before.config, now.config)) yield `config ${setting}`;
  const { unread: unreadBefore = [] } = before;
  const { unread = [] } = now;
  if (sameItems(unreadBefore, unread)) return;
  for (const kind of new Set([...unreadBefore, ...unread].map((entry) => entry.kind))) yield `unread ${kind}`;
}

export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}
