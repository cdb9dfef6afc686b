import type { Mesh } from '../../src/graph/mesh.ts';
import type { PeerAuthentication } from '../../src/graph/peer-authentications.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { takesPolicies, writtenModes } from '../../src/semantics/mtls.ts';

export const peerAuthenticationOrder = defineRule({
  id: 'peer-authentication-order',
  title: 'PeerAuthentications of which only the oldest counts',
  category: 'security',
  severity: 'warning',
  securitySeverity: '6.0',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  docs: {
    why: 'Istio does not merge PeerAuthentications of one level: of several for the mesh, for one namespace or for one pod it takes the oldest alone, with all its ports. The manifests do not say which one that is, so that the mode that holds depends on the order in which they are created.',
    help: 'Put what the policies say into one, or give them selectors that take different pods.',
    evidence:
      'Two policies that say different things have no selector and lie in one namespace, or have the same selector there, or select the same workload of the input. Where one of them accepts plaintext, permissive-mtls reports that one and names the other.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: strict # warning: only the older one of "shop/strict" and "shop/unset" counts
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: unset # warning: only the older one of "shop/unset" and "shop/strict" counts
        namespace: shop
      spec:
        mtls:
          mode: UNSET
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: strict
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,
    references: ['https://istio.io/latest/docs/concepts/security/#authentication-policies'],
  },

  *check(policy, { mesh }) {
    if (isWeak(mesh, policy)) return;
    const differing = rivalsOf(mesh, policy).filter(
      (rival) =>
        sayings(rival) !== sayings(policy) &&
        mesh.coexist(rival, policy) &&
        !mesh.alternatives(policy).includes(rival) &&
        !isWeak(mesh, rival),
    );
    if (differing.length === 0) return;
    const names = differing.map((rival) => `"${nameOf(rival)}"`);
    yield {
      at: at(policy, 'metadata', 'name'),
      message: `only the ${names.length === 1 ? 'older one' : 'oldest'} of "${nameOf(policy)}" and ${names.join(' and ')} counts`,
      related: differing.map((rival) => ({ at: at(rival, 'metadata', 'name'), message: `"${nameOf(rival)}" is for the same workloads` })),
    };
  },
});

/** permissive-mtls reports it. */
function isWeak(mesh: Mesh, policy: PeerAuthentication): boolean {
  return writtenModes(mesh, policy).some(({ mode, overridden }) => mode !== 'STRICT' && !overridden);
}

/** What a policy says, in one spelling. */
function sayings({ spec }: PeerAuthentication): string {
  const mode = (written: string | undefined): string => (written === undefined || written === 'UNSET' ? '' : written);
  const ports = Object.entries(spec?.portLevelMtls ?? {}).map(([port, entry]) => `${port} ${mode(entry.mode)}`);
  return [mode(spec?.mtls?.mode), ...ports.sort()].join(', ');
}

function rivalsOf(mesh: Mesh, policy: PeerAuthentication): readonly PeerAuthentication[] {
  return [...(mesh.derive(rivals).get(policy) ?? [])];
}

function rivals(mesh: Mesh): ReadonlyMap<PeerAuthentication, ReadonlySet<PeerAuthentication>> {
  const byPolicy = new Map<PeerAuthentication, Set<PeerAuthentication>>();
  const note = (group: readonly PeerAuthentication[]): void => {
    for (const policy of group) {
      for (const other of group) {
        if (other === policy) continue;
        const known = byPolicy.get(policy) ?? new Set();
        byPolicy.set(policy, known.add(other));
      }
    }
  };
  const bySelector = new Map<string, PeerAuthentication[]>();
  for (const policy of mesh.of('PeerAuthentication')) {
    if (mesh.peerAuthentications.scopeOf(policy) === 'ignored') continue;
    const selector = Object.entries(policy.spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    const key = `${policy.metadata.namespace} ${selector.sort().join(',')}`;
    const known = bySelector.get(key);
    if (known === undefined) bySelector.set(key, [policy]);
    else known.push(policy);
  }
  for (const group of bySelector.values()) note(group);
  for (const workload of mesh.workloads) {
    const { workload: selecting } = mesh.peerAuthentications.levelsFor(workload.namespace, workload.labels);
    if (selecting.length > 1 && takesPolicies(mesh, workload)) note(selecting);
  }
  return byPolicy;
}
