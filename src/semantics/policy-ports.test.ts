import { describe, expect, it } from 'vitest';
import type { Mesh } from '../graph/mesh.ts';
import { matchRule } from './authorization-match.ts';
import { type AuthorizationRule, rulesOf } from './authorization-rules.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { inAmbient } from './http-only-fields.ts';
import { asksForMore, callersOf, listed } from './judged-rules.ts';
import { policyPortsOf } from './policy-ports.ts';
import { witnessCall } from './witness-call.ts';

async function read(rule: string, more = '', spec = ''): Promise<{ readonly mesh: Mesh; readonly rule: AuthorizationRule }> {
  const mesh = await meshOf(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec: { ${spec} rules: [${rule}] }
${more}`);
  const [policy] = mesh.of('AuthorizationPolicy');
  const [first] = policy === undefined ? [] : rulesOf(mesh, policy);
  if (first === undefined) throw new Error('no rule');
  return { mesh, rule: first };
}

const web = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { traffic.sidecar.istio.io/excludeInboundPorts: "9090" } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }, { containerPort: 9090 }] }] }`;
const strict = `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }`;

describe('the ports of a rule', () => {
  it.each<[string, readonly number[]]>([
    ['{}', [8080]],
    ['{ to: [{ operation: { ports: ["8080", "7070"] } }] }', [8080, 7070]],
    ['{ to: [{ operation: { ports: ["7070"] } }, { operation: { methods: [GET] } }] }', [8080]],
    ['{ when: [{ key: destination.port, values: ["7070"] }] }', [7070]],
  ])('are those that sidecars see, or that it names: %s', async (written, expected) => {
    const { mesh, rule } = await read(written, `${web}${strict}`);
    const answer = policyPortsOf(mesh, rule);
    expect('ports' in answer && answer.ports.map(({ port, mtls }) => [port, mtls[0]?.mode])).toEqual(
      expected.map((port) => [port, 'STRICT']),
    );
  });

  it('are those of a pod as the selector describes it where none is known', async () => {
    const { mesh, rule } = await read('{}', strict, 'selector: { matchLabels: { app: web } },');
    expect(policyPortsOf(mesh, rule)).toMatchObject({ ports: [{ isKnown: false, port: 0 }] });
  });

  it('are none for gateways and targets', async () => {
    for (const spec of [
      'selector: { matchLabels: { istio: ingressgateway } },',
      'targetRefs: [{ kind: Service, group: "", name: web }],',
    ]) {
      const { mesh, rule } = await read('{}', strict, spec);
      expect(policyPortsOf(mesh, rule)).toEqual({ ports: [] });
    }
  });
});

describe('a call that is made up', () => {
  const context = { trustDomains: ['cluster.local'], regexes: undefined };

  it.each([
    '{}',
    '{ to: [{ operation: { methods: ["P*"], paths: ["/a/{*}/b", "/x"], hosts: ["*.example.com"], ports: ["8080"] } }] }',
    '{ to: [{ operation: { notMethods: [GET], notPaths: [/, /x], notHosts: [example.com] } }] }',
    '{ from: [{ source: { ipBlocks: [10.0.0.0/8], notIpBlocks: [192.0.2.0/24], notRequestPrincipals: ["*"] } }] }',
    '{ from: [{ source: { requestPrincipals: ["https://issuer.example/*"], remoteIpBlocks: ["2001:db8::/32"] } }] }',
    '{ when: [{ key: "request.headers[x-a]", values: ["b*"], notValues: [bc] }, { key: destination.port, notValues: ["80"] }] }',
  ])('is taken by the rule %s', async (written) => {
    const { rule } = await read(written);
    const call = witnessCall(rule, rule.sources[0], rule.operations[0], { identity: undefined, port: 80, chain: 'http' }, context);
    expect(call && matchRule(rule, call, context, true).matches).toBe(true);
  });

  it.each(['{ to: [{ operation: { methods: [GET], notMethods: ["*"] } }] }', '{ when: [{ key: "request.auth.claims[a]", values: [b] }] }'])(
    'is not found for %s',
    async (written) => {
      const { rule } = await read(written);
      expect(witnessCall(rule, undefined, rule.operations[0], { identity: undefined, port: 80, chain: 'http' }, context)).toBeUndefined();
    },
  );

  it('is none where HTTP is asked for on a TCP port', async () => {
    const { rule } = await read('{ to: [{ operation: { methods: [POST] } }] }');
    expect(witnessCall(rule, undefined, rule.operations[0], { identity: undefined, port: 80, chain: 'tcp' }, context)).toBeUndefined();
  });
});

describe('what a rule asks for', () => {
  it.each<[string, boolean]>([
    ['{}', false],
    ['{ to: [{ operation: { paths: ["/*"] } }] }', false],
    ['{ to: [{ operation: { paths: ["*"], methods: [GET] } }] }', true],
    ['{ to: [{ operation: { methods: [GET] } }, { operation: { hosts: ["*"] } }] }', false],
    ['{ when: [{ key: source.namespace, values: [a] }] }', false],
    ['{ when: [{ key: "request.headers[a]", values: ["*"] }] }', true],
  ])('besides the caller: %s', async (written, expected) => {
    expect(asksForMore((await read(written)).rule)).toBe(expected);
  });

  it('of the caller is one answer for each source, with the conditions', async () => {
    const { rule } = await read(
      '{ from: [{ source: { principals: [a] } }, { source: { ipBlocks: [0.0.0.0/0] } }], when: [{ key: source.namespace, values: [b] }, { key: remote.ip, values: [10.0.0.1] }] }',
    );
    expect(
      callersOf(rule).map(({ identity, narrowing }) => [identity.map(({ field }) => field), narrowing.map(({ field }) => field)]),
    ).toEqual([
      [['principals', 'namespaces'], ['remoteIpBlocks']],
      [['namespaces'], ['remoteIpBlocks']],
    ]);
  });

  it('is listed in a few words', () => {
    expect([listed(['a']), listed(['a', 'b', 'c']), listed(['a', 'b', 'c', 'd', 'e'])]).toEqual([
      '"a"',
      '"a", "b" and "c"',
      '"a", "b" and 3 more',
    ]);
  });
});

describe('a ztunnel', () => {
  const ambient = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }`;

  it.each<[string, string, string | undefined]>([
    ['ALLOW', '{ to: [{ operation: { paths: [/a], ports: ["80"] } }] }', 'left-out'],
    ['DENY', '{ to: [{ operation: { paths: [/a], ports: ["80"] } }] }', 'widened'],
    ['DENY', '{ to: [{ operation: { paths: [/a] } }, { operation: { ports: ["80"] } }] }', 'widened'],
    ['DENY', '{ to: [{ operation: { paths: [/a] } }] }', 'left-out'],
    ['DENY', '{ from: [{ source: { namespaces: [a] } }], to: [{ operation: { paths: [/a] } }] }', 'left-out'],
    ['DENY', '{ from: [{ source: { requestPrincipals: ["*"], namespaces: [a] } }] }', 'widened'],
    ['DENY', '{ from: [{ source: { namespaces: [a] } }], when: [{ key: "request.headers[a]", values: [b] }] }', 'left-out'],
    ['DENY', '{ from: [{ source: { serviceAccounts: [a/b] } }] }', undefined],
    ['DENY', '{ when: [{ key: source.serviceAccount, values: [a/b] }] }', 'left-out'],
    ['DENY', '{ from: [{ source: { trustDomains: [a] } }] }', undefined],
  ])('makes of %s %s: %s', async (action, written, effect) => {
    const { mesh, rule } = await read(written, ambient, `action: ${action},`);
    expect(inAmbient(mesh, rule)?.effect).toBe(effect);
  });
});
