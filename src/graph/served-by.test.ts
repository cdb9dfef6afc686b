import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { endpointsOf } from './endpoints.ts';
import { servedBy } from './served-by.ts';
import { servicesOf } from './services.ts';

const service = (name: string, selector: string, port = 80): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: ${selector}, ports: [{ name: http, port: ${String(port)}, targetPort: 8080 }] }
`;
const pods = (labels: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
`;
const namespace = (labels: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: ${labels} }
`;

async function serving(manifests: string): Promise<readonly string[]> {
  const mesh = await meshOf(manifests);
  const [workload] = mesh.workloads;
  if (workload === undefined) throw new Error('there is a workload');
  const served = servedBy(mesh, workload);
  // Who looks from the other side sees the same.
  const seen = servicesOf(mesh).all.flatMap((one) =>
    one.ports.flatMap((port) =>
      endpointsOf(mesh, one, port).flatMap((endpoint) => (endpoint.workload === workload ? [{ one, port }] : [])),
    ),
  );
  expect(served.map(({ service: one, port }) => ({ one, port }))).toEqual(seen);
  return served.map(({ service: { resource }, port, target }) => `${resource.metadata.name}:${String(port.number)} ${String(target)}`);
}

describe('what serves a workload', () => {
  it('is told in the order of the services, by whatever label they take it', async () => {
    const manifests = `${service('b', '{ tier: front }')}${service('a', '{ app: web }', 81)}${service('c', '{ tier: front, app: web }')}`;
    expect(await serving(`${manifests}${service('other', '{ app: db }')}${pods('{ app: web, tier: front }')}`)).toEqual([
      'b:80 8080',
      'a:81 8080',
      'c:80 8080',
    ]);
  });

  it('may be a service that names labels of the injection, which only pods with a sidecar have', async () => {
    const manifests = `${service('web', '{ app: web, service.istio.io/canonical-name: web }')}${pods('{ app: web }')}`;
    expect(await serving(`${manifests}${namespace('{ istio-injection: enabled }')}`)).toEqual(['web:80 8080']);
    expect(await serving(`${manifests}${namespace('{ team: old }')}`)).toEqual([]);
  });

  it('may be a ServiceEntry that selects pods, for each of its hosts', async () => {
    const entry = `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: legacy, namespace: shop }
spec:
  hosts: [legacy.example.com, old.example.com]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{ number: 90, name: http, protocol: HTTP, targetPort: 8080 }]
  workloadSelector: { labels: { app: web } }
`;
    expect(await serving(`${entry}${pods('{ app: web }')}`)).toEqual(['legacy:90 8080', 'legacy:90 8080']);
  });
});
