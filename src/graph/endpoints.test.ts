import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { endpointsOf, ofSubset } from './endpoints.ts';
import { servicesOf } from './services.ts';

describe('the endpoints of a service', () => {
  const pods = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-v1, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, version: v1 } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080, name: http }, { containerPort: 53, name: dns, protocol: UDP }] }] }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web-v2, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, version: v2, sidecar.istio.io/inject: "false" } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 9090, name: http }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-v3, namespace: shop, labels: { app: web, version: v3 } }
spec: { containers: [{ name: app }] }
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop, labels: { version: vm } }
spec: { address: 10.0.0.1, serviceAccount: vm, labels: { app: web, version: old }, ports: { http: 8081 } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: other, labels: { app: web } }
---
`;
  const endpoints = async (
    manifests: string,
    host: string,
    port: number,
    subset?: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> => {
    const mesh = await meshOf(pods + manifests);
    const [service] = servicesOf(mesh).ofHost(host);
    const servicePort = service?.ports.find(({ number }) => number === port);
    if (service === undefined || servicePort === undefined) throw new Error('no such port');
    const all = endpointsOf(mesh, service, servicePort);
    return (subset === undefined ? all : ofSubset(all, subset))
      .map((endpoint) => {
        const name = endpoint.at.kind === 'text' ? '' : endpoint.at.resource.metadata.name;
        return `${name}:${endpoint.port} ${endpoint.proxy ?? 'unknown'}`;
      })
      .sort();
  };
  const service = (ports: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [${ports}], ${more} }
`;
  const web = 'web.shop.svc.cluster.local';

  it('are the pods and machines of its namespace that its selector takes, each on the port of that name', async () => {
    expect(await endpoints(service('{ port: 80, targetPort: http }'), web, 80)).toEqual([
      'vm:8081 sidecar',
      'web-v1:8080 sidecar',
      'web-v2:9090 none',
    ]);
  });

  it('are on the number of the target port, declared or not', async () => {
    expect(await endpoints(service('{ port: 80, name: http, targetPort: 7000 }'), web, 80)).toEqual([
      'vm:8081 sidecar',
      'web-v1:7000 sidecar',
      'web-v2:7000 none',
      'web-v3:7000 sidecar',
    ]);
  });

  it('do not include ports of another protocol', async () => {
    expect(await endpoints(service('{ port: 53, targetPort: dns }'), web, 53)).toEqual([]);
  });

  it('of a subset have its labels; without labels it takes all, and labels of a machine stand over those of its spec', async () => {
    const yaml = service('{ port: 80, targetPort: http }');
    expect(await endpoints(yaml, web, 80, { version: 'v1' })).toEqual(['web-v1:8080 sidecar']);
    expect(await endpoints(yaml, web, 80, { version: 'vm' })).toEqual(['vm:8081 sidecar']);
    expect(await endpoints(yaml, web, 80, { version: 'v9' })).toEqual([]);
    expect(await endpoints(yaml, web, 80, {})).toHaveLength(3);
    expect(await endpoints(yaml, web, 80, { 'security.istio.io/tlsMode': 'istio' })).toEqual(['web-v1:8080 sidecar']);
  });

  it('are none without a selector, or behind an alias', async () => {
    const bare = 'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }';
    expect(await endpoints(bare, web, 80)).toEqual([]);
    expect(await endpoints(service('{ port: 80 }', 'type: ExternalName, externalName: example.com'), web, 80)).toEqual([]);
  });

  const entry = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ext, namespace: shop }
spec: { hosts: [ext.example.com], ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 8000 }], ${spec} }
`;

  it('of a ServiceEntry are what it lists, what it selects, or its host', async () => {
    const listed = 'resolution: STATIC, endpoints: [{ address: 1.1.1.1 }, { address: 2.2.2.2, serviceAccount: vm, ports: { http: 8002 } }]';
    expect(await endpoints(entry(listed), 'ext.example.com', 80)).toEqual(['ext:8000 none', 'ext:8002 sidecar']);
    expect(await endpoints(entry('resolution: STATIC, workloadSelector: { labels: { version: v2 } }'), 'ext.example.com', 80)).toEqual([
      'web-v2:9090 none',
    ]);
    expect(await endpoints(entry('resolution: DNS'), 'ext.example.com', 80)).toEqual(['ext:8000 none']);
    expect(await endpoints(entry('resolution: DNS'), 'ext.example.com', 80, { version: 'v1' })).toEqual([]);
    expect(await endpoints(entry('resolution: NONE'), 'ext.example.com', 80)).toEqual([]);
  });
});
