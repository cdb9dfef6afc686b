import { outcomes } from '../graph/answer.ts';
import { resolutionOf } from '../graph/endpoints.ts';
import type { Mesh } from '../graph/mesh.ts';
import { servedBy } from '../graph/served-by.ts';
import { type ServicePort, servicesOf } from '../graph/services.ts';
import type { Waypoint } from '../graph/waypoint-gateways.ts';
import type { WaypointService } from '../graph/waypoint-labels.ts';
import { waypointsOf } from '../graph/waypoints.ts';
import type { Workload } from '../graph/workloads.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf } from '../model/resource.ts';
import type { Unclear } from './access-truth.ts';
import type { AccessQuestion, CalledAddress } from './access-verdict.ts';

/** How a call comes to an ambient workload: from the caller's proxy itself, or through a waypoint. */
export type Way = { readonly kind: 'straight' } | WaypointWay;

export interface WaypointWay {
  readonly kind: 'waypoint';
  readonly waypoint: Waypoint;
  /** The label by which it is used. */
  readonly label: Place;
  /** What the caller calls; undefined: the address of the pod. */
  readonly service?: { readonly resource: WaypointService; readonly port: ServicePort };
}

const straight: Way = { kind: 'straight' };

/**
 * All ways that a call may take. What has no identity was sent by no proxy that knows waypoints, sidecars connect to the pods that they choose
 * themselves, and the ztunnel of a workload sends nothing back. A ztunnel sends what goes to the address of a pod to the waypoint of the pods, and what
 * goes to a service, which must have an address, to the service's; a gateway the latter only where it is told to.
 * Source: pilot/pkg/xds/endpoints/endpoint_builder.go (findServiceWaypoint, buildEnvoyLbEndpoint); ztunnel's src/proxy/outbound.rs, inbound.rs and
 * inbound_passthrough.rs.
 */
export function waysTo(mesh: Mesh, { from, to, port, address }: AccessQuestion): readonly Way[] | Unclear {
  if (from.identity === undefined) return [{ kind: 'straight' }];
  if (from.proxy === 'sidecar') return [straight];
  const sender = from.proxy ?? 'ztunnel';
  // Sidecars and ztunnels have an identity alike.
  const ways: Way[] = from.proxy === undefined || address === undefined ? [straight] : [];
  const add = (some: readonly Way[] | Unclear): Unclear | undefined => {
    if ('unclear' in some) return some;
    ways.push(...some.filter(({ kind }) => kind !== 'straight' || !ways.includes(straight)));
    return undefined;
  };
  const toPod = (): readonly Way[] | Unclear => (sender === 'gateway' ? [straight] : waysToPod(mesh, to));
  if (address === 'pod') return add(toPod()) ?? ways;
  if (address !== undefined) return add(waysToService(mesh, address, to, sender)) ?? ways;
  let unclear = add(toPod());
  for (const served of servedBy(mesh, to)) {
    const called = { service: served.service.resource, port: served.port.number };
    if (served.target === port) unclear ??= add(waysToService(mesh, called, to, sender));
  }
  return unclear ?? ways;
}

function waysToPod(mesh: Mesh, workload: Workload): readonly Way[] | Unclear {
  const use = waypointsOf(mesh).ofWorkload(workload);
  if (use.kind === 'unknown') return { unclear: use.reason };
  return outcomes(use).map((one): Way => {
    return one.kind === 'waypoint' ? { kind: 'waypoint', waypoint: one.waypoint, label: one.label } : straight;
  });
}

function waysToService(
  mesh: Mesh,
  { service: resource, port: number }: Exclude<CalledAddress, 'pod'>,
  to: Workload,
  sender: 'ztunnel' | 'gateway',
): readonly Way[] | Unclear {
  const service = servicesOf(mesh)
    .withPort(number)
    .find((one) => one.resource === resource);
  // It stands for the addresses of its pods.
  if (service?.headless === true) return sender === 'gateway' ? [straight] : waysToPod(mesh, to);
  if (sender === 'gateway') {
    const ingress = waypointsOf(mesh).fromIngress(resource);
    if (ingress.kind === 'unknown') return { unclear: ingress.reason };
    if (!outcomes(ingress).some(({ used }) => used)) return [straight];
    // What is resolved by DNS goes to where that leads.
    if (service !== undefined && resolutionOf(service) !== 'endpoints') return [straight];
    if (resource.kind === 'ServiceEntry' && service?.addresses.length === 0)
      return { unclear: 'whether Istio gives a ServiceEntry an address is not known' };
  }
  const use = waypointsOf(mesh).ofService(resource);
  if (use.kind === 'unknown') return { unclear: use.reason };
  const ways: Way[] = [];
  for (const one of outcomes(use)) {
    if (one.kind !== 'waypoint') {
      ways.push(straight);
      continue;
    }
    const doubt = doubtAt(resource, 'spec', 'ports');
    if (doubt !== undefined) return { unclear: doubt };
    const port = service?.ports.find((declared) => declared.number === number && declared.protocol !== 'UDP');
    if (port === undefined) return { unclear: `a waypoint opens the ports of ${nameOf(resource)}, and this is none of them` };
    const { canary } = one;
    if (canary?.weight !== 100) ways.push({ kind: 'waypoint', waypoint: one.waypoint, label: one.label, service: { resource, port } });
    if (canary !== undefined && canary.weight > 0)
      ways.push({ kind: 'waypoint', waypoint: canary.waypoint, label: canary.label, service: { resource, port } });
  }
  return ways;
}
