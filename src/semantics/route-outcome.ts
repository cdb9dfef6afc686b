import type { RouteConfig, RouteRedirect } from '../graph/route-config.ts';
import type { Place } from '../model/place.ts';

/**
 * - `forward`: to `destinations`.
 * - `no-route`: a proxy reads the request and has no route for it (404).
 * - `redirect`, `direct-response`: the proxy answers itself.
 * - `passthrough`: to whatever address the client asked for.
 * - `blackhole`: nowhere, since only known services may be called.
 * - `reset`: nothing listens there, or not for this.
 */
export type RouteOutcomeKind = 'forward' | 'no-route' | 'redirect' | 'direct-response' | 'passthrough' | 'blackhole' | 'reset';

/** Where a part of the traffic goes. */
export interface RoutedDestination {
  /** Full name; undefined: a backend that may not be referred to, or that Istio does not know. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly subset: string | undefined;
  /** As the proxy has it: 100 for a single destination, else as written. */
  readonly weight: number;
  /** Whether the proxy knows the host with this port and subset; requests fail where it does not. */
  readonly cluster: 'present' | 'absent' | 'unknown';
}

export interface RouteOutcome {
  readonly kind: RouteOutcomeKind;
  /** `tcp`: the request is not read as one. */
  readonly via: 'http' | 'tcp';
  /** What routes it; undefined: nothing but the service itself. */
  readonly config: RouteConfig | undefined;
  /** `namespace/name` of the config, as Istio has it. */
  readonly configName: string | undefined;
  /** Of the http route, with the name of the match behind a dot. */
  readonly routeName: string | undefined;
  readonly destinations: readonly RoutedDestination[];
  readonly mirrors: readonly { readonly destination: RoutedDestination; readonly percent: number }[];
  readonly rewrite: {
    readonly prefix: string | undefined;
    readonly regex: { readonly pattern: string; readonly substitution: string } | undefined;
    readonly host: string | undefined;
  };
  readonly redirect: Omit<RouteRedirect, 'at'> | undefined;
  /** Of `no-route`, `direct-response` and `redirect`; of `forward`, where a destination is absent, what clients get for it. */
  readonly status: number | undefined;
  /** What decided, from the client's Sidecar to the DestinationRule's subset. */
  readonly places: readonly Place[];
}

const nothing = {
  via: 'http',
  config: undefined,
  configName: undefined,
  routeName: undefined,
  destinations: [],
  mirrors: [],
  rewrite: { prefix: undefined, regex: undefined, host: undefined },
  redirect: undefined,
  status: undefined,
} as const;

export function outcome(
  kind: RouteOutcomeKind,
  places: readonly Place[],
  details: Partial<Omit<RouteOutcome, 'kind' | 'places'>> = {},
): RouteOutcome {
  return { ...nothing, ...details, kind, places };
}

/** Equal for outcomes of which a client could not tell one from the other, by name or by what it gets. */
export function outcomeKey(one: RouteOutcome): string {
  return JSON.stringify({ ...one, config: one.config?.kind, places: undefined });
}

export const tooMany = 'more orders of creation than can be told apart';

/** Several ways in which a part of an answer may come about, or why it can't be told. */
export type Possible<T> = readonly T[] | { readonly unknown: string };
