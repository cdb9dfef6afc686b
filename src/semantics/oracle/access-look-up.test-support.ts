import fc from 'fast-check';
import type { Call } from './access.test-support.ts';
import { verdict } from './access.test-support.ts';
import type { Mesh } from '../../graph/mesh.ts';
import type { Workload } from '../../graph/workloads.ts';
import { type Comparison, type Implementation, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import {
  deployment,
  few,
  type Manifest,
  maybe,
  namespace,
  namespaces,
  root,
  selectorLabels,
  sparse,
  worldOf,
  written,
} from './meshes.test-support.ts';
import { peerAuthentication } from './security-look-ups.test-support.ts';
import type { Chain } from './protocols.test-support.ts';
import { answers, orders, type World } from './world.test-support.ts';

const some = <T>(...values: readonly [T, ...T[]]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const principals = [
  'cluster.local/ns/a/sa/web',
  'td1/ns/b/sa/api',
  '*',
  '*/sa/web',
  'td1/ns/a/*',
  'cluster.local/ns/b/*',
  'old-td/ns/b/sa/api',
  'td1/ns/*/sa/web',
  'cluster.local/ns/b/sa/*',
  'spiffe://td1/ns/a/sa/web',
] as const;
const sourceNamespaces = ['a', 'b', 'a*', '*', '*b', 'a*x'] as const;
const serviceAccounts = ['web', 'b/api', 'a/web', 'api'] as const;
const trustDomains = ['td1', 'old-td', 'td*', '*', 'foreign', '*eign', 'cluster.local'] as const;
const blocks = ['10.0.0.0/8', '10.0.0.1', '192.168.0.0/16'] as const;
const requestPrincipals = ['*', 'https://iss/sub', 'https://iss/*', '*/sub', 'https://*', '*sub', 'other'] as const;

/** `serviceAccounts` stands alone among the identities: validation refuses it beside principals and namespaces. */
const source = sparse({
  principals: some(...principals),
  namespaces: some(...sourceNamespaces),
  serviceAccounts: some(...serviceAccounts),
  trustDomains: some(...trustDomains),
  ipBlocks: some(...blocks),
  remoteIpBlocks: some(...blocks),
  requestPrincipals: some(...requestPrincipals),
  notPrincipals: some(...principals),
  notNamespaces: some(...sourceNamespaces),
  notServiceAccounts: some(...serviceAccounts),
  notTrustDomains: some(...trustDomains),
  notIpBlocks: some(...blocks),
  notRemoteIpBlocks: some(...blocks),
  notRequestPrincipals: some(...requestPrincipals),
}).filter(({ serviceAccounts: accounts, notServiceAccounts: notAccounts, ...rest }) => {
  const isAlone = [rest.principals, rest.notPrincipals, rest.namespaces, rest.notNamespaces].every((field) => field === undefined);
  return isAlone || (accounts === undefined && notAccounts === undefined);
});

const hosts = ['example.com', 'EXAMPLE.com', '*.com', 'example.*', '*'] as const;
const methods = ['GET', 'get', 'P*', '*', '*T'] as const;
const paths = ['/a', '/a*', '*/b', '*', '/a/{*}', '/a/{**}', '/{*}/b', '/a*b'] as const;
const ports = ['8080', '9090', '80'] as const;

const operation = sparse({
  hosts: some(...hosts),
  methods: some(...methods),
  paths: some(...paths),
  ports: some(...ports),
  notHosts: some(...hosts),
  notMethods: some(...methods),
  notPaths: some(...paths),
  notPorts: some(...ports),
});

const condition = fc
  .oneof(
    ...(
      [
        ['source.ip', blocks],
        ['remote.ip', blocks],
        ['source.namespace', sourceNamespaces],
        ['source.principal', principals],
        ['source.serviceAccount', serviceAccounts],
        ['source.trustDomain', trustDomains],
        ['request.headers[x]', ['1', '1*', '*', '*2']],
        ['request.auth.principal', requestPrincipals],
        ['request.auth.claims[role]', ['admin', 'a*', '*']],
        ['destination.port', ports],
      ] as const
    ).map(([key, values]) =>
      written({
        key: fc.constant(key),
        values: fc.option(some(...(values as readonly [string, ...string[]])), { nil: undefined }),
        notValues: fc.option(some(...(values as readonly [string, ...string[]])), { nil: undefined, freq: 1 }),
      }),
    ),
  )
  .filter(({ values, notValues }) => values !== undefined || notValues !== undefined);

const listOf = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[] | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) });

const rule = written({
  from: fc.oneof(
    { weight: 8, arbitrary: listOf(fc.record({ source }, { noNullPrototype: true })) },
    { weight: 1, arbitrary: fc.constant([]) },
  ),
  to: listOf(fc.record({ operation }, { noNullPrototype: true })),
  when: fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.array(condition, { minLength: 1, maxLength: 2 }) },
  ),
});

export const policy: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    action: maybe('ALLOW', 'DENY', 'DENY', 'AUDIT'),
    rules: fc.oneof(
      { weight: 6, arbitrary: fc.array(rule, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constantFrom(undefined, []) },
    ),
    selector: fc.option(selectorLabels, { nil: undefined, freq: 2 }),
    dryRun: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('true', 'false') }),
  })
  // Validation refuses DENY without rules, and dry-run on AUDIT.
  .filter(({ action, rules, dryRun }) => (action !== 'DENY' || (rules ?? []).length > 0) && (action !== 'AUDIT' || dryRun === undefined))
  .map(({ namespace: owner, action, rules, selector, dryRun }) => ({
    kind: 'AuthorizationPolicy',
    namespace: owner,
    annotations: dryRun === undefined ? {} : { 'istio.io/dry-run': dryRun },
    spec: {
      ...(action === undefined ? {} : { action }),
      ...(rules === undefined ? {} : { rules }),
      ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
    },
  }));

export const requestAuthentication: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    issuer: fc.constantFrom('https://iss', 'https://elsewhere'),
    selector: fc.option(selectorLabels, { nil: undefined }),
  })
  .map(({ namespace: owner, issuer, selector }) => ({
    kind: 'RequestAuthentication',
    namespace: owner,
    spec: { jwtRules: [{ issuer }], ...(selector === undefined ? {} : { selector: { matchLabels: selector } }) },
  }));

export const call: fc.Arbitrary<Call> = fc.record({
  identity: fc.constantFrom(
    undefined,
    'td1/ns/a/sa/web',
    'td1/ns/b/sa/api',
    'old-td/ns/b/sa/api',
    'td1/ns/ab/sa/web',
    'foreign/ns/a/sa/web',
  ),
  ip: fc.constantFrom('10.0.0.1', '10.2.3.4', '192.168.1.1'),
  remoteIp: fc.constantFrom('10.0.0.1', '192.168.1.1'),
  port: fc.constantFrom(8080, 9090, 7777),
  http: fc.option(
    fc.record({
      method: fc.constantFrom('GET', 'POST'),
      host: fc.constantFrom('example.com', 'Example.com', 'example.org', 'a.com'),
      path: fc.constantFrom('/a', '/a/', '/a/b', '/b', '/a/x/b', '/a?x=/b'),
      headers: fc.constantFrom({}, { x: '1' }, { x: '12' }),
    }),
    { nil: undefined, freq: 4 },
  ),
  claims: fc.constantFrom<Call['claims'][]>(
    undefined,
    undefined,
    { iss: 'https://iss', sub: 'sub', role: 'admin' },
    { iss: 'https://elsewhere', sub: 'sub' },
    { iss: 'other', sub: 'x', role: 'user' },
  ),
});

export const chains: ReadonlyMap<number, Chain> = new Map([
  [8080, 'http'],
  [9090, 'tcp'],
  [7777, 'auto'],
]);

/** `a/web` with a port of HTTP, one of bytes and one that nobody declares. */
export function accessCases(policies: readonly Manifest[]): World {
  return worldOf(
    [
      namespace('a'),
      deployment('a', 'web', { app: 'web', version: 'v1' }),
      {
        kind: 'Service',
        namespace: 'a',
        name: 'web',
        spec: {
          selector: { app: 'web' },
          ports: [
            { name: 'http', port: 80, targetPort: 8080 },
            { name: 'tcp', port: 90, targetPort: 9090 },
          ],
        },
      },
      ...policies,
    ],
    { rootNamespace: root, trustDomain: 'td1', trustDomainAliases: ['old-td'] },
  );
}

const access = lookUp(
  'whether a call is admitted',
  fc
    .record({
      policies: few(policy, 3),
      tokens: few(requestAuthentication, 2),
      modes: few(peerAuthentication, 1),
      calls: fc.array(call, { minLength: 3, maxLength: 8 }),
    })
    .map(({ policies, tokens, modes, calls }) => ({
      calls,
      world: accessCases([...policies, ...tokens, ...modes]),
    })),
  function* (of, mesh, { world, calls }): Iterable<Comparison> {
    const worlds = orders(world, ['PeerAuthentication']);
    const [pair] = pairs(mesh, world);
    if (pair === undefined) return;
    const { pod, workload: to } = pair;
    yield* comparedCalls(of, mesh, to, calls, (one) => answers(worlds, (each) => verdict(each, pod, chains.get(one.port) ?? 'auto', one)));
  },
);

/** What becomes of calls to a workload, here and as it is expected. */
export function* comparedCalls(
  of: Implementation,
  mesh: Mesh,
  to: Workload,
  calls: readonly Call[],
  expected: (one: Call) => readonly string[],
): Iterable<Comparison> {
  for (const one of calls) {
    const { identity, ip, remoteIp, port, http, claims } = one;
    if (typeof ip !== 'string' || typeof remoteIp !== 'string') continue;
    const from = { identity, ip, remoteIp };
    const answer = of.accessOf(mesh, { from, to, port, http: http === undefined ? undefined : { ...http, jwt: claims } });
    yield { question: JSON.stringify(one), here: told(answer, ({ outcome }) => outcome), expected: () => expected(one) };
  }
}

export const accessLookUps: readonly LookUp[] = [access];
