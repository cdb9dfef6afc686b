import type { Mesh } from './mesh.ts';
import type { RouteConfig, RouteEntry } from './route-config.ts';
import { hasDelegates, type VirtualService } from './virtual-service-routes.ts';
import { routeConfigsOf } from './virtual-services.ts';

/** The VirtualServices that take in routes of a delegate. */
export function rootsOf(mesh: Mesh, delegate: VirtualService): readonly RouteConfig[] {
  return mesh.derive(rootsByDelegate).get(delegate) ?? [];
}

function rootsByDelegate(mesh: Mesh): ReadonlyMap<RouteEntry['resource'], readonly RouteConfig[]> {
  const roots = new Map<RouteEntry['resource'], RouteConfig[]>();
  for (const config of routeConfigsOf(mesh).all) {
    const [resource] = config.resources;
    if (resource?.kind !== 'VirtualService' || !hasDelegates(resource)) continue;
    for (const delegate of new Set(config.http.flatMap(({ delegatedBy, resource }) => (delegatedBy === undefined ? [] : [resource])))) {
      const known = roots.get(delegate);
      if (known === undefined) roots.set(delegate, [config]);
      else known.push(config);
    }
  }
  return roots;
}
