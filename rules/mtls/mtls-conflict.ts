import { resolveHost } from '../../src/graph/hosts.ts';
import { type Place, below, missingAt } from '../../src/model/place.ts';
import { nameOf, type ResourceOf } from '../../src/model/resource.ts';
import type { Mesh } from '../../src/graph/mesh.ts';
import { defineRule, type Fault, type Related } from '../../src/rule/rule.ts';
import { type TlsConflict, tlsConflicts } from '../../src/semantics/tls-conflicts.ts';
import { isOnlyPolicies, namespaceModeOf, namespaceWildcard } from '../../src/semantics/tls-policies.ts';

export const mtlsConflict = defineRule({
  id: 'mtls-conflict',
  title: 'Client TLS that the workloads of the service refuse',
  category: 'traffic',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  equivalents: [{ tool: 'kiali', code: 'KIA0207' }],
  docs: {
    why: 'A DestinationRule tells clients what to send, and a PeerAuthentication tells workloads what to take; Istio does not compare the two. Where they do not fit every connection fails: plaintext is reset where mutual TLS is required, and TLS that no proxy ends is no request to an application.',
    help: 'Remove the tls settings, so that clients send mutual TLS to every pod that takes it, or set ISTIO_MUTUAL; change the PeerAuthentication if the server is meant to take what the clients send.',
    evidence:
      'The Service and pods behind it are in the input, it is known whether they have a proxy, and clients get this rule whatever the order of creation; what the mode sends is then compared with what each pod takes. Without any pod of the namespace, a rule for the whole namespace that sends plaintext is compared with the PeerAuthentication of that namespace. Mutual TLS that a PeerAuthentication turns off is reported by mtls-refused.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: shop
      spec:
        host: '*.shop.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: DISABLE # error: plaintext is sent to namespace "shop", where "shop/default" requires mutual TLS
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: shop
      spec:
        host: '*.shop.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,
    references: [
      'https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule',
      'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode',
    ],
  },

  *check(rule, { mesh }) {
    const byBlock = new Map<unknown, TlsConflict[]>();
    for (const conflict of tlsConflicts(mesh, rule)) {
      if (conflict.tls.mode === 'ISTIO_MUTUAL' && conflict.server === 'DISABLE' && conflict.decidedAt !== undefined) continue;
      const known = byBlock.get(conflict.tls.settings);
      if (known === undefined) byBlock.set(conflict.tls.settings, [conflict]);
      else known.push(conflict);
    }
    for (const conflicts of byBlock.values()) {
      const [first] = conflicts;
      if (first === undefined) continue;
      const services = new Set(conflicts.map(({ service }) => service));
      const more = services.size === 1 ? '' : ` (and to ${services.size - 1} more services)`;
      yield { at: first.tls.at, message: `${messageFor(first)}${more}`, related: relatedTo(first) };
    }
    if (byBlock.size === 0) yield* againstPolicy(mesh, rule);
  },
});

/** Nothing is known but the policies. */
function* againstPolicy(mesh: Mesh, rule: ResourceOf<'DestinationRule'>): Iterable<Fault> {
  const tls = rule.spec.trafficPolicy?.tls;
  if (tls === undefined || (tls.mode ?? 'DISABLE') !== 'DISABLE' || rule.spec.workloadSelector !== undefined) return;
  const namespace = namespaceWildcard(mesh, resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain));
  if (namespace === undefined) return;
  const required = namespaceModeOf(mesh, namespace, rule);
  if (required?.mode !== 'STRICT' || required.level !== 'namespace' || !isOnlyPolicies(mesh, namespace)) return;
  if (!mesh.coexist(rule, required.policy)) return;
  const block: Place = { kind: 'node', resource: rule, path: ['spec', 'trafficPolicy', 'tls'], part: 'value' };
  yield {
    at: tls.mode === undefined ? missingAt(below(block, 'mode')) : below(block, 'mode'),
    message: `plaintext is sent to namespace "${namespace}", where "${nameOf(required.policy)}" requires mutual TLS`,
    related: [
      {
        at: { kind: 'node', resource: required.policy, path: ['spec', 'mtls', 'mode'], part: 'value' },
        message: 'mutual TLS is required here',
        affected: true,
      },
    ],
  };
}

function messageFor({ tls, service, endpoint, server, partly }: TlsConflict): string {
  const whose = `"${nameOf(service.resource)}"`;
  const who = partly ? `some pods of ${whose}` : `the pods of ${whose}`;
  if (server === 'no-proxy') return `mutual TLS is sent to ${whose}, but ${who} have no proxy that ends it on port ${endpoint.port}`;
  if (tls.mode === 'DISABLE') return `plaintext is sent to ${whose}, but ${who} require mutual TLS on port ${endpoint.port}`;
  if (server === 'STRICT')
    return `TLS without a certificate of the mesh is sent to ${whose}, but ${who} require mutual TLS on port ${endpoint.port}`;
  if (server === 'PERMISSIVE') {
    return `TLS of another kind than the mesh's is sent to ${whose}, but ${who} take only plaintext and mutual TLS on port ${endpoint.port}`;
  }
  return `TLS is sent to ${whose}, but ${who} read plain HTTP on port ${endpoint.port}`;
}

function relatedTo({ decidedAt, endpoint, port }: TlsConflict): readonly Related[] {
  const decider: readonly Related[] = decidedAt === undefined ? [] : [{ at: decidedAt, message: 'this decides what the pods take' }];
  return [
    ...decider,
    { at: endpoint.at, message: 'a pod that refuses it' },
    { at: port.at, message: 'the port on which it is called', affected: true },
  ];
}
