import type { UnknownIdentity } from '../model/doubt.ts';
import type { Path } from '../yaml/value.ts';
import { concerns } from './kustomize-patches.ts';
import type { Context, KustomizedFile } from './kustomize-tree.ts';
import type { ReadResource } from './read-resources.ts';

/** Who a resource is, as far as that is known. */
export interface Identity {
  readonly name: string;
  readonly namespace: string;
  readonly unknown: UnknownIdentity | undefined;
}

/** More alternatives are not written out. */
const mostShown = 4;

/** Name and namespace of a resource that kustomizations take in. Source: kustomize, api/internal/builtins (Namespace- and PrefixTransformer). */
export function identifyInKustomize(read: ReadResource, { contexts, patches }: KustomizedFile, defaultNamespace: string): Identity {
  const { row, name, namespace } = read;
  const inCluster = row.scope === 'cluster';
  const written = { name, namespace };
  const renamed = patches.some((some) => some.some((patch) => patch.paths.some(leadsToName) && concerns(patch, row, [name])));
  if (renamed || contexts.some(({ opaque }) => opaque)) {
    return {
      name: `{…}${name}`,
      namespace: inCluster ? '' : '{…}',
      unknown: { namespaces: inCluster ? [''] : undefined, names: undefined, written },
    };
  }
  const namespaces = inCluster ? [''] : unique(contexts.map((context) => context.namespace ?? (namespace || defaultNamespace)));
  if (row.kind === 'Namespace') {
    // It takes the kustomization's namespace for its name, and neither prefix nor suffix.
    const names = unique(contexts.map((context) => context.namespace ?? name));
    return { name: oneOf(names), namespace: '', unknown: names.length > 1 ? { namespaces, names, written } : undefined };
  }
  const affixed = contexts.some(({ prefix, suffix }) => prefix !== '' || suffix !== '');
  const names = affixed ? unique(contexts.map(({ prefix, suffix }) => prefix + name + suffix)) : [name];
  return {
    name: affixed ? withAffixes(name, contexts) : name,
    namespace: oneOf(namespaces),
    unknown: affixed || namespaces.length > 1 ? { namespaces, names, written } : undefined,
  };
}

/** A patch of all of it (the empty path) may delete it, and leaves its name. */
function leadsToName([first, second, ...more]: Path): boolean {
  return first === 'metadata' && (second === undefined || second === 'name' || second === 'namespace') && more.length === 0;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** `{dev,prod}`: no name can be that. */
function oneOf(texts: readonly string[]): string {
  const [only = '', ...others] = texts;
  return others.length === 0 ? only : inBraces(texts);
}

function inBraces(texts: readonly string[]): string {
  return `{${texts.slice(0, mostShown).join(',')}${texts.length > mostShown ? ',…' : ''}}`;
}

/** `{prod-}web`. */
function withAffixes(name: string, contexts: readonly Context[]): string {
  const part = (texts: readonly string[]): string => (texts.join('') === '' ? '' : inBraces(texts));
  return `${part(unique(contexts.map(({ prefix }) => prefix)))}${name}${part(unique(contexts.map(({ suffix }) => suffix)))}`;
}
