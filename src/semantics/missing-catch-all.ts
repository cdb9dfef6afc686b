import type { Mesh } from '../graph/mesh.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import { type Request, unmatchedRequest } from './unmatched-requests.ts';

/**
 * A request that none of the http routes of a VirtualService matches; undefined: there is none, or it is not known. A delegate counts as taking
 * all that is handed to it, and at a gateway so do other VirtualServices for the host, which are merged there.
 */
export function missingCatchAll(mesh: Mesh, virtualService: VirtualService): Request | undefined {
  // Most end with a route for all that is left.
  const isOpen = virtualService.spec.http?.every(({ match = [] }) => match.length > 0) === true;
  return isOpen ? unmatchedRequest(mesh, virtualService) : undefined;
}
