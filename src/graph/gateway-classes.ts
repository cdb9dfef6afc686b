import type { ResourceOf } from '../model/resource.ts';
import { type Answer, found, missing, oneOf, unknown } from './answer.ts';
import type { Mesh } from './mesh.ts';

/**
 * What Istio makes of the Gateways of a class: a gateway with routes, a waypoint, a gateway between networks, one that is configured elsewhere
 * (`remote`), or nothing, since another controller does (`foreign`).
 */
export type GatewayRole = 'gateway' | 'waypoint' | 'east-west' | 'remote' | 'foreign';

/** Source: pilot/pkg/config/kube/gatewaycommon/classinfo.go, GetClassInfos. */
const roles: ReadonlyMap<string, GatewayRole> = new Map([
  ['istio.io/gateway-controller', 'gateway'],
  ['istio.io/agentgateway-controller', 'gateway'],
  ['istio.io/mesh-controller', 'waypoint'],
  ['istio.io/eastwest-controller', 'east-west'],
  ['istio.io/unmanaged-gateway', 'remote'],
]);

/** The classes that Istio brings. Source: classinfo.go, GetBuiltinClasses. */
const builtin: ReadonlyMap<string, GatewayRole> = new Map([
  ['istio', 'gateway'],
  ['istio-remote', 'remote'],
  ['istio-waypoint', 'waypoint'],
  ['istio-east-west', 'east-west'],
]);

/** The role of a class by its name: what its GatewayClass says, else what Istio brings under that name. */
export function gatewayRoleOf(mesh: Mesh, className: string): Answer<GatewayRole> {
  const answer = mesh.lookup('GatewayClass', '', className);
  const own = builtin.get(className);
  switch (answer.kind) {
    case 'found':
      return found(roleOf(answer.value));
    case 'order-dependent': {
      const [first = 'foreign', ...others] = new Set(answer.values.map(roleOf));
      return oneOf(first, ...others);
    }
    case 'missing':
      return own === undefined ? missing(answer.cause) : found(own);
    case 'unknown':
      return own === undefined ? unknown(answer.reason) : found(own);
  }
}

function roleOf({ spec }: ResourceOf<'GatewayClass'>): GatewayRole {
  return roles.get(spec.controllerName) ?? 'foreign';
}
