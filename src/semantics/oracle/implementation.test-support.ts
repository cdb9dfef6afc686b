/** The questions of the implementation that the oracle answers too: what the mutation test bundles, with something wrong in it. */
export { authorizationOf } from '../../graph/authorization.ts';
export { choicesOf } from '../../graph/destination-rules.ts';
export { gatewayPortsOf, gatewayRoutesOf, isAttached } from '../../graph/gateway-routes.ts';
export { meshGatewaysOf } from '../../graph/gateways.ts';
export { HostIndex, resolveHost } from '../../graph/hosts.ts';
export { inboundPortOf } from '../../graph/inbound-ports.ts';
export { createMesh } from '../../graph/mesh.ts';
export { meshRoutesOf } from '../../graph/mesh-routes.ts';
export { clustersOf } from '../../graph/registry.ts';
export { parentsOf } from '../../graph/route-attachments.ts';
export { mayComeFirst } from '../../graph/route-lists.ts';
export { servicesOf } from '../../graph/services.ts';
export { sidecarScopesOf } from '../../graph/sidecars.ts';
export { routeConfigsOf } from '../../graph/virtual-services.ts';
export { accessOf } from '../access.ts';
export { clientTlsOf } from '../client-tls.ts';
export { mtlsModeOf } from '../mtls.ts';
export { routeOf } from '../routing.ts';
