import type { Mesh } from '../graph/mesh.ts';
import type { RouteResource } from '../graph/route-config.ts';
import { routeConfigOf } from '../graph/virtual-services.ts';
import type { ResourceOf } from '../model/resource.ts';
import { isReached, judgedConfig } from './covered-routes.ts';
import { unreachableStreams } from './unreachable-streams.ts';
import { type Unreachable, unreached, unreachedOfDelegate, unreachedOfGatewayApi } from './unreached-routes.ts';

/** Of the kinds that have http routes. */
export type HttpRouted = Exclude<RouteResource, ResourceOf<'TLSRoute'> | ResourceOf<'TCPRoute'>>;

/**
 * Routes of one resource that others in front of them hide: of the resource itself, of the VirtualService that delegates to it or that it
 * delegates to, and of other HTTPRoutes at the same gateways.
 */
export function unreachableRoutes(mesh: Mesh, resource: HttpRouted): readonly Unreachable[] {
  if (resource.kind !== 'VirtualService') return unreachedOfGatewayApi(mesh, resource);
  const config = routeConfigOf(mesh, resource);
  const { hosts = [], tls = [], tcp = [] } = resource.spec;
  if (config === undefined) return hosts.length === 0 ? unreachedOfDelegate(mesh, resource) : [];
  const judged = judgedConfig(mesh, config);
  return [
    ...(judged.every(isReached) ? [] : unreached(resource, [judged])),
    ...(tls.length < 2 ? [] : unreachableStreams(mesh, resource, config, 'tls')),
    ...(tcp.length < 2 ? [] : unreachableStreams(mesh, resource, config, 'tcp')),
  ];
}
