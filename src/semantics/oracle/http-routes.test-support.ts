import type { ResourceOf } from '../../model/resource.ts';
import { met } from './encounters.test-support.ts';
import { type ApiListener, attachments, isGranted } from './gateway-api.test-support.ts';
import { mostSpecific } from './hosts.test-support.ts';
import {
  generatedRoutes,
  isCatchAll as isWrittenCatchAll,
  type Request,
  takes as takesWritten,
  type VirtualService,
} from './route-match.test-support.ts';
import { knownServices, visibleVirtualServices } from './visibility.test-support.ts';
import { nameOf, ofKind, type Proxy, type World } from './world.test-support.ts';

export type RuledRoute = ResourceOf<'HTTPRoute'> | ResourceOf<'GRPCRoute'>;
type HttpMatch = NonNullable<NonNullable<ResourceOf<'HTTPRoute'>['spec']['rules']>[number]['matches']>[number];

/** One match of one rule; what is not written is as the API server fills it in. */
export interface ApiRule {
  readonly route: RuledRoute;
  readonly index: number;
  /** Undefined: every request. */
  readonly match:
    | {
        readonly path: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string } | undefined;
        readonly method: string | undefined;
        readonly headers: NonNullable<HttpMatch['headers']>;
        readonly query: NonNullable<HttpMatch['queryParams']>;
      }
    | undefined;
}

/** All rules of the routes of one kind for one parent and host: "Merge all HTTPRoutes per (parent listener, hostname)". */
export interface Merged {
  /** Of the oldest. */
  readonly namespace: string;
  /** In the list of all resources: how old the oldest is. */
  readonly age: number;
  /** "Oldest (name, then namespace) wins": what Istio calls it ends with the port and the host. */
  readonly name: string;
  readonly port: number | undefined;
  /** In order. */
  readonly rules: readonly ApiRule[];
}

function rulesOf(route: RuledRoute): readonly ApiRule[] {
  if (route.kind === 'HTTPRoute')
    return (route.spec.rules ?? []).flatMap(({ matches = [] }, index) =>
      // gateway-api's defaults: a rule without matches has the prefix `/`, and so has a match without path.
      (matches.length === 0 ? [{}] : matches).map(({ path, method, headers = [], queryParams: query = [] }: HttpMatch) => {
        const { type = 'PathPrefix', value = '/' } = path ?? {};
        // The page is silent on a slash at the end of a prefix; conversion.go, createURIMatch, leaves it out.
        const trimmed = type === 'PathPrefix' && value !== '/' ? value.replace(/\/$/, '') : value;
        return { route, index, match: { path: { type, value: trimmed }, method, headers, query } };
      }),
    );
  return (route.spec.rules ?? []).flatMap(({ matches = [] }, index): ApiRule[] => {
    if (matches.length === 0) return [{ route, index, match: undefined }];
    return matches.map(({ method, headers = [] }) => ({
      route,
      index,
      match: { path: grpcPath(method?.service, method?.method), method: undefined, headers, query: [] },
    }));
  });
}

/** The page is silent on gRPC; conversion.go, createGRPCURIMatch. */
function grpcPath(service: string | undefined, method: string | undefined): NonNullable<ApiRule['match']>['path'] {
  if (service !== undefined && method !== undefined) return { type: 'Exact', value: `/${service}/${method}` };
  // A prefix ends at a segment, so that the slash at its end says nothing.
  if (service !== undefined) return { type: 'PathPrefix', value: `/${service}/` };
  return method === undefined ? undefined : { type: 'RegularExpression', value: `/[^/]+/${method}` };
}

/** "exact > prefix > regex; longer path; method; #headers; #query"; "no-match rules last; regex ranked by string length". */
function compare(a: ApiRule, b: ApiRule): number {
  if (a.match === undefined || b.match === undefined) return (a.match === undefined ? 1 : 0) - (b.match === undefined ? 1 : 0);
  const rank = ({ match }: ApiRule) => ['RegularExpression', 'PathPrefix', 'Exact'].indexOf(match?.path?.type ?? '');
  const long = ({ match }: ApiRule) => match?.path?.value.length ?? 0;
  const counts = (count: (one: ApiRule) => number) => count(b) - count(a);
  return (
    counts(rank) ||
    counts(long) ||
    counts(({ match }) => (match?.method === undefined ? 0 : 1)) ||
    counts(({ match }) => match?.headers.length ?? 0) ||
    counts(({ match }) => match?.query.length ?? 0)
  );
}

/** The rules of several routes, the oldest first ("then oldest"), as one list, up to what catches all. */
function merge(world: World, routes: readonly RuledRoute[], host: string, port?: number): Merged {
  const oldest = [...new Set(routes)].sort((a, b) => ageOf(world, a) - ageOf(world, b));
  if (oldest.length > 1) met('routes of several resources that merge');
  const sorted = oldest.flatMap(rulesOf).sort(compare);
  const last = sorted.findIndex(isCatchAll);
  if (last >= 0 && last < sorted.length - 1) met('rules behind one that catches all');
  const [first] = oldest;
  return {
    namespace: first?.metadata.namespace ?? '',
    age: first === undefined ? 0 : ageOf(world, first),
    name: port === undefined ? host : `${String(port)}~${host}`,
    port,
    rules: last < 0 ? sorted : sorted.slice(0, last + 1),
  };
}

const byAge = (a: { age: number; name: string }, b: { age: number; name: string }): number => a.age - b.age || (a.name < b.name ? -1 : 1);

const ageOf = (world: World, route: RuledRoute | VirtualService): number => world.resources.indexOf(route);

export function isCatchAll({ match }: ApiRule): boolean {
  if (match === undefined) return true;
  const isAnyPath = match.path === undefined || (match.path.type === 'PathPrefix' && match.path.value === '/') || match.path.value === '.*';
  return isAnyPath && match.method === undefined && match.headers.length === 0 && match.query.length === 0;
}

const kinds = ['HTTPRoute', 'GRPCRoute'] as const;

/** The merged routes at a listener, each for a host as the routes have it. */
function mergedAt(world: World, listener: ApiListener): readonly (Merged & { readonly bound: string })[] {
  return kinds.flatMap((kind) => {
    const byHost = new Map<string, { readonly bound: string; readonly routes: RuledRoute[] }>();
    for (const route of ofKind(world, kind))
      for (const parent of route.spec.parentRefs ?? [])
        for (const one of attachments(world, route, parent)) {
          if (one.kind !== 'listener' || one.listener.listener !== listener.listener) continue;
          for (const [i, host] of one.written.entries()) {
            const known = byHost.get(host) ?? { bound: one.hosts[i] ?? host, routes: [] };
            byHost.set(host, known);
            known.routes.push(route);
          }
        }
    return [...byHost].map(([host, { bound, routes }]) => ({ ...merge(world, routes, host), bound }));
  });
}

/**
 * The routes of a host at a Gateway's pods: "its own HTTPRoutes", then public ones, "oldest first in each; then catch-alls move last"; "`*` and
 * `*.example.com` on a listener `a.example.com` are equal, the older first". Undefined: no virtual host takes the host.
 */
export function gatewayApiRoutes(
  world: World,
  listeners: readonly ApiListener[],
  host: string,
  port: number,
): readonly ApiRule[] | undefined {
  const virtualHosts = new Map<string, ApiRule[]>();
  // "Appended per server (older Gateway first)": each listener is a Gateway of its own, as old as the Gateway or ListenerSet that it is written in.
  const oldest = [...listeners].sort((a, b) => world.resources.indexOf(a.owner) - world.resources.indexOf(b.owner));
  for (const listener of oldest) {
    if (listener.listener.port !== port || listener.listener.protocol !== 'HTTP') continue;
    const isOwn = ({ namespace }: Merged) => (namespace === listener.gateway.metadata.namespace ? 0 : 1);
    const merged = [...mergedAt(world, listener)].sort((a, b) => isOwn(a) - isOwn(b) || byAge(a, b));
    if (new Set(merged.map(({ bound }) => bound)).size < merged.length) met('several lists for one host of a listener');
    for (const { bound, rules } of merged) virtualHosts.set(bound, [...(virtualHosts.get(bound) ?? []), ...rules]);
  }
  const best = mostSpecific([...virtualHosts.keys()], host);
  const rules = best === undefined ? undefined : virtualHosts.get(best);
  return rules === undefined ? undefined : [...rules.filter((one) => !isCatchAll(one)), ...rules.filter(isCatchAll)];
}

/** The first list for a host of the mesh that has routes: of routes of the Gateway API, or of a VirtualService for this very host. */
export function meshApiRoutes(
  world: World,
  proxy: Proxy,
  host: string,
  port: number,
): { readonly rules: readonly ApiRule[] } | { readonly service: VirtualService } | undefined {
  const byKey = new Map<string, { readonly routes: RuledRoute[]; readonly port: number | undefined }>();
  for (const kind of kinds)
    for (const route of ofKind(world, kind))
      for (const parent of route.spec.parentRefs ?? [])
        for (const one of attachments(world, route, parent)) {
          if (one.kind !== 'mesh' || !one.hosts.includes(host)) continue;
          // "They reach a sidecar only if the route's namespace is the client's or the Service's."
          if (one.clients === 'own-namespace' && route.metadata.namespace !== proxy.namespace) continue;
          // "merge only within the same route namespace *and* same parentRef port"
          const key = `${kind} ${route.metadata.namespace} ${String(one.port)}`;
          const known = byKey.get(key) ?? { routes: [], port: one.port };
          byKey.set(key, known);
          known.routes.push(route);
        }
  const merged = [...byKey.values()].map(({ routes, port: only }) => merge(world, routes, host, only));
  const services = visibleVirtualServices(world, proxy).filter(
    ({ spec }) => (spec.gateways ?? ['mesh']).includes('mesh') && (spec.hosts ?? []).includes(host),
  );
  // Buckets: private, by name, public; "same-namespace HTTPRoutes come first in each bucket", and all HTTPRoutes are public.
  const isPublic = ({ spec }: VirtualService) => (spec.exportTo ?? [world.exportTo.virtualService]).includes('*');
  const ofOwn = merged.filter(({ namespace }) => namespace === proxy.namespace).sort(byAge);
  const others = [
    ...merged
      .filter(({ namespace }) => namespace !== proxy.namespace)
      .map((one) => ({ age: one.age, name: one.name, one: { merged: one } })),
    ...services.filter(isPublic).map((service) => ({ age: ageOf(world, service), name: '', one: { service } })),
  ].sort(byAge);
  const all = [
    ...services.filter((one) => !isPublic(one)).map((service) => ({ service })),
    ...ofOwn.map((one) => ({ merged: one })),
    ...others.map(({ one }) => one),
  ];
  if (merged.length > 1) met('several lists for one host of the mesh');
  if (merged.length > 0 && services.length > 0) met('routes beside VirtualServices');
  for (const one of all) {
    if ('service' in one) {
      if (generatedRoutes(one.service, proxy, ['mesh'], port).length > 0) return one;
      continue;
    }
    if (one.merged.port === undefined || one.merged.port === port) return { rules: one.merged.rules };
    met('a route for another port');
  }
  return undefined;
}

/** §3.4: AND inside a match; "Gateway API/Ingress prefix is segment-wise". */
export function takes({ match }: ApiRule, request: Request): boolean {
  if (match === undefined) return true;
  const isValue = (type: string | undefined, wanted: string, value: string | undefined): boolean =>
    value !== undefined && (type === 'RegularExpression' ? new RegExp(`^(?:${wanted})$`, 's').test(value) : value === wanted);
  const { path } = match;
  const isPath = (): boolean => {
    if (path === undefined) return true;
    if (path.type !== 'PathPrefix') return isValue(path.type, path.value, request.path);
    const prefix = path.value.replace(/\/$/, '');
    return request.path === prefix || request.path.startsWith(`${prefix}/`);
  };
  return (
    isPath() &&
    (match.method === undefined || match.method === request.method) &&
    match.headers.every(({ name, type, value }) => isValue(type, value, request.headers[name])) &&
    match.query.every(({ name, type, value }) => isValue(type, value, request.query[name]))
  );
}

/** What becomes of a request: as `[what, rule, destinations]`. */
export function apiOutcome(world: World, proxy: Proxy, rules: readonly ApiRule[], request: Request): unknown {
  const rule = rules.find((one) => takes(one, request));
  if (rule === undefined) return ['no-route'];
  const { route, index } = rule;
  const { name, namespace } = route.metadata;
  const by = `${namespace}.${name}.${String(index)}`;
  const written = route.spec.rules?.[index];
  if (written?.filters?.some(({ type }) => (type as string) === 'RequestRedirect') === true) return ['redirect', by];
  const weighted = (written?.backendRefs ?? []).map((backend) => ({ ...backend, weight: backend.weight ?? 1 }));
  // "default 1, weight 0 dropped, sum 0 ⇒ 500"
  const kept = weighted.filter(({ weight }) => weight > 0);
  if (kept.length < weighted.length) met('a backend of weight 0');
  if (kept.length === 0) {
    met('a rule without backends');
    return ['direct-response', by, 500];
  }
  const to = kept.map(({ namespace: owner = namespace, name: target, port, weight }) => {
    const share = kept.length === 1 ? 100 : weight;
    // "invalid backend keeps its share as 500; missing ReferenceGrant same"; "500 only for Gateway parents": the mesh needs no grant.
    if (proxy.isGateway && !isGranted(world, route, owner, target)) return ['not granted', share];
    const host = `${target}.${owner}.svc.${world.domain}`;
    const isKnown = knownServices(world, proxy).some((one) => one.host === host && one.ports.some(({ number }) => number === port));
    if (!isKnown) met('a backend that is missing');
    return [host, port, share, isKnown ? 'present' : 'absent'];
  });
  return ['forward', by, to];
}

/** The same, of a VirtualService. */
export function serviceOutcome(proxy: Proxy, service: VirtualService, port: number, request: Request): unknown {
  const taken = generatedRoutes(service, proxy, ['mesh'], port).find((one) => takesWritten(one, request));
  if (taken !== undefined && isWrittenCatchAll(taken)) met('a VirtualService that stands over routes');
  return taken === undefined ? ['no-route'] : ['direct-response', nameOf(service), taken.route.directResponse?.status];
}
