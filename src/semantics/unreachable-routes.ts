import { resolveGateway } from '../graph/claims.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Condition, coverageOf, createKindsCache, type Region } from './cover.ts';
import { regionOfHttpMatch, universesFor } from './http-regions.ts';

type VirtualService = ResourceOf<'VirtualService'>;
type Protocol = 'http' | 'tls' | 'tcp';

/** A route or a single match that no request reaches, whoever sends it and through whichever gateway. */
export interface Unreachable {
  readonly protocol: Protocol;
  /** Index of the route. */
  readonly route: number;
  /** Index of the match; undefined: the whole route. */
  readonly match: number | undefined;
  readonly at: Place;
  /** The earlier routes that together take its traffic; none when nothing can match it at all. */
  readonly takenBy: readonly { readonly index: number; readonly at: Place; readonly name: string | undefined }[];
}

interface Entry {
  readonly index: number;
  readonly name: string | undefined;
  readonly regions: readonly Region[];
  /** Whether the route takes what it matches; a delegate may leave some of it to later routes. */
  readonly takes: boolean;
}

/**
 * Routes of one VirtualService that earlier routes of it hide. Routes are tried in order and the first that matches takes the request;
 * generation stops at a route that matches everything. Sound: what can't be compared is not reported.
 * Source: pilot/pkg/networking/core/route/route.go (BuildHTTPRoutesForVirtualService), pilot/pkg/networking/core/tls.go.
 */
export function unreachableRoutes(mesh: Mesh, virtualService: VirtualService): readonly Unreachable[] {
  // The routes of a delegate are combined with the matches of its root, and may be dropped there.
  if ((virtualService.spec.hosts ?? []).length === 0) return [];
  return [
    ...hidden(mesh, virtualService, 'http', httpEntries(virtualService)),
    ...hidden(mesh, virtualService, 'tls', tlsEntries(virtualService)),
    ...hidden(mesh, virtualService, 'tcp', tcpEntries(virtualService)),
  ];
}

function hidden(mesh: Mesh, virtualService: VirtualService, protocol: Protocol, entries: readonly Entry[]): readonly Unreachable[] {
  const universes = universesFor(mesh, virtualService);
  const earlier: { readonly region: Region; readonly entry: Entry }[] = [];
  const found: Unreachable[] = [];
  for (const entry of entries) {
    const covered = entry.regions.map((region) => {
      const coverage = coverageOf(
        region,
        earlier.map((other) => other.region),
        universes,
        mesh.derive(createKindsCache),
      );
      return coverage.kind === 'covered'
        ? [...new Set(coverage.by.map((i) => earlier[i]?.entry).filter((taker) => taker !== undefined))]
        : undefined;
    });
    const place = (match: number): Place => ({
      kind: 'node',
      resource: virtualService,
      path: ['spec', protocol, entry.index, 'match', match],
      part: 'value',
    });
    // A route is shown at its name.
    const placeOf = ({ index, name }: Entry): Place => ({
      kind: 'node',
      resource: virtualService,
      path: name === undefined ? ['spec', protocol, index] : ['spec', protocol, index, 'name'],
      part: 'value',
    });
    const takers = (of: readonly Entry[]): Unreachable['takenBy'] =>
      of.map((taker) => ({ index: taker.index, name: taker.name, at: placeOf(taker) }));
    if (covered.every((by) => by !== undefined)) {
      const all = [...new Set(covered.flat())].sort((a, b) => a.index - b.index);
      found.push({ protocol, route: entry.index, match: undefined, at: placeOf(entry), takenBy: takers(all) });
    } else {
      for (const [i, by] of covered.entries())
        if (by !== undefined) found.push({ protocol, route: entry.index, match: i, at: place(i), takenBy: takers(by) });
    }
    if (entry.takes) for (const region of entry.regions) earlier.push({ region, entry });
  }
  return found;
}

function httpEntries(virtualService: VirtualService): readonly Entry[] {
  const { namespace } = virtualService.metadata;
  const entries = (virtualService.spec.http ?? []).map((route, index) => ({
    index,
    name: route.name,
    regions: route.match === undefined || route.match.length === 0 ? [[]] : route.match.map((match) => regionOfHttpMatch(match, namespace)),
    takes:
      route.delegate === undefined && (route.route !== undefined || route.redirect !== undefined || route.directResponse !== undefined),
  }));
  return entries.map((entry) => (leftOutBelow(virtualService, 'http', entry.index) ? { ...entry, takes: false } : entry));
}

/** Envoy prefers the most specific SNI, whatever the order: only the very same host is hidden. */
function tlsEntries(virtualService: VirtualService): readonly Entry[] {
  return (virtualService.spec.tls ?? []).map((route, index) => ({
    index,
    name: undefined,
    regions: route.match.flatMap((match) =>
      match.sniHosts.map((host) => [equal('sni', host), ...layer4(match, virtualService.metadata.namespace)]),
    ),
    takes: !leftOutBelow(virtualService, 'tls', index),
  }));
}

function tcpEntries(virtualService: VirtualService): readonly Entry[] {
  return (virtualService.spec.tcp ?? []).map((route, index) => ({
    index,
    name: undefined,
    regions:
      route.match === undefined || route.match.length === 0
        ? [[]]
        : route.match.map((match) => layer4(match, virtualService.metadata.namespace)),
    takes: !leftOutBelow(virtualService, 'tcp', index),
  }));
}

interface Layer4Match {
  readonly destinationSubnets?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly string[];
  readonly sourceNamespace?: string;
}

/** Unlike in http routes, gateways, labels and namespace all count. Source: pilot/pkg/networking/core/tls.go. */
function layer4(match: Layer4Match, namespace: string): Region {
  const conditions: Condition[] = [];
  const subnets = match.destinationSubnets ?? [];
  // Subnets are compared as they are written: the more specific one wins in the proxy, whatever the order.
  if (subnets.length > 0) conditions.push(equal('subnets', [...subnets].sort().join(' ')));
  if (match.port !== undefined) conditions.push(equal('port', String(match.port)));
  for (const [name, value] of Object.entries(match.sourceLabels ?? {})) conditions.push(equal(`label ${name}`, value));
  if (match.sourceNamespace !== undefined && match.sourceNamespace !== '') conditions.push(equal('namespace', match.sourceNamespace));
  const gateways = (match.gateways ?? []).map((gateway) => resolveGateway(gateway, namespace)).sort();
  const [only] = gateways;
  if (gateways.length === 1 && only !== undefined) conditions.push(equal('gateway', only));
  else if (gateways.length > 1) {
    const value = gateways.map((gateway) => gateway.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    conditions.push({ dimension: 'gateway', pattern: { kind: 'regex', value }, negated: false, whenAbsent: false });
  }
  return conditions;
}

function equal(dimension: string, value: string): Condition {
  return { dimension, pattern: { kind: 'exact', value }, negated: false, whenAbsent: false };
}

/** Something of the route was not of its type: what it really matches is not known. */
function leftOutBelow({ leftOut }: VirtualService, protocol: Protocol, index: number): boolean {
  return leftOut.some(([first, second, third]) => first === 'spec' && second === protocol && (third === undefined || third === index));
}
