import { type Proxy, selects } from './world.test-support.ts';
import { gatewayName } from './visibility.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

export type VirtualService = ResourceOf<'VirtualService'>;
export type HttpRoute = NonNullable<VirtualService['spec']['http']>[number];
export type HttpMatch = NonNullable<HttpRoute['match']>[number];
type StringMatch = NonNullable<HttpMatch['uri']>;

export interface Request {
  readonly host: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** One generated route: a match of an http route (undefined: it has none), or all that is left of it. */
export interface Generated {
  readonly service: VirtualService;
  readonly route: HttpRoute;
  /** Index in spec.http. */
  readonly index: number;
  readonly match: HttpMatch | undefined;
}

/** §3.4: an HTTP match is for this proxy and port. With `gateways`, sourceLabels and sourceNamespace are ignored. */
function isFor(match: HttpMatch, service: VirtualService, proxy: Proxy, gateways: readonly string[], port: number): boolean {
  if (match.port !== undefined && match.port !== port) return false;
  const named = match.gateways ?? [];
  if (named.length > 0) return named.some((gateway) => gateways.includes(gatewayName(gateway, service.metadata.namespace)));
  const isFrom = match.sourceNamespace === undefined || match.sourceNamespace === '' || match.sourceNamespace === proxy.namespace;
  return selects(match.sourceLabels, proxy.labels) && isFrom;
}

/**
 * What is left of the http routes of a VirtualService for this proxy and port; it stops after what catches all (§3.4, and "Catch-all
 * detection runs after static filtering").
 */
export function generatedRoutes(service: VirtualService, proxy: Proxy, gateways: readonly string[], port: number): readonly Generated[] {
  const generated: Generated[] = [];
  for (const [index, route] of (service.spec.http ?? []).entries()) {
    if (route.match === undefined || route.match.length === 0) {
      generated.push({ service, route, index, match: undefined });
      return generated;
    }
    for (const match of route.match) {
      if (!isFor(match, service, proxy, gateways, port)) continue;
      const one = { service, route, index, match };
      generated.push(one);
      if (isCatchAll(one)) return generated;
    }
  }
  return generated;
}

/** §3.3: prefix `/` or regex `.*`, no header, query or method (nor what else is a header to the proxy). */
export function isCatchAll({ match }: Generated): boolean {
  if (match === undefined) return true;
  const { uri, method, authority, scheme } = match;
  const isAnyPath = uri === undefined || uri.prefix === '/' || uri.regex === '.*';
  const isEmpty = (map: object | undefined) => Object.keys(map ?? {}).length === 0;
  return (
    isAnyPath &&
    [method, authority, scheme].every((field) => field === undefined) &&
    [match.headers, match.withoutHeaders, match.queryParams].every(isEmpty)
  );
}

function isString(match: StringMatch, text: string, ignoresCase = false): boolean {
  const fold = (value: string) => (ignoresCase ? value.toLowerCase() : value);
  if (match.exact !== undefined) return fold(match.exact) === fold(text);
  if (match.prefix !== undefined) return fold(text).startsWith(fold(match.prefix));
  return match.regex === undefined || new RegExp(`^(?:${match.regex})$`, 's').test(text);
}

/** `{}` ⇒ present. */
const isAny = (match: StringMatch): boolean => match.exact === undefined && match.prefix === undefined && match.regex === undefined;

/** §3.4: AND inside a match. */
export function takes({ match }: Generated, request: Request): boolean {
  if (match === undefined) return true;
  const { uri, method, authority, scheme, headers = {}, withoutHeaders = {}, queryParams = {} } = match;
  return (
    (uri === undefined || isString(uri, request.path, match.ignoreUriCase === true && uri.regex === undefined)) &&
    (method === undefined || isString(method, request.method)) &&
    (authority === undefined || isString(authority, request.host)) &&
    (scheme === undefined || isString(scheme, 'http')) &&
    Object.entries(headers).every(([name, wanted]) => {
      const value = request.headers[name];
      return value !== undefined && isString(wanted, value);
    }) &&
    // "withoutHeaders inverted, missing header treated as empty (except presence)"
    Object.entries(withoutHeaders).every(([name, wanted]) => {
      const value = request.headers[name];
      return isAny(wanted) ? value === undefined : !isString(wanted, value ?? '');
    }) &&
    Object.entries(queryParams).every(([name, wanted]) => {
      const value = request.query[name];
      return value !== undefined && isString(wanted, value);
    })
  );
}
