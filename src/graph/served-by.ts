import { podOf, podSelectorOf, targetOn } from './endpoints.ts';
import type { Mesh } from './mesh.ts';
import { SelectorIndex } from './selectors.ts';
import { type MeshService, type ServicePort, servicesOf } from './services.ts';
import type { Workload } from './workloads.ts';

/** A port of a service that leads to a port of a workload. */
export interface ServedBy {
  readonly service: MeshService;
  readonly port: ServicePort;
  /** The container's port. */
  readonly target: number;
}

/** All ports of services that lead to a workload, in the order of the services. */
export function servedBy(mesh: Mesh, workload: Workload): readonly ServedBy[] {
  return mesh.latest(findServing, workload);
}

function findServing(mesh: Mesh, workload: Workload): readonly ServedBy[] {
  const { all } = servicesOf(mesh);
  const found: ServedBy[] = [];
  const taking = mesh.derive(selectingServices).get(workload.namespace)?.matching(mesh.latest(podOf, workload).labels) ?? [];
  for (const index of taking.length < 2 ? taking : [...taking].sort((a, b) => a - b)) {
    const service = all[index];
    if (service === undefined) continue;
    for (const port of service.ports) {
      const target = targetOn(service, port, workload);
      if (target !== undefined) found.push({ service, port, target });
    }
  }
  return found;
}

/** By namespace, the services that select pods, as indexes into all services. */
function selectingServices(mesh: Mesh): ReadonlyMap<string, SelectorIndex<number>> {
  const byNamespace = new Map<string, SelectorIndex<number>>();
  for (const [i, service] of servicesOf(mesh).all.entries()) {
    const selector = podSelectorOf(service);
    if (selector === undefined) continue;
    let index = byNamespace.get(service.namespace);
    if (index === undefined) byNamespace.set(service.namespace, (index = new SelectorIndex<number>()));
    index.add(selector, i);
  }
  return byNamespace;
}
