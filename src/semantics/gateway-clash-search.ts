import { isAttached } from '../graph/gateway-routes.ts';
import { meshGatewaysOf } from '../graph/gateways.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteEntry, RouteMatch } from '../graph/route-config.ts';
import { isCatchAll } from '../graph/route-lists.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import { routeConfigOf, routeConfigsOf } from '../graph/virtual-services.ts';
import { coverageOf, createKindsCache, type Region } from './cover.ts';
import { regionsOf, takes } from './covered-routes.ts';
import { universesFor } from './http-regions.ts';

/** Routes of two VirtualServices that both take some request at a gateway. */
export interface GatewayClash {
  readonly gateway: string;
  readonly host: string;
  readonly own: RouteEntry;
  readonly other: RouteEntry;
  readonly rival: VirtualService;
  /** Such a request, by what of it counts; undefined values are lacking. */
  readonly witness: ReadonlyMap<string, string | undefined>;
}

/** A match and all that comes before it in its own VirtualService. */
interface Candidate {
  readonly config: RouteConfig;
  readonly entry: RouteEntry;
  readonly region: Region;
  readonly catchAll: boolean;
  /** Those of its VirtualService, in order, of which `before` stand in front of it. */
  readonly regions: readonly Region[];
  readonly before: number;
}

/** So many pairs of routes are compared for one host of a gateway, shared among its VirtualServices; and so many named that clash with one. */
const mostCompared = 10_000;
const mostRivals = 3;

/** Of a VirtualService that shares some host with another one. One clash for each other VirtualService. */
export function clashesOf(mesh: Mesh, virtualService: VirtualService): readonly GatewayClash[] {
  const config = routeConfigOf(mesh, virtualService);
  if (config === undefined || config.http.length === 0 || config.http.some(({ unknown }) => unknown !== undefined)) return [];
  const clashes: GatewayClash[] = [];
  const seen = new Set<RouteConfig>();
  for (const gateway of config.gateways) {
    if (gateway === 'mesh') continue;
    const index = mesh.deriveFor(candidatesAt, gateway);
    for (const { host } of config.hosts) {
      const candidates = index.get(host);
      if (candidates === undefined) continue;
      let left = Math.ceil(mostCompared / candidates.size);
      for (const own of candidates.of(config)) {
        for (const other of candidates.near(own)) {
          if (seen.has(other.config) || !isEarlier(other.config, config) || !areRivals(mesh, gateway, host, config, other.config)) continue;
          if (seen.size === mostRivals || left === 0) return clashes;
          left -= 1;
          const witness = requestForBoth(mesh, gateway, config, own, other);
          const [rival] = other.config.resources;
          if (witness === undefined || rival?.kind !== 'VirtualService' || !mesh.coexist(virtualService, rival)) continue;
          seen.add(other.config);
          clashes.push({ gateway, host, own: own.entry, other: other.entry, rival, witness });
        }
      }
    }
  }
  return clashes;
}

function isEarlier(a: RouteConfig, b: RouteConfig): boolean {
  return a.namespace < b.namespace || (a.namespace === b.namespace && a.name < b.name);
}

/** None goes before the other, and some server of the gateway, as far as it is known, takes both. */
function areRivals(mesh: Mesh, gateway: string, host: string, a: RouteConfig, b: RouteConfig): boolean {
  if (a === b || a.visibility.public !== b.visibility.public) return false;
  if (!a.visibility.public && a.namespace !== b.namespace) return false;
  if (a.namespace === b.namespace) return true;
  const servers = meshGatewaysOf(mesh).find(gateway)?.servers ?? [];
  const only = ({ owners, hosts }: RouteConfig): Pick<RouteConfig, 'owners' | 'hosts'> => ({
    owners,
    hosts: hosts.filter((one) => one.host === host),
  });
  return servers.some((server) => isAttached(server, only(a)) && isAttached(server, only(b)));
}

function requestForBoth(
  mesh: Mesh,
  gateway: string,
  config: RouteConfig,
  own: Candidate,
  other: Candidate,
): ReadonlyMap<string, string | undefined> | undefined {
  if (own.catchAll !== other.catchAll || actionOf(own.entry) === actionOf(other.entry)) return undefined;
  const coverage = coverageOf(
    [...own.region, ...other.region],
    [...own.regions.slice(0, own.before), ...other.regions.slice(0, other.before)],
    universesFor(mesh, { hosts: config.hosts, gateways: [gateway] }),
    mesh.derive(createKindsCache),
  );
  return coverage.kind === 'reachable' ? coverage.witness : undefined;
}

/** What a route does with its requests, whatever it is called and wherever it stands. */
function actionOf({ targets, redirect, directResponse, rewrite, mirror, mirrors, headers }: RouteEntry): string {
  return JSON.stringify({ targets, redirect, directResponse, rewrite, mirror, mirrors, headers }, (key, value: unknown) =>
    key === 'at' ? undefined : value,
  );
}

/** Matches for one host, by the literal beginning of their paths: only where one begins with the other can both take a request. */
class Candidates {
  readonly #byConfig = new Map<RouteConfig, Candidate[]>();
  readonly #byPath = new Map<string, Candidate[]>();
  readonly #anyPath: Candidate[] = [];
  /** The paths, sorted, once all are added: those that begin with one stand right behind it. */
  #paths: readonly string[] | undefined;

  get size(): number {
    return this.#byConfig.size;
  }

  add(candidate: Candidate, match: RouteMatch | undefined): void {
    addTo(this.#byConfig, candidate.config, candidate);
    const path = literalOf(match);
    if (path === undefined) this.#anyPath.push(candidate);
    else addTo(this.#byPath, path, candidate);
  }

  of(config: RouteConfig): readonly Candidate[] {
    return this.#byConfig.get(config) ?? [];
  }

  /** Those with the same beginning or a part of it; of two that differ, the longer one finds the shorter. */
  *near(candidate: Candidate): Iterable<Candidate> {
    yield* this.#anyPath;
    const path = candidate.region.find(({ dimension }) => dimension === 'path')?.pattern;
    if (path === undefined || (path.kind !== 'exact' && path.kind !== 'prefix') || path.ignoreCase === true) {
      for (const some of this.#byPath.values()) yield* some;
      return;
    }
    this.#paths ??= [...this.#byPath.keys()].sort();
    for (let length = 0; length <= path.value.length; length += 1) yield* this.#byPath.get(path.value.slice(0, length)) ?? [];
    for (let i = firstBehind(this.#paths, path.value); this.#paths[i]?.startsWith(path.value) === true; i += 1)
      yield* this.#byPath.get(this.#paths[i] ?? '') ?? [];
  }
}

function firstBehind(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function literalOf(match: RouteMatch | undefined): string | undefined {
  const uri = match?.uri;
  if (match === undefined || uri === undefined || match.ignoreUriCase || (uri.kind !== 'exact' && uri.kind !== 'prefix')) return undefined;
  return uri.value;
}

function sharedAt(mesh: Mesh, gateway: string): ReadonlyMap<string, readonly RouteConfig[]> {
  const shared = new Map<string, readonly RouteConfig[]>();
  for (const [host, bound] of routeConfigsOf(mesh).boundTo(gateway).entries()) {
    const configs = bound.filter(({ kind }) => kind === 'VirtualService');
    if (configs.length > 1) shared.set(host, configs);
  }
  return shared;
}

/** By the hosts that more than one VirtualService has at a gateway. */
function candidatesAt(mesh: Mesh, gateway: string): ReadonlyMap<string, Candidates> {
  const byConfig = new Map<RouteConfig, readonly (readonly [Candidate, RouteMatch | undefined])[]>();
  const byHost = new Map<string, Candidates>();
  for (const [host, configs] of mesh.step(sharedAt, gateway)) {
    const ofHost = new Candidates();
    for (const config of configs) {
      const candidates = byConfig.get(config) ?? candidatesOf(config);
      byConfig.set(config, candidates);
      for (const [candidate, match] of candidates) ofHost.add(candidate, match);
    }
    byHost.set(host, ofHost);
  }
  return byHost;
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function candidatesOf(config: RouteConfig): readonly (readonly [Candidate, RouteMatch | undefined])[] {
  const regions: Region[] = [];
  const candidates: (readonly [Candidate, RouteMatch | undefined])[] = [];
  for (const entry of config.http) {
    if (!takes(entry)) continue;
    for (const [match, region] of regionsOf(entry)) {
      if (match?.doubtful === true) continue;
      // Catch-alls stand behind everything else, whichever config they come from.
      const catchAll = match === undefined || isCatchAll(match);
      candidates.push([{ config, entry, region, catchAll, regions, before: regions.length }, match]);
      regions.push(region);
    }
  }
  return candidates;
}
