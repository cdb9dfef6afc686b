import type { Resource } from '../../model/resource.ts';
import { met } from './encounters.test-support.ts';
import { hostName } from './hosts.test-support.ts';
import type { HttpMatch, HttpRoute, VirtualService } from './route-match.test-support.ts';
import { gatewayName } from './visibility.test-support.ts';
import { ofKind, type World } from './world.test-support.ts';

type StringMatch = NonNullable<HttpMatch['uri']>;

/** The VirtualService and the place in its `http` that a route comes from: the delegate's own. */
export interface Origin {
  readonly leaf: VirtualService;
  readonly index: number;
}

const origins = new WeakMap<HttpRoute, Origin>();

/** Of a route of a VirtualService that has delegates; undefined: it is as it was written. */
export function originOf(route: HttpRoute): Origin | undefined {
  return origins.get(route);
}

/**
 * §3.2, "Delegates": the same mesh with no delegates in it. Every root has in its `http` what the delegates add, with the names of the
 * delegate's namespace written out ("delegates resolve in the delegate's ns"), and VirtualServices without hosts are gone.
 */
export function withoutDelegates(world: World): World {
  const resources = world.resources.flatMap((resource): readonly Resource[] => {
    if (resource.kind !== 'VirtualService') return [resource];
    const { hosts = [], http } = resource.spec;
    if (hosts.length === 0) return [];
    if (http === undefined || http.every(({ delegate }) => delegate === undefined)) return [resource];
    return [{ ...resource, spec: { ...resource.spec, http: http.flatMap((route, index) => merged(world, resource, route, index)) } }];
  });
  return { ...world, resources };
}

/** A root entry as it is, or what its delegate makes of it. */
function merged(world: World, root: VirtualService, entry: HttpRoute, at: number): readonly HttpRoute[] {
  const { delegate } = entry;
  if (delegate === undefined) return [from(root, at, { ...entry })];
  const namespace = delegate.namespace === undefined || delegate.namespace === '' ? root.metadata.namespace : delegate.namespace;
  // "delegate has no hosts"
  const leaf = ofKind(world, 'VirtualService').find(
    ({ metadata, spec }) => metadata.namespace === namespace && metadata.name === delegate.name && (spec.hosts ?? []).length === 0,
  );
  // "Missing/not-exported delegate drops only that root entry": it must be exported to the root's namespace.
  if (leaf === undefined) {
    met('a delegate that is missing');
    return [];
  }
  if (!isExportedTo(world, leaf, root.metadata.namespace)) {
    met("a delegate that is not exported to its root's namespace");
    return [];
  }
  const routes = leaf.spec.http ?? [];
  // "A leaf that itself delegates drops **all** its routes."
  if (routes.some((route) => route.delegate !== undefined)) {
    met('a delegate that delegates');
    return [];
  }
  met(namespace === root.metadata.namespace ? 'a delegate' : 'a delegate in another namespace');
  return routes.flatMap((route, index) => {
    const one = mergedRoute(resolved(world, root, entry), resolved(world, leaf, route));
    return one === undefined ? [] : [from(leaf, index, one)];
  });
}

function from(leaf: VirtualService, index: number, route: HttpRoute): HttpRoute {
  origins.set(route, { leaf, index });
  return route;
}

function isExportedTo(world: World, leaf: VirtualService, namespace: string): boolean {
  const exportTo = leaf.spec.exportTo ?? [];
  const effective = exportTo.length === 0 ? [world.exportTo.virtualService] : exportTo;
  return effective.some((item) => item === '*' || item === namespace || (item === '.' && leaf.metadata.namespace === namespace));
}

/** Every name of a route as its VirtualService means it: hosts of destinations, and gateways. */
function resolved(world: World, owner: VirtualService, route: HttpRoute): HttpRoute {
  const { namespace } = owner.metadata;
  return {
    ...route,
    ...(route.match === undefined
      ? {}
      : {
          match: route.match.map((match) =>
            match.gateways === undefined ? match : { ...match, gateways: match.gateways.map((gateway) => gatewayName(gateway, namespace)) },
          ),
        }),
    ...(route.route === undefined
      ? {}
      : {
          route: route.route.map((one) => ({
            ...one,
            destination: { ...one.destination, host: hostName(world, one.destination.host, namespace) },
          })),
        }),
  };
}

function mergedRoute(root: HttpRoute, leaf: HttpRoute): HttpRoute | undefined {
  const matches = mergedMatches(root.match ?? [], leaf.match ?? []);
  if (matches === undefined) return undefined;
  const { match: _unmerged, ...rest } = leaf;
  return {
    ...rest,
    ...(matches.length === 0 ? {} : { match: matches }),
    // "rewrite/timeout/retries/fault/mirror/cors/headers likewise"; "`redirect` is not inherited"; "`directResponse` is inherited".
    ...filled(root, leaf, 'directResponse'),
    ...filled(root, leaf, 'rewrite'),
  };
}

function filled(root: HttpRoute, leaf: HttpRoute, field: 'directResponse' | 'rewrite'): Partial<HttpRoute> {
  const value = leaf[field] ?? root[field];
  return value === undefined ? {} : { [field]: value };
}

/** Undefined: in conflict, so that the route is dropped. */
function mergedMatches(root: readonly HttpMatch[], leaf: readonly HttpMatch[]): readonly HttpMatch[] | undefined {
  if (root.length === 0) {
    met('a root entry without matches');
    return leaf;
  }
  // "a match-less delegate route inherits the root matches"
  if (leaf.length === 0) {
    met("a delegate's route without matches");
    return root;
  }
  const all: HttpMatch[] = [];
  for (const match of leaf) {
    const compatible = root.filter((one) => !isInConflict(one, match));
    // "every match of a delegate route must be compatible with at least one root match, else the whole delegate route … is dropped"
    if (compatible.length === 0) {
      met(all.length === 0 ? "a delegate's match in conflict" : "a delegate's route that one match of several drops");
      return undefined;
    }
    if (compatible.length > 1) met("a delegate's match that several of its root fit");
    if (compatible.length < root.length) met("a delegate's match that some of its root fit");
    // "The output is leaf × every compatible root match."
    for (const one of compatible) all.push(mergedMatch(one, match));
  }
  return all;
}

const strings = ['uri', 'scheme', 'method', 'authority'] as const;
const stringMaps = ['headers', 'withoutHeaders', 'queryParams'] as const;

function isInConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  for (const field of strings) if (areStringsInConflict(root[field], leaf[field])) return conflict(field);
  for (const field of stringMaps) {
    const wanted = root[field] ?? {};
    const written = leaf[field] ?? {};
    for (const key of Object.keys(wanted))
      if (Object.hasOwn(written, key) && areStringsInConflict(wanted[key] ?? undefined, written[key] ?? undefined)) return conflict(field);
  }
  // "ignoreUriCase is compared even when the leaf has no uri"
  if ((root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false)) return conflict('ignoreUriCase');
  // "gateways not ⊆"
  const gateways = root.gateways ?? [];
  if (gateways.length > 0 && (leaf.gateways ?? []).some((gateway) => !gateways.includes(gateway))) return conflict('gateways');
  // "root sourceNamespace ≠ leaf"; "root sourceNamespace set and the leaf's unset is a conflict"
  const namespace = root.sourceNamespace ?? '';
  if (namespace !== '' && namespace !== (leaf.sourceNamespace ?? '')) return conflict('sourceNamespace');
  // "different port"
  if (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) return conflict('port');
  // "same sourceLabel key with different value"
  const labels = root.sourceLabels ?? {};
  const differ = Object.entries(leaf.sourceLabels ?? {}).some(([key, value]) => Object.hasOwn(labels, key) && labels[key] !== value);
  return differ && conflict('sourceLabels');
}

function conflict(by: string): true {
  met(`a conflict by ${by}`);
  return true;
}

const isPresence = (match: StringMatch): boolean => match.exact === undefined && match.prefix === undefined && match.regex === undefined;

function areStringsInConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  // "regex on one side with anything on the other"; "two equal regexes conflict"
  if (root.regex !== undefined || leaf.regex !== undefined) return true;
  // "presence `{}` against any value". (Against presence: virtualservice.go, stringMatchConflict; the page is silent.)
  if (isPresence(root) || isPresence(leaf)) return true;
  // "root exact + leaf prefix"
  if (root.exact !== undefined) return leaf.exact !== root.exact;
  // "leaf not extending root prefix"
  return !(leaf.exact ?? leaf.prefix ?? '').startsWith(root.prefix ?? '');
}

/** "Merged match = leaf fields, root fills unset ones". */
function mergedMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  const match: Record<string, unknown> = { ...root, ...leaf };
  for (const field of [...stringMaps, 'sourceLabels'] as const)
    if (root[field] !== undefined || leaf[field] !== undefined) match[field] = { ...root[field], ...leaf[field] };
  if ((leaf.gateways ?? []).length === 0 && root.gateways !== undefined) match['gateways'] = root.gateways;
  return match;
}
