import type { RouteEntry, RouteResource } from '../graph/route-config.ts';
import type { Place } from '../model/place.ts';

/** A route, or a rule of the Gateway API, as messages name it. */
export interface NamedRoute {
  readonly resource: RouteResource;
  /** Index of the route. */
  readonly index: number;
  /** As written. */
  readonly name: string | undefined;
  /** A route is shown at its name. */
  readonly at: Place;
}

/** Of the route that holds a place. */
export function indexOf(at: Place): number {
  return at.kind === 'text' ? -1 : Number(at.path[2]);
}

export function pathTo({ kind }: RouteResource): readonly string[] {
  return kind === 'VirtualService' ? ['spec', 'http'] : ['spec', 'rules'];
}

/** The written route, or rule, that an entry is made of. */
export function routeOfEntry({ resource, at }: RouteEntry): NamedRoute {
  return namedRoute(resource, indexOf(at));
}

export function namedRoute(resource: RouteResource, index: number): NamedRoute {
  const name = resource.kind === 'VirtualService' ? resource.spec.http?.[index]?.name : resource.spec.rules?.[index]?.name;
  const path = [...pathTo(resource), index];
  return {
    resource,
    index,
    name,
    at: { kind: 'node', resource, path: name === undefined ? path : [...path, 'name'], part: 'value' },
  };
}
