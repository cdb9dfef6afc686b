import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { outcomes } from './answer.ts';
import { inboundPortOf, isCaptured } from './inbound-ports.ts';
import type { Mesh } from './mesh.ts';

const web = `
apiVersion: v1
kind: Namespace
metadata: { name: app, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: app }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: app, image: app, ports: [{ containerPort: 8080, name: http }, { containerPort: 9090, name: raw }, { containerPort: 7000 }] }
---
`;
const service = (name: string, ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: app }
spec: { selector: { app: web }, ports: ${ports} }
---
`;
const sidecar = (name: string, namespace: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---
`;

function chains(mesh: Mesh, port: number): readonly string[] {
  const [workload] = mesh.workloads;
  return workload === undefined ? [] : outcomes(inboundPortOf(mesh, workload, port)).map(({ chain }) => chain);
}

describe('the chain of a port', () => {
  it('is of the service port that leads to it, by number or by name', async () => {
    const mesh = await meshOf(
      web + service('web', '[{ port: 80, name: http, targetPort: http }, { port: 9090, name: tcp-raw }, { port: 7000, name: misc }]'),
    );
    expect(chains(mesh, 8080)).toEqual(['http']);
    expect(chains(mesh, 9090)).toEqual(['tcp']);
    expect(chains(mesh, 7000)).toEqual(['auto']);
  });

  it('is sniffed where no service leads to it, were it the number of a service port', async () => {
    const mesh = await meshOf(web + service('web', '[{ port: 80, name: http, targetPort: 8080 }]'));
    expect(chains(mesh, 80)).toEqual(['auto']);
    expect(chains(mesh, 12345)).toEqual(['auto']);
  });

  it('is of the first port of a service that leads to it', async () => {
    const mesh = await meshOf(
      web + service('web', '[{ port: 80, name: http, targetPort: 8080 }, { port: 81, name: tcp, targetPort: 8080 }]'),
    );
    expect(chains(mesh, 8080)).toEqual(['http']);
  });

  it('depends on which service is the oldest where several lead to it', async () => {
    const mesh = await meshOf(
      web + service('a', '[{ port: 80, name: http, targetPort: 8080 }]') + service('b', '[{ port: 80, name: tcp, targetPort: 8080 }]'),
    );
    expect(chains(mesh, 8080)).toEqual(['http', 'tcp']);
  });

  it('is what the ingress listeners of a Sidecar say, instead of the services', async () => {
    const services = service('web', '[{ port: 80, name: http, targetPort: 8080 }]');
    const ingress =
      '{ port: { number: 9090, protocol: TCP, name: x } }, { port: { number: 7000, protocol: HTTPS, name: y }, tls: { mode: SIMPLE } }';
    const mesh = await meshOf(
      web + services + sidecar('own', 'app', `{ workloadSelector: { labels: { app: web } }, ingress: [${ingress}] }`),
    );
    expect(chains(mesh, 8080)).toEqual(['auto']);
    expect(chains(mesh, 9090)).toEqual(['tcp']);
    expect(chains(mesh, 7000)).toEqual(['http']);
  });

  it('takes the Sidecar that selects the workload, then that of the namespace, then that of the root namespace', async () => {
    const ingress = (protocol: string): string => `ingress: [{ port: { number: 8080, protocol: ${protocol}, name: x } }]`;
    const root = sidecar('root', 'istio-system', `{ ${ingress('HTTP')} }`);
    const ofNamespace = sidecar('plain', 'app', `{ ${ingress('TCP')} }`);
    const selecting = sidecar('selecting', 'app', '{ workloadSelector: { labels: { app: web } }, egress: [{ hosts: ["./*"] }] }');
    const rootSelecting = sidecar('root-selecting', 'istio-system', `{ workloadSelector: { labels: { app: web } }, ${ingress('TCP')} }`);
    expect(chains(await meshOf(web + root + rootSelecting), 8080)).toEqual(['http']);
    expect(chains(await meshOf(web + root + ofNamespace), 8080)).toEqual(['tcp']);
    expect(chains(await meshOf(web + root + ofNamespace + selecting), 8080)).toEqual(['auto']);
  });
});

describe('a port', () => {
  const captured = async (annotations: string, port: number): Promise<boolean | undefined> => {
    const mesh = await meshOf(
      web.replace('labels: { app: web } }\n    spec:', `labels: { app: web }, annotations: { ${annotations} } }\n    spec:`),
    );
    const [workload] = mesh.workloads;
    return workload && isCaptured(workload, port);
  };

  it('goes through the sidecar unless it is the proxy own or the annotations leave it out', async () => {
    expect(await captured('', 8080)).toBe(true);
    expect(await captured('', 15021)).toBe(false);
    expect(await captured('traffic.sidecar.istio.io/excludeInboundPorts: "9090, 8080"', 8080)).toBe(false);
    expect(await captured('traffic.sidecar.istio.io/includeInboundPorts: "9090"', 8080)).toBe(false);
    expect(await captured('traffic.sidecar.istio.io/includeInboundPorts: "9090"', 9090)).toBe(true);
    expect(await captured('traffic.sidecar.istio.io/includeInboundPorts: ""', 8080)).toBe(false);
  });
});
