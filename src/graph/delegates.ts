import type { FieldMatch, RouteEntry, RouteMatch, TextMatch } from './route-config.ts';

/**
 * The routes that a root entry gets from its delegate: each of the delegate's routes, narrowed by the root's matches. A route with a match
 * that fits none of the root's is dropped whole.
 * Source: pilot/pkg/model/virtualservice.go, mergeHTTPRoutes.
 */
export function delegatedRoutes(root: RouteEntry, delegate: readonly RouteEntry[]): readonly RouteEntry[] {
  return delegate.flatMap((leaf) => {
    const matches = mergeMatches(root.matches, leaf.matches);
    if (matches === undefined) return [];
    return [
      {
        ...leaf,
        name: joined(root.name, leaf.name),
        matches,
        mirror: leaf.mirror ?? root.mirror,
        mirrorPercent: leaf.mirrorPercent ?? root.mirrorPercent,
        mirrors: leaf.mirrors.length > 0 ? leaf.mirrors : root.mirrors,
        directResponse: leaf.directResponse ?? root.directResponse,
        rewrite: leaf.rewrite ?? root.rewrite,
        headers: leaf.headers ?? root.headers,
        unknown: leaf.unknown ?? root.unknown,
        delegatedBy: root.at,
      },
    ];
  });
}

function joined(root: string, leaf: string): string {
  if (leaf === '') return root;
  return root === '' ? leaf : `${root}-${leaf}`;
}

/** Undefined: there is a match of the leaf that fits none of the root. */
function mergeMatches(roots: readonly RouteMatch[], leaves: readonly RouteMatch[]): readonly RouteMatch[] | undefined {
  if (roots.length === 0) return leaves;
  if (leaves.length === 0) return roots;
  const merged: RouteMatch[] = [];
  for (const leaf of leaves) {
    // Whether something unknown fits is not known either: the route stays, with a match that is in doubt.
    const fitting = roots.filter((root) => root.doubtful || leaf.doubtful || !conflict(root, leaf));
    if (fitting.length === 0) return undefined;
    merged.push(...fitting.map((root) => mergeMatch(root, leaf)));
  }
  return merged;
}

function mergeMatch(root: RouteMatch, leaf: RouteMatch): RouteMatch {
  return {
    ...leaf,
    name: joined(root.name ?? '', leaf.name ?? '') || undefined,
    uri: leaf.uri ?? root.uri,
    headers: mergeFields(root.headers, leaf.headers),
    withoutHeaders: mergeFields(root.withoutHeaders, leaf.withoutHeaders),
    queryParams: mergeFields(root.queryParams, leaf.queryParams),
    method: leaf.method ?? root.method,
    authority: leaf.authority ?? root.authority,
    scheme: leaf.scheme ?? root.scheme,
    port: leaf.port ?? root.port,
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: leaf.sourceNamespace ?? root.sourceNamespace,
    gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
    doubtful: root.doubtful || leaf.doubtful,
  };
}

function mergeFields(root: readonly FieldMatch[], leaf: readonly FieldMatch[]): readonly FieldMatch[] {
  return [...root.filter(({ name }) => !leaf.some((field) => field.name === name)), ...leaf];
}

/** Source: pilot/pkg/model/virtualservice.go, hasConflict. */
function conflict(root: RouteMatch, leaf: RouteMatch): boolean {
  const fieldConflict = (roots: readonly FieldMatch[], leaves: readonly FieldMatch[]): boolean =>
    leaves.some(({ name, match }) => textConflict(roots.find((field) => field.name === name)?.match, match));
  if (
    textConflict(root.uri, leaf.uri) ||
    textConflict(root.scheme, leaf.scheme) ||
    textConflict(root.method, leaf.method) ||
    textConflict(root.authority, leaf.authority) ||
    fieldConflict(root.headers, leaf.headers) ||
    fieldConflict(root.withoutHeaders, leaf.withoutHeaders) ||
    fieldConflict(root.queryParams, leaf.queryParams)
  ) {
    return true;
  }
  if (root.ignoreUriCase !== leaf.ignoreUriCase) return true;
  if (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) return true;
  if (root.sourceNamespace !== undefined && root.sourceNamespace !== leaf.sourceNamespace) return true;
  for (const [key, value] of Object.entries(leaf.sourceLabels)) {
    if (Object.hasOwn(root.sourceLabels, key) && root.sourceLabels[key] !== value) return true;
  }
  if (root.gateways.length === 0 || leaf.gateways.length === 0) return false;
  return root.gateways.length < leaf.gateways.length || leaf.gateways.some((gateway) => !root.gateways.includes(gateway));
}

/** Only an exact text or a prefix of the root can be narrowed. Source: stringMatchConflict in the same file. */
function textConflict(root: TextMatch | undefined, leaf: TextMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  if (root.kind === 'exact' && root.value !== '') return leaf.kind !== 'exact' || leaf.value !== root.value;
  if (root.kind === 'prefix' && root.value !== '' && (leaf.kind === 'exact' || leaf.kind === 'prefix') && leaf.value !== '') {
    return !leaf.value.startsWith(root.value);
  }
  return true;
}
