import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Destination } from './destinations.ts';
import type { Mesh } from './mesh.ts';
import { deliveryOf } from './progressive-delivery.ts';

/** One destination of a route and its share of the traffic. */
export interface Share {
  readonly destination: Destination;
  /** As written; undefined counts as 0 beside other destinations. */
  readonly weight: number | undefined;
  /** The weight where it is written, else the destination's entry. */
  readonly at: Place;
  /** Between 0 and 1. */
  readonly share: number;
}

/** A route that sends traffic to one or more destinations, by weight. */
export interface WeightedRoute {
  readonly protocol: 'http' | 'tcp' | 'tls';
  /** The list of destinations. */
  readonly at: Place;
  readonly shares: readonly Share[];
  /** Of all weights; those that are not written count as 0. */
  readonly total: number;
}

/**
 * The routes of a VirtualService with the share that each destination gets: a single destination gets everything whatever its weight,
 * several get weight / total, and a missing weight is 0. Routes whose weights a Rollout or Canary moves are left out.
 * Source: pilot/pkg/networking/core/route/route.go (processWeightedDestination) and validateWeights in pkg/config/validation.
 */
export function* weightedRoutesOf(mesh: Mesh, virtualService: ResourceOf<'VirtualService'>): Iterable<WeightedRoute> {
  const byRoute = new Map<string, Destination[]>();
  for (const destination of mesh.destinationsOf(virtualService)) {
    if (destination.use === 'mirror' || destination.at.kind !== 'node') continue;
    const key = destination.at.path.slice(0, 3).join('/');
    const known = byRoute.get(key);
    if (known === undefined) byRoute.set(key, [destination]);
    else known.push(destination);
  }
  for (const destinations of byRoute.values()) {
    const [first] = destinations;
    if (first === undefined || first.use === 'mirror' || first.at.kind !== 'node') continue;
    const [, protocol, index] = first.at.path;
    const name = protocol === 'http' && typeof index === 'number' ? virtualService.spec.http?.[index]?.name : undefined;
    if (deliveryOf(mesh, virtualService, name) !== undefined) continue;
    const total = destinations.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
    yield {
      protocol: first.use,
      at: { kind: 'node', resource: virtualService, path: first.at.path.slice(0, 4), part: 'key' },
      total,
      shares: destinations.map((destination) => ({
        destination,
        weight: destination.weight,
        at: weightPlace(virtualService, destination),
        share: destinations.length === 1 ? 1 : total === 0 ? 0 : (destination.weight ?? 0) / total,
      })),
    };
  }
}

/** A destination stands beside its weight. */
function weightPlace(resource: ResourceOf<'VirtualService'>, { at, weight }: Destination): Place {
  const path = at.kind === 'node' ? at.path.slice(0, -1) : [];
  return {
    kind: 'node',
    resource,
    path: weight === undefined ? [...path, 'destination'] : [...path, 'weight'],
    part: weight === undefined ? 'key' : 'value',
  };
}
