import { describe, expect, it } from 'vitest';
import { type Answer, outcomes } from '../graph/answer.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { MeshConfig } from '../graph/mesh-config.ts';
import { accessOf } from './access.ts';
import type { Caller, HttpRequest } from './access-call.ts';
import type { AccessQuestion, Verdict } from './access-verdict.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';

/** A workload with an HTTP port 8080, a TCP port 3306 and a port 7000 that is sniffed. */
const workload = (namespace: string, namespaceLabels = 'istio-injection: enabled', podLabels = ''): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${namespace}, labels: { ${namespaceLabels} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, ${podLabels} } }
    spec: { containers: [{ name: app, image: app, ports: [{ containerPort: 8080 }, { containerPort: 3306 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: ${namespace} }
spec: { selector: { app: web }, ports: [{ port: 80, name: http, targetPort: 8080 }, { port: 3306, name: tcp-db }, { port: 7000, name: misc }] }
---
`;
const policy = (name: string, spec: string, annotations = ''): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name.split('/')[1] ?? ''}, namespace: ${name.split('/')[0] ?? ''}, annotations: { ${annotations} } }
spec: ${spec}
---
`;
const mtls = (name: string, mode: string): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name.split('/')[1] ?? ''}, namespace: ${name.split('/')[0] ?? ''} }
spec: { mtls: { mode: ${mode} } }
---
`;
const tokens = (jwtRules: string): string => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: app }
spec: { jwtRules: ${jwtRules} }
---
`;

const get: HttpRequest = { method: 'GET', host: 'web.app', path: '/' };
const identity = (namespace: string, account: string, domain = 'cluster.local'): Caller => ({
  identity: `${domain}/ns/${namespace}/sa/${account}`,
});
const plaintext: Caller = {};

function answer(mesh: Mesh, from: Caller, port: number, http?: HttpRequest, more: Partial<AccessQuestion> = {}): Answer<Verdict> {
  const [to] = mesh.workloads;
  if (to === undefined) throw new Error('the mesh of the test has no workload');
  return accessOf(mesh, { from, to, port, http, ...more });
}

/** Outcomes in a word each, or why there is none. */
function ask(mesh: Mesh, from: Caller, port: number, http?: HttpRequest, more?: Partial<AccessQuestion>): string {
  const given = answer(mesh, from, port, http, more);
  return given.kind === 'unknown'
    ? `? ${given.reason}`
    : outcomes(given)
        .map(({ outcome }) => outcome)
        .join(' | ');
}

const app = (policies: string, config?: Partial<MeshConfig>): Promise<Mesh> => meshOf(workload('app') + policies, config);

describe('access', () => {
  it('is open without policies, to plaintext as well', async () => {
    const mesh = await app('');
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
    expect(ask(mesh, plaintext, 3306)).toBe('allow');
    expect(ask(mesh, identity('a', 'b'), 8080, get)).toBe('allow');
  });

  it('is no connection for plaintext where mutual TLS is strict, and a protocol error for bytes on an HTTP port', async () => {
    const mesh = await app(mtls('app/default', 'STRICT'));
    expect(ask(mesh, plaintext, 8080, get)).toBe('no-connection');
    expect(ask(mesh, plaintext, 8080)).toBe('no-connection');
    expect(ask(mesh, plaintext, 12345)).toBe('no-connection');
    expect(ask(mesh, identity('a', 'b'), 8080)).toBe('protocol-error');
    expect(ask(mesh, identity('a', 'b'), 7000)).toBe('allow');
  });

  it('has no identity where mutual TLS is disabled', async () => {
    const mesh = await app(mtls('app/default', 'DISABLE') + policy('app/p', '{ rules: [{ from: [{ source: { principals: ["*"] } }] }] }'));
    expect(ask(mesh, identity('a', 'b'), 8080, get)).toBe('deny');
  });

  it('is denied to everyone by an ALLOW policy without rules, and open by an empty rule or an empty from', async () => {
    expect(ask(await app(policy('app/p', '{}')), identity('a', 'b'), 8080, get)).toBe('deny');
    expect(ask(await app(policy('app/p', '{ rules: [] }')), identity('a', 'b'), 3306)).toBe('deny');
    expect(ask(await app(policy('app/p', '{ rules: [{}] }')), plaintext, 8080, get)).toBe('allow');
    expect(ask(await app(policy('app/p', '{ rules: [{ from: [] }] }')), plaintext, 8080, get)).toBe('allow');
  });

  it('is not decided by dry runs, unless their annotation is no boolean, nor by AUDIT', async () => {
    const denyAll = '{ action: DENY, rules: [{}] }';
    expect(ask(await app(policy('app/p', '{}', 'istio.io/dry-run: "true"')), plaintext, 8080, get)).toBe('allow');
    expect(ask(await app(policy('app/p', denyAll, 'istio.io/dry-run: "1"')), plaintext, 8080, get)).toBe('allow');
    expect(ask(await app(policy('app/p', denyAll, 'istio.io/dry-run: "yes"')), plaintext, 8080, get)).toBe('deny');
    expect(ask(await app(policy('app/p', '{ action: AUDIT, rules: [{}] }')), plaintext, 8080, get)).toBe('allow');
    const [verdict] = outcomes(answer(await app(policy('app/p', denyAll, 'istio.io/dry-run: "true"')), plaintext, 8080, get));
    expect(verdict?.ways[0].decision?.observed.map(({ rule }) => rule.policy.metadata.name)).toEqual(['p']);
  });

  it('is not denied by a rule with a key that Istio does not know', async () => {
    expect(
      ask(await app(policy('app/p', '{ action: DENY, rules: [{ when: [{ key: request.foo, values: ["1"] }] }] }')), plaintext, 8080, get),
    ).toBe('allow');
  });

  it('joins ALLOW policies of the namespace and the root namespace', async () => {
    const mesh = await app(
      policy('app/a', '{ rules: [{ from: [{ source: { namespaces: [ops] } }] }] }') +
        policy('istio-system/b', '{ rules: [{ to: [{ operation: { methods: [POST] } }] }] }'),
    );
    expect(ask(mesh, identity('ops', 'x'), 8080, get)).toBe('allow');
    expect(ask(mesh, identity('pay', 'x'), 8080, get)).toBe('deny');
    expect(ask(mesh, identity('pay', 'x'), 8080, { ...get, method: 'POST' })).toBe('allow');
  });
});

describe('HTTP attributes on a connection that is not HTTP', () => {
  const paths = '{ operation: { paths: ["/admin*"] } }';

  it('take an ALLOW rule away as a whole, with what else it has', async () => {
    const mesh = await app(policy('app/p', `{ rules: [{ to: [${paths}, { operation: { ports: ["3306"] } }] }] }`));
    expect(ask(mesh, identity('a', 'b'), 3306)).toBe('deny');
    expect(ask(mesh, identity('a', 'b'), 8080, { ...get, path: '/admin' })).toBe('allow');
    const withOther = await app(policy('app/p', `{ rules: [{ to: [${paths}] }, { to: [{ operation: { ports: ["3306"] } }] }] }`));
    expect(ask(withOther, identity('a', 'b'), 3306)).toBe('allow');
  });

  it('make a DENY rule wider', async () => {
    const all = await app(policy('app/p', `{ action: DENY, rules: [{ to: [${paths}] }] }`));
    expect(ask(all, identity('a', 'b'), 3306)).toBe('deny');
    expect(ask(all, identity('a', 'b'), 8080, get)).toBe('allow');
    const fromA = await app(policy('app/p', `{ action: DENY, rules: [{ from: [{ source: { namespaces: [a] } }], to: [${paths}] }] }`));
    expect(ask(fromA, identity('a', 'b'), 3306)).toBe('deny');
    expect(ask(fromA, identity('b', 'b'), 3306)).toBe('allow');
    const onPort = await app(
      policy('app/p', '{ action: DENY, rules: [{ to: [{ operation: { paths: ["/admin*"], ports: ["8080"] } }] }] }'),
    );
    expect(ask(onPort, identity('a', 'b'), 3306)).toBe('allow');
    expect(ask(onPort, identity('a', 'b'), 7000)).toBe('allow');
    const header = await app(policy('app/p', '{ action: DENY, rules: [{ when: [{ key: "request.headers[x]", notValues: ["1"] }] }] }'));
    expect(ask(header, identity('a', 'b'), 3306)).toBe('deny');
  });

  it('are not among them: addresses that proxies report', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ from: [{ source: { remoteIpBlocks: [10.1.0.0/16] } }] }] }'));
    expect(ask(mesh, { ip: '172.16.0.9', remoteIp: '10.1.2.3' }, 3306)).toBe('allow');
    expect(ask(mesh, { ip: '10.1.2.3', remoteIp: '172.16.0.9' }, 3306)).toBe('deny');
    expect(ask(mesh, { ip: '10.1.2.3' }, 3306)).toBe('allow');
  });

  it('decide by what is sniffed on a port that declares nothing', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ to: [{ operation: { methods: [GET] } }] }] }'));
    for (const port of [7000, 9999]) {
      expect(ask(mesh, plaintext, port, get)).toBe('allow');
      expect(ask(mesh, plaintext, port)).toBe('deny');
    }
    expect(ask(mesh, plaintext, 3306, get)).toBe('deny');
  });
});

describe('a source', () => {
  const admits = async (source: string, from: Caller, namespace = 'app'): Promise<boolean> => {
    const mesh = await app(policy(`${namespace}/p`, `{ rules: [{ from: [{ source: { ${source} } }] }] }`));
    return ask(mesh, from, 8080, get) === 'allow';
  };

  it.each([
    ['principals: ["*"]', 'cluster.local/ns/a/sa/b', true],
    ['principals: ["cluster.local/ns/a/sa/b"]', 'cluster.local/ns/a/sa/b', true],
    ['principals: ["spiffe://cluster.local/ns/a/sa/b"]', 'cluster.local/ns/a/sa/b', false],
    ['principals: ["cluster.local/ns/foo*"]', 'cluster.local/ns/foobar/sa/b', true],
    ['principals: ["*/ns/a/sa/b"]', 'other/ns/a/sa/b', true],
    ['principals: ["*/ns/a/sa/b"]', 'cluster.local/ns/xa/sa/b', false],
    ['principals: ["*/ns/a/*"]', 'cluster.local/ns/a/sa/b', false],
    ['principals: ["cluster.local/ns/*/sa/b"]', 'cluster.local/ns/a/sa/b', false],
    ['namespaces: [a]', 'other/ns/a/sa/b', true],
    ['namespaces: [a]', 'cluster.local/ns/ab/sa/b', false],
    ['namespaces: ["p*y"]', 'cluster.local/ns/pay/sa/b', true],
    ['serviceAccounts: [a/b]', 'any/ns/a/sa/b', true],
    ['serviceAccounts: [a/b]', 'any/ns/a/sa/bc', false],
    ['serviceAccounts: [a/b]', 'any/ns/a/x/y/sa/b/more', true],
    ['serviceAccounts: ["a/b.c"]', 'any/ns/a/sa/bxc', false],
    ['serviceAccounts: [b]', 'any/ns/app/sa/b', true],
    ['serviceAccounts: [b]', 'any/ns/a/sa/b', false],
    ['trustDomains: [cluster.local]', 'cluster.local/ns/a/sa/b', true],
    ['trustDomains: [cluster.local]', 'cluster.localx/ns/a/sa/b', false],
    ['trustDomains: ["*.example"]', 'a.example/ns/a/sa/b', true],
    ['trustDomains: ["old-*"]', 'old-td/ns/a/sa/b', true],
    ['trustDomains: ["*"]', 'any/ns/a/sa/b', true],
    ['namespaces: ["*"], notNamespaces: [a]', 'cluster.local/ns/a/sa/b', false],
    ['namespaces: ["*"], notNamespaces: [a]', 'cluster.local/ns/c/sa/b', true],
  ])('{ %s } and %s: %s', async (source, caller, admitted) => {
    expect(await admits(source, { identity: caller })).toBe(admitted);
  });

  it('that asks for an identity admits no plaintext, and its not-form each', async () => {
    for (const field of ['principals: ["*"]', 'namespaces: ["*"]', 'serviceAccounts: [a/b]', 'trustDomains: ["*"]']) {
      const negated = `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
      expect([field, await admits(field, plaintext), await admits(negated, plaintext)]).toEqual([field, false, true]);
    }
  });

  it('of the root namespace means its service accounts where it names no namespace', async () => {
    expect(await admits('serviceAccounts: [web]', identity('app', 'web'), 'istio-system')).toBe(false);
    expect(await admits('serviceAccounts: [web]', identity('istio-system', 'web'), 'istio-system')).toBe(true);
  });

  it('with an address block that is none is no ALLOW rule, and a DENY rule for all', async () => {
    const rules = 'rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/99] } }] }]';
    expect(ask(await app(policy('app/p', `{ ${rules} }`)), { ip: '10.0.0.1' }, 8080, get)).toBe('deny');
    expect(ask(await app(policy('app/p', `{ action: DENY, ${rules} }`)), { ip: '10.0.0.1' }, 8080, get)).toBe('deny');
  });
});

describe('an operation', () => {
  const admits = async (operation: string, request: Partial<HttpRequest>, config?: Partial<MeshConfig>): Promise<boolean> => {
    const mesh = await app(policy('app/p', `{ rules: [{ to: [{ operation: { ${operation} } }] }] }`), config);
    return ask(mesh, plaintext, 8080, { ...get, ...request }) === 'allow';
  };

  it.each([
    ['methods: [GET]', { method: 'get' }, false],
    ['methods: ["P*"]', { method: 'PATCH' }, true],
    ['hosts: [a.com]', { host: 'A.COM' }, true],
    ['hosts: [A.com]', { host: 'a.com' }, true],
    ['hosts: [a.com]', { host: 'a.com:8443' }, false],
    ['hosts: ["a.com:*"]', { host: 'a.com:8443' }, true],
    ['hosts: ["*"]', { host: 'x' }, true],
    ['paths: ["/admin*"]', { path: '/admin?x=1' }, true],
    ['paths: ["/admin"]', { path: '/x/../admin' }, true],
    ['paths: ["/admin*"]', { path: '//admin' }, false],
    ['paths: ["/a/{*}/c"]', { path: '/a/b/c' }, true],
    ['paths: ["/a/*/c"]', { path: '/a/b/c' }, false],
    ['ports: ["8080"]', {}, true],
    ['ports: ["80"]', {}, false],
  ])('{ %s } and %j: %s', async (operation, request, admitted) => {
    expect(await admits(operation, request)).toBe(admitted);
  });

  it('sees paths as the mesh configuration has them normalised', async () => {
    expect(await admits('paths: ["/admin*"]', { path: '/%2fadmin' }, { pathNormalization: 'DECODE_AND_MERGE_SLASHES' })).toBe(true);
    expect(await admits('paths: ["/admin*"]', { path: '//admin' }, { pathNormalization: 'MERGE_SLASHES' })).toBe(true);
    expect(await admits('paths: ["/admin*"]', { path: '/./admin' }, { pathNormalization: 'NONE' })).toBe(false);
  });
});

describe('a condition', () => {
  const fits = async (condition: string, http: Partial<HttpRequest>, more: Partial<AccessQuestion> = {}, extra = ''): Promise<string> => {
    const mesh = await app(policy('app/p', `{ rules: [{ when: [{ ${condition} }] }] }`) + extra);
    return ask(mesh, identity('a', 'b'), 8080, { ...get, ...http }, more);
  };

  it('on a header takes its name in any case, and its value as it is', async () => {
    expect(await fits('key: "request.headers[X-A]", values: ["1"]', { headers: { 'x-a': '1' } })).toBe('allow');
    expect(await fits('key: "request.headers[x-a]", values: ["*"]', { headers: { 'X-A': '' } })).toBe('allow');
    expect(await fits('key: "request.headers[x-a]", values: ["*"]', {})).toBe('deny');
    expect(await fits('key: "request.headers[x-a]", notValues: ["1"]', {})).toBe('allow');
    expect(await fits('key: "request.headers[:path]", values: ["/q?x=1"]', { path: '/q?x=1' })).toBe('allow');
    expect(await fits('key: "request.experimental.inline.headers[x-a]", values: ["b"]', { headers: { 'x-a': ['a', 'b'] } })).toBe('allow');
    expect(await fits('key: "request.headers[x-a]", values: ["b"]', { headers: { 'x-a': ['a', 'b'] } })).toBe('deny');
  });

  it('on the connection is not known where the question does not say it', async () => {
    expect(await fits('key: source.ip, values: [10.0.0.0/8]', {})).toBe('? the address of the caller is not known');
    expect(await fits('key: destination.ip, values: [10.0.0.0/8]', {}, { destinationIp: '10.2.3.4' })).toBe('allow');
    expect(await fits('key: destination.ip, values: [10.0.0.0/8]', {})).toBe('? the address of the pod is not known');
    expect(await fits('key: connection.sni, values: [a.com]', {}, { sni: 'a.com' })).toBe('allow');
    expect(await fits('key: connection.sni, values: [a.com]', {})).toBe('? the server name of the connection is not known');
    expect(await fits('key: "experimental.envoy.filters.a.b[c]", values: [x]', {})).toBe(
      '? a condition looks at what a filter of the proxy says',
    );
  });

  it('on claims looks at texts and lists of a verified token', async () => {
    const jwt = { iss: 'a', sub: 'u', groups: ['g1', 'g2'], scope: 'read write', deep: { er: 'x' }, aud: 'me', azp: 'app', n: 1 };
    const has = (condition: string): Promise<string> => fits(condition, { jwt }, {}, tokens('[{ issuer: a }]'));
    expect(await has('key: "request.auth.claims[groups]", values: [g2]')).toBe('allow');
    expect(await has('key: "request.auth.claims[groups]", values: ["g1,g2"]')).toBe('deny');
    expect(await has('key: "request.auth.claims[scope]", values: [write]')).toBe('allow');
    expect(await has('key: "request.auth.claims[deep][er]", values: ["*"]')).toBe('allow');
    expect(await has('key: "request.auth.claims[n]", values: ["1"]')).toBe('deny');
    expect(await has('key: request.auth.audiences, values: [me]')).toBe('allow');
    expect(await has('key: request.auth.presenter, values: ["a*"]')).toBe('allow');
    expect(await fits('key: "request.auth.claims[groups]", values: [g2]', { jwt })).toBe('deny');
  });
});

describe('a token', () => {
  const withToken = (iss: string, sub = 'u1'): HttpRequest => ({ ...get, jwt: { iss, sub } });

  it('of an unknown issuer is refused, a missing one passes', async () => {
    const mesh = await app(tokens('[{ issuer: a }, { issuer: b, audiences: [me] }]'));
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
    expect(ask(mesh, plaintext, 8080, withToken('a'))).toBe('allow');
    expect(ask(mesh, plaintext, 8080, withToken('evil'))).toBe('deny');
    expect(ask(mesh, plaintext, 8080, withToken('b'))).toBe('deny');
    expect(ask(mesh, plaintext, 8080, { ...get, jwt: { iss: 'b', sub: 'x', aud: ['you', 'https://me/'] } })).toBe('allow');
    const preflight = { origin: 'x', 'access-control-request-method': 'GET' };
    expect(ask(mesh, plaintext, 8080, { ...withToken('evil'), method: 'OPTIONS', headers: preflight })).toBe('allow');
    expect(ask(await app(''), plaintext, 8080, withToken('evil'))).toBe('allow');
  });

  it.each([
    ['*', 'https://a', 'u', true],
    ['https://a/u', 'https://a', 'u', true],
    ['https://a/b/c', 'https://a', 'b/c', false],
    ['https://a/*', 'https://a', 'any', true],
    ['https://a/u*', 'https://a', 'u7', true],
    ['https://a*', 'https://a', 'u', false],
    ['a*', 'abc', 'u', true],
    ['*/u', 'https://a', 'u', true],
    ['*/*', 'https://a', 'u', false],
    ['*u', 'x', 'menu', true],
  ])('%s and %s, %s: %s', async (principal, iss, sub, admitted) => {
    const mesh = await app(
      tokens(`[{ issuer: ${iss} }]`) + policy('app/p', `{ rules: [{ from: [{ source: { requestPrincipals: ["${principal}"] } }] }] }`),
    );
    expect(ask(mesh, plaintext, 8080, withToken(iss, sub))).toBe(admitted ? 'allow' : 'deny');
    expect(ask(mesh, plaintext, 8080, get)).toBe('deny');
  });
});

describe('trust domains', () => {
  const rule = (principal: string): string => policy('app/p', `{ rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }`);

  it('are rewritten in full principals only', async () => {
    const config = { trustDomain: 'td1', trustDomainAliases: ['old-td'] };
    const full = await app(rule('cluster.local/ns/ops/sa/tool'), config);
    expect(ask(full, identity('ops', 'tool', 'td1'), 8080, get)).toBe('allow');
    expect(ask(full, identity('ops', 'tool', 'old-td'), 8080, get)).toBe('allow');
    expect(ask(full, identity('ops', 'tool'), 8080, get)).toBe('deny');
    expect(ask(await app(rule('cluster.local/ns/ops/*'), config), identity('ops', 'tool', 'td1'), 8080, get)).toBe('deny');
    const [verdict] = outcomes(answer(full, identity('ops', 'tool', 'foreign'), 8080, get));
    expect(verdict).toMatchObject({ outcome: 'deny', ways: [{ foreignTrustDomain: true }] });
  });

  it('are not told apart where the mesh configuration is not known', async () => {
    const mesh = await app(rule('td2/ns/ops/sa/tool'), { trustDomain: undefined });
    expect(ask(mesh, identity('ops', 'tool', 'td2'), 8080, get)).toBe('allow');
    expect(ask(mesh, identity('ops', 'tool'), 8080, get)).toBe('? the trust domain of the mesh is not known');
    expect(ask(mesh, identity('ops', 'other'), 8080, get)).toBe('deny');
  });
});

describe('the worked examples', () => {
  it('A1: a star inside of a principal admits nobody', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ from: [{ source: { principals: ["cluster.local/ns/*/sa/web"] } }] }] }'));
    expect(ask(mesh, identity('app', 'web'), 8080, get)).toBe('deny');
  });

  it('A2: DENY of a path denies everybody on a TCP port', async () => {
    const mesh = await app(
      policy(
        'app/p',
        '{ selector: { matchLabels: { app: web } }, action: DENY, rules: [{ to: [{ operation: { paths: ["/admin*"] } }] }] }',
      ),
    );
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
    expect(ask(mesh, plaintext, 8080, { ...get, path: '/admin/x' })).toBe('deny');
    expect(ask(mesh, plaintext, 3306)).toBe('deny');
  });

  it('A3: DENY of what is not authenticated leaves mutual TLS from one namespace', async () => {
    const mesh = await app(
      policy('istio-system/tls', '{ action: DENY, rules: [{ from: [{ source: { notPrincipals: ["*"] } }] }] }') +
        policy('app/a', '{ rules: [{ from: [{ source: { namespaces: [a] } }] }] }'),
    );
    expect(ask(mesh, identity('a', 'x'), 8080, get)).toBe('allow');
    expect(ask(mesh, identity('b', 'x'), 8080, get)).toBe('deny');
    expect(ask(mesh, plaintext, 8080, get)).toBe('deny');
  });

  it('A4: ALLOW of all but one namespace admits plaintext from it', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ from: [{ source: { notNamespaces: [evil] } }] }] }'));
    expect(ask(mesh, identity('evil', 'x'), 8080, get)).toBe('deny');
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
  });

  it('A5: a dry run of ALLOW alone allows everybody', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ from: [{ source: { namespaces: [a] } }] }] }', 'istio.io/dry-run: "true"'));
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
  });

  it('A6: a policy for a Service does nothing without a waypoint', async () => {
    const mesh = await app(policy('app/p', '{ action: DENY, targetRefs: [{ group: "", kind: Service, name: web }], rules: [{}] }'));
    expect(ask(mesh, plaintext, 8080, get)).toBe('allow');
  });

  it('A7: a RequestAuthentication alone lets anonymous requests in', async () => {
    expect(ask(await app(tokens('[{ issuer: a }]')), plaintext, 8080, get)).toBe('allow');
  });

  it('A8: what an external authorization service says is not known, unless something else denies', async () => {
    const custom = policy('app/c', '{ action: CUSTOM, provider: { name: x }, rules: [{ to: [{ operation: { paths: ["/admin"] } }] }] }');
    expect(ask(await app(custom), plaintext, 8080, { ...get, path: '/admin' })).toBe('? an external authorization service decides');
    expect(ask(await app(custom), plaintext, 8080, get)).toBe('allow');
    expect(ask(await app(custom + policy('app/p', '{}')), plaintext, 8080, { ...get, path: '/admin' })).toBe('deny');
    const other = policy('app/d', '{ action: CUSTOM, provider: { name: other }, rules: [{ to: [{ operation: { paths: ["/other"] } }] }] }');
    expect(ask(await app(custom + other), plaintext, 8080, { ...get, path: '/admin' })).toBe('deny');
    expect(ask(await app(custom + other), plaintext, 8080, get)).toBe('allow');
  });
});

describe('a CUSTOM policy', () => {
  const custom = policy(
    'app/c',
    '{ action: CUSTOM, provider: { name: x }, rules: [{ to: [{ operation: { ports: ["8080", "5432"] } }] }] }',
  );
  const provider = (authorization: 'http' | 'grpc' | undefined) => ({ extensionProviders: [{ name: 'x', authorization }] });

  it('refuses what it matches where the mesh configuration has no such server', async () => {
    expect(ask(await app(custom, { extensionProviders: [] }), plaintext, 8080, get)).toBe('deny');
    expect(ask(await app(custom, provider(undefined)), plaintext, 8080, get)).toBe('deny');
    expect(ask(await app(custom, { extensionProviders: [] }), plaintext, 9999, get)).toBe('allow');
    const twice = { extensionProviders: [...provider('grpc').extensionProviders, ...provider('grpc').extensionProviders] };
    expect(ask(await app(custom, twice), plaintext, 8080, get)).toBe('deny');
  });

  it('does not ask a server of HTTP about bytes', async () => {
    expect(ask(await app(custom, provider('http')), plaintext, 5432)).toBe('allow');
    expect(ask(await app(custom, provider('grpc')), plaintext, 5432)).toBe('? an external authorization service decides');
    expect(ask(await app(custom, provider('http')), plaintext, 8080, get)).toBe('? an external authorization service decides');
  });
});

describe('an answer', () => {
  it('holds every outcome that an order of creation has, and every way to one', async () => {
    const two = mtls('app/a', 'STRICT') + mtls('app/b', 'PERMISSIVE');
    expect(ask(await app(two), plaintext, 8080, get)).toBe('no-connection | allow');
    const same = answer(await app(two), identity('a', 'b'), 8080, get);
    expect(same).toMatchObject({
      kind: 'found',
      value: { outcome: 'allow', ways: [{ mtls: [{ mode: 'STRICT' }] }, { mtls: [{ mode: 'PERMISSIVE' }] }] },
    });
  });

  it('names what decided and through what', async () => {
    const rules =
      '[{ from: [{ source: { namespaces: [z, a] } }], to: [{ operation: { methods: ["*"], notPaths: ["/x"] } }], when: [{ key: destination.port, values: ["8080"] }] }]';
    const mesh = await app(policy('app/p', `{ action: DENY, rules: ${rules} }`));
    const [verdict] = outcomes(answer(mesh, identity('a', 'b'), 8080, get));
    const places = verdict?.ways[0].places.map((place) =>
      place.kind === 'node' ? `${place.resource.kind} ${place.path.join('.')}` : place.kind,
    );
    expect(verdict?.ways[0].reason).toBe('denied');
    expect(places).toEqual([
      'AuthorizationPolicy spec.rules.0',
      'AuthorizationPolicy spec.rules.0.from.0.source.namespaces.1',
      'AuthorizationPolicy spec.rules.0.to.0.operation.methods.0',
      'AuthorizationPolicy spec.rules.0.to.0.operation.notPaths',
      'AuthorizationPolicy spec.rules.0.when.0.values.0',
      'Service spec.ports.0.port',
    ]);
  });

  it('names the policies that admit others only, and what their rules lost on a TCP port', async () => {
    const mesh = await app(policy('app/p', '{ rules: [{ to: [{ operation: { paths: ["/"] } }] }] }'));
    const [verdict] = outcomes(answer(mesh, plaintext, 3306));
    const places = verdict?.ways[0].places.map((place) =>
      place.kind === 'node' ? `${place.resource.kind} ${place.path.join('.')}` : place.kind,
    );
    expect(verdict?.ways[0].reason).toBe('no-allow-rule');
    expect(places).toEqual([
      'AuthorizationPolicy spec',
      'AuthorizationPolicy spec.rules.0.to.0.operation.paths',
      'Service spec.ports.1.port',
    ]);
  });

  it('is not guessed for a policy that does not fit its schema', async () => {
    expect(ask(await app(policy('app/p', '{ action: DENY, rules: [{ from: x }] }')), plaintext, 8080, get)).toBe(
      '? AuthorizationPolicy app/p does not fit its schema',
    );
  });

  it('is open where no proxy stands before the application, that of the ztunnel where one does, and not known at gateways', async () => {
    const deny = policy('app/p', '{ action: DENY, rules: [{}] }');
    expect(ask(await meshOf(workload('app', '') + deny), plaintext, 8080, get)).toBe('allow');
    expect(ask(await meshOf(workload('app', 'istio.io/dataplane-mode: ambient') + deny), plaintext, 8080, get)).toBe('deny');
    const gateway = 'gateway.networking.k8s.io/gateway-name: edge';
    expect(ask(await meshOf(workload('app', 'istio-injection: enabled', gateway) + deny), plaintext, 8080, get)).toMatch(/^\? a gateway/);
    expect(ask(await app(deny), plaintext, 15021, get)).toBe('allow');
  });

  it('takes a workload for one of the mesh when its Namespace is not there, and policies are written for it', async () => {
    const alone = workload('app').slice(workload('app').indexOf('---') + 4);
    expect(ask(await meshOf(alone), plaintext, 8080, get)).toBe('? the Namespace of the workload is not in the input');
    expect(ask(await meshOf(alone + policy('app/p', '{}')), plaintext, 8080, get)).toBe('deny');
    expect(ask(await meshOf(alone + policy('istio-system/p', '{}')), plaintext, 8080, get)).toMatch(/^\?/);
  });
});
