import { describe, expect, it } from 'vitest';
import type { Mesh } from '../graph/mesh.ts';
import type { Call } from './access-call.ts';
import { matchAlternative, matchRule } from './authorization-match.ts';
import { type AuthorizationRule, rulesOf } from './authorization-rules.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';

const context = { trustDomains: ['cluster.local'], regexes: undefined };
const connection: Call = {
  chain: 'tcp',
  identity: 'cluster.local/ns/a/sa/b',
  ip: '10.0.0.1',
  remoteIp: undefined,
  port: 8080,
  destinationIp: undefined,
  sni: undefined,
  http: undefined,
};

async function readRules(rules: string): Promise<readonly AuthorizationRule[]> {
  const mesh: Mesh = await meshOf(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: app }
spec: { rules: ${rules} }
`);
  const [policy] = mesh.of('AuthorizationPolicy');
  return policy === undefined ? [] : rulesOf(mesh, policy);
}

describe('a rule', () => {
  it('is read under one name for a field and for the key that means the same', async () => {
    const [rule] = await readRules(
      '[{ from: [{ source: { namespaces: [a], notIpBlocks: [10.0.0.0/8] } }], when: [{ key: source.namespace, values: [b] }, { key: "request.auth.claims[x][y]", notValues: [z] }, { key: "request.headersx", values: [q] }, { key: no.such, values: [q] }] }]',
    );
    expect(rule?.sources.map(({ clauses }) => clauses.map(({ field, values, notValues }) => [field, values, notValues]))).toEqual([
      [
        ['namespaces', ['a'], []],
        ['ipBlocks', [], ['10.0.0.0/8']],
      ],
    ]);
    expect(rule?.conditions.map(({ field, names, malformed }) => [field, names, malformed])).toEqual([
      ['namespaces', [], false],
      ['claims', ['x', 'y'], false],
      ['headers', [], true],
    ]);
    expect(rule?.unknownKeys).toMatchObject([{ path: ['spec', 'rules', 0, 'when', 3, 'key'] }]);
  });

  it('has sources that can be asked whom they admit, whatever else it asks for', async () => {
    const [rule] = await readRules(
      '[{ from: [{ source: { namespaces: [a] } }, { source: { namespaces: [c] } }], to: [{ operation: { ports: ["1"] } }] }]',
    );
    const admits = rule?.sources.map((source) => matchAlternative(source, connection, { ...context, namespace: 'app' }));
    expect(admits).toEqual([true, false]);
  });

  it('matches without what can not be built, unless it allows', async () => {
    const [rule] = await readRules(
      '[{ from: [{ source: { namespaces: [a], ipBlocks: [nonsense] } }], to: [{ operation: { methods: [GET] } }] }]',
    );
    const paths = [
      ['spec', 'rules', 0, 'from', 0, 'source', 'ipBlocks', 0],
      ['spec', 'rules', 0, 'to', 0, 'operation', 'methods'],
    ].map((path) => ({ path }));
    expect(rule && matchRule(rule, connection, context, false)).toMatchObject({ matches: true, unbuildable: paths });
    expect(rule && matchRule(rule, connection, context, true)).toMatchObject({ matches: false, unbuildable: paths });
  });

  it('is decided by what is known where that is enough', async () => {
    const [rule, other] = await readRules(
      '[{ from: [{ source: { namespaces: [z] } }], when: [{ key: connection.sni, values: [x] }] }, { from: [{ source: { namespaces: [a] } }], when: [{ key: connection.sni, values: [x] }] }]',
    );
    expect(rule && matchRule(rule, connection, context, true).matches).toBe(false);
    expect(other && matchRule(other, connection, context, true).matches).toEqual({
      unclear: 'the server name of the connection is not known',
    });
  });
});
