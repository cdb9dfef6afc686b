import type { Mesh } from '../../src/graph/mesh.ts';
import { decisionKey, type PeerAuthentication } from '../../src/graph/peer-authentications.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule, type Related } from '../../src/rule/rule.ts';
import { type WrittenMode, writtenModes } from '../../src/semantics/mtls.ts';

/** Ports named as related places; the message has their number. */
const shownPorts = 5;

export const permissiveMtls = defineRule({
  id: 'permissive-mtls',
  title: 'Mutual TLS that plaintext can bypass',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.5',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  options: {
    allowNamespaces: {
      description: 'Namespaces that are still migrating to mutual TLS; policies in them are not reported.',
      default: [],
    },
  },
  docs: {
    why: 'PERMISSIVE takes mutual TLS and plaintext alike, and DISABLE takes plaintext only. Any pod in the cluster can then talk to the workload unencrypted and without an identity, so that a policy that excludes someone by name does not stop them.',
    help: 'Set the mode to STRICT. Where clients without a proxy remain, list their namespace in the option allowNamespaces while they migrate.',
    evidence:
      'A PeerAuthentication writes PERMISSIVE or DISABLE, and it decides the mode of at least one port of a workload in the mesh; it is silent where other policies decide for every workload that it reaches, and where it reaches only gateways and pods without a proxy. Where no workload is in the input, the policy is taken at its word.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: PERMISSIVE # warning: PERMISSIVE accepts plaintext
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
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode',
      'https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/',
    ],
  },

  *check(policy, { mesh, options }) {
    if (options.allowNamespaces.includes(policy.metadata.namespace)) return;
    for (const found of writtenModes(mesh, policy)) {
      const written = amongItsOwn(found, mesh);
      if (written.mode === 'STRICT' || written.overridden) continue;
      yield {
        at: written.at,
        // Whoever says that it breaks something, or that there is no such port, says it all.
        cause: decisionKey(written.at),
        message: `${written.mode} accepts plaintext ${reachOf(written)}${parentOf(written)}${rivalsOf(written)}`,
        related: [...portsOf(written), ...strictParent(written)],
        fix: { title: 'Require mutual TLS', safety: 'suggestion', edits: [{ op: 'replace', at: written.at, value: 'STRICT' }] },
      };
    }
  },
});

/** Other variants of the policy (overlays) never decide beside it. */
function amongItsOwn(written: WrittenMode, mesh: Mesh): WrittenMode {
  const decides = written.decides.map(({ port, rivals }) => ({
    port,
    rivals: rivals.filter((rival) => mesh.coexist(rival, written.policy)),
  }));
  return { ...written, decides };
}

function reachOf({ level, policy, port, decides }: WrittenMode): string {
  const workloads = new Set(decides.map((decided) => decided.port.workload));
  const [only] = workloads;
  if (workloads.size === 1 && only !== undefined) {
    const numbers = decides.map((decided) => decided.port.number).join(', ');
    return `on ${decides.length === 1 ? 'port' : 'ports'} ${numbers} of "${only.namespace}/${only.name}"`;
  }
  if (workloads.size > 1) return `on ${decides.length} ports of ${workloads.size} workloads`;
  switch (level) {
    case 'mesh':
      return 'in the whole mesh';
    case 'namespace':
      return `in namespace "${policy.metadata.namespace}"`;
    case 'workload':
      return `for the workloads of "${policy.metadata.namespace}" that it selects`;
    case 'port':
      return `on port ${port ?? ''} of the workloads of "${policy.metadata.namespace}" that it selects`;
  }
}

/** One that takes back what the level above asks for. */
function parentOf({ weakens, policy }: WrittenMode): string {
  if (weakens?.policy === undefined) return '';
  return weakens.policy === policy ? ', against the STRICT of the same policy' : `, against the STRICT of "${nameOf(weakens.policy)}"`;
}

function strictParent({ weakens, policy }: WrittenMode): readonly Related[] {
  if (weakens?.policy === undefined || weakens.at === undefined) return [];
  const what = weakens.policy === policy ? 'the policy' : `"${nameOf(weakens.policy)}"`;
  return [{ at: weakens.at, message: `${what} asks for mutual TLS here`, affected: true }];
}

/** A policy that decides in some orders of creation only. */
function rivalsOf({ policy, decides }: WrittenMode): string {
  const [first] = decides;
  if (first === undefined || decides.some(({ rivals }) => rivals.length === 0)) return '';
  const names = [...new Set(decides.flatMap(({ rivals }) => rivals))].map((rival: PeerAuthentication) => `"${nameOf(rival)}"`);
  return `, unless ${names.join(' or ')} is older than "${nameOf(policy)}": it depends on which is created first`;
}

function portsOf({ decides }: WrittenMode): readonly Related[] {
  const ports = decides.slice(0, shownPorts).map(({ port }) => ({
    at: port.at,
    message: `port ${port.number} of "${port.workload.namespace}/${port.workload.name}" accepts plaintext`,
    affected: true,
  }));
  const rivals = new Set(decides.flatMap((decided) => decided.rivals));
  return [
    ...ports,
    ...[...rivals].map((rival) => ({ at: at(rival, 'metadata', 'name'), message: `"${nameOf(rival)}" decides if it is older` })),
  ];
}
