import type { Endpoint } from '../graph/endpoints.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { PeerAuthentication, PeerAuthenticationLevels } from '../graph/peer-authentications.ts';
import { permutations } from '../graph/destination-rule-merge.ts';
import { doubtAt } from '../model/doubt.ts';
import { type MtlsDecision, orNone, ownMode, portMode } from './mtls-modes.ts';

/** A mode and the `mode` that decided it; without place the default. */
export type ServerMode = Pick<MtlsDecision, 'mode' | 'at'>;

/**
 * One order in which the PeerAuthentications may have been created, as far as it decides something for these endpoints: which policy
 * is the oldest of its level.
 */
export interface PolicyOrder {
  /** What clients know of the whole namespace: workload and port levels are not looked at. */
  readonly ofNamespace: ServerMode;
  /** Of the port on which an endpoint listens. */
  ofEndpoint(endpoint: Endpoint): ServerMode;
}

/** More policies than this that compete for pods of one service are not put into every order. */
const mostRivals = 5;

/**
 * Every order of creation that makes a difference; a string says why they are not known.
 * Source: pilot/pkg/model/authentication.go (addPeerAuthentication, GetNamespaceMutualTLSMode) for the namespace,
 * pilot/pkg/security/authn/policy_applier.go (ComposePeerAuthentication) for the endpoints.
 */
export function policyOrders(mesh: Mesh, namespace: string, endpoints: readonly Endpoint[]): readonly PolicyOrder[] | string {
  const { peerAuthentications, rootNamespace } = mesh;
  const levelsOf = new Map<Endpoint, PeerAuthenticationLevels>();
  const rivals = new Set<PeerAuthentication>();
  for (const endpoint of endpoints) {
    const levels = peerAuthentications.levelsFor(namespace, endpoint.labels);
    levelsOf.set(endpoint, levels);
    if (levels.workload.length > 1) for (const policy of levels.workload) rivals.add(policy);
  }
  if (rivals.size > mostRivals) return 'more PeerAuthentications for the pods of one service than orders of creation can be tried';
  const shared = peerAuthentications.levelsFor(namespace, {});
  const ofNamespaces = namespace === rootNamespace ? [] : shared.namespace;
  const involved = [...shared.mesh, ...ofNamespaces, ...[...levelsOf.values()].flatMap(({ workload }) => workload)];
  for (const policy of involved) {
    if (mesh.alternatives(policy).length > 0) return 'a PeerAuthentication is defined in several ways';
    const doubt = doubtAt(policy, 'spec');
    if (doubt !== undefined) return doubt;
  }

  const orders: PolicyOrder[] = [];
  for (const inMesh of orNone(shared.mesh)) {
    for (const inNamespace of orNone(ofNamespaces)) {
      const near = inNamespace === undefined ? undefined : ownMode(inNamespace, 'namespace');
      const far = inMesh === undefined ? undefined : ownMode(inMesh, 'mesh');
      const ofNamespace: ServerMode = near ?? far ?? { mode: 'PERMISSIVE' };
      for (const byAge of permutations([...rivals])) {
        orders.push({
          ofNamespace,
          ofEndpoint(endpoint) {
            const candidates = levelsOf.get(endpoint)?.workload ?? [];
            const oldest = candidates.length > 1 ? byAge.find((policy) => candidates.includes(policy)) : candidates[0];
            return (oldest === undefined ? undefined : (portMode(oldest, endpoint.port) ?? ownMode(oldest, 'workload'))) ?? ofNamespace;
          },
        });
      }
    }
  }
  return orders;
}
