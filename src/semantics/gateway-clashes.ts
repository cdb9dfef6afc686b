import { isContested } from '../graph/contested-hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { VirtualService } from '../graph/virtual-service-routes.ts';
import { clashesOf, type GatewayClash } from './gateway-clash-search.ts';

/**
 * At a gateway the VirtualServices of one host are put one behind the other, the oldest first, and only catch-alls move to the end. Where two
 * of them have different answers for a request, and neither is nearer to the gateway, which one it gets depends on which was created first.
 * One clash for each other VirtualService, reported of the one whose namespace and name come later.
 * Source: pilot/pkg/model/push_context.go (VirtualServicesForGateway), pilot/pkg/networking/core/gateway.go (buildGatewayHTTPRouteConfig).
 */
export function gatewayClashes(mesh: Mesh, virtualService: VirtualService): readonly GatewayClash[] {
  return isContested(mesh, virtualService) ? clashesOf(mesh, virtualService) : [];
}
