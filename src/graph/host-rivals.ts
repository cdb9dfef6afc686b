import { isContested } from './contested-hosts.ts';
import type { Mesh } from './mesh.ts';
import { findRivals, type HostRivals } from './rival-search.ts';
import type { VirtualService } from './virtual-service-routes.ts';

/** So many are looked for. */
export const mostRivals = 4;

/**
 * Of several VirtualServices for one host a sidecar takes the http routes of one alone: those that are exported by name come before public
 * ones, and of equals the oldest. Rivals are equals of which one has routes for every client, so that the other gets no requests, or loses them
 * if it is younger. Routes for tcp and tls are put together and do not count.
 * Source: pilot/pkg/model/push_context.go (VirtualServicesForGateway), pilot/pkg/networking/core/route/route.go (hostsFor a service).
 */
export function rivalsOf(mesh: Mesh, virtualService: VirtualService): readonly HostRivals[] {
  return isContested(mesh, virtualService) ? findRivals(mesh, virtualService, mostRivals) : [];
}
