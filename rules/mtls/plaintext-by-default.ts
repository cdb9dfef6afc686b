import type { Mesh } from '../../src/graph/mesh.ts';
import { workloadsWith } from '../../src/graph/selected-workloads.ts';
import { reachesPolicies } from '../../src/graph/inbound-ports.ts';
import type { Workload, WorkloadPort } from '../../src/graph/workloads.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule, type Related } from '../../src/rule/rule.ts';
import { outcomes } from '../../src/graph/answer.ts';
import { mtlsModeOf, takesPolicies } from '../../src/semantics/mtls.ts';

/** Workloads named as related places; the message has their number. */
const shownWorkloads = 5;

export const plaintextByDefault = defineRule({
  id: 'plaintext-by-default',
  title: 'Namespace in which nothing requires mutual TLS',
  category: 'security',
  severity: 'warning',
  securitySeverity: '5.5',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['Namespace'],
  docs: {
    why: 'Where no PeerAuthentication sets a mode, Istio takes mutual TLS and plaintext alike. Any pod in the cluster can then talk to the workloads of the namespace unencrypted and without an identity.',
    help: 'Create a PeerAuthentication with mode STRICT in the root namespace for the whole mesh, or in this namespace.',
    evidence:
      'The mesh is complete, the namespace has workloads of the mesh that declare ports, and no PeerAuthentication sets a mode for at least one of these ports: neither for the workload, nor for the namespace, nor for the mesh. In an open mesh such a policy may lie elsewhere, and the question counts as unknown.',
    bad: `
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop # warning: nothing requires mutual TLS for 1 workload of namespace "shop"
        labels:
          istio-injection: enabled
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,
    good: `
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
      'https://istio.io/latest/docs/ops/best-practices/security/#mutual-tls',
    ],
  },

  *check(namespace, { mesh }) {
    const { name } = namespace.metadata;
    const open = mesh.step(openPortsIn, name);
    if (open.size === 0) return;
    const place = at(namespace, 'metadata', 'name');
    if (!mesh.isComplete('PeerAuthentication', name) || !mesh.isComplete('PeerAuthentication', mesh.rootNamespace)) {
      yield { at: place, reason: 'no PeerAuthentication for the namespace in the input' };
      return;
    }
    yield {
      at: place,
      message: `nothing requires mutual TLS for ${open.size === 1 ? '1 workload' : `${open.size} workloads`} of namespace "${name}"`,
      related: [...open.values()].slice(0, shownWorkloads).map(relatedTo),
    };
  },
});

function relatedTo(port: WorkloadPort): Related {
  return { at: port.at, message: `port ${port.number} of "${nameOf(port.workload.resource)}" accepts plaintext`, affected: true };
}

/** The workloads of a namespace with a port for which no policy sets a mode, and the first such port. */
function openPortsIn(mesh: Mesh, namespace: string): ReadonlyMap<Workload, WorkloadPort> {
  const openPorts = new Map<Workload, WorkloadPort>();
  for (const workload of workloadsWith(mesh, namespace, {})) {
    if (mesh.membershipOf(workload) === undefined || !takesPolicies(mesh, workload)) continue;
    const open = workload.ports.find((port) => {
      if (!reachesPolicies(mesh, workload, port.number)) return false;
      const modes = outcomes(mtlsModeOf(mesh, workload, port.number));
      return modes.length > 0 && modes.every(({ level }) => level === 'default');
    });
    if (open !== undefined) openPorts.set(workload, open);
  }
  return openPorts;
}
