import type { FieldMatch, RouteMatch, TextMatch } from '../graph/route-config.ts';
import type { MeshConfig } from '../graph/mesh-config.ts';
import { normalizedTarget } from './access-paths.ts';
import type { Regexes } from './access-strings.ts';

/** A request as a client sends it. */
export interface RouteRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The Host header; the host that was asked for, if there is none. */
  readonly authority?: string;
}

/** What is sent. */
export type Traffic =
  /** `tls`: the client encrypts it, and asks for `sni`, else for the host. */
  | { readonly kind: 'http'; readonly request: RouteRequest; readonly tls?: boolean; readonly sni?: string }
  | { readonly kind: 'tls'; readonly sni?: string }
  | { readonly kind: 'tcp' };

/** A request as the proxy compares it. */
export interface ComparedRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** In lower case, with a port if the client wrote one. */
  readonly authority: string;
  readonly scheme: 'http' | 'https';
}

export function comparedRequest(
  request: RouteRequest,
  host: string,
  tls: boolean,
  normalization: MeshConfig['pathNormalization'],
): ComparedRequest {
  const target = normalizedTarget(request.path, normalization);
  const question = target.indexOf('?');
  const query = new Map<string, string>();
  for (const field of question === -1 ? [] : target.slice(question + 1).split('&')) {
    const equals = field.indexOf('=');
    const name = equals === -1 ? field : field.slice(0, equals);
    // The first of a name counts.
    if (name !== '' && !query.has(name)) query.set(name, equals === -1 ? '' : field.slice(equals + 1));
  }
  return {
    method: request.method,
    path: question === -1 ? target : target.slice(0, question),
    query,
    headers: new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    authority: (request.authority ?? host).toLowerCase(),
    scheme: tls ? 'https' : 'http',
  };
}

/** The domain that a Host header asks for. Source: Envoy's ignore_port_in_host_matching. */
export function domainOf(authority: string): string {
  return authority.replace(/:\d+$/, '');
}

/**
 * Whether a request matches what is left of a match once it stands in a proxy; it may match one that is in doubt.
 * Source: pilot/pkg/networking/core/route/route.go, TranslateRouteMatch; Envoy's RouteEntryImplBase::matchRoute and HeaderUtility.
 */
export function matchesRequest(match: RouteMatch | undefined, request: ComparedRequest, regexes: Regexes): boolean {
  if (match === undefined || match.doubtful) return true;
  const { method, authority, scheme } = match;
  return (
    matchesPath(match, request.path, regexes) &&
    (method === undefined || matchesText(method, request.method, regexes)) &&
    (authority === undefined || matchesText(authority, request.authority, regexes)) &&
    (scheme === undefined || matchesText(scheme, request.scheme, regexes)) &&
    match.headers.every((field) => matchesHeader(field, request, regexes)) &&
    match.withoutHeaders.every((field) => lacksHeader(field, request, regexes)) &&
    match.queryParams.every(({ name, match: value }) => {
      const text = request.query.get(name);
      return text !== undefined && matchesText(value, text, regexes);
    })
  );
}

function matchesPath({ uri, bySegment, ignoreUriCase }: RouteMatch, path: string, regexes: Regexes): boolean {
  if (uri === undefined || uri.kind === 'present') return true;
  // Case counts in regular expressions whatever the match says.
  if (uri.kind === 'regex') return regexes.matches(uri.value, path);
  const [wanted, given] = ignoreUriCase ? [uri.value.toLowerCase(), path.toLowerCase()] : [uri.value, path];
  if (uri.kind === 'exact') return wanted === given;
  if (!given.startsWith(wanted)) return false;
  return !bySegment || wanted === '/' || given.length === wanted.length || given[wanted.length] === '/';
}

function matchesText(match: TextMatch, text: string, regexes: Regexes): boolean {
  switch (match.kind) {
    case 'present':
      return true;
    case 'exact':
      return text === match.value;
    case 'prefix':
      return text.startsWith(match.value);
    case 'regex':
      return regexes.matches(match.value, text);
  }
}

/** Headers that are made of the claims of a token, which only a request with one has. */
function isClaim(name: string): boolean {
  return /^@request\.auth\.claims[.[]/i.test(name);
}

function matchesHeader({ name, match }: FieldMatch, request: ComparedRequest, regexes: Regexes): boolean {
  const text = headerOf(name, request);
  return text !== undefined && matchesText(match, text, regexes);
}

/** A header that is not there is compared as an empty one, but for presence. */
function lacksHeader({ name, match }: FieldMatch, request: ComparedRequest, regexes: Regexes): boolean {
  const text = headerOf(name, request);
  if (match.kind === 'present' || isClaim(name)) return text === undefined;
  return !matchesText(match, text ?? '', regexes);
}

function headerOf(name: string, request: ComparedRequest): string | undefined {
  switch (name.toLowerCase()) {
    case ':authority':
    case 'host':
      return request.authority;
    case ':method':
      return request.method;
    case ':scheme':
      return request.scheme;
    case ':path':
      return request.path;
    default:
      return request.headers.get(name.toLowerCase());
  }
}
