import { hasPlaceholder, doubtReasons } from '../model/doubt.ts';
import { kindRow, kinds, type ModelKind } from '../model/kinds.ts';
import type { Placeable } from '../model/place.ts';
import type { Resource, ResourceOf } from '../model/resource.ts';
import { type Answer, found, missing, oneOf, unknown } from './answer.ts';
import { type Assumptions, assumedBy } from './assumptions.ts';
import { type Completeness, completenessOf } from './completeness.ts';
import type { Mesh } from './mesh.ts';
import { type SecretDefinition, secretsOf } from './secrets.ts';
import { type Unread, type UnreadOfKind, unreadOfKind } from './unread.ts';
import { clashingGroups, createVariants, sameContent, type Variants } from './variants.ts';

/** What the input can say about what exists. Rules and graph never conclude from absence otherwise. */
export interface Inventory {
  /**
   * Whether all resources of these kinds are in the input, so that finding none of them is evidence; without a namespace: those of all
   * namespaces. False where one could not be read, or may be in that namespace without that it is known (placeholders, Kustomize).
   */
  isComplete(kinds: ModelKind | readonly ModelKind[], namespace?: string): boolean;
  /**
   * The resource of a kind by its name (namespace '' for kinds without). `missing` only where absence is evidence. Where files define it in
   * different ways the answer is `order-dependent` with all of them: which one is real is not known, and a fault must hold for each. `from`
   * is the resource that refers to it: definitions that never exist together with it are then left out, as long as there are others.
   */
  lookup<K extends ModelKind>(kind: K, namespace: string, name: string, from?: Placeable): Answer<ResourceOf<K>>;
  /** Like `lookup`, for a Secret or what makes one: cert-manager, external secrets, sealed secrets, the CSI driver. */
  secret(namespace: string, name: string): Answer<SecretDefinition>;
  /** The configuration says that it exists elsewhere; nothing else of it is known. */
  assumes(kind: ModelKind, namespace: string, name: string): boolean;
  /** The configuration says that there is a service of that host (a full name) elsewhere. */
  assumesHost(fqdn: string): boolean;
  /**
   * Different resources of the same kind, namespace and name in other files: which one is real is not known. They neither conflict with
   * this one, nor decide beside it.
   */
  alternatives(resource: Resource): readonly Resource[];
  /** False when two resources stand in files that are variants of each other: what they do together is no fault. */
  coexist(a: Placeable, b: Placeable): boolean;
}

export interface InventoryInput {
  readonly resources: readonly Resource[];
  readonly complete: Completeness;
  readonly domain: string;
  readonly assume?: Assumptions;
  readonly unread?: readonly Unread[];
  /** Whether the input itself says that two sources are never applied together (overlays of one base). */
  readonly apart?: (a: Placeable, b: Placeable) => boolean;
}

/** The input when it is asked: parts of it may be others later. */
export interface InventorySource {
  readonly complete: Completeness;
  readonly domain: string;
  readonly assume: Assumptions;
  unread(kind: ModelKind): readonly Unread[];
  apart(a: Placeable, b: Placeable): boolean;
}

/** Key of a failed look-up, `gateway shop/edge`: what `Fault.cause` and `Fault.reports` hold. */
function causeOf(kind: ModelKind, namespace: string, name: string): string {
  return `${kind.toLowerCase()} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

const assumed = 'it is assumed to exist elsewhere';

/** Asks the mesh, of which it is a part, only when it is asked itself. */
export function createInventory(input: InventorySource, mesh: () => Mesh): Inventory {
  const declared = completenessOf(input.complete);
  const assumptions = assumedBy(input.assume, input.domain);
  /** Nearly always there are none, whatever else changes. */
  const unidentified = perKind((kind) => (of: Mesh) => of.of(kind).filter(({ identity }) => identity !== undefined));
  const unread = perKind((kind) => (of: Mesh) => unreadOfKind(input.unread(kind), of.derive(unidentified(kind))));
  const unreadOf = (kind: ModelKind): UnreadOfKind => mesh().derive(unread(kind));
  const coexist = (a: Placeable, b: Placeable): boolean => {
    if (a.origin.text === b.origin.text) return true;
    return mesh().derive(variants).coexist(a.origin.text, b.origin.text) && !input.apart(a, b);
  };

  /** What is said of something that is not in the input. */
  function absent(kinds: readonly [ModelKind, ...ModelKind[]], namespace: string, name: string): Answer<never> {
    const [kind] = kinds;
    if (assumptions.has(kind, namespace, name)) return unknown(assumed);
    for (const each of kinds) {
      const reason = unreadOf(each).mayBe(namespace, name);
      if (reason !== undefined) return unknown(reason);
    }
    if (declared(kind, namespace)) return missing(causeOf(kind, namespace, name));
    return unknown(`no such ${kindRow(kind).written} in the input`);
  }

  return {
    isComplete(kinds, namespace) {
      if (namespace !== undefined && hasPlaceholder(namespace)) return false;
      const all = typeof kinds === 'string' ? [kinds] : kinds;
      return all.every((kind) => declared(kind, namespace) && unreadOf(kind).mayBeIn(namespace) === undefined);
    },
    lookup<K extends ModelKind>(kind: K, namespace: string, name: string, from?: Placeable): Answer<ResourceOf<K>> {
      if (hasPlaceholder(namespace) || hasPlaceholder(name)) return unknown(doubtReasons.identity);
      const definitions = distinct<ResourceOf<K> & Placeable>(mesh().named(kind, namespace, name));
      const [first, ...others] = nearTo(from, definitions);
      return first === undefined ? absent([kind], namespace, name) : oneOf(first, ...others);
    },
    secret(namespace, name) {
      if (hasPlaceholder(namespace) || hasPlaceholder(name)) return unknown(doubtReasons.identity);
      const [definition] = secretsOf(mesh()).byName.get(`${namespace}/${name}`) ?? [];
      if (definition !== undefined) return found(definition);
      if (secretsOf(mesh()).unnamed.has(namespace)) return unknown(doubtReasons.placeholder);
      return absent(['Secret', 'Certificate', 'ExternalSecret', 'SealedSecret', 'SecretProviderClass'], namespace, name);
    },
    assumes: (kind, namespace, name) => assumptions.has(kind, namespace, name),
    assumesHost: (fqdn) => assumptions.hasHost(fqdn),
    alternatives(resource) {
      const { kind, metadata, origin } = resource;
      const same: readonly Resource[] = mesh().named(kind, metadata.namespace, metadata.name);
      if (same.length < 2) return [];
      return same.filter((other) => other.origin.text !== origin.text && !sameContent(other, resource));
    },
    coexist,
  };

  function nearTo<R extends Placeable>(from: Placeable | undefined, definitions: readonly R[]): readonly R[] {
    if (from === undefined || definitions.length < 2) return definitions;
    const near = definitions.filter((definition) => coexist(from, definition));
    return near.length === 0 ? definitions : near;
  }
}

/** A function of the mesh for each kind, always the same one. */
function perKind<T>(make: (kind: ModelKind) => (mesh: Mesh) => T): (kind: ModelKind) => (mesh: Mesh) => T {
  const made = new Map<ModelKind, (mesh: Mesh) => T>();
  return (kind) => {
    const known = made.get(kind) ?? make(kind);
    made.set(kind, known);
    return known;
  };
}

const clashes = perKind((kind) => (mesh) => clashingGroups(mesh.of(kind)));

function variants(mesh: Mesh): Variants {
  return createVariants(kinds.flatMap(({ kind }) => mesh.derive(clashes(kind))));
}

/** Of the same resource in one file the last is what is applied; of equal ones in several files the first stands for all. */
function distinct<R extends Placeable>(same: readonly R[]): readonly R[] {
  if (same.length < 2) return same;
  const lastOfSource = new Map(same.map((resource) => [resource.origin.text, resource]));
  const result: R[] = [];
  for (const resource of lastOfSource.values()) if (!result.some((known) => sameContent(known, resource))) result.push(resource);
  return result;
}
