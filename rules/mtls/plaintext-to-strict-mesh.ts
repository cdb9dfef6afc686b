import { resolveHost } from '../../src/graph/hosts.ts';
import { below, missingAt, type Place } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { tlsConflicts } from '../../src/semantics/tls-conflicts.ts';
import { coversCluster, isOnlyPolicies, namespaceModeOf, namespaceWildcard } from '../../src/semantics/tls-policies.ts';

export const plaintextToStrictMesh = defineRule({
  id: 'plaintext-to-strict-mesh',
  title: 'Broad DestinationRule that sends plaintext in a mesh that requires mutual TLS',
  category: 'traffic',
  severity: 'warning',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  // Kiali reports the one fault under both codes.
  equivalents: [
    { tool: 'kiali', code: 'KIA0207' },
    { tool: 'kiali', code: 'KIA0208' },
  ],
  docs: {
    why: 'The PeerAuthentication of the root namespace requires mutual TLS of every sidecar, and this rule makes clients send plaintext to a whole namespace or cluster. Connections to every pod with a sidecar there are reset; only pods without one take them.',
    help: 'Remove the tls settings: clients then send plaintext to pods without a sidecar by themselves, and mutual TLS to all others.',
    evidence:
      'A DestinationRule for all services of a namespace or of the cluster says DISABLE, the mesh policy says STRICT, the namespace has no policy of its own, and no pod of it is in the input (of the cluster: no pod at all). Where pods are known, mtls-conflict says what becomes of the connections. A rule for a namespace without sidecars is right, which is why this one is not in recommended.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: DISABLE # warning: plaintext is sent to every service, but "istio-system/default" requires mutual TLS of the whole mesh
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: istio-system
      spec:
        mtls:
          mode: STRICT
      `,
    good: `
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
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: istio-system
      spec:
        mtls:
          mode: STRICT
      `,
    references: ['https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/#sidecars'],
  },

  *check(rule, { mesh }) {
    const tls = rule.spec.trafficPolicy?.tls;
    if (tls === undefined || (tls.mode ?? 'DISABLE') !== 'DISABLE' || rule.spec.workloadSelector !== undefined) return;
    const host = resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain);
    const namespace = namespaceWildcard(mesh, host);
    if (namespace === undefined && !coversCluster(mesh, host)) return;
    const nothingKnown = namespace === undefined ? mesh.workloads.length === 0 : isOnlyPolicies(mesh, namespace);
    if (!nothingKnown || tlsConflicts(mesh, rule).length > 0) return;
    const required = namespaceModeOf(mesh, namespace ?? mesh.rootNamespace, rule);
    if (required?.mode !== 'STRICT' || required.level !== 'mesh' || !mesh.coexist(rule, required.policy)) return;
    const block: Place = { kind: 'node', resource: rule, path: ['spec', 'trafficPolicy', 'tls'], part: 'value' };
    yield {
      at: tls.mode === undefined ? missingAt(below(block, 'mode')) : below(block, 'mode'),
      message: `plaintext is sent to every service${namespace === undefined ? '' : ` of namespace "${namespace}"`}, but "${nameOf(required.policy)}" requires mutual TLS of the whole mesh`,
      related: [
        {
          at: { kind: 'node', resource: required.policy, path: ['spec', 'mtls', 'mode'], part: 'value' },
          message: 'mutual TLS is required here',
          affected: true,
        },
      ],
    };
  },
});
