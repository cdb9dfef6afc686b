import type { RouteConfig, RouteEntry, RouteMatch, StreamEntry, StreamMatch, TextMatch } from './route-config.ts';
import { selects } from './selectors.ts';

/** What Istio knows of a proxy, and of one port of it, while it generates routes: matches on these are settled before any request comes. */
export interface ProxyFacts {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `mesh`, or the Gateway (`namespace/name`) whose server it is. */
  readonly gateway: string;
  /** Of the service, or of the Gateway's server. */
  readonly port: number;
}

/** One http route, or one match of it, as a proxy has it. */
export interface GeneratedRoute {
  readonly entry: RouteEntry;
  /** Undefined: the route has no matches. */
  readonly match: RouteMatch | undefined;
  /** It takes every request, by its form: what stands behind it in its config is not even generated. */
  readonly catchAll: boolean;
}

/** The routes that one config gives a proxy, in order. */
export interface RouteSequence {
  readonly config: RouteConfig;
  /**
   * Sequences of one track are in the order of their positions. Those at one position, and those of different tracks, are in the order in
   * which their resources were created.
   */
  readonly track: string;
  readonly position: number;
  /** For which it was made: of the service, or of the Gateway's server. */
  readonly port: number;
  /** Not empty. Routes whose entries have one rank and come from different resources are in the order in which these were created. */
  readonly routes: readonly GeneratedRoute[];
}

/** The http routes that a proxy has for one host on one port. */
export interface RouteList {
  /** The domain of the virtual host: a full name or a wildcard. */
  readonly domain: string;
  /**
   * `first`: only the sequence that comes first counts, as for sidecars. `all`: one after the other, catch-alls of all behind everything else,
   * as at gateways.
   */
  readonly take: 'first' | 'all';
  /** Not empty. */
  readonly sequences: readonly RouteSequence[];
}

/**
 * The routes of a config for a proxy; what no request to this port of this proxy can match is left out.
 * Source: pilot/pkg/networking/core/route/route.go, BuildHTTPRoutesForVirtualService and translateRoute.
 */
export function generateRoutes(config: RouteConfig, facts: ProxyFacts): readonly GeneratedRoute[] {
  const routes: GeneratedRoute[] = [];
  let last: RouteEntry | undefined;
  for (const entry of config.http) {
    // One of several catch-alls of the same rank is the last, and any of them may be it.
    if (last !== undefined && (entry.rank !== last.rank || entry.resource === last.resource)) return routes;
    const matches: readonly (RouteMatch | undefined)[] = entry.matches.length === 0 ? [undefined] : entry.matches;
    for (const match of matches) {
      if (match !== undefined && !match.doubtful && !appliesTo(match, facts)) continue;
      const catchAll = match === undefined || (!match.doubtful && isCatchAll(match));
      routes.push({ entry, match, catchAll });
      if (!catchAll) continue;
      last = entry;
      break;
    }
  }
  return routes;
}

/** Where gateways are named, labels and namespace of the client do not count. Source: sourceMatchHTTP in the same file. */
function appliesTo(match: RouteMatch, { gateway, labels, namespace, port }: ProxyFacts): boolean {
  if (match.port !== undefined && match.port !== port) return false;
  if (match.gateways.length > 0) return match.gateways.includes(gateway);
  return selects(match.sourceLabels, labels) && (match.sourceNamespace === undefined || match.sourceNamespace === namespace);
}

/** Source: IsCatchAllRoute in the same file. */
export function isCatchAll(match: RouteMatch): boolean {
  if (match.headers.length > 0 || match.withoutHeaders.length > 0 || match.queryParams.length > 0) return false;
  if (match.method !== undefined || match.authority !== undefined || match.scheme !== undefined) return false;
  return isEveryPath(match.uri);
}

function isEveryPath(uri: TextMatch | undefined): boolean {
  if (uri === undefined || uri.kind === 'present') return true;
  return (uri.kind === 'prefix' && uri.value === '/') || (uri.kind === 'regex' && uri.value === '.*');
}

/** A tcp or tls route with the first of its matches that a proxy's connections can have. */
export interface GeneratedStream {
  readonly entry: StreamEntry;
  readonly match: StreamMatch | undefined;
}

/** Source: matchTCP and matchTLS in pilot/pkg/networking/core/tls.go; for gateways l4SingleMatch in gateway.go, which knows no clients. */
export function generateStreams(entries: readonly StreamEntry[], facts: ProxyFacts): readonly GeneratedStream[] {
  return entries.flatMap((entry): readonly GeneratedStream[] => {
    if (entry.matches.length === 0 || entry.unknown !== undefined) return [{ entry, match: undefined }];
    return entry.matches.filter((match) => admitsStreams(match, facts)).map((match) => ({ entry, match }));
  });
}

function admitsStreams(match: StreamMatch, { gateway, labels, namespace, port }: ProxyFacts): boolean {
  if (match.port !== undefined && match.port !== port) return false;
  if (match.gateways.length > 0 && !match.gateways.includes(gateway)) return false;
  if (gateway !== 'mesh') return true;
  return selects(match.sourceLabels, labels) && (match.sourceNamespace === undefined || match.sourceNamespace === namespace);
}

/**
 * Which of several things that are tried one after the other may be the first that has an answer, when some of their order depends on what
 * was created first: those at the lowest position of each track.
 */
export function mayComeFirst<S extends { readonly track: string; readonly position: number }, T>(
  things: readonly S[],
  answer: (thing: S) => T | undefined,
): readonly T[] {
  const byTrack = new Map<string, { position: number; answers: T[] }>();
  for (const thing of things) {
    const lowest = byTrack.get(thing.track);
    if (lowest !== undefined && lowest.position < thing.position) continue;
    const value = answer(thing);
    if (value === undefined) continue;
    if (lowest === undefined || thing.position < lowest.position) byTrack.set(thing.track, { position: thing.position, answers: [value] });
    else lowest.answers.push(value);
  }
  return [...byTrack.values()].flatMap(({ answers }) => answers);
}
