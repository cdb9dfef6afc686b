import { outcomes } from '../graph/answer.ts';
import type { Mesh } from '../graph/mesh.ts';
import { servedBy } from '../graph/served-by.ts';
import { type ServicePort, servicesOf } from '../graph/services.ts';
import { type Waypoint, type WaypointService, waypointsOf } from '../graph/waypoints.ts';
import type { Workload } from '../graph/workloads.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf } from '../model/resource.ts';
import type { Unclear } from './access-truth.ts';
import type { AccessQuestion } from './access-verdict.ts';

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

/**
 * All ways that a call may take. A caller without identity has no ztunnel that would send it to a waypoint, and the workload's own never does.
 * A waypoint of the pods is for what is sent to their addresses, and never for what was sent to a service.
 * Source: ztunnel's src/proxy/outbound.rs and inbound_passthrough.rs.
 */
export function waysTo(mesh: Mesh, { from, to, port, address }: AccessQuestion): readonly Way[] | Unclear {
  if (from.identity === undefined) return [{ kind: 'straight' }];
  if (address === 'pod') return waysToPod(mesh, to);
  if (address !== undefined) return waysToService(mesh, address.service, address.port);
  const ways: Way[] = [{ kind: 'straight' }];
  const add = (some: readonly Way[] | Unclear): Unclear | undefined => {
    if ('unclear' in some) return some;
    ways.push(...some.filter(({ kind }) => kind !== 'straight'));
    return undefined;
  };
  let unclear = add(waysToPod(mesh, to));
  for (const served of servedBy(mesh, to)) {
    if (served.target === port) unclear ??= add(waysToService(mesh, served.service.resource, served.port.number));
  }
  return unclear ?? ways;
}

function waysToPod(mesh: Mesh, workload: Workload): readonly Way[] | Unclear {
  const use = waypointsOf(mesh).ofWorkload(workload);
  if (use.kind === 'unknown') return { unclear: use.reason };
  return outcomes(use).map((one): Way => {
    return one.kind === 'waypoint' ? { kind: 'waypoint', waypoint: one.waypoint, label: one.label } : { kind: 'straight' };
  });
}

function waysToService(mesh: Mesh, resource: WaypointService, number: number): readonly Way[] | Unclear {
  const use = waypointsOf(mesh).ofService(resource);
  if (use.kind === 'unknown') return { unclear: use.reason };
  const ways: Way[] = [];
  for (const one of outcomes(use)) {
    if (one.kind !== 'waypoint') {
      ways.push({ kind: 'straight' });
      continue;
    }
    const doubt = doubtAt(resource, 'spec', 'ports');
    if (doubt !== undefined) return { unclear: doubt };
    const port = portOf(mesh, resource, number);
    if (port === undefined) return { unclear: `a waypoint opens the ports of ${nameOf(resource)}, and this is none of them` };
    ways.push({ kind: 'waypoint', waypoint: one.waypoint, label: one.label, service: { resource, port } });
  }
  return ways;
}

function portOf(mesh: Mesh, resource: WaypointService, number: number): ServicePort | undefined {
  const services = servicesOf(mesh).withPort(number);
  return services.find((service) => service.resource === resource)?.ports.find((port) => port.number === number && port.protocol !== 'UDP');
}
