import fc from 'fast-check';
import { deployment, type Manifest, maybe, population, written } from './meshes.test-support.ts';
import type { Request } from './route-match.test-support.ts';
import { entry, external, service } from './service-cases.test-support.ts';

const gatewayLabels = { 'gateway.networking.k8s.io/gateway-name': 'kgw' };

const from = fc.oneof(
  { weight: 3, arbitrary: fc.constant<object>({ from: 'All' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<object>(
      { from: 'Same' },
      { from: 'Selector', selector: { matchLabels: { 'istio-injection': 'enabled' } } },
      { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } },
      { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'c'] }] } },
      { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['a'] }] } },
      { from: 'None' },
    ),
  },
);
const allowedKinds = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      [{ kind: 'HTTPRoute' }],
      [{ kind: 'GRPCRoute' }, { kind: 'TLSRoute' }],
      [{ kind: 'HTTPRoute', group: 'example.com' }],
    ),
  },
);
const allowedRoutes = written({
  namespaces: from.filter((one) => (one as { from: string }).from !== 'None'),
  kinds: allowedKinds,
});
const listenerHost = fc.constantFrom(undefined, undefined, 'a.example.com', '*.example.com', 'b.example.com', '*.com');

const listener = (name: string, ports: readonly (readonly [number, string])[]) =>
  fc
    .record({
      port: fc.constantFrom(...ports),
      rest: written({ hostname: listenerHost, allowedRoutes: fc.option(allowedRoutes, { nil: undefined, freq: 4 }) }),
    })
    .map(({ port: [port, protocol], rest: { hostname, ...rest } }) => ({
      name,
      port,
      protocol,
      ...(hostname === undefined || protocol === 'TCP' ? {} : { hostname }),
      ...rest,
      ...(protocol === 'HTTPS' ? { tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] } } : {}),
      ...(protocol === 'TLS' ? { tls: { mode: 'Passthrough' } } : {}),
    }));

export const anyPort = [
  [80, 'HTTP'],
  [80, 'HTTP'],
  [80, 'HTTP'],
  [80, 'HTTPS'],
  [81, 'HTTP'],
  [443, 'HTTPS'],
  [8443, 'TLS'],
  [8443, 'TLS'],
  [9000, 'TCP'],
  [9000, 'TCP'],
] as const;
export const httpPort = [...Array<readonly [number, string]>(9).fill([80, 'HTTP']), [81, 'HTTP'], [80, 'HTTPS']] as const;

const listeners = (ports: readonly (readonly [number, string])[], prefix: string, maxLength: number) =>
  fc
    .integer({ min: 1, max: maxLength })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => listener(`${prefix}${String(i)}`, ports))));

interface Rival {
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string | undefined;
}

/** Whether a listener in conflict keeps hosts from others that are not, the page does not say: on each port all are in conflict, or none. */
function isClear(all: readonly Rival[], beside: readonly Rival[] = []): boolean {
  const isInConflict = (one: Rival): boolean =>
    [...all, ...beside].some(
      (other) =>
        other !== one &&
        other.port === one.port &&
        (other.protocol !== one.protocol || other.protocol === 'TCP' || other.hostname === one.hostname),
    );
  return all.every((one) => all.every((other) => other.port !== one.port || isInConflict(other) === isInConflict(one)));
}

export const gateway = (ports: readonly (readonly [number, string])[]): fc.Arbitrary<Manifest[]> =>
  fc
    .record({
      own: listeners(ports, 'h', 3).filter((all) => isClear(all)),
      allowed: fc.oneof(
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 3, arbitrary: from.map((namespaces) => ({ namespaces })) },
      ),
      set: fc.option(fc.record({ owner: fc.constantFrom('a', 'b'), listeners: listeners(ports, 's', 2) }), { freq: 2 }),
    })
    .filter(({ own, set }) => set === null || isClear(set.listeners, own))
    .map(({ own, allowed, set }): Manifest[] => [
      {
        kind: 'KubernetesGateway',
        namespace: 'a',
        name: 'kgw',
        spec: { gatewayClassName: 'istio', listeners: own, ...(allowed === undefined ? {} : { allowedListeners: allowed }) },
      },
      ...(set === null
        ? []
        : [
            {
              kind: 'ListenerSet' as const,
              namespace: set.owner,
              name: 'more',
              spec: { parentRef: { name: 'kgw', ...(set.owner === 'a' ? {} : { namespace: 'a' }) }, listeners: set.listeners },
            },
          ]),
    ]);

const section = written({
  sectionName: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('h0', 'h1', 's0') }),
  port: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(80, 81) }),
});
export const atGateway = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<object>({ name: 'kgw', namespace: 'a' }) },
      {
        weight: 2,
        arbitrary: fc.constantFrom<object>(
          { name: 'kgw' },
          { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'more', namespace: 'b' },
        ),
      },
      { weight: 1, arbitrary: fc.constant<object>({ kind: 'ListenerSet', name: 'more', namespace: 'a' }) },
    ),
    section,
  )
  .map(([parent, more]) => ({ ...parent, ...more }));
export const inMesh = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<object>({ group: '', kind: 'Service', name: 'web', namespace: 'a' }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<object>(
          { group: '', kind: 'Service', name: 'web' },
          { group: '', kind: 'Service', name: 'api', namespace: 'b' },
          { kind: 'Service', name: 'web', namespace: 'a' },
          { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'ext', namespace: 'b' },
        ),
      },
    ),
    written({ port: fc.constantFrom(undefined, undefined, undefined, 80, 81) }),
  )
  .map(([parent, more]) => ({ ...parent, ...more }));

const hostnames = fc.constantFrom(
  undefined,
  ['a.example.com'],
  ['a.example.com'],
  ['*.example.com'],
  ['*.example.com'],
  ['b.example.com', 'a.example.com'],
  ['*.com'],
  ['x.org'],
);

const field = (name: string) =>
  fc.constantFrom<object>({ name, value: '1' }, { name, value: '1', type: 'Exact' }, { name, value: '1.*', type: 'RegularExpression' });
const httpMatch = written({
  path: fc.constantFrom<object | undefined>(
    undefined,
    { value: '/a' },
    { type: 'PathPrefix', value: '/a' },
    { type: 'PathPrefix', value: '/ab' },
    { type: 'PathPrefix', value: '/a/' },
    { type: 'PathPrefix', value: '/' },
    { type: 'Exact', value: '/a' },
    { type: 'Exact', value: '/a/b' },
    { type: 'RegularExpression', value: '/a.*' },
    { type: 'RegularExpression', value: '/.*' },
  ),
  method: maybe('GET', 'POST'),
  headers: maybe<object[]>([{ name: 'x', value: '1' }], [{ name: 'x', value: '1.*', type: 'RegularExpression' }]),
  queryParams: fc.option(fc.tuple(field('q')), { nil: undefined, freq: 1 }),
});
const grpcMatch = written({
  method: fc.constantFrom<object | undefined>(
    undefined,
    { service: 'a', method: 'b' },
    { service: 'a', method: 'b' },
    { service: 'a' },
    { method: 'b' },
    { type: 'Exact', service: 'c', method: 'd' },
  ),
  headers: maybe<object[]>([{ name: 'x', value: '1' }], [{ name: 'x', value: '1.*', type: 'RegularExpression' }]),
}).filter((one) => Object.keys(one).length > 0);

const backend = fc
  .record({
    target: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom<object>({ name: 'web', namespace: 'a', port: 80 }, { name: 'api', namespace: 'b', port: 80 }),
      },
      { weight: 2, arbitrary: fc.constantFrom<object>({ name: 'web', port: 80 }, { name: 'api', port: 80 }) },
      { weight: 1, arbitrary: fc.constantFrom<object>({ name: 'none', port: 80 }, { name: 'web', namespace: 'a', port: 99 }) },
    ),
    weight: fc.constantFrom(undefined, undefined, 0, 1, 7),
  })
  .map(({ target, weight }) => ({ ...target, ...(weight === undefined ? {} : { weight }) }));

const rules = (match: fc.Arbitrary<object>) =>
  fc.array(
    fc
      .record({
        matches: fc.option(fc.array(match, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 6 }),
        backends: fc.oneof(
          { weight: 6, arbitrary: fc.array(backend, { minLength: 1, maxLength: 2 }) },
          { weight: 1, arbitrary: fc.constant([]) },
        ),
      })
      .map(({ matches, backends }) => ({
        ...(matches === undefined ? {} : { matches }),
        ...(backends.length === 0 ? {} : { backendRefs: backends }),
      })),
    { minLength: 1, maxLength: 3 },
  );

export const ruled = (parent: fc.Arbitrary<object>): fc.Arbitrary<Manifest> =>
  fc
    .record({
      kind: fc.constantFrom('HTTPRoute' as const, 'HTTPRoute' as const, 'HTTPRoute' as const, 'GRPCRoute' as const),
      namespace: fc.constantFrom('a', 'b'),
      hosts: hostnames,
      parentRefs: fc.array(parent, { minLength: 1, maxLength: 2 }),
      http: rules(httpMatch),
      grpc: rules(grpcMatch),
    })
    .map(({ kind, namespace, hosts, parentRefs, http, grpc }) => ({
      kind,
      namespace,
      // Of HTTP and gRPC routes for one host of a listener newer versions let the first one have it; the page is silent.
      spec: {
        parentRefs,
        ...(kind === 'GRPCRoute' ? { hostnames: ['g.example.com'] } : hosts === undefined ? {} : { hostnames: hosts }),
        rules: kind === 'HTTPRoute' ? http : grpc,
      },
    }));

export const streams = (parent: fc.Arbitrary<object>): fc.Arbitrary<Manifest> =>
  fc
    .record({
      kind: fc.constantFrom('TLSRoute' as const, 'TCPRoute' as const),
      namespace: fc.constantFrom('a', 'b'),
      hosts: fc.constantFrom(['a.example.com'], ['*.example.com', 'x.org']),
      parentRefs: fc.array(parent, { minLength: 1, maxLength: 2 }),
    })
    .map(({ kind, namespace, hosts, parentRefs }) => ({
      kind,
      namespace,
      spec: { parentRefs, ...(kind === 'TLSRoute' ? { hostnames: hosts } : {}), rules: [{ backendRefs: [{ name: 'web', port: 90 }] }] },
    }));

export const grant: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: fc.constantFrom('b', 'b', 'a'),
    kind: fc.constantFrom('HTTPRoute', 'HTTPRoute', 'GRPCRoute'),
    from: fc.constantFrom('a', 'a', 'b'),
    to: fc.constantFrom<object>({ group: '', kind: 'Service' }, { group: '', kind: 'Service', name: 'web' }, { group: '', kind: 'Secret' }),
  })
  .map(({ namespace, kind, from: owner, to }) => ({
    kind: 'ReferenceGrant',
    namespace,
    spec: { from: [{ group: 'gateway.networking.k8s.io', kind, namespace: owner }], to: [to] },
  }));

export const request = (hosts: readonly [string, ...string[]]): fc.Arbitrary<Request> =>
  fc.record({
    host: fc.constantFrom(...hosts),
    method: fc.constantFrom('GET', 'POST'),
    path: fc.constantFrom('/', '/a', '/a/b', '/ab', '/c/d', '/x/b'),
    query: fc.constantFrom<Request['query'][]>({}, { q: '1' }, { q: '12' }),
    headers: fc.constantFrom<Request['headers'][]>({}, { x: '1' }, { x: '12' }),
  });

export const surroundings: readonly Manifest[] = [
  ...population,
  deployment('a', 'kgw-istio', gatewayLabels, { ports: [80, 81, 443, 8443, 9000] }),
  {
    kind: 'Service',
    namespace: 'a',
    name: 'kgw-istio',
    spec: {
      selector: gatewayLabels,
      ports: [80, 81, 443, 8443, 9000].map((port) => ({ name: `p${String(port)}`, port, targetPort: port })),
    },
  },
  service('a', 'web', [80, 81, 90]),
  service('b', 'api', [80]),
  { ...entry('b', external, [80]), name: 'ext' },
];
