import { describe, expect, it } from 'vitest';
import { outcomes } from '../graph/answer.ts';
import { accessOf } from './access.ts';
import { clientTlsOf } from './client-tls.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { regexes } from './effects/shop-routes.test-support.ts';
import { mtlsModeOf } from './mtls.ts';

const resource = (apiVersion: string, kind: string, name: string, spec: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name.split('/')[1] ?? ''}, namespace: ${name.split('/')[0] ?? ''} }
spec: ${spec}
---`;
const peer = (name: string, spec: string): string => resource('security.istio.io/v1', 'PeerAuthentication', name, spec);
const policy = (spec: string, name = 'app/p'): string => resource('security.istio.io/v1', 'AuthorizationPolicy', name, spec);
const ambient = (labels = 'istio.io/dataplane-mode: ambient'): string => `
apiVersion: v1
kind: Namespace
metadata: { name: app, labels: { ${labels} } }
---`;
const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: app, name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, image: app, ports: [{ containerPort: 80 }] }] } }
---`;
const selector = 'selector: { matchLabels: { app: web } }';

async function modes(manifests: string, port = 80): Promise<readonly string[]> {
  const mesh = await meshOf(ambient() + web + manifests);
  const [workload] = mesh.workloads;
  if (workload === undefined) return [];
  const answer = mtlsModeOf(mesh, workload, port);
  return answer.kind === 'unknown' ? ['unknown'] : outcomes(answer).map(({ mode, level }) => `${mode} ${level}`);
}

describe('mutual TLS in an ambient mesh', () => {
  it('is strict or not, by the nearest mode; DISABLE turns off nothing', async () => {
    expect(await modes('')).toEqual(['PERMISSIVE default']);
    expect(await modes(peer('istio-system/m', '{ mtls: { mode: STRICT } }'))).toEqual(['STRICT mesh']);
    expect(await modes(peer('istio-system/m', '{ mtls: { mode: STRICT } }') + peer('app/ns', '{ mtls: { mode: DISABLE } }'))).toEqual([
      'PERMISSIVE namespace',
    ]);
    expect(
      await modes(peer('app/ns', '{ mtls: { mode: STRICT } }') + peer('app/w', `{ ${selector}, mtls: { mode: PERMISSIVE } }`)),
    ).toEqual(['PERMISSIVE workload']);
  });

  it('takes no policy with an empty selector from the root namespace', async () => {
    expect(await modes(peer('istio-system/m', '{ selector: {}, mtls: { mode: STRICT } }'))).toEqual(['PERMISSIVE default']);
    expect(await modes(peer('app/ns', '{ selector: {}, mtls: { mode: STRICT } }'))).toEqual(['STRICT namespace']);
  });

  it('depends on the order of creation as elsewhere', async () => {
    expect(await modes(peer('app/a', '{ mtls: { mode: STRICT } }') + peer('app/b', '{ mtls: { mode: DISABLE } }'))).toEqual([
      'STRICT namespace',
      'PERMISSIVE namespace',
    ]);
  });

  it('makes exceptions for ports, but not by DISABLE alone under a strict parent', async () => {
    const own = (mtls: string, ports: string): string => peer('app/w', `{ ${selector}, ${mtls}portLevelMtls: { ${ports} } }`);
    const strict = peer('app/ns', '{ mtls: { mode: STRICT } }');
    expect(await modes(strict + own('', '80: { mode: PERMISSIVE }'))).toEqual(['PERMISSIVE port']);
    expect(await modes(strict + own('', '80: { mode: DISABLE }'))).toEqual(['STRICT namespace']);
    expect(await modes(strict + own('', '80: { mode: DISABLE }, 81: { mode: PERMISSIVE }'))).toEqual(['PERMISSIVE port']);
    expect(await modes(own('mtls: { mode: STRICT }, ', '80: { mode: DISABLE }'))).toEqual(['PERMISSIVE port']);
    expect(await modes(own('mtls: { mode: STRICT }, ', '80: { mode: DISABLE }'), 81)).toEqual(['STRICT workload']);
    expect(await modes(own('', '80: { mode: STRICT }'))).toEqual(['STRICT port']);
    expect(await modes(own('', '80: { mode: STRICT }'), 81)).toEqual(['PERMISSIVE default']);
  });

  it('is not known where a mode is not', async () => {
    expect(await modes(peer('app/w', `{ ${selector}, mtls: { mode: "\${MODE}" } }`))).toEqual(['unknown']);
    expect(await modes(peer('app/ns', '{ mtls: { mode: "${MODE}" } }'))).toEqual(['unknown']);
    const own = peer('app/w', `{ ${selector}, mtls: { mode: STRICT } }`);
    expect(await modes(peer('app/ns', '{ mtls: { mode: "${MODE}" } }') + own)).toEqual(['STRICT workload']);
  });

  it('sees an unselected policy beside an older one with an empty selector', async () => {
    const strict = peer('app/a', '{ selector: {}, mtls: { mode: STRICT } }');
    const exception = peer('app/w', `{ ${selector}, portLevelMtls: { 80: { mode: PERMISSIVE } } }`);
    expect(await modes(strict + exception)).toEqual(['PERMISSIVE port']);
    // The whole policy is lost there, and not only its exception.
    expect(await modes(strict + exception, 81)).toEqual(['unknown']);
    expect(await modes(strict + peer('app/b', '{ mtls: { mode: STRICT } }') + exception, 81)).toEqual([
      'STRICT namespace',
      'STRICT namespace',
    ]);
  });

  it('is not known where versions of Istio differ', async () => {
    const ofMesh = peer('istio-system/m', '{ mtls: { mode: STRICT } }');
    expect(
      await modes(ofMesh + peer('app/w', `{ ${selector}, mtls: { mode: PERMISSIVE }, portLevelMtls: { 80: { mode: STRICT } } }`)),
    ).toEqual(['unknown']);
    const own = peer('app/w', `{ ${selector}, portLevelMtls: { 80: { mode: STRICT } } }`);
    expect(await modes(peer('app/a', '{ selector: {} }') + peer('app/b', '{ mtls: { mode: STRICT } }') + own)).toEqual(['unknown']);
    const unset = peer('app/ns', '{ mtls: { mode: UNSET } }');
    const exception = peer('app/w', `{ ${selector}, portLevelMtls: { 80: { mode: PERMISSIVE } } }`);
    expect(await modes(ofMesh + unset + exception)).toEqual(['PERMISSIVE port']);
    expect(await modes(ofMesh + unset + exception, 81)).toEqual(['unknown']);
  });
});

async function asked(manifests: string, identity: string | undefined, port = 80): Promise<string> {
  const mesh = await meshOf(web + manifests);
  const [to] = mesh.workloads;
  if (to === undefined) return '';
  const http = { method: 'GET', host: 'web.app', path: '/public' };
  const answer = accessOf(mesh, { from: { identity, ip: '10.0.0.1' }, to, port, http }, { regexes });
  if (answer.kind === 'unknown') return `unknown: ${answer.reason}`;
  return outcomes(answer)
    .map(({ outcome, ways: [{ reason }] }) => `${outcome}: ${reason}`)
    .join(' or ');
}

describe('access to an ambient workload', () => {
  const client = 'cluster.local/ns/app/sa/client';

  it('is what its ztunnel says', async () => {
    const open = ambient();
    expect(await asked(open, client)).toBe('allow: no-allow-policy');
    expect(await asked(open, undefined)).toBe('allow: no-allow-policy');
    expect(await asked(open + peer('app/ns', '{ mtls: { mode: STRICT } }'), undefined)).toBe('no-connection: strict-mtls');
    const byClient = policy(`{ rules: [{ from: [{ source: { principals: [${client}] } }], to: [{ operation: { ports: ["80"] } }] }] }`);
    expect(await asked(open + byClient, client)).toBe('allow: allowed');
    expect(await asked(open + byClient, client, 81)).toBe('deny: no-allow-rule');
    expect(await asked(open + byClient, 'cluster.local/ns/app/sa/other')).toBe('deny: no-allow-rule');
    expect(await asked(open + byClient, undefined)).toBe('deny: no-allow-rule');
  });

  it('leaves ALLOW rules about requests out, and of DENY rules what is about requests', async () => {
    const paths = 'to: [{ operation: { paths: [/public] } }]';
    expect(await asked(ambient() + policy(`{ rules: [{ ${paths} }] }`), client)).toBe('deny: no-allow-rule');
    expect(await asked(ambient() + policy(`{ action: DENY, rules: [{ ${paths} }] }`), client)).toBe('allow: no-allow-policy');
    const fromApp = 'from: [{ source: { namespaces: [app] } }]';
    expect(await asked(ambient() + policy(`{ action: DENY, rules: [{ ${fromApp}, ${paths} }] }`), client)).toBe('allow: no-allow-policy');
    const onPort = 'to: [{ operation: { paths: [/admin], ports: ["80"] } }]';
    expect(await asked(ambient() + policy(`{ action: DENY, rules: [{ ${onPort} }] }`), client)).toBe('deny: denied');
    expect(
      await asked(ambient() + policy('{ action: DENY, rules: [{ when: [{ key: "request.headers[x]", values: [a] }] }] }'), client),
    ).toBe('allow: no-allow-policy');
  });

  it('ignores AUDIT, CUSTOM, dry runs and what has targetRefs', async () => {
    const refs = 'targetRefs: [{ group: "", kind: Service, name: web }]';
    expect(await asked(ambient() + policy(`{ ${refs} }`), client)).toBe('allow: no-allow-policy');
    expect(await asked(ambient() + policy('{ action: CUSTOM, provider: { name: x }, rules: [{}] }'), client)).toBe(
      'allow: no-allow-policy',
    );
    expect(
      await asked(ambient() + policy('{}').replace('namespace: app', 'namespace: app, annotations: { istio.io/dry-run: "true" }'), client),
    ).toBe('allow: no-allow-policy');
  });

  it('is given no policy with `selector: {}`, and each with a selector of no labels', async () => {
    for (const owner of ['app', 'istio-system']) {
      expect(await asked(ambient() + policy('{ selector: {} }', `${owner}/p`), client)).toBe('allow: no-allow-policy');
      expect(await asked(ambient() + policy('{ action: DENY, selector: {}, rules: [{}] }', `${owner}/p`), client)).toBe(
        'allow: no-allow-policy',
      );
      expect(await asked(ambient() + policy('{ selector: { matchLabels: {} } }', `${owner}/p`), client)).toBe('deny: no-allow-rule');
    }
  });

  it('takes a star in the middle of a namespace for itself', async () => {
    const from = (value: string): string => policy(`{ rules: [{ from: [{ source: { namespaces: ["${value}"] } }] }] }`);
    expect(await asked(ambient() + from('a*'), client)).toBe('allow: allowed');
    expect(await asked(ambient() + from('a*p'), client)).toBe('deny: no-allow-rule');
  });

  it('takes trust domains as they are written, and is not known where versions of Istio differ about them', async () => {
    const from = (source: string, action = 'ALLOW'): string =>
      policy(`{ action: ${action}, rules: [{ from: [{ source: { ${source} } }] }] }`);
    const elsewhere = 'td1/ns/app/sa/client';
    expect(await asked(ambient() + from(`principals: [${client}]`), elsewhere)).toBe('deny: no-allow-rule');
    expect(await asked(ambient() + from('trustDomains: [cluster.local]'), client)).toBe('deny: no-allow-rule');
    expect(await asked(ambient() + from('trustDomains: [td1], namespaces: [app]', 'DENY'), client)).toBe('deny: denied');
    const both = from('trustDomains: [cluster.local], namespaces: [app]');
    expect(await asked(ambient() + both, client)).toBe('unknown: versions of Istio differ about trust domains in the policies of ztunnels');
    expect(await asked(ambient() + both, 'cluster.local/ns/other/sa/client')).toBe('deny: no-allow-rule');
  });

  it('is not known where a policy is not', async () => {
    const open = '{ action: "${ACTION}", rules: [{}] }';
    expect(await asked(ambient() + policy(open), client)).toBe('unknown: AuthorizationPolicy app/p does not fit its schema');
    expect(await asked(ambient() + policy(open) + policy('{ action: DENY, rules: [{}] }', 'app/q'), client)).toBe('deny: denied');
    expect(await asked(ambient() + policy('{ selector: { matchLabels: { app: "${APP}" } } }'), client)).toBe(
      'unknown: a value is a placeholder',
    );
  });
});

describe('what an ambient client sends', () => {
  const client = `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: app, name: client }
spec:
  selector: { matchLabels: { app: client } }
  template: { metadata: { labels: { app: client } }, spec: { containers: [{ name: app, image: app }] } }
---`;
  const service = (labels = '{}'): string =>
    resource('v1', 'Service', 'app/web', '{ selector: { app: web }, ports: [{ port: 80 }] }').replace(
      'namespace: app }',
      `namespace: app, labels: ${labels} }`,
    );

  async function sent(manifests: string): Promise<string> {
    const mesh = await meshOf(ambient() + client + manifests);
    const from = mesh.workloads.find(({ name }) => name === 'client');
    if (from === undefined) return '';
    const answer = clientTlsOf(mesh, { client: from, host: 'web.app.svc.cluster.local', port: 80 });
    return answer.kind === 'unknown'
      ? `unknown: ${answer.reason}`
      : outcomes(answer)
          .map(({ wire, reason }) => `${wire} ${reason}`)
          .join(' or ');
  }

  it('is HBONE to what has a ztunnel and plaintext to what has no proxy, whatever DestinationRules say', async () => {
    const off = resource(
      'networking.istio.io/v1',
      'DestinationRule',
      'app/off',
      '{ host: web, trafficPolicy: { tls: { mode: DISABLE } } }',
    );
    expect(await sent(web + service() + off)).toBe('hbone ztunnel');
    expect(await sent(web.replace('labels: { app: web }', 'labels: { app: web, istio.io/dataplane-mode: none }') + service())).toBe(
      'plaintext ztunnel',
    );
    expect(await sent(service())).toBe('none ztunnel');
  });

  it('is not known behind a waypoint, and where the host is not', async () => {
    const wp = resource(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'app/wp',
      '{ gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }',
    );
    expect(await sent(web + wp + service('{ istio.io/use-waypoint: wp }'))).toBe(
      'unknown: the waypoint of the service decides what its endpoints get',
    );
    expect(await sent(web)).toBe('unknown: the host is not in the input');
  });
});
