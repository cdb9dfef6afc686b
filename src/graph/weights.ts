import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Destination } from './destinations.ts';
import type { Mesh } from './mesh.ts';
import { deliveryOf } from './progressive-delivery.ts';

type VirtualService = ResourceOf<'VirtualService'>;

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
export function weightedRoutesOf(mesh: Mesh, virtualService: VirtualService): readonly WeightedRoute[] {
  return mesh.latest(computeRoutes, virtualService);
}

function computeRoutes(mesh: Mesh, virtualService: VirtualService): readonly WeightedRoute[] {
  const routes: WeightedRoute[] = [];
  let group: Destination[] = [];
  const close = (): void => {
    const route = weighted(mesh, virtualService, group);
    if (route !== undefined) routes.push(route);
    group = [];
  };
  for (const destination of mesh.destinationsOf(virtualService)) {
    if (destination.use === 'mirror') continue;
    const [first] = group;
    if (first !== undefined && (first.use !== destination.use || first.route !== destination.route)) close();
    group.push(destination);
  }
  close();
  return routes;
}

function weighted(mesh: Mesh, virtualService: VirtualService, destinations: readonly Destination[]): WeightedRoute | undefined {
  const [first] = destinations;
  if (first === undefined || first.use === 'mirror') return undefined;
  const name = first.use === 'http' ? virtualService.spec.http?.[first.route]?.name : undefined;
  if (deliveryOf(mesh, virtualService, name) !== undefined) return undefined;
  const total = destinations.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const shares = destinations.map((destination) => {
    const share = destinations.length === 1 ? 1 : total === 0 ? 0 : (destination.weight ?? 0) / total;
    return new ShareOf(virtualService, destination, share);
  });
  return new RouteOf(virtualService, first.use, first.route, shares, total);
}

/** Most are fine, and nobody asks where they are. */
class RouteOf implements WeightedRoute {
  readonly protocol: WeightedRoute['protocol'];
  readonly shares: readonly Share[];
  readonly total: number;
  private readonly virtualService: VirtualService;
  private readonly index: number;

  constructor(virtualService: VirtualService, protocol: WeightedRoute['protocol'], index: number, shares: readonly Share[], total: number) {
    this.protocol = protocol;
    this.shares = shares;
    this.total = total;
    this.virtualService = virtualService;
    this.index = index;
  }

  get at(): Place {
    return { kind: 'node', resource: this.virtualService, path: ['spec', this.protocol, this.index, 'route'], part: 'key' };
  }
}

/** A class, since V8 gives each object literal that has a getter a shape of its own. */
class ShareOf implements Share {
  readonly destination: Destination;
  readonly share: number;
  private readonly virtualService: VirtualService;

  constructor(virtualService: VirtualService, destination: Destination, share: number) {
    this.virtualService = virtualService;
    this.destination = destination;
    this.share = share;
  }

  get weight(): number | undefined {
    return this.destination.weight;
  }

  get at(): Place {
    return weightPlace(this.virtualService, this.destination);
  }
}

/** A destination stands beside its weight. */
function weightPlace(resource: VirtualService, { at, weight }: Destination): Place {
  const path = at.kind === 'node' ? at.path.slice(0, -1) : [];
  return {
    kind: 'node',
    resource,
    path: weight === undefined ? [...path, 'destination'] : [...path, 'weight'],
    part: weight === undefined ? 'key' : 'value',
  };
}
