import { describe, expect, it } from 'vitest';
import { outcomes } from '../graph/answer.ts';
import { accessOf } from './access.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';

const resource = (apiVersion: string, kind: string, name: string, spec: string, labels = '{}'): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name.split('/')[1] ?? ''}, namespace: ${name.split('/')[0] ?? ''}, labels: ${labels} }
spec: ${spec}
---`;
const policy = (spec: string, name = 'app/p'): string => resource('security.istio.io/v1', 'AuthorizationPolicy', name, spec);
const mesh = (labels: {
  readonly service?: string;
  readonly pods?: string;
  readonly gateway?: string;
  readonly dataplane?: string;
}): string =>
  `
apiVersion: v1
kind: Namespace
metadata: { name: app, labels: { istio.io/dataplane-mode: ${labels.dataplane ?? 'ambient'} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: app, name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web${labels.pods ?? ''} } }
    spec: { containers: [{ name: app, image: app, ports: [{ containerPort: 8080 }] }] }
---` +
  resource(
    'v1',
    'Service',
    'app/web',
    '{ selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp, port: 90, targetPort: 9090 }] }',
    labels.service,
  ) +
  resource(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'app/wp',
    '{ gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }',
    labels.gateway,
  );
const served = mesh({ service: '{ istio.io/use-waypoint: wp }' });

const client = 'cluster.local/ns/app/sa/client';
const waypoint = 'cluster.local/ns/app/sa/wp';
interface Asked {
  readonly identity?: string | undefined;
  readonly path?: string;
  readonly port?: number;
  readonly by?: 'pod' | 'service' | 'either';
  /** Of the caller; null: not known. */
  readonly proxy?: 'ztunnel' | 'sidecar' | 'gateway' | null;
}

async function asked(
  manifests: string,
  { identity = client, path = '/public', port = 80, by = 'service', proxy = 'ztunnel' }: Asked = {},
): Promise<string> {
  const input = await meshOf(manifests);
  const [to] = input.workloads;
  const [service] = input.of('Service');
  if (to === undefined || service === undefined) return '';
  const http = path === '' ? undefined : { method: 'GET', host: 'web.app', path };
  const address = by === 'either' ? undefined : by === 'pod' ? by : { service, port };
  const from = { identity: identity === '' ? undefined : identity, ip: '10.0.0.1', proxy: proxy ?? undefined };
  const answer = accessOf(input, { from, to, port: port === 80 ? 8080 : 9090, address, http });
  if (answer.kind === 'unknown') return `unknown: ${answer.reason}`;
  return outcomes(answer)
    .map(({ outcome, ways: [{ reason, waypoint: passage }] }) => `${outcome}: ${reason}${passage === undefined ? '' : ' by wp'}`)
    .join(' or ');
}

const ofService = (rules: string): string => policy(`{ targetRefs: [{ group: "", kind: Service, name: web }], ${rules} }`);
const noAdmins = ofService('action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }]');

describe('access through a waypoint', () => {
  it('is what the policies of the service say, by HTTP', async () => {
    expect(await asked(served + noAdmins)).toBe('allow: no-allow-policy by wp');
    expect(await asked(served + noAdmins, { path: '/admin' })).toBe('deny: denied by wp');
    expect(await asked(served + ofService('rules: [{ to: [{ operation: { ports: ["80"] } }] }]'))).toBe('allow: allowed by wp');
    expect(await asked(served + ofService('rules: [{ to: [{ operation: { ports: ["8080"] } }] }]'))).toBe('deny: no-allow-rule by wp');
    expect(await asked(served + noAdmins, { path: '' })).toBe('protocol-error: http-only by wp');
  });

  it('widens DENY on a TCP port, as sidecars do', async () => {
    expect(await asked(served + noAdmins, { port: 90 })).toBe('deny: denied by wp');
    expect(await asked(served, { port: 90 })).toBe('allow: no-allow-policy by wp');
  });

  it('is what the policies of the Gateway and of its class say too, and no policy by selector', async () => {
    const ofTarget = (kind: string, target: string, name?: string): string =>
      policy(`{ targetRefs: [{ group: gateway.networking.k8s.io, kind: ${kind}, name: ${target} }] }`, name);
    expect(await asked(served + ofTarget('Gateway', 'wp'))).toBe('deny: no-allow-rule by wp');
    expect(await asked(served + ofTarget('GatewayClass', 'istio-waypoint', 'istio-system/p'))).toBe('deny: no-allow-rule by wp');
    expect(await asked(served + ofTarget('GatewayClass', 'istio-waypoint'))).toBe('allow: no-allow-policy by wp');
    expect(
      await asked(
        served +
          policy('{ selector: { matchLabels: { app: web } }, action: DENY, rules: [{ to: [{ operation: { paths: [/public] } }] }] }'),
      ),
    ).toBe('allow: no-allow-policy by wp');
  });

  it('lets the ztunnel behind see the waypoint', async () => {
    const only = (identity: string): string => policy(`{ rules: [{ from: [{ source: { principals: [${identity}] } }] }] }`);
    expect(await asked(served + only(client))).toBe('deny: no-allow-rule by wp');
    expect(await asked(served + only(waypoint))).toBe('allow: allowed by wp');
    const account = served.replace('name: wp,', 'name: wp, annotations: { gateway.istio.io/service-account: other },');
    expect(await asked(account + only(waypoint))).toBe('deny: no-allow-rule by wp');
    expect(await asked(account + only('cluster.local/ns/app/sa/other'))).toBe('allow: allowed by wp');
    const renamed = served.replace('name: wp,', 'name: wp, annotations: { gateway.istio.io/name-override: other },');
    expect(await asked(renamed)).toBe('unknown: the service account of a waypoint is not known');
    // It calls the pod itself.
    expect(await asked(served + noAdmins + only(waypoint), { identity: waypoint, path: '/admin' })).toBe('allow: allowed');
  });

  it('is past it for plaintext, and for what is sent to the pod', async () => {
    expect(await asked(served + noAdmins, { identity: '', path: '/admin' })).toBe('allow: no-allow-policy');
    expect(await asked(served + noAdmins, { by: 'pod', path: '/admin' })).toBe('allow: no-allow-policy');
    expect(await asked(served + noAdmins, { by: 'either' })).toBe('allow: no-allow-policy');
    expect(await asked(served + noAdmins, { by: 'either', path: '/admin' })).toBe(
      'unknown: it is not known whether a call comes through a waypoint, which decides otherwise',
    );
  });

  it('is through the waypoint of the pod for what is sent to its address only', async () => {
    const ofPods = mesh({ pods: ', istio.io/use-waypoint: wp', gateway: '{ istio.io/waypoint-for: workload }' });
    const ofGateway = policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: wp }] }');
    expect(await asked(ofPods + ofGateway, { by: 'pod' })).toBe('deny: no-allow-rule by wp');
    expect(await asked(ofPods + ofGateway)).toBe('allow: no-allow-policy');
    // No policy of a service is for what is sent to pods.
    expect(await asked(ofPods + noAdmins, { by: 'pod', path: '/admin' })).toBe('allow: no-allow-policy by wp');
  });

  it('is not known by the address of the caller, nor where it is not known which policies there are', async () => {
    const byAddress = 'rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }]';
    expect(await asked(served + ofService(byAddress))).toBe('unknown: the address of the caller is not known');
    expect(await asked(served + policy('{ targetRefs: [{ group: "", kind: Service, name: "${NAME}" }] }'))).toBe(
      'unknown: a value is a placeholder',
    );
    expect(await asked(served.replace('gatewayClassName: istio-waypoint', 'gatewayClassName: "${CLASS}"'))).toBe(
      'unknown: a value is a placeholder',
    );
    expect(await asked(served.replace('gatewayClassName: istio-waypoint', 'gatewayClassName: istio'))).toBe(
      'unknown: a Gateway that is used as a waypoint is none of a class of waypoints',
    );
  });

  it('is past it for sidecars, and for gateways that no label leads there', async () => {
    for (const proxy of ['sidecar', 'gateway'] as const) {
      expect(await asked(served + noAdmins, { proxy, path: '/admin' })).toBe('allow: no-allow-policy');
      expect(await asked(served + noAdmins, { proxy, path: '/admin', by: 'pod' })).toBe('allow: no-allow-policy');
    }
    const ingress = mesh({ service: '{ istio.io/use-waypoint: wp, istio.io/ingress-use-waypoint: "true" }' });
    expect(await asked(ingress + noAdmins, { proxy: 'gateway', path: '/admin' })).toBe('deny: denied by wp');
    expect(await asked(ingress + noAdmins, { proxy: 'gateway', path: '/admin', by: 'pod' })).toBe('allow: no-allow-policy');
    expect(await asked(ingress + noAdmins, { proxy: 'sidecar', path: '/admin' })).toBe('allow: no-allow-policy');
    const unclear = mesh({ service: '{ istio.io/use-waypoint: wp, istio.io/ingress-use-waypoint: "${X}" }' });
    expect(await asked(unclear + noAdmins, { proxy: 'gateway' })).toBe('unknown: a value is a placeholder');
    // The ztunnel of the pods sees the gateway or the sidecar itself.
    const byClient = policy(`{ rules: [{ from: [{ source: { principals: [${client}] } }] }] }`);
    expect(await asked(served + byClient, { proxy: 'sidecar' })).toBe('allow: allowed');
    expect(await asked(ingress + byClient, { proxy: 'gateway' })).toBe('deny: no-allow-rule by wp');
  });

  it('is what all ways come to where the proxy of the caller is not known', async () => {
    expect(await asked(served + noAdmins, { proxy: null })).toBe('allow: no-allow-policy');
    expect(await asked(served + noAdmins, { proxy: null, path: '/admin' })).toBe(
      'unknown: it is not known whether a call comes through a waypoint, which decides otherwise',
    );
  });

  it('is past it for a service without an address, which stands for its pods', async () => {
    const headless = (gateway: string): string =>
      mesh({ service: '{ istio.io/use-waypoint: wp }', pods: ', istio.io/use-waypoint: wp', gateway }).replace(
        '{ selector: { app: web },',
        '{ clusterIP: None, selector: { app: web },',
      );
    const ofGateway = policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: wp }] }');
    expect(await asked(headless('{}') + ofGateway)).toBe('allow: no-allow-policy');
    expect(await asked(headless('{ istio.io/waypoint-for: all }') + ofGateway)).toBe('deny: no-allow-rule by wp');
  });

  it('is what both say where a canary takes a share', async () => {
    const next = resource(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'app/next',
      '{ gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }',
    );
    const shared = (weight: string): string =>
      mesh({ service: `{ istio.io/use-waypoint: wp, istio.io/use-waypoint-canary: next }` }).replace(
        'metadata: { name: web, namespace: app, labels',
        `metadata: { name: web, namespace: app, annotations: { istio.io/use-waypoint-canary-weight: "${weight}" }, labels`,
      ) + next;
    const ofNext = policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: next }] }');
    expect(await asked(shared('10') + noAdmins, { path: '/admin' })).toBe('deny: denied by wp');
    expect(await asked(shared('10') + ofNext)).toMatch(/^unknown: /);
    expect(await asked(shared('0') + ofNext)).toBe('allow: no-allow-policy by wp');
    expect(await asked(shared('100') + ofNext)).toBe('deny: no-allow-rule by wp');
  });

  it('is not known before what has no ztunnel', async () => {
    const sidecars = served.replace('istio.io/dataplane-mode: ambient', 'istio-injection: enabled');
    expect(await asked(sidecars)).toBe('unknown: a waypoint stands before a workload that has no ztunnel');
    expect(await asked(sidecars, { proxy: 'sidecar' })).toBe('allow: no-allow-policy');
    expect(await asked(sidecars, { by: 'pod' })).toBe('allow: no-allow-policy');
  });
});
