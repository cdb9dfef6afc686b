import type { RouteConfig, RouteEntry, RouteMatch, RouteResource, StreamEntry, StreamMatch, TextMatch } from './route-config.ts';
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
  /** It stands there while the config is named by one of these; all of its owners where undefined. */
  readonly owners?: readonly string[];
  /** The same object in sequences of which one alone is real, by which owner names the config. */
  readonly either?: object;
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
  const ended = new Set<RouteEntry['resource']>();
  for (const entry of config.http) {
    // One of several catch-alls of the same rank is the last, and that of any resource may be it.
    if (last !== undefined && entry.rank !== last.rank) return routes;
    if (ended.has(entry.resource)) continue;
    const matches: readonly (RouteMatch | undefined)[] = entry.matches.length === 0 ? [undefined] : entry.matches;
    for (const match of matches) {
      if (match !== undefined && !match.doubtful && !appliesTo(match, facts)) continue;
      const catchAll = match === undefined || (!match.doubtful && isCatchAll(match));
      routes.push({ entry, match, catchAll });
      if (!catchAll) continue;
      last = entry;
      ended.add(entry.resource);
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

/** What comes in the order of `position` in its track, and at one position in the order in which the resources of its config were created. */
interface Ordered {
  readonly track: string;
  readonly position: number;
  readonly either?: object;
  readonly owners?: readonly string[];
  readonly config?: Pick<RouteConfig, 'name' | 'resources'>;
}

/**
 * Which of several things that are tried one after the other may be the first that has an answer, when some of their order depends on what
 * was created first: those of each track that no other stands before in every order.
 */
export function mayComeFirst<S extends Ordered, T>(things: readonly S[], answer: (thing: S) => T | undefined): readonly T[] {
  const byTrack = new Map<string, { readonly thing: S; readonly value: T }[]>();
  for (const thing of things) {
    const known = byTrack.get(thing.track) ?? [];
    if (thing.either === undefined && known.some(({ thing: other }) => other.either === undefined && other.position < thing.position))
      continue;
    const value = answer(thing);
    if (value === undefined) continue;
    known.push({ thing, value });
    byTrack.set(thing.track, known);
  }
  return [...byTrack.values()].flatMap((answers) => {
    const latest = new Map<object, number>();
    for (const { thing } of answers) {
      const key = thing.either ?? thing;
      latest.set(key, Math.max(latest.get(key) ?? thing.position, thing.position));
    }
    const last = Math.min(...latest.values());
    const first = answers.filter(({ thing }) => thing.position <= last);
    return first.filter(({ thing }) => first.length === 1 || mayBeOldest(thing, first)).map(({ value }) => value);
  });
}

/**
 * A config is as old as the oldest resource that it is made of; of several that one resource has made, the name decides.
 * Source: pilot/pkg/model/config.go, sortConfigByCreationTime.
 */
function mayBeOldest({ config, owners }: Ordered, all: readonly { readonly thing: Ordered }[]): boolean {
  if (config === undefined) return true;
  const isBehind = (other: Ordered['config'], resource: RouteResource): boolean =>
    other !== undefined && other !== config && other.name < config.name && other.resources.includes(resource);
  return config.resources
    .filter(({ metadata }) => owners?.includes(metadata.namespace) !== false)
    .some((resource) => !all.some(({ thing }) => isBehind(thing.config, resource)));
}
