import type { Mesh } from '../graph/mesh.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import { routeConfigOf } from '../graph/virtual-services.ts';
import { clientClassesOf } from './client-classes.ts';
import { hiddenFrom, type PartlyUnreachable } from './hidden-from-clients.ts';

/**
 * The routes of a VirtualService that an earlier route for some clients only hides from these. A route that says nothing of requests is what is
 * left for all others, and not looked at; neither are routes that say themselves who they are for.
 */
export function partlyUnreachable(mesh: Mesh, virtualService: VirtualService): readonly PartlyUnreachable[] {
  const config = routeConfigOf(mesh, virtualService);
  if (config === undefined) return [];
  const classes = clientClassesOf(config);
  return classes.length === 0 ? [] : hiddenFrom(mesh, virtualService, config, classes);
}
