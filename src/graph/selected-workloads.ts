import { endpointsOf } from './endpoints.ts';
import { LabelIndex } from './label-index.ts';
import type { Mesh } from './mesh.ts';
import { workloadsIn } from './namespace-workloads.ts';
import { type MeshService, type ServicePort, servicesIn } from './services.ts';
import type { Workload } from './workloads.ts';

/** The workloads of a namespace whose pods have these labels, proxy or not; without labels all of them. */
export function workloadsWith(mesh: Mesh, namespace: string, labels: Readonly<Record<string, string>>): readonly Workload[] {
  return mesh.deriveFor(indexed, namespace).selectedBy(labels);
}

function indexed(mesh: Mesh, namespace: string): LabelIndex<Workload> {
  const index = new LabelIndex<Workload>();
  for (const workload of workloadsIn(mesh, namespace)) index.add(workload.labels, workload);
  return index;
}

/** A port of a service that leads to a port of a workload. */
export interface ServedBy {
  readonly service: MeshService;
  readonly port: ServicePort;
  /** The container's port. */
  readonly target: number;
}

/** All ports of services that lead to a workload. */
export function servedBy(mesh: Mesh, workload: Workload): readonly ServedBy[] {
  return mesh.step(findServing, workload);
}

function findServing(mesh: Mesh, workload: Workload): readonly ServedBy[] {
  return mesh.deriveFor(served, workload.namespace).get(workload) ?? [];
}

function served(mesh: Mesh, namespace: string): ReadonlyMap<Workload, readonly ServedBy[]> {
  const byWorkload = new Map<Workload, ServedBy[]>();
  for (const service of servicesIn(mesh, namespace)) {
    for (const port of service.ports) {
      for (const { workload, port: target } of endpointsOf(mesh, service, port)) {
        if (workload === undefined) continue;
        const known = byWorkload.get(workload);
        if (known === undefined) byWorkload.set(workload, [{ service, port, target }]);
        else known.push({ service, port, target });
      }
    }
  }
  return byWorkload;
}
