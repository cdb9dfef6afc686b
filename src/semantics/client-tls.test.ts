import { describe, expect, it } from 'vitest';
import { ingest } from '../engine/ingest.ts';
import { outcomes } from '../graph/answer.ts';
import { createMesh, type Mesh } from '../graph/mesh.ts';
import { defaultMeshConfig, type MeshConfig } from '../graph/mesh-config.ts';
import type { Place } from '../model/place.ts';
import { validatorChunks } from '../validator-chunks.ts';
import { library } from '../yaml/library.ts';
import { type ClientTls, clientTlsOf } from './client-tls.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';

const deployment = (name: string, labels: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec:
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 9080, name: http }] }]${more} }
---
`;
const namespace = (name: string, labels = 'istio-injection: enabled'): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
---
`;
const service = (name: string, spec: string): string => `
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: ${name} }
spec: { ${spec} }
---
`;
/** Clients in shop, pay and legacy (no sidecars there); reviews with v1, v2 and, without a sidecar, v3; `plain` and `meshed` are headless. */
const shop = [
  namespace('shop'),
  namespace('pay'),
  namespace('legacy', ''),
  deployment('pay/api', 'app: api'),
  deployment('legacy/cron', 'app: cron'),
  deployment('shop/reviews-v1', 'app: reviews, version: v1'),
  deployment('shop/reviews-v2', 'app: reviews, version: v2'),
  deployment('shop/old', 'app: old, version: v3, sidecar.istio.io/inject: "false"'),
  service(
    'reviews',
    'selector: { app: reviews }, ports: [{ port: 80, name: http, targetPort: http }, { port: 9000, name: tcp }, { port: 53, protocol: UDP }]',
  ),
  service('old', 'selector: { app: old }, ports: [{ port: 80, name: http }]'),
  service('meshed', 'clusterIP: None, selector: { app: reviews }, ports: [{ port: 80, name: http }]'),
  service('plain', 'clusterIP: None, selector: { app: old }, ports: [{ port: 80, name: http }]'),
  service('empty', 'clusterIP: None, selector: { app: nobody }, ports: [{ port: 80, name: http }]'),
  service('alias', 'type: ExternalName, externalName: example.com, ports: [{ port: 80 }]'),
].join('');
const rule = (name: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---
`;
const policy = (name: string, spec: string): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---
`;
const entry = (name: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: { hosts: [ext.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], ${spec} }
---
`;

interface Ask {
  readonly from?: string;
  readonly host?: string;
  readonly port?: number;
  readonly subset?: string;
  readonly config?: Partial<MeshConfig>;
}

function answers(mesh: Mesh, { from = 'pay/api', host = 'reviews', port = 80, subset }: Ask): readonly ClientTls[] {
  const client = mesh.workloads.find((workload) => `${workload.namespace}/${workload.name}` === from);
  if (client === undefined) throw new Error(`no ${from}`);
  const fqdn = host.includes('.') ? host : `${host}.shop.svc.cluster.local`;
  const answer = clientTlsOf(mesh, { client, host: fqdn, port, subset });
  if (answer.kind === 'unknown') throw new Error(`unknown: ${answer.reason}`);
  return outcomes(answer);
}

/** `mode wire: reason`, for each outcome. */
async function tls(manifests: string, ask: Ask = {}): Promise<string> {
  const mesh = await meshOf(shop + manifests, ask.config);
  return answers(mesh, ask)
    .map(({ mode, wire, reason }) => `${mode} ${wire}: ${reason}`)
    .sort()
    .join(' | ');
}

const ofRule = (trafficPolicy: string): string => rule('shop/r', `{ host: reviews, trafficPolicy: ${trafficPolicy} }`);

describe('without a tls block', () => {
  it('a client sends mutual TLS to pods with a sidecar, and plaintext to others', async () => {
    expect(await tls('')).toBe('auto mtls: auto-mtls');
    expect(await tls('', { host: 'old' })).toBe('auto plaintext: auto-mtls');
    expect(await tls(service('both', 'selector: {}, ports: [{ port: 80 }]'), { host: 'both' })).toBe('auto none: auto-mtls');
    const both = deployment('shop/reviews-v3', 'app: reviews, version: v3, sidecar.istio.io/inject: "false"');
    expect(await tls(both)).toBe('auto mixed: auto-mtls');
  });

  it('a client follows the label that injection sets, if the pod sets it itself', async () => {
    const labelled =
      deployment('shop/x', 'app: x, security.istio.io/tlsMode: disabled') + service('x', 'selector: { app: x }, ports: [{ port: 80 }]');
    expect(await tls(labelled, { host: 'x' })).toBe('auto plaintext: auto-mtls');
  });

  it('the mode of the port decides for each endpoint, the namespace for the whole service', async () => {
    expect(await tls(policy('shop/d', '{ mtls: { mode: DISABLE } }'))).toBe('DISABLE plaintext: disabled-by-peer-authentication');
    expect(await tls(policy('istio-system/d', '{ mtls: { mode: DISABLE } }'))).toBe('DISABLE plaintext: disabled-by-peer-authentication');
    expect(await tls(policy('istio-system/d', '{ mtls: { mode: DISABLE } }') + policy('shop/s', '{ mtls: { mode: STRICT } }'))).toBe(
      'auto mtls: auto-mtls',
    );
    const v1 = '{ selector: { matchLabels: { version: v1 } }';
    expect(await tls(policy('shop/w', `${v1}, mtls: { mode: DISABLE } }`))).toBe('auto mixed: auto-mtls');
    expect(await tls(policy('shop/w', `${v1}, portLevelMtls: { 9080: { mode: DISABLE } } }`))).toBe('auto mixed: auto-mtls');
    expect(await tls(policy('shop/w', `${v1}, portLevelMtls: { 80: { mode: DISABLE } } }`))).toBe('auto mtls: auto-mtls');
  });

  it('clients of a namespace that is off send plaintext even to a workload that insists on mutual TLS', async () => {
    const strict = '{ selector: { matchLabels: { app: reviews } }, mtls: { mode: STRICT } }';
    const policies = policy('shop/d', '{ mtls: { mode: DISABLE } }') + policy('shop/w', strict);
    expect(await tls(policies)).toBe('DISABLE plaintext: disabled-by-peer-authentication');
  });

  it('a client depends on which policy is the oldest, together for the namespace and its pods', async () => {
    const policies = policy('shop/a', '{ mtls: { mode: DISABLE } }') + policy('shop/b', '{ mtls: { mode: STRICT } }');
    expect(await tls(policies)).toBe('DISABLE plaintext: disabled-by-peer-authentication | auto mtls: auto-mtls');
  });

  it('rivals for several pods are in the same order for all of them', async () => {
    const all = '{ selector: { matchLabels: { app: reviews } }';
    const policies = policy('shop/a', `${all}, mtls: { mode: DISABLE } }`) + policy('shop/b', `${all}, mtls: { mode: STRICT } }`);
    expect(await tls(policies)).toBe('auto mtls: auto-mtls | auto plaintext: auto-mtls');
  });

  it('a client sends plaintext out of the mesh, and where automatic mutual TLS is off', async () => {
    expect(await tls(entry('shop/e', 'resolution: DNS'), { host: 'ext.example.com' })).toBe('DISABLE plaintext: external-service');
    const internal = 'location: MESH_INTERNAL, resolution: STATIC, endpoints: [{ address: 1.1.1.1, serviceAccount: vm }]';
    expect(await tls(entry('shop/e', internal), { host: 'ext.example.com' })).toBe('auto mtls: auto-mtls');
    expect(await tls('', { config: { enableAutoMtls: false } })).toBe('DISABLE plaintext: auto-mtls-off');
  });

  it('all pods of a headless service must take mutual TLS', async () => {
    expect(await tls('', { host: 'meshed' })).toBe('ISTIO_MUTUAL mtls: auto-mtls');
    expect(await tls('', { host: 'plain' })).toBe('DISABLE plaintext: plaintext-endpoint');
    expect(await tls('', { host: 'empty' })).toBe('DISABLE none: plaintext-endpoint');
    const passthrough = ofRule('{ loadBalancer: { simple: PASSTHROUGH } }');
    expect(await tls(passthrough)).toBe('ISTIO_MUTUAL mtls: auto-mtls');
    expect(await tls(passthrough + deployment('shop/reviews-v3', 'app: reviews, sidecar.istio.io/inject: "false"'))).toBe(
      'DISABLE plaintext: plaintext-endpoint',
    );
  });

  it('a client without a proxy sends plaintext and knows no DestinationRule', async () => {
    expect(await tls(ofRule('{ tls: { mode: ISTIO_MUTUAL } }'), { from: 'legacy/cron' })).toBe('DISABLE plaintext: no-proxy');
  });
});

describe('a tls block', () => {
  it('decides for all endpoints', async () => {
    expect(await tls(ofRule('{ tls: { mode: DISABLE } }'))).toBe('DISABLE plaintext: destination-rule');
    expect(await tls(ofRule('{ tls: { mode: ISTIO_MUTUAL } }'))).toBe('ISTIO_MUTUAL mtls: destination-rule');
    expect(await tls(ofRule('{ tls: { mode: SIMPLE } }'))).toBe('SIMPLE tls: destination-rule');
    expect(await tls(ofRule('{ tls: { sni: a } }'))).toBe('DISABLE plaintext: destination-rule');
  });

  it('is dropped with its encryption where Istio can make nothing of it', async () => {
    expect(await tls(ofRule('{ tls: { mode: MUTUAL } }'))).toBe('DISABLE plaintext: no-client-certificate');
    expect(await tls(ofRule('{ tls: { mode: MUTUAL, clientCertificate: /c, privateKey: /k } }'))).toBe('MUTUAL tls: destination-rule');
    expect(await tls(ofRule('{ tls: { mode: SIMPLE, credentialName: c } }'))).toBe('DISABLE plaintext: credential-without-selector');
    expect(await tls(ofRule('{ tls: { mode: SIMPLE, credentialName: "configmap://c" } }'))).toBe('SIMPLE tls: destination-rule');
    const host = 'host: reviews.shop.svc.cluster.local';
    const credential = 'trafficPolicy: { tls: { mode: MUTUAL, credentialName: c } }';
    const selecting = rule('pay/c', `{ ${host}, workloadSelector: { matchLabels: { app: api } }, ${credential} }`);
    expect(await tls(selecting)).toBe('MUTUAL tls: destination-rule');
    const gateway = deployment('pay/edge', 'app: edge, gateway.networking.k8s.io/gateway-name: edge');
    expect(await tls(gateway + ofRule('{ tls: { mode: SIMPLE, credentialName: c } }'), { from: 'pay/edge' })).toBe(
      'SIMPLE tls: destination-rule',
    );
  });

  it('is taken away by an entry for the port without one; what was taken away still marks the endpoints', async () => {
    const erased = (mode: string): string =>
      ofRule(`{ ${mode}, portLevelSettings: [{ port: { number: 80 }, connectionPool: { tcp: { maxConnections: 1 } } }] }`);
    expect(await tls(erased('tls: { mode: DISABLE }'))).toBe('auto plaintext: auto-mtls');
    expect(await tls(erased('tls: { mode: SIMPLE }'))).toBe('auto plaintext: auto-mtls');
    expect(await tls(erased('tls: { mode: ISTIO_MUTUAL }'))).toBe('auto mtls: auto-mtls');
    expect(await tls(erased('loadBalancer: {}'))).toBe('auto mtls: auto-mtls');
    expect(await tls(erased('tls: { mode: SIMPLE }'), { port: 9000 })).toBe('SIMPLE tls: destination-rule');
    // Marked for mutual TLS, endpoints get it even where the server has it off.
    const off = policy('shop/w', '{ selector: { matchLabels: { app: reviews } }, mtls: { mode: DISABLE } }');
    expect(await tls(off)).toBe('auto plaintext: auto-mtls');
    expect(await tls(erased('tls: { mode: ISTIO_MUTUAL }') + off)).toBe('auto mtls: auto-mtls');
  });

  it('of a subset stands over that of the rule, and its entry for the port over both', async () => {
    const subsets = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: shop, name: r }
spec:
  host: reviews
  trafficPolicy:
    tls: { mode: SIMPLE }
    portLevelSettings: [{ port: { number: 9000 }, tls: { mode: DISABLE } }]
  subsets:
    - { name: inherits, labels: { version: v1 } }
    - { name: own, labels: { version: v1 }, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
    - { name: other, labels: { version: v1 }, trafficPolicy: { connectionPool: {} } }
    - name: port
      labels: { version: v1 }
      trafficPolicy: { tls: { mode: ISTIO_MUTUAL }, portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }] }
    - { name: erases, labels: { version: v1 }, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, loadBalancer: {} }] } }
    - { name: nobody, labels: { version: v9 } }
`;
    const mode = async (subset: string, port = 80): Promise<string> => tls(subsets, { subset, port });
    expect(await mode('inherits')).toBe('SIMPLE tls: destination-rule');
    expect(await mode('inherits', 9000)).toBe('DISABLE plaintext: destination-rule');
    expect(await mode('own')).toBe('ISTIO_MUTUAL mtls: destination-rule');
    expect(await mode('own', 9000)).toBe('ISTIO_MUTUAL mtls: destination-rule');
    expect(await mode('other')).toBe('SIMPLE tls: destination-rule');
    expect(await mode('port')).toBe('DISABLE plaintext: destination-rule');
    expect(await mode('port', 9000)).toBe('ISTIO_MUTUAL mtls: destination-rule');
    expect(await mode('erases')).toBe('auto plaintext: auto-mtls');
    expect(await mode('erases', 9000)).toBe('DISABLE plaintext: destination-rule');
    expect(await mode('nobody')).toBe('SIMPLE none: destination-rule');
    expect(await mode('missing')).toBe('no-cluster none: unknown-subset');
  });
});

describe('no cluster', () => {
  it('leads to hosts that are not there or not visible, nor to ports that are none', async () => {
    expect(await tls('', { host: 'nowhere' })).toBe('no-cluster none: unknown-host');
    expect(await tls('', { port: 81 })).toBe('no-cluster none: unknown-port');
    expect(await tls('', { port: 53 })).toBe('no-cluster none: udp');
    expect(await tls('', { host: 'alias' })).toBe('no-cluster none: alias');
    expect(await tls(entry('shop/e', 'exportTo: [.], resolution: DNS'), { host: 'ext.example.com' })).toBe('no-cluster none: hidden-host');
  });

  it('leads to what the Sidecar of the client does not import', async () => {
    const sidecar = (hosts: string): string => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { namespace: pay, name: default }
spec: { egress: [{ hosts: [${hosts}] }] }
---
`;
    expect(await tls(sidecar('"./*"'))).toBe('no-cluster none: not-imported');
    expect(await tls(sidecar('"shop/*"'))).toBe('auto mtls: auto-mtls');
    expect(await tls(sidecar('"./*"'), { from: 'shop/reviews-v1' })).toBe('auto mtls: auto-mtls');
    // What a Sidecar imports says nothing about DestinationRules.
    expect(await tls(sidecar('"shop/*"') + rule('istio-system/r', "{ host: '*.local', trafficPolicy: { tls: { mode: DISABLE } } }"))).toBe(
      'DISABLE plaintext: destination-rule',
    );
    const two = sidecar('"./*"') + sidecar('"shop/*"').replace('name: default', 'name: second');
    expect(await tls(two)).toBe('auto mtls: auto-mtls | no-cluster none: not-imported');
  });

  it('is made for a subset of a host that DNS resolves, if no address has its labels', async () => {
    const external =
      entry('shop/e', 'resolution: DNS') + rule('shop/x', '{ host: ext.example.com, subsets: [{ name: v1, labels: { version: v1 } }] }');
    expect(await tls(external, { host: 'ext.example.com', subset: 'v1' })).toBe('no-cluster none: no-address');
  });
});

describe('one host in several namespaces', () => {
  it('is the one of the client, else a Service, else whichever is the oldest', async () => {
    const squat = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: pay, name: squat }
spec: { hosts: [reviews.shop.svc.cluster.local], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: STATIC, endpoints: [{ address: 9.9.9.9 }] }
---
`;
    expect(await tls(squat)).toBe('DISABLE plaintext: external-service');
    expect(await tls(squat, { from: 'shop/reviews-v1' })).toBe('auto mtls: auto-mtls');
    const two = entry('shop/e', 'resolution: DNS') + entry('legacy/e', 'resolution: DNS, location: MESH_INTERNAL');
    expect(await tls(two, { host: 'ext.example.com' })).toBe('DISABLE plaintext: external-service | auto plaintext: auto-mtls');
  });
});

describe('an answer', () => {
  const at = (place: Place): string =>
    place.kind === 'text' ? '' : `${place.resource.kind} ${place.resource.metadata.name} ${place.path.join('.')}`;

  it('says what decided, in its order', async () => {
    const manifests = rule(
      'shop/r',
      '{ host: reviews, trafficPolicy: { tls: { mode: SIMPLE } }, subsets: [{ name: v1, labels: { version: v1 } }] }',
    );
    const mesh = await meshOf(shop + manifests);
    const [answer] = answers(mesh, { subset: 'v1' });
    expect(answer?.steps.map(({ what, at: place }) => `${what}: ${at(place)}`)).toEqual([
      'service: Service reviews metadata.name',
      'port: Service reviews spec.ports.0.port',
      'destination-rule: DestinationRule r spec.host',
      'subset: DestinationRule r spec.subsets.0.name',
      'tls: DestinationRule r spec.trafficPolicy.tls.mode',
    ]);
  });

  it('says what an entry for the port took away, and for each endpoint what it gets and why', async () => {
    const erased = ofRule('{ tls: { mode: SIMPLE }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: {} }] }');
    const [answer] = answers(await meshOf(shop + erased), {});
    expect(answer?.erased?.tls.mode).toBe('SIMPLE');
    expect(answer?.endpoints.map(({ sends, at: place }) => `${sends}: ${place === undefined ? '' : at(place)}`)).toEqual([
      'plaintext: DestinationRule r spec.trafficPolicy.tls.mode',
      'plaintext: DestinationRule r spec.trafficPolicy.tls.mode',
    ]);
  });

  it('names the oldest of a merge and the others', async () => {
    const merged = rule('shop/a', '{ host: reviews }') + rule('shop/b', '{ host: reviews, trafficPolicy: { tls: { mode: DISABLE } } }');
    const named = answers(await meshOf(shop + merged), {}).map(({ mode, destinationRule, mergedFrom }) => [
      mode,
      destinationRule?.metadata.name,
      mergedFrom.length,
    ]);
    expect(named).toEqual([
      ['DISABLE', 'a', 2],
      ['DISABLE', 'b', 2],
    ]);
  });

  it('is unknown for what may lie outside of an open mesh', async () => {
    const { resources, documents } = await ingest(
      [{ path: 'mesh.yaml', named: true, read: () => shop }],
      { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
      { defaultNamespace: 'default' },
    );
    const mesh = createMesh({ resources, documents, complete: false, config: defaultMeshConfig, domain: 'cluster.local' });
    const client = mesh.workloads.find(({ name }) => name === 'api');
    if (client === undefined) throw new Error('no client');
    const ask = (host: string): ReturnType<typeof clientTlsOf> =>
      clientTlsOf(mesh, { client, host: `${host}.shop.svc.cluster.local`, port: 80 });
    expect(ask('nowhere')).toEqual({ kind: 'unknown', reason: 'the host is not in the input' });
    expect(ask('empty')).toEqual({ kind: 'unknown', reason: 'the pods of the service are not in the input' });
    expect(ask('reviews')).toMatchObject({ kind: 'found', value: { mode: 'auto', wire: 'mtls' } });
  });

  it('takes a subset to which no pod of an open mesh belongs for one of pods elsewhere', async () => {
    const text = shop + rule('shop/r', '{ host: reviews, subsets: [{ name: canary, labels: { version: canary } }] }');
    const { resources, documents } = await ingest(
      [{ path: 'mesh.yaml', named: true, read: () => text }],
      { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
      { defaultNamespace: 'default' },
    );
    const wireIn = (complete: boolean): unknown => {
      const mesh = createMesh({ resources, documents, complete, config: defaultMeshConfig, domain: 'cluster.local' });
      const client = mesh.workloads.find(({ name }) => name === 'api');
      if (client === undefined) throw new Error('no client');
      const answer = clientTlsOf(mesh, { client, host: 'reviews.shop.svc.cluster.local', port: 80, subset: 'canary' });
      return answer.kind === 'found' ? answer.value.wire : answer.kind;
    };
    expect([wireIn(true), wireIn(false)]).toEqual(['none', 'unknown']);
  });

  it('is unknown where a deciding value is a placeholder', async () => {
    const mesh = await meshOf(`${shop}${ofRule('{ tls: { mode: "${MODE}" } }')}`);
    const client = mesh.workloads.find(({ name }) => name === 'api');
    if (client === undefined) throw new Error('no client');
    expect(clientTlsOf(mesh, { client, host: 'reviews.shop.svc.cluster.local', port: 80 })).toMatchObject({ kind: 'unknown' });
  });
});
