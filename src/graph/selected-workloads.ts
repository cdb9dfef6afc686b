import { LabelIndex } from './label-index.ts';
import type { Mesh } from './mesh.ts';
import type { Workload } from './workloads.ts';

/** The workloads of a namespace whose pods have these labels, proxy or not; without labels all of them. */
export function workloadsWith(mesh: Mesh, namespace: string, labels: Readonly<Record<string, string>>): readonly Workload[] {
  return Object.keys(labels).length === 0 ? mesh.step(allIn, namespace) : mesh.step(selectedIn, labels, namespace);
}

function selectedIn(mesh: Mesh, labels: Readonly<Record<string, string>>, namespace: string): readonly Workload[] {
  return mesh.derive(podsByLabels).selectedBy(labels, namespace);
}

function allIn(mesh: Mesh, namespace: string): readonly Workload[] {
  return selectedIn(mesh, {}, namespace);
}

export function podsByLabels(mesh: Mesh): LabelIndex<Workload> {
  return new LabelIndex(mesh.workloads);
}
