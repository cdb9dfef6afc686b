import type { Mesh } from '../../src/graph/mesh.ts';
import type { PeerAuthentication } from '../../src/graph/peer-authentications.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { takesPolicies, writtenModes } from '../../src/semantics/mtls.ts';

/** So many others are looked for. */
const mostRivals = 4;

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
    const differing = differingFrom(mesh, policy);
    if (differing.length === 0) return;
    const names = differing.map((rival) => `"${nameOf(rival)}"`);
    const shown = names.length === mostRivals ? `${names.slice(0, -1).join(', ')} and others` : names.join(' and ');
    yield {
      at: at(policy, 'metadata', 'name'),
      message: `only the ${names.length === 1 ? 'older one' : 'oldest'} of "${nameOf(policy)}" and ${shown} counts`,
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

/** Of those that are for the same workloads, a few that say something else. */
function differingFrom(mesh: Mesh, policy: PeerAuthentication): readonly PeerAuthentication[] {
  const { groups, said } = mesh.derive(rivals);
  const differing = new Set<PeerAuthentication>();
  for (const group of groups.get(policy) ?? []) {
    for (const rival of group) {
      if (differing.size === mostRivals) return [...differing];
      if (said.get(rival) === said.get(policy) || !mesh.coexist(rival, policy) || isWeak(mesh, rival)) continue;
      if (!mesh.alternatives(policy).includes(rival)) differing.add(rival);
    }
  }
  return [...differing];
}

interface Rivals {
  /** Policies of which only the oldest counts, for some workloads; by each of them. */
  readonly groups: ReadonlyMap<PeerAuthentication, readonly (readonly PeerAuthentication[])[]>;
  readonly said: ReadonlyMap<PeerAuthentication, string>;
}

function rivals(mesh: Mesh): Rivals {
  const policies = mesh.of('PeerAuthentication').filter((policy) => mesh.peerAuthentications.scopeOf(policy) !== 'ignored');
  const numbers = new Map(policies.map((policy, number) => [policy, number]));
  const groups = new Map<PeerAuthentication, (readonly PeerAuthentication[])[]>();
  const noted = new Set<string>();
  const note = (group: readonly PeerAuthentication[]): void => {
    const key = group.map((policy) => numbers.get(policy)).join();
    if (group.length < 2 || noted.has(key)) return;
    noted.add(key);
    for (const policy of group) {
      const known = groups.get(policy);
      if (known === undefined) groups.set(policy, [group]);
      else known.push(group);
    }
  };
  const bySelector = new Map<string, PeerAuthentication[]>();
  for (const policy of policies) {
    const selector = Object.entries(policy.spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    const key = `${policy.metadata.namespace} ${selector.sort().join(',')}`;
    const known = bySelector.get(key);
    if (known === undefined) bySelector.set(key, [policy]);
    else known.push(policy);
  }
  for (const group of bySelector.values()) note(group);
  for (const workload of mesh.workloads) {
    const { workload: selecting } = mesh.peerAuthentications.levelsFor(workload.namespace, workload.labels);
    if (takesPolicies(mesh, workload)) note(selecting);
  }
  return { groups, said: new Map(policies.map((policy) => [policy, sayings(policy)])) };
}
