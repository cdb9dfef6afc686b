import type { Mesh } from './mesh.ts';
import type { PeerAuthentication } from './peer-authentications.ts';
import { workloadsWith } from './selected-workloads.ts';
import { type ServedBy, servedBy } from './served-by.ts';
import { labelsInDoubt, type Workload } from './workloads.ts';

/** A port of `portLevelMtls` on which none of the pods that the policy selects listens, as far as manifests say. */
export interface UnheardPort {
  readonly number: number;
  /** As written. */
  readonly key: string;
  /** What the policy selects; at least one. */
  readonly workloads: readonly Workload[];
  /** Ports of services with this number, which lead to other ports of these pods. */
  readonly services: readonly ServedBy[];
}

/**
 * The ports that a PeerAuthentication names and that no selected workload has: its containers declare others, and no service leads to it.
 * Pods that declare no ports at all say nothing. Istio compares the container's port, never the service's.
 */
export function unheardPorts(mesh: Mesh, policy: PeerAuthentication): readonly UnheardPort[] {
  if (mesh.peerAuthentications.scopeOf(policy) !== 'workload') return [];
  const keys = Object.keys(policy.spec?.portLevelMtls ?? {});
  if (keys.length === 0) return [];
  const workloads = workloadsWith(mesh, policy.metadata.namespace, policy.spec?.selector?.matchLabels ?? {});
  if (workloads.length === 0 || workloads.some((workload) => labelsInDoubt(workload) !== undefined)) return [];
  const served = workloads.flatMap((workload) => servedBy(mesh, workload));
  const heard = new Set(served.map(({ target }) => target));
  for (const { ports } of workloads) for (const port of ports) heard.add(port.number);
  const servedAt = new Map<number, ServedBy[]>();
  for (const one of served) {
    const known = servedAt.get(one.port.number);
    if (known === undefined) servedAt.set(one.port.number, [one]);
    else known.push(one);
  }
  return keys.flatMap((key) => {
    const number = Number(key);
    if (heard.has(number)) return [];
    const services = servedAt.get(number) ?? [];
    if (services.length === 0 && workloads.some(({ ports }) => ports.length === 0)) return [];
    return [{ number, key, workloads, services }];
  });
}
