import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { isGatewayPod } from './gateway-pods.ts';
import type { Mesh } from './mesh.ts';
import type { Workload } from './workloads.ts';

interface Pod {
  readonly namespace?: string;
  readonly labels?: string;
  readonly annotations?: string;
  readonly spec?: string;
}

/** A mesh with one Deployment in namespace app, whose labels are given; undefined: no Namespace. */
async function meshWith(
  namespaceLabels: string | undefined,
  { namespace = 'app', labels = '', annotations = '', spec = '' }: Pod,
): Promise<Mesh> {
  return meshOf(`
${namespaceLabels === undefined ? '' : `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespace}, labels: { ${namespaceLabels} } }`}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, ${labels} }, annotations: { ${annotations} } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080, name: http }] }], ${spec} }
`);
}

function workloadOf(mesh: Mesh): Workload {
  const [workload] = mesh.workloads;
  if (workload === undefined) throw new Error('no workload');
  return workload;
}

describe('a pod is in the mesh', () => {
  it.each<readonly [string, string | undefined, Pod, string | undefined]>([
    ['by the label of its namespace', 'istio-injection: enabled', {}, 'sidecar'],
    ['by the revision of its namespace', 'istio.io/rev: stable', {}, 'sidecar'],
    ['not in a namespace without labels', '', {}, 'none'],
    ['not on the network of its host', 'istio-injection: enabled', { spec: 'hostNetwork: true' }, 'none'],
    ['not in kube-system', 'istio-injection: enabled', { namespace: 'kube-system' }, 'none'],
    ['not when its label says no', 'istio-injection: enabled', { labels: 'sidecar.istio.io/inject: "false"' }, 'none'],
    ['not when its annotation says no', 'istio-injection: enabled', { annotations: 'sidecar.istio.io/inject: "false"' }, 'none'],
    [
      'by its label against its annotation',
      'istio-injection: enabled',
      { labels: 'sidecar.istio.io/inject: "true"', annotations: 'sidecar.istio.io/inject: "false"' },
      'sidecar',
    ],
    ['whatever else its label says', 'istio-injection: enabled', { labels: 'sidecar.istio.io/inject: maybe' }, 'sidecar'],
    ['by its own label in a namespace without labels', '', { labels: 'sidecar.istio.io/inject: "true"' }, 'sidecar'],
    ['by its own revision in a namespace without labels', '', { labels: 'istio.io/rev: canary' }, 'sidecar'],
    ['not by its annotation in a namespace without labels', '', { annotations: 'sidecar.istio.io/inject: "true"' }, 'none'],
    ['never in a namespace that is disabled', 'istio-injection: disabled', { labels: 'sidecar.istio.io/inject: "true"' }, 'none'],
    ['not by a revision in a namespace that is disabled', 'istio-injection: disabled', { labels: 'istio.io/rev: canary' }, 'none'],
    ['through the ztunnel of an ambient namespace', 'istio.io/dataplane-mode: ambient', {}, 'ambient'],
    ['through the ztunnel by its own label', '', { labels: 'istio.io/dataplane-mode: ambient' }, 'ambient'],
    ['not when it opts out of ambient', 'istio.io/dataplane-mode: ambient', { labels: 'istio.io/dataplane-mode: none' }, 'none'],
    ['with a sidecar where both are on', 'istio-injection: enabled, istio.io/dataplane-mode: ambient', {}, 'sidecar'],
    [
      'through the ztunnel where both are on and it opts out of injection',
      'istio-injection: enabled, istio.io/dataplane-mode: ambient',
      { labels: 'sidecar.istio.io/inject: "false"' },
      'ambient',
    ],
    ['or not, nobody knows without its namespace', undefined, {}, undefined],
  ])('%s', async (_, namespaceLabels, pod, membership) => {
    const mesh = await meshWith(namespaceLabels, pod);
    expect(mesh.membershipOf(workloadOf(mesh))).toBe(membership);
  });

  it('as a gateway by its template, the label of the Gateway API, or a Gateway that selects it', async () => {
    const template = await meshWith('', { annotations: 'inject.istio.io/templates: gateway' });
    expect(isGatewayPod(template, workloadOf(template))).toBe(true);
    const labelled = await meshWith('', { labels: 'gateway.networking.k8s.io/gateway-name: web' });
    expect(isGatewayPod(labelled, workloadOf(labelled))).toBe(true);
    const selected = await meshOf(`
apiVersion: v1
kind: Pod
metadata: { name: edge, labels: { istio: edge } }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge }
spec: { selector: { istio: edge }, servers: [] }
---
apiVersion: v1
kind: Pod
metadata: { name: other, labels: { istio: other } }
`);
    expect(selected.workloads.map((workload) => isGatewayPod(selected, workload))).toEqual([true, false]);
  });
});
