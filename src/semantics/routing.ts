import { type Answer, oneOf, unknown } from '../graph/answer.ts';
import { routesInDoubt, sidecarsInDoubt } from '../graph/doubtful-routes.ts';
import type { Mesh } from '../graph/mesh.ts';
import { labelsInDoubt, type Workload } from '../graph/workloads.ts';
import type { Regexes } from './access-strings.ts';
import { routeAtGateway } from './route-gateway.ts';
import { domainOf, type Traffic } from './route-match.ts';
import { routeInMesh } from './route-mesh.ts';
import { outcomeKey, type RouteOutcome } from './route-outcome.ts';

export type { Traffic } from './route-match.ts';
export type { RoutedDestination, RouteOutcome } from './route-outcome.ts';

/** Where traffic enters: at the sidecar of an application that calls, or at a gateway's pods that are called. */
export interface RouteEntryPoint {
  readonly kind: 'sidecar' | 'gateway';
  readonly workload: Workload;
}

/**
 * What becomes of one request or connection to a host and a port of its (for a gateway: of the gateway's Service): by which route, to which
 * destinations, and whether the proxy knows these; or which other end it takes. The client's Sidecar, VirtualServices, HTTPRoutes and
 * DestinationRules decide as Istio has them decide; where the oldest of several does, all outcomes are told.
 */
export function routeOf(
  mesh: Mesh,
  entry: RouteEntryPoint,
  host: string,
  port: number,
  traffic: Traffic,
  regexes: Regexes,
): Answer<RouteOutcome> {
  const { kind, workload } = entry;
  const doubt = labelsInDoubt(workload) ?? (kind === 'sidecar' ? sidecarsInDoubt(mesh, workload.namespace) : undefined);
  if (doubt !== undefined) return unknown(doubt);
  for (const name of namesIn(host, traffic)) {
    const reason = routesInDoubt(mesh, name);
    if (reason !== undefined) return unknown(reason);
  }
  const take = kind === 'sidecar' ? routeInMesh : routeAtGateway;
  const possible = take(mesh, workload, host, port, traffic, regexes);
  if ('unknown' in possible) return unknown(possible.unknown);
  const distinct = new Map<string, RouteOutcome>();
  for (const one of possible) {
    const key = outcomeKey(one);
    if (!distinct.has(key)) distinct.set(key, one);
  }
  const [first, ...others] = distinct.values();
  return first === undefined ? unknown('no order of creation leads to an outcome') : oneOf(first, ...others);
}

/** All by which routes may be found. */
function namesIn(host: string, traffic: Traffic): ReadonlySet<string> {
  const names = new Set([host]);
  if (traffic.kind === 'http' && traffic.request.authority !== undefined) names.add(domainOf(traffic.request.authority.toLowerCase()));
  if (traffic.kind !== 'tcp' && traffic.sni !== undefined) names.add(traffic.sni.toLowerCase());
  return names;
}
