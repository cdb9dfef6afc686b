import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Visibility } from './visibility.ts';

type Labels = Readonly<Record<string, string>>;

/** How a text is compared; `present`: any text, as long as there is one. */
export type TextMatch = { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string } | { readonly kind: 'present' };

/** A header or a query parameter by its name. */
export interface FieldMatch {
  readonly name: string;
  readonly match: TextMatch;
}

/** One entry of `match`: all that it says must hold. */
export interface RouteMatch {
  readonly name: string | undefined;
  /** Undefined, or `present`: every path. */
  readonly uri: TextMatch | undefined;
  /** A prefix ends where a segment of the path ends (Gateway API), not anywhere. */
  readonly bySegment: boolean;
  readonly ignoreUriCase: boolean;
  readonly headers: readonly FieldMatch[];
  readonly withoutHeaders: readonly FieldMatch[];
  readonly queryParams: readonly FieldMatch[];
  readonly method: TextMatch | undefined;
  readonly authority: TextMatch | undefined;
  readonly scheme: TextMatch | undefined;
  readonly port: number | undefined;
  readonly sourceLabels: Labels;
  readonly sourceNamespace: string | undefined;
  /** `mesh` or `namespace/name`. */
  readonly gateways: readonly string[];
  /** Something of it is not known: whatever the rest says, a request may match it or not. */
  readonly doubtful: boolean;
  readonly at: Place;
}

/** Where a route sends traffic, or a copy of it. */
export interface RouteTarget {
  /** Full name; undefined: the Gateway API's backend may not be referred to, or is of a kind that Istio does not know. */
  readonly host: string | undefined;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  readonly weight: number;
  /** The Host header that this destination alone gets. */
  readonly hostRewrite: string | undefined;
  /** The whole destination. */
  readonly at: Place;
}

export interface RouteMirror {
  readonly target: RouteTarget;
  readonly percent: number;
}

export interface RouteRewrite {
  readonly prefix: string | undefined;
  readonly regex: { readonly pattern: string; readonly substitution: string } | undefined;
  readonly host: string | undefined;
}

export interface RouteRedirect {
  readonly host: string | undefined;
  readonly path: string | undefined;
  /** Instead of the path: only the prefix that matched is replaced. */
  readonly prefix: string | undefined;
  readonly scheme: string | undefined;
  readonly port: number | 'request' | undefined;
  readonly status: number;
  readonly at: Place;
}

/** An http route: of a VirtualService (a delegate's already put together with its root), or of a rule of an HTTPRoute. */
export interface RouteEntry {
  readonly name: string;
  /** Empty: every request. */
  readonly matches: readonly RouteMatch[];
  readonly targets: readonly RouteTarget[];
  readonly mirror: RouteTarget | undefined;
  /** For `mirror`. */
  readonly mirrorPercent: number | undefined;
  readonly mirrors: readonly RouteMirror[];
  readonly redirect: RouteRedirect | undefined;
  readonly directResponse: { readonly status: number; readonly at: Place } | undefined;
  readonly rewrite: RouteRewrite | undefined;
  /** What `headers` make of the Host header; undefined: there are no `headers`. */
  readonly headers: { readonly host: string | undefined } | undefined;
  /**
   * Entries of one config with the same rank that come from different resources are in the order in which these were created; all others are
   * in the order of the list.
   */
  readonly rank: number;
  readonly resource: RouteResource;
  /** Why it is not known what it does, or what stands in its place. */
  readonly unknown: string | undefined;
  readonly at: Place;
  /** The entry of the root VirtualService that delegates to it. */
  readonly delegatedBy: Place | undefined;
}

export interface StreamMatch {
  /** Only of tls routes. */
  readonly sniHosts: readonly string[];
  readonly destinationSubnets: readonly string[];
  readonly port: number | undefined;
  readonly sourceLabels: Labels;
  readonly sourceNamespace: string | undefined;
  readonly gateways: readonly string[];
  readonly at: Place;
}

/** A tcp or tls route. */
export interface StreamEntry {
  /** Empty: every connection. */
  readonly matches: readonly StreamMatch[];
  readonly targets: readonly RouteTarget[];
  readonly resource: RouteResource;
  /** Why it is not known for what it is, or what it does. */
  readonly unknown: string | undefined;
  readonly at: Place;
}

export type RouteResource =
  ResourceOf<'VirtualService'> | ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'> | ResourceOf<'TLSRoute'> | ResourceOf<'TCPRoute'>;

/** What Istio calls a VirtualService once everything is resolved: a written one, or one that it makes of routes of the Gateway API for one parent and host. */
export interface RouteConfig {
  readonly kind: RouteResource['kind'];
  /** Of those that are made of several resources, the namespace of the oldest; `owners` are all that it may be. */
  readonly namespace: string;
  readonly owners: readonly string[];
  /** Istio's own name for it. */
  readonly name: string;
  readonly hosts: readonly RouteHost[];
  /** `mesh` or `namespace/name`; at least one. */
  readonly gateways: readonly string[];
  readonly visibility: Visibility;
  readonly http: readonly RouteEntry[];
  readonly tls: readonly StreamEntry[];
  readonly tcp: readonly StreamEntry[];
  /** Without delegates. */
  readonly resources: readonly RouteResource[];
}

export interface RouteHost {
  /** Full name, or a wildcard. */
  readonly host: string;
  readonly at: Place;
}

interface WrittenMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

/** `{}` and the regular expression `*` are presence. Source: pilot/pkg/networking/core/route/route.go, canBeConvertedToPresentMatch. */
export function textMatch(written: WrittenMatch | null): TextMatch {
  if (written?.exact !== undefined) return { kind: 'exact', value: written.exact };
  if (written?.prefix !== undefined) return { kind: 'prefix', value: written.prefix };
  if (written?.regex !== undefined && written.regex !== '*') return { kind: 'regex', value: written.regex };
  return { kind: 'present' };
}

const noFields: readonly FieldMatch[] = [];

export function fieldMatches(written: Readonly<Record<string, WrittenMatch | null>> | undefined): readonly FieldMatch[] {
  if (written === undefined) return noFields;
  return Object.entries(written).map(([name, match]) => ({ name, match: textMatch(match) }));
}

/** A match for every request, from which others are made. */
export function anyRequest(at: Place): RouteMatch {
  return {
    name: undefined,
    uri: undefined,
    bySegment: false,
    ignoreUriCase: false,
    headers: [],
    withoutHeaders: [],
    queryParams: [],
    method: undefined,
    authority: undefined,
    scheme: undefined,
    port: undefined,
    sourceLabels: {},
    sourceNamespace: undefined,
    gateways: [],
    doubtful: false,
    at,
  };
}

/** Who gets copies, in the order in which the proxy is told; 0 percent are none. Source: pilot/pkg/networking/core/route/route.go, MirrorPercent. */
export function mirrorsOf({ mirror, mirrorPercent, mirrors }: RouteEntry): readonly RouteMirror[] {
  const single = mirror === undefined ? [] : [{ target: mirror, percent: mirrorPercent ?? 100 }];
  return [...single, ...mirrors].filter(({ percent }) => percent > 0);
}

/** The Host header with which a route forwards requests, as far as it sets one for all destinations. */
export function hostRewriteOf({ rewrite, headers, targets }: RouteEntry): string | undefined {
  return rewrite?.host ?? headers?.host ?? (targets.length === 1 ? targets[0]?.hostRewrite : undefined);
}

/** Mirrors included. */
export function httpTargets({ targets, mirror, mirrors }: RouteEntry): readonly RouteTarget[] {
  return [...targets, ...(mirror === undefined ? [] : [mirror]), ...mirrors.map(({ target }) => target)];
}
