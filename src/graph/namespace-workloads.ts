import type { Mesh } from './mesh.ts';
import type { Workload } from './workloads.ts';

/** The workloads of a namespace. Who asks about one does not rest on those of all others. */
export function workloadsIn(mesh: Mesh, namespace: string): readonly Workload[] {
  return mesh.step(findWorkloads, namespace);
}

function findWorkloads(mesh: Mesh, namespace: string): readonly Workload[] {
  return mesh.derive(byNamespace).get(namespace) ?? [];
}

function byNamespace(mesh: Mesh): ReadonlyMap<string, readonly Workload[]> {
  const namespaces = new Map<string, Workload[]>();
  for (const workload of mesh.workloads) {
    const known = namespaces.get(workload.namespace);
    if (known === undefined) namespaces.set(workload.namespace, [workload]);
    else known.push(workload);
  }
  return namespaces;
}
