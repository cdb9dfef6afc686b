import { doubtAt, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf, type Resource } from '../model/resource.ts';
import { type Answer, found, outcomes, unknown } from './answer.ts';
import type { KubernetesGateway } from './gateway-api.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import type { Mesh } from './mesh.ts';
import { takesNamespace } from './namespace-selection.ts';
import { label } from './waypoint-labels.ts';

/** A Gateway that takes the place of what uses it. */
export interface Waypoint {
  readonly gateway: KubernetesGateway;
  /** `namespace/name`. */
  readonly name: string;
  /** For what it may be used (`istio.io/waypoint-for`): `service`, which is the default, `workload`, `all`, or nothing that Istio knows. */
  readonly traffic: string;
}

/** What comes of a Gateway that something of a namespace names as its waypoint for traffic of a kind; `at` is what decides there. */
export type NamedGateway =
  | { readonly kind: 'waypoint'; readonly waypoint: Waypoint }
  | { readonly kind: 'unusable'; readonly why: 'namespace' | 'traffic'; readonly at?: Place };

const trafficLabel = 'istio.io/waypoint-for';
const bindingAnnotation = 'ambient.istio.io/waypoint-inbound-binding';

/** Source: pilot/pkg/serviceregistry/ambient/waypoints.go, fetchWaypointForTarget and fetchWaypointForService. */
export function namedGateway(
  mesh: Mesh,
  gateway: KubernetesGateway,
  namespace: string,
  traffic: 'service' | 'workload',
): Answer<NamedGateway> {
  const doubt = doubtAt(gateway, 'metadata', 'labels', trafficLabel) ?? doubtAt(gateway, 'spec', 'listeners');
  if (doubt !== undefined) return unknown(doubt);
  const taken = takenBy(mesh, gateway, namespace);
  if (typeof taken === 'string') return unknown(taken);
  const purpose = trafficOf(mesh, gateway);
  if (typeof purpose === 'string') return unknown(purpose);
  if (!taken.value) return found({ kind: 'unusable', why: 'namespace', at: taken.at });
  if (purpose.value === traffic || purpose.value === 'all')
    return found({ kind: 'waypoint', waypoint: { gateway, name: nameOf(gateway), traffic: purpose.value } });
  return found({ kind: 'unusable', why: 'traffic', ...(purpose.at === undefined ? {} : { at: purpose.at }) });
}

/** By the label of the Gateway, else that of its GatewayClass. A string says why it is not known. */
function trafficOf(mesh: Mesh, gateway: KubernetesGateway): { readonly value: string; readonly at?: Place } | string {
  const own = label(gateway.metadata.labels, trafficLabel);
  const at = (resource: Resource): Place => ({ kind: 'node', resource, path: ['metadata', 'labels', trafficLabel], part: 'value' });
  if (own !== undefined) return { value: own, at: at(gateway) };
  const doubt = doubtAt(gateway, 'spec', 'gatewayClassName');
  if (doubt !== undefined) return doubt;
  const answer = mesh.lookup('GatewayClass', '', gateway.spec.gatewayClassName);
  // The classes that Istio brings have no label.
  if (answer.kind === 'unknown' && gatewayRoleOf(mesh, gateway.spec.gatewayClassName).kind === 'unknown') return answer.reason;
  const classes = outcomes(answer);
  const inDoubt = classes.map((one) => doubtAt(one, 'metadata', 'labels', trafficLabel)).find((reason) => reason !== undefined);
  if (inDoubt !== undefined) return inDoubt;
  const [first, ...others] = classes.map((one) => ({ value: label(one.metadata.labels, trafficLabel), resource: one }));
  if (others.some(({ value }) => value !== first?.value)) return doubtReasons.variant;
  return first?.value === undefined ? { value: 'service' } : { value: first.value, at: at(first.resource) };
}

/** Whether it takes what lies in a namespace: as its HBONE listener says, else only its own. A string says why it is not known. */
function takenBy(mesh: Mesh, gateway: KubernetesGateway, namespace: string): { readonly value: boolean; readonly at: Place } | string {
  const own = gateway.metadata.namespace;
  const classes = outcomes(mesh.lookup('GatewayClass', '', gateway.spec.gatewayClassName));
  if ([gateway, ...classes].some(({ metadata }) => label(metadata.annotations, bindingAnnotation) !== undefined))
    return 'a waypoint stands behind another proxy';
  const { listeners } = gateway.spec;
  const i = listeners.findIndex(({ protocol, port }) => protocol === 'HBONE' && port === 15008);
  const listener = listeners[i];
  const path = listener === undefined ? ['spec', 'listeners'] : ['spec', 'listeners', i, 'allowedRoutes', 'namespaces'];
  const written = listener?.allowedRoutes?.namespaces;
  const at: Place =
    listener !== undefined && written === undefined
      ? { kind: 'missing', resource: gateway, path }
      : { kind: 'node', resource: gateway, path, part: 'value' };
  const answer = takesNamespace(mesh, { from: written?.from ?? 'Same', selector: written?.selector }, own, namespace);
  if (answer.kind === 'unknown') return answer.reason;
  return answer.kind === 'found' ? { value: answer.value, at } : doubtReasons.variant;
}

/** The Gateways of Istio's waypoint classes, in the order of the sources. */
export function waypointGateways(mesh: Mesh): readonly KubernetesGateway[] {
  return mesh.derive(collectWaypoints);
}

function collectWaypoints(mesh: Mesh): readonly KubernetesGateway[] {
  return mesh
    .of('KubernetesGateway')
    .filter(({ spec }) => outcomes(gatewayRoleOf(mesh, spec.gatewayClassName)).some((role) => role === 'waypoint'));
}
