import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';
import { isGranted } from './reference-grants.ts';
import {
  anyRequest,
  type FieldMatch,
  type RouteEntry,
  type RouteMatch,
  type RouteMirror,
  type RouteRedirect,
  type RouteTarget,
  type TextMatch,
} from './route-config.ts';

/** A route of the Gateway API whose rules are about requests. */
export type RuledRoute = ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'>;
type HttpRule = NonNullable<ResourceOf<'HTTPRoute'>['spec']['rules']>[number];
type HttpFilter = NonNullable<HttpRule['filters']>[number];
type HttpMatch = NonNullable<HttpRule['matches']>[number];
type GrpcRule = NonNullable<ResourceOf<'GRPCRoute'>['spec']['rules']>[number];
type GrpcMatch = NonNullable<GrpcRule['matches']>[number];
type BackendRef = NonNullable<HttpRule['backendRefs']>[number];
type Path = readonly (string | number)[];

/** Where a rule stands, and what its references must be granted. */
interface Context {
  readonly mesh: Mesh;
  readonly route: RuledRoute;
  readonly grants: boolean;
}

/**
 * The rules of a route as http routes, one for each match; none if one of its rules is one that Istio can't make anything of.
 * `forGateway`: backends in other namespaces need a ReferenceGrant, which they do not in the mesh.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, convertHTTPRoute and convertGRPCRoute.
 */
export function entriesOf(mesh: Mesh, route: RuledRoute, forGateway: boolean): readonly RouteEntry[] {
  const context: Context = { mesh, route, grants: forGateway };
  const entries: RouteEntry[] = [];
  // What a manifest leaves out the API server fills in: one rule, and the prefix `/` as its match.
  const rules: readonly (HttpRule | GrpcRule)[] = route.spec.rules ?? [{}];
  for (const [i, rule] of rules.entries()) {
    const path: Path = ['spec', 'rules', i];
    const action = actionOf(context, rule, path, i);
    if (action === undefined) return [];
    for (const match of matchesOf(context, rule, path)) entries.push({ ...action, matches: match });
  }
  return entries;
}

function at({ route }: Context, path: Path): Place {
  return { kind: 'node', resource: route, path, part: 'value' };
}

function matchesOf(context: Context, rule: HttpRule | GrpcRule, path: Path): readonly (readonly RouteMatch[])[] {
  const written = rule.matches ?? [];
  // Matches that are written and yet not here are some that nothing is known of.
  const lost = written.length === 0 && doubtAt(context.route, ...path, 'matches') !== undefined;
  if (lost) return [[{ ...anyRequest(at(context, path)), doubtful: true }]];
  if (context.route.kind === 'GRPCRoute') {
    if (written.length === 0) return [[]];
    return (written as readonly GrpcMatch[]).map((match, i) => [
      doubted(context, [...path, 'matches', i], (place) => grpcMatch(match, place)),
    ]);
  }
  if (written.length === 0) return [[httpMatch({}, at(context, path))]];
  return (written as readonly HttpMatch[]).map((match, i) => [
    doubted(context, [...path, 'matches', i], (place) => httpMatch(match, place)),
  ]);
}

function doubted(context: Context, path: Path, read: (place: Place) => RouteMatch): RouteMatch {
  return { ...read(at(context, path)), doubtful: doubtAt(context.route, ...path) !== undefined };
}

function httpMatch(written: HttpMatch, place: Place): RouteMatch {
  const { type = 'PathPrefix', value = '/' } = written.path ?? {};
  const uri: TextMatch =
    type === 'PathPrefix'
      ? { kind: 'prefix', value: value === '/' ? value : value.replace(/\/$/, '') }
      : { kind: type === 'Exact' ? 'exact' : 'regex', value };
  return {
    ...anyRequest(place),
    uri,
    bySegment: true,
    headers: fields(written.headers),
    queryParams: fields(written.queryParams),
    method: written.method === undefined ? undefined : { kind: 'exact', value: written.method },
  };
}

/** Source: pilot/pkg/config/kube/gateway/conversion.go, createGRPCURIMatch. */
function grpcMatch(written: GrpcMatch, place: Place): RouteMatch {
  const { type = 'Exact', service, method } = written.method ?? {};
  let uri: TextMatch | undefined;
  if (service !== undefined && method !== undefined) uri = { kind: type === 'Exact' ? 'exact' : 'regex', value: `/${service}/${method}` };
  else if (method !== undefined) uri = { kind: 'regex', value: `/[^/]+/${method}` };
  else if (service !== undefined)
    // Istio writes `/service/`, and leaves the slash out again where it has Envoy compare segments.
    uri = type === 'Exact' ? { kind: 'prefix', value: `/${service}` } : { kind: 'regex', value: `/${service}/.+` };
  return { ...anyRequest(place), uri, bySegment: true, headers: fields(written.headers) };
}

/** Names are unique; were one there twice, the last would count. */
function fields(
  written: readonly { readonly name: string; readonly type?: 'Exact' | 'RegularExpression'; readonly value: string }[] = [],
): readonly FieldMatch[] {
  const byName = new Map<string, TextMatch>();
  for (const { name, type, value } of written) byName.set(name, { kind: type === 'RegularExpression' ? 'regex' : 'exact', value });
  return [...byName].map(([name, match]) => ({ name, match }));
}

/** Filters that Istio knows; any other one makes the whole route invalid. */
const knownFilters: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
  'RequestMirror',
  'URLRewrite',
  'CORS',
]);

function actionOf(context: Context, rule: HttpRule | GrpcRule, path: Path, index: number): Omit<RouteEntry, 'matches'> | undefined {
  const { route } = context;
  const filters: readonly HttpFilter[] = rule.filters ?? [];
  if (filters.some(({ type }) => !knownFilters.has(type))) return undefined;
  const find = (type: HttpFilter['type']): readonly [HttpFilter, number] | undefined => {
    const i = filters.findLastIndex((filter) => filter.type === type);
    const filter = filters[i];
    return filter === undefined ? undefined : [filter, i];
  };
  const redirect = find('RequestRedirect');
  const rewrite = find('URLRewrite');
  const modifier = find('RequestHeaderModifier')?.[0].requestHeaderModifier;

  const backends: readonly BackendRef[] = rule.backendRefs ?? [];
  const weighted = backends.map((backend, i) => ({ backend, i, weight: backend.weight ?? 1 }));
  const unserved = weighted.every(({ weight }) => weight === 0);
  const targets: RouteTarget[] = [];
  if (!unserved) {
    for (const { backend, i, weight } of weighted) {
      if (weight === 0) continue;
      const target = targetOf(context, backend, [...path, 'backendRefs', i], weight);
      if (target === undefined) return undefined;
      targets.push(target);
    }
  }
  return {
    name: rule.name ?? `${route.metadata.namespace}.${route.metadata.name}.${String(index)}`,
    targets,
    mirror: undefined,
    mirrorPercent: undefined,
    mirrors: filters.flatMap((filter, i) => mirrorOf(context, filter, [...path, 'filters', i])),
    redirect: redirect === undefined ? undefined : redirectOf(redirect[0], at(context, [...path, 'filters', redirect[1]])),
    directResponse: unserved && redirect === undefined ? { status: 500, at: at(context, path) } : undefined,
    rewrite: rewrite === undefined ? undefined : rewriteOf(rewrite[0]),
    headers:
      modifier === undefined
        ? undefined
        : { host: [...(modifier.set ?? []), ...(modifier.add ?? [])].find(({ name }) => /^(host|:authority)$/i.test(name))?.value },
    rank: 0,
    resource: route,
    unknown: doubtAt(route, ...path),
    at: at(context, path),
    delegatedBy: undefined,
  };
}

/** Undefined: nothing can be made of the whole route. Source: pilot/pkg/config/kube/gateway/conversion.go, buildDestination. */
function targetOf({ mesh, route, grants }: Context, backend: BackendRef, path: Path, weight: number): RouteTarget | undefined {
  const own = route.metadata.namespace;
  const namespace = backend.namespace ?? own;
  const place = at({ mesh, route, grants }, path);
  const invalid: RouteTarget = { host: undefined, subset: undefined, port: undefined, weight, hostRewrite: undefined, at: place };
  const to = { group: '', kind: 'Service', namespace, name: backend.name };
  if (grants && namespace !== own && !isGranted(mesh, { kind: route.kind, namespace: own }, to)) return invalid;
  let host: string;
  switch (`${backend.group ?? ''}/${backend.kind ?? 'Service'}`) {
    case '/Service':
    case 'multicluster.x-k8s.io/ServiceImport':
      if (backend.name.includes('.')) return undefined;
      host = `${backend.name}.${namespace}.svc.${mesh.domain}`;
      break;
    case 'networking.istio.io/Hostname':
      if (backend.namespace !== undefined) return undefined;
      host = backend.name;
      break;
    default:
      return invalid;
  }
  if (backend.port === undefined) return undefined;
  return { ...invalid, host, port: backend.port };
}

function mirrorOf(context: Context, filter: HttpFilter, path: Path): readonly RouteMirror[] {
  const mirror = filter.type === 'RequestMirror' ? filter.requestMirror : undefined;
  if (mirror === undefined) return [];
  const target = targetOf(context, mirror.backendRef, [...path, 'requestMirror', 'backendRef'], 0);
  // A copy that can't be sent is left out, and the rule holds without it.
  if (target?.host === undefined) return [];
  const { fraction, percent = 100 } = mirror;
  return [{ target, percent: fraction === undefined ? percent : (100 * fraction.numerator) / (fraction.denominator ?? 100) }];
}

/** Source: pilot/pkg/config/kube/gateway/conversion.go, createRedirectFilter. */
function redirectOf({ requestRedirect }: HttpFilter, place: Place): RouteRedirect {
  const { hostname, path, port, scheme, statusCode } = requestRedirect ?? {};
  return {
    host: hostname,
    path: path?.type === 'ReplaceFullPath' ? path.replaceFullPath : undefined,
    prefix: path?.type === 'ReplacePrefixMatch' ? path.replacePrefixMatch : undefined,
    scheme,
    port: port ?? (scheme === undefined ? 'request' : undefined),
    status: statusCode ?? 301,
    at: place,
  };
}

/** Source: pilot/pkg/config/kube/gateway/conversion.go, createRewriteFilter. */
function rewriteOf({ urlRewrite }: HttpFilter): NonNullable<RouteEntry['rewrite']> {
  const { hostname, path } = urlRewrite ?? {};
  const prefix = path?.type === 'ReplacePrefixMatch' ? (path.replacePrefixMatch ?? '').replace(/\/$/, '') || '/' : undefined;
  return {
    prefix,
    regex: path?.type === 'ReplaceFullPath' ? { pattern: '/.*', substitution: path.replaceFullPath ?? '' } : undefined,
    host: hostname,
  };
}
