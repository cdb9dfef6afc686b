import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { unheardPorts } from './policy-ports.ts';
import { workloadsWith } from './selected-workloads.ts';
import { servedBy } from './served-by.ts';

const manifests = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, portLevelMtls: { 80: { mode: STRICT }, 8080: { mode: STRICT }, 9090: { mode: STRICT } } }
`;

describe('the workloads that a selector takes', () => {
  it('are those of the namespace that have all labels', async () => {
    const mesh = await meshOf(manifests);
    expect(workloadsWith(mesh, 'shop', { app: 'web' }).map(({ name }) => name)).toEqual(['web']);
    expect(workloadsWith(mesh, 'shop', {})).toHaveLength(1);
    expect(workloadsWith(mesh, 'shop', { app: 'web', tier: 'back' })).toEqual([]);
    expect(workloadsWith(mesh, 'other', {})).toEqual([]);
  });

  it('have the ports of services that lead to them', async () => {
    const mesh = await meshOf(manifests);
    const [workload] = mesh.workloads;
    if (workload === undefined) throw new Error('there is a workload');
    expect(servedBy(mesh, workload).map(({ port, target }) => [port.number, target])).toEqual([[80, 8080]]);
  });

  it('do not listen on a port of the service, nor on one that nothing declares', async () => {
    const mesh = await meshOf(manifests);
    const [policy] = mesh.of('PeerAuthentication');
    if (policy === undefined) throw new Error('there is a policy');
    expect(unheardPorts(mesh, policy).map(({ number, services }) => [number, services.map(({ target }) => target)])).toEqual([
      [80, [8080]],
      [9090, []],
    ]);
  });
});
