import type { Mesh } from '../../src/graph/mesh.ts';
import { decisionKey, type PeerAuthentication } from '../../src/graph/peer-authentications.ts';
import { at, type Place } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { allConflicts, type TlsConflict } from '../../src/semantics/tls-conflicts.ts';
import { isOnlyPolicies, namespaceModeOf, tlsFor } from '../../src/semantics/tls-policies.ts';

export const mtlsRefused = defineRule({
  id: 'mtls-refused',
  title: 'Mutual TLS turned off where clients are told to use it',
  category: 'traffic',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  equivalents: [{ tool: 'kiali', code: 'KIA0505' }],
  docs: {
    why: 'With DISABLE the proxy in front of a workload takes plaintext only. Clients that a DestinationRule makes send mutual TLS all the same are not understood, and their requests fail.',
    help: 'Set the mode to STRICT or PERMISSIVE, or remove the tls settings of the DestinationRule: without them clients send what each pod takes.',
    evidence:
      'A PeerAuthentication says DISABLE, and clients get a DestinationRule that says ISTIO_MUTUAL for an http port of pods for which this policy decides. Without any pod of the namespace, a policy for the whole namespace is compared with the DestinationRule that clients elsewhere get for its services.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: DISABLE # error: mutual TLS is refused, but "istio-system/everything" tells clients to send it to "*.local"
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      `,
    references: ['https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode'],
  },

  *check(policy, { mesh }) {
    const refused = mesh.derive(refusedByPolicy).get(policy) ?? [];
    for (const [place, { rule, tls, endpoint, service }] of refused) {
      const port = place.kind === 'node' && place.path.includes('portLevelMtls') ? ` on port ${endpoint.port}` : '';
      yield {
        at: place,
        reports: decisionKey(place),
        message: `mutual TLS is refused${port}, but "${nameOf(rule)}" tells clients to send it to "${nameOf(service.resource)}"`,
        related: [
          { at: tls.at, message: 'clients send mutual TLS because of this', affected: true },
          { at: endpoint.at, message: 'a pod that refuses it' },
        ],
      };
    }
    const { namespace } = policy.metadata;
    if (refused.length > 0 || mesh.peerAuthentications.scopeOf(policy) !== 'namespace' || policy.spec?.mtls?.mode !== 'DISABLE') return;
    if (namespaceModeOf(mesh, namespace)?.mode !== 'DISABLE' || !isOnlyPolicies(mesh, namespace)) return;
    const told = tlsFor(mesh, namespace, policy).find(({ rule, tls }) => tls.mode === 'ISTIO_MUTUAL' && mesh.coexist(rule, policy));
    if (told === undefined) return;
    yield {
      at: at(policy, 'spec', 'mtls', 'mode'),
      message: `mutual TLS is refused, but "${nameOf(told.rule)}" tells clients to send it to "${told.rule.spec.host}"`,
      related: [{ at: told.tls.at, message: 'clients send mutual TLS because of this', affected: true }],
    };
  },
});

/** By policy, the modes that turn mutual TLS off, each with one conflict that follows. */
function refusedByPolicy(mesh: Mesh): ReadonlyMap<PeerAuthentication, readonly (readonly [Place, TlsConflict])[]> {
  const byPolicy = new Map<PeerAuthentication, Map<string, readonly [Place, TlsConflict]>>();
  const policies = new Map<unknown, PeerAuthentication>(mesh.of('PeerAuthentication').map((policy) => [policy, policy]));
  for (const conflict of [...mesh.derive(allConflicts).values()].flat()) {
    const { decidedAt, server, tls } = conflict;
    if (decidedAt?.kind !== 'node' || server !== 'DISABLE' || tls.mode !== 'ISTIO_MUTUAL') continue;
    const policy = policies.get(decidedAt.resource);
    if (policy === undefined) continue;
    const known = byPolicy.get(policy) ?? new Map<string, readonly [Place, TlsConflict]>();
    byPolicy.set(policy, known);
    const key = decidedAt.path.join('/');
    if (!known.has(key)) known.set(key, [decidedAt, conflict]);
  }
  return new Map([...byPolicy].map(([policy, found]) => [policy, [...found.values()]]));
}
