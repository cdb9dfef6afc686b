import type { Mesh } from '../graph/mesh.ts';
import type { SeenService } from '../graph/registry.ts';
import type { Place } from '../model/place.ts';
import { type RoutingProxy, servicesFor } from './route-clusters.ts';
import { outcome, type RouteOutcome } from './route-outcome.ts';

/** What nothing routes goes to the service itself, on a port that the proxy's clusters for it may lack. */
export function toService(
  mesh: Mesh,
  proxy: RoutingProxy,
  service: SeenService,
  port: number,
  places: readonly Place[],
  via: 'http' | 'tcp',
): RouteOutcome {
  const { host, namespace, definitions } = service;
  const clusters = servicesFor(mesh, proxy, host);
  // Which of several definitions is meant is the same for the route as for its cluster.
  const same = clusters.filter((cluster) => cluster.namespace === namespace);
  const cluster = (same.length > 0 ? same : clusters).some(({ ports }) => hasPort(ports, port)) ? 'present' : 'absent';
  const declared = service.ports.find(({ number }) => number === port);
  const at: Place = declared?.at ?? { kind: 'node', resource: definitions[0].resource, path: [], part: 'value' };
  return outcome('forward', [...places, at], {
    via,
    destinations: [{ host, subset: undefined, port, weight: 100, cluster }],
    status: cluster === 'absent' ? 503 : undefined,
  });
}

function hasPort(ports: SeenService['ports'], wanted: number): boolean {
  return ports.some(({ number, protocol }) => number === wanted && protocol !== 'UDP');
}
