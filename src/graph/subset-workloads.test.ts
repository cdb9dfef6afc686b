import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { namesSubsetsOf, usesOfSubset } from './subset-routes.ts';
import { emptySubsets, isUnknownSubset } from './subset-workloads.ts';

const manifests = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec:
  host: web
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2, topology.istio.io/cluster: east } }
    - { name: all }
    - { name: east, labels: { topology.istio.io/cluster: east } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: named }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web, version: v1 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web]
  http:
    - route:
        - { destination: { host: web, subset: v1 }, weight: 100 }
        - { destination: { host: web, subset: v2 }, weight: 0 }
`;

describe('a subset', () => {
  it('is empty if no pod has its labels; what is added at run time does not count', async () => {
    const mesh = await meshOf(manifests);
    const [rule] = mesh.of('DestinationRule');
    if (rule === undefined) throw new Error('there is a rule');
    const found = emptySubsets(mesh, rule);
    expect(found.map((subset) => (isUnknownSubset(subset) ? subset.reason : [subset.name, subset.lacking]))).toEqual([['v2', ['version']]]);
  });

  it('is used where a route names it, with traffic or without', async () => {
    const mesh = await meshOf(manifests);
    const [rule] = mesh.of('DestinationRule');
    if (rule === undefined) throw new Error('there is a rule');
    expect(usesOfSubset(mesh, rule, 'v1').map(({ getsTraffic }) => getsTraffic)).toEqual([true]);
    expect(usesOfSubset(mesh, rule, 'v2').map(({ getsTraffic }) => getsTraffic)).toEqual([false]);
    expect(usesOfSubset(mesh, rule, 'east')).toEqual([]);
    expect(namesSubsetsOf(mesh, 'web.shop.svc.cluster.local')).toHaveLength(2);
  });
});
