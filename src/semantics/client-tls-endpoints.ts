import type { Endpoint } from '../graph/endpoints.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { PeerAuthentication, PeerAuthenticationLevels } from '../graph/peer-authentications.ts';
import { permutations } from '../graph/destination-rule-merge.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { MtlsMode } from './mtls.ts';

/** A mode and the `mode` that decided it; without place the default. */
export interface ServerMode {
  readonly mode: MtlsMode;
  readonly at: Place | undefined;
}

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
      const ofNamespace = first(inNamespace, inMesh);
      for (const byAge of permutations([...rivals])) {
        orders.push({
          ofNamespace,
          ofEndpoint(endpoint) {
            const candidates = levelsOf.get(endpoint)?.workload ?? [];
            const oldest = candidates.length > 1 ? byAge.find((policy) => candidates.includes(policy)) : candidates[0];
            return (oldest === undefined ? undefined : (portMode(oldest, endpoint.port) ?? ownMode(oldest))) ?? ofNamespace;
          },
        });
      }
    }
  }
  return orders;
}

function orNone<T>(candidates: readonly T[]): readonly (T | undefined)[] {
  return candidates.length === 0 ? [undefined] : candidates;
}

function first(...policies: readonly (PeerAuthentication | undefined)[]): ServerMode {
  for (const policy of policies) {
    const mode = policy === undefined ? undefined : ownMode(policy);
    if (mode !== undefined) return mode;
  }
  return { mode: 'PERMISSIVE', at: undefined };
}

function ownMode(policy: PeerAuthentication): ServerMode | undefined {
  return modeAt(policy, policy.spec?.mtls?.mode, ['spec', 'mtls', 'mode']);
}

function portMode(policy: PeerAuthentication, port: number): ServerMode | undefined {
  const ports = policy.spec?.portLevelMtls;
  const key = String(port);
  if (ports === undefined || !Object.hasOwn(ports, key)) return undefined;
  return modeAt(policy, ports[key]?.mode, ['spec', 'portLevelMtls', key, 'mode']);
}

function modeAt(resource: PeerAuthentication, mode: MtlsMode | 'UNSET' | undefined, path: readonly string[]): ServerMode | undefined {
  if (mode === undefined || mode === 'UNSET') return undefined;
  return { mode, at: { kind: 'node', resource, path, part: 'value' } };
}
