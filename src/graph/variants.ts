import type { Placeable, SourceText } from '../model/place.ts';
import { nameOf, type Resource } from '../model/resource.ts';

/**
 * Repositories hold the same resource several times: overlays/dev and overlays/prod, samples that reuse names. Files that have different
 * resources of one kind, namespace and name are variants: which one is real is not known, and what is true of both together is true of no cluster.
 */
export interface Variants {
  /** False when the input shows that these two sources are variants of each other, or lie in folders that are. */
  coexist(a: SourceText, b: SourceText): boolean;
}

/** More different contents of one identity are not told apart any further. */
const mostContents = 16;

/** A content that an identity has; sources with different ones are variants. */
interface Clash {
  readonly identity: number;
  readonly content: number;
}

/** `groups`: the resources of each identity that clash. */
export function createVariants(groups: Iterable<readonly Resource[]>): Variants {
  const clashes = new Map<SourceText, Clash[]>();
  const folders = new VariantFolders();
  let identities = 0;
  for (const group of groups) {
    const contents: Resource[] = [];
    const sources = new Map<SourceText, number>();
    for (const resource of group) {
      const { text } = resource.origin;
      // What stands last in a file is what is applied.
      let content = contents.findIndex((other) => sameContent(other, resource));
      if (content === -1) {
        content = contents.length;
        if (contents.length < mostContents) contents.push(resource);
      }
      sources.set(text, content);
    }
    identities += 1;
    for (const [text, content] of sources) {
      const known = clashes.get(text);
      if (known === undefined) clashes.set(text, [{ identity: identities, content }]);
      else known.push({ identity: identities, content });
    }
    folders.add([...sources].map(([text, content]) => ({ path: text.source.path, content })));
  }

  return {
    coexist(a, b) {
      if (a === b || clashes.size === 0) return true;
      const ofA = clashes.get(a);
      const ofB = clashes.get(b);
      if (ofA?.some((one) => ofB?.some((other) => other.identity === one.identity && other.content !== one.content) === true) === true)
        return false;
      return !folders.differ(a.source.path, b.source.path);
    },
  };
}

/** Resources of one kind that have the same identity in several sources, and of which at least two differ. Looks at each resource once. */
export function clashingGroups(resources: readonly Resource[]): readonly (readonly Resource[])[] {
  const first = new Map<string, Resource>();
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const name = nameOf(resource);
    const known = first.get(name);
    if (known === undefined) {
      first.set(name, resource);
      continue;
    }
    const group = groups.get(name);
    if (group !== undefined) group.push(resource);
    else if (known.origin.text !== resource.origin.text) groups.set(name, [known, resource]);
  }
  return [...groups.values()].filter((group) => group.some((resource) => group[0] !== undefined && !sameContent(group[0], resource)));
}

/**
 * Folders that hold variants: where dev/shop/routes.yaml and prod/shop/routes.yaml differ in one step of their path only, everything in dev/
 * is a variant of everything in prod/. Files of other names say nothing of the folders that they lie in.
 */
class VariantFolders {
  /** Names of such folders, by the folder that they are in. */
  readonly #siblings = new Map<string, Set<string>>();

  add(files: readonly { readonly path: string; readonly content: number }[]): void {
    const byPattern = new Map<string, { readonly parent: string; readonly names: Set<string>; readonly contents: Set<number> }>();
    for (const { path, content } of files) {
      const steps = path.split('/');
      for (let i = 0; i < steps.length - 1; i += 1) {
        const parent = steps.slice(0, i).join('/');
        const pattern = `${parent}\n${steps.slice(i + 1).join('/')}`;
        const like = byPattern.get(pattern) ?? { parent, names: new Set<string>(), contents: new Set<number>() };
        byPattern.set(pattern, like);
        like.names.add(steps[i] ?? '');
        like.contents.add(content);
      }
    }
    for (const { parent, names, contents } of byPattern.values()) {
      if (names.size < 2 || contents.size < 2) continue;
      const known = this.#siblings.get(parent) ?? new Set<string>();
      this.#siblings.set(parent, known);
      for (const name of names) known.add(name);
    }
  }

  differ(a: string, b: string): boolean {
    if (this.#siblings.size === 0) return false;
    const stepsOfA = a.split('/');
    const stepsOfB = b.split('/');
    const apart = stepsOfA.findIndex((step, i) => step !== stepsOfB[i]);
    const siblings = apart === -1 ? undefined : this.#siblings.get(stepsOfA.slice(0, apart).join('/'));
    return siblings?.has(stepsOfA[apart] ?? '') === true && siblings.has(stepsOfB[apart] ?? '');
  }
}

/** What is compared of a resource besides its fields: nothing of what is said about them. */
type Comparable = Placeable & Partial<Pick<Resource, 'doubts' | 'identity'>>;

/** Whether two resources say the same; where they were read does not count. */
export function sameContent(a: Comparable, b: Comparable): boolean {
  if (a === b) return true;
  const { origin: _a, doubts: _doubtsOfA, identity: _identityOfA, ...contentOfA } = a;
  const { origin: _b, doubts: _doubtsOfB, identity: _identityOfB, ...contentOfB } = b;
  return equal(contentOfA, contentOfB);
}

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
