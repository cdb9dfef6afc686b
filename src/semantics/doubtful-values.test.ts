import { describe, expect, it } from 'vitest';
import type { Answer } from '../graph/answer.ts';
import { inboundPortOf } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { accessOf } from './access.ts';
import { clientTlsOf } from './client-tls.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { mtlsModeOf } from './mtls.ts';

const manifest = (kind: string, name: string, spec: string, version = 'security.istio.io/v1'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }\nspec: ${spec}\n---\n`;

const web = (labels = 'app: web'): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: app, labels: { istio-injection: enabled } }\n---\n` +
  manifest(
    'Deployment',
    'app/web',
    `{ template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: web, ports: [{ containerPort: 8080 }] }] } } }`,
    'apps/v1',
  );
const service = (name: string): string =>
  manifest('Service', 'app/web', `{ selector: { app: web }, ports: [{ port: 80, name: ${name}, targetPort: 8080 }] }`, 'v1');
const strict = manifest('PeerAuthentication', 'app/own', '{ mtls: { mode: STRICT } }');

function workloadOf(mesh: Mesh) {
  const [workload] = mesh.workloads;
  if (workload === undefined) throw new Error('there is no workload');
  return workload;
}

function told(answer: Answer<unknown>): string {
  return answer.kind === 'unknown' ? answer.reason : answer.kind;
}

const placeholder = 'a value is a placeholder';
const identity = 'a name or namespace is not known';

describe('the mode of a port is unknown', () => {
  const modeIn = async (manifests: string, labels?: string) => {
    const mesh = await meshOf(web(labels) + manifests);
    return told(mtlsModeOf(mesh, workloadOf(mesh), 8080));
  };

  it('where the deciding mode is a placeholder, and not where a nearer policy decides', async () => {
    const inMesh = manifest('PeerAuthentication', 'istio-system/mesh', '{ mtls: { mode: "${MODE}" } }');
    expect([await modeIn(inMesh), await modeIn(inMesh + strict)]).toEqual([placeholder, 'found']);
  });

  it('where a policy may be for the workload', async () => {
    expect(await modeIn(strict + manifest('PeerAuthentication', 'app/some', '{ selector: { matchLabels: { app: "${APP}" } } }'))).toBe(
      placeholder,
    );
    expect(await modeIn(manifest('PeerAuthentication', '"${NS}"/own', '{ mtls: { mode: STRICT } }'))).toBe(identity);
  });

  it('where labels of the pods are not known and a policy selects by labels', async () => {
    const some = manifest('PeerAuthentication', 'app/some', '{ selector: { matchLabels: { app: other } }, mtls: { mode: DISABLE } }');
    expect([await modeIn(strict, 'app: "${APP}"'), await modeIn(strict + some, 'app: "${APP}"')]).toEqual(['found', placeholder]);
  });
});

describe('the protocol of a port is unknown', () => {
  const portIn = async (manifests: string) => {
    const mesh = await meshOf(web() + manifests);
    return told(inboundPortOf(mesh, workloadOf(mesh), 8080));
  };

  it('where the port of its Service is not known, or whom a Service selects', async () => {
    const some = manifest('Service', 'app/some', '{ selector: { app: "${APP}" }, ports: [{ port: 80 }] }', 'v1');
    expect([await portIn(service('http')), await portIn(service('"${NAME}"')), await portIn(service('http') + some)]).toEqual([
      'found',
      placeholder,
      placeholder,
    ]);
  });
});

describe('access is unknown', () => {
  const accessIn = async (manifests: string, jwt?: Readonly<Record<string, string>>) => {
    const mesh = await meshOf(web() + service('http') + manifests);
    const http = { method: 'GET', host: 'web', path: '/', jwt };
    return told(accessOf(mesh, { to: workloadOf(mesh), port: 8080, from: { ip: '10.0.0.1' }, http }));
  };

  it('where a policy that attaches has a value that is not known, unless what is known denies', async () => {
    const some = manifest('AuthorizationPolicy', 'app/some', '{ rules: [{ to: [{ operation: { paths: ["${PATH}"] } }] }] }');
    const deny = manifest('AuthorizationPolicy', 'app/deny', '{ action: DENY, rules: [{}] }');
    expect([await accessIn(some), await accessIn(some + deny)]).toEqual([placeholder, 'found']);
  });

  it('where it is not known whether a policy attaches', async () => {
    const some = manifest('AuthorizationPolicy', 'app/some', '{ selector: { matchLabels: { app: "${APP}" } }, rules: [{}] }');
    expect([await accessIn(some), await accessIn(some + strict)]).toEqual([placeholder, 'found']);
  });

  it('where a token is sent and its issuer is not known', async () => {
    const tokens = manifest('RequestAuthentication', 'app/tokens', '{ jwtRules: [{ issuer: "${ISSUER}" }] }');
    expect([await accessIn(tokens), await accessIn(tokens, { iss: 'https://iss' })]).toEqual(['found', placeholder]);
  });
});

describe("the client's TLS is unknown", () => {
  it('where the Service, its pods or their policies are not known', async () => {
    const tlsIn = async (manifests: string) => {
      const mesh = await meshOf(web() + manifests);
      const answer = clientTlsOf(mesh, { client: workloadOf(mesh), host: 'web.app.svc.cluster.local', port: 80 });
      return answer.kind === 'found' ? answer.value.wire : told(answer);
    };
    const other = web('app: "${APP}"').replace('name: web }', 'name: other }');
    const policy = manifest('PeerAuthentication', '"${NS}"/some', '{ mtls: { mode: DISABLE } }');
    expect(await tlsIn(service('http'))).toBe('mtls');
    expect(await tlsIn(service('http') + other)).toBe('unknown');
    expect(await tlsIn(service('http') + policy)).toBe(identity);
    expect(await tlsIn(service('"${NAME}"'))).toBe(placeholder);
  });
});
