import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { type Manifest, maybe, namespaces, sparse, written } from './meshes.test-support.ts';
import type { Outcome, RouteList } from './routes.test-support.ts';
import type { Request } from './route-match.test-support.ts';
import { api, exportTo, external, web } from './service-cases.test-support.ts';
import { nameOf } from './world.test-support.ts';
import type { RouteOutcome } from '../routing.ts';

export const regexes = { matches: (pattern: string, text: string): boolean => RE2JS.compile(pattern).matches(text) };

const uri = fc.constantFrom(
  { prefix: '/' },
  { prefix: '/a' },
  { exact: '/a' },
  { regex: '/.*' },
  { regex: '.*' },
  { prefix: '/A' },
  { regex: '/a.+' },
);
const text = fc.constantFrom<object>({ exact: '1' }, { prefix: '1' }, { regex: '1.*' }, { regex: '1?' });
const field = fc.record({ x: text }, { noNullPrototype: true });

const others = sparse({
  method: fc.constantFrom({ exact: 'GET' }, { prefix: 'P' }),
  headers: fc.oneof(field, fc.constant({ x: {} })),
  withoutHeaders: fc.oneof(field, fc.constant({ x: {} })),
  queryParams: fc.record({ q: text }, { noNullPrototype: true }),
  port: fc.constantFrom(80, 80, 81),
  sourceLabels: fc.constantFrom({ app: 'web' }, { version: 'v1' }),
  sourceNamespace: fc.constantFrom('a', 'b'),
  gateways: fc.constantFrom(['mesh'], ['edge'], ['a/edge', 'mesh']),
});

/** Validation asks for a path beside ignoreUriCase, and refuses a match that says nothing. */
const match = fc.oneof(
  written({ uri, ignoreUriCase: maybe(true) }),
  others,
  fc.tuple(uri, others).map(([path, rest]) => ({ uri: path, ...rest })),
);

const destination = written({
  host: fc.constantFrom('web', web, api, external, 'none'),
  port: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom({ number: 80 }, { number: 81 }) },
  ),
  subset: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('v1', 'v9') }),
});

const target = fc
  .array(fc.record({ destination, weight: maybe(0, 1, 7) }, { noNullPrototype: true }), { minLength: 1, maxLength: 2 })
  // Validation refuses a total of 0 over several.
  .filter((list) => list.length === 1 || list.some(({ weight }) => (weight ?? 0) > 0))
  .map((list) => list.map(({ destination: to, weight }) => ({ destination: to, ...(weight === undefined ? {} : { weight }) })));

const httpRoute = fc
  .record({
    matches: fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 5, arbitrary: fc.array(match, { minLength: 1, maxLength: 2 }) },
    ),
    action: fc.oneof(
      { weight: 5, arbitrary: target.map((route) => ({ route })) },
      { weight: 1, arbitrary: fc.constantFrom<object>({ redirect: { uri: '/r' } }, { directResponse: { status: 418 } }) },
    ),
  })
  .map(({ matches, action }) => ({ ...(matches === undefined ? {} : { match: matches }), ...action }));

const tcpRoute = fc
  .record({
    matches: fc.option(
      fc.array(
        written({
          port: maybe(90, 91),
          sourceLabels: maybe({ app: 'web' }),
          sourceNamespace: maybe('a'),
          gateways: maybe(['mesh'], ['edge']),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      { nil: undefined, freq: 3 },
    ),
    route: fc.constantFrom([{ destination: { host: api, port: { number: 80 } } }], [{ destination: { host: web } }]),
  })
  .map(({ matches, route }) => ({ ...(matches === undefined ? {} : { match: matches }), route }));

export const sameHosts = fc.constantFrom(
  ['web'],
  [web],
  ['*.a.svc.cluster.local'],
  [external],
  ['*.example.com'],
  [web, external],
  [api],
  ['*.local'],
);

export function virtualService(
  gateways: fc.Arbitrary<readonly string[] | undefined>,
  hosts: fc.Arbitrary<readonly string[]>,
): fc.Arbitrary<Manifest> {
  return fc
    .record({
      namespace: namespaces,
      spec: written({
        hosts,
        gateways,
        exportTo,
        http: fc.oneof(
          { weight: 6, arbitrary: fc.array(httpRoute, { minLength: 1, maxLength: 3 }) },
          { weight: 1, arbitrary: fc.constant(undefined) },
        ),
        tcp: fc.option(fc.array(tcpRoute, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 3 }),
      }).filter(({ http, tcp }) => http !== undefined || tcp !== undefined),
    })
    .map(({ namespace: owner, spec }): Manifest => ({ kind: 'VirtualService', namespace: owner, spec }));
}

export const request = (requestHosts: readonly [string, ...string[]]): fc.Arbitrary<Request> =>
  fc.record({
    host: fc.constantFrom(...requestHosts),
    method: fc.constantFrom('GET', 'POST'),
    path: fc.constantFrom('/', '/a', '/ab', '/A', '/b'),
    query: fc.constantFrom<Request['query'][]>({}, { q: '1' }, { q: '2' }),
    headers: fc.constantFrom<Request['headers'][]>({}, { x: '1' }, { x: '12' }, { x: '2' }, { x: '' }),
  });

export function shown(outcome: RouteOutcome): unknown {
  const { kind, configName, destinations } = outcome;
  if (kind !== 'forward') return { kind, by: kind === 'redirect' || kind === 'direct-response' ? configName : undefined };
  const to = destinations.map(({ host, subset, port, weight, cluster }) => [host, subset, port, weight, cluster]);
  return { kind, by: configName, to };
}

export function expected(outcome: Outcome): unknown {
  const by = 'by' in outcome ? outcome.by?.split('#')[0] : undefined;
  if (outcome.kind !== 'forward') return { kind: outcome.kind, by };
  return {
    kind: outcome.kind,
    by,
    to: outcome.to.map(({ host, subset, port, weight, isMissing }) => [host, subset, port, weight, isMissing ? 'absent' : 'present']),
  };
}

export const trafficOf = ({ host, method, path, query, headers }: Request) => {
  const question = new URLSearchParams(query).toString();
  return { kind: 'http', request: { method, path: question === '' ? path : `${path}?${question}`, headers, authority: host } } as const;
};

export const subsetRule: Manifest = {
  kind: 'DestinationRule',
  namespace: 'a',
  spec: { host: web, subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
};

export const listed = (list: RouteList): unknown =>
  list === undefined || list === 'default'
    ? (list ?? 'none')
    : list.map(({ service: by, index, match: one }) => [nameOf(by), index, one?.uri ?? null]);

export function indexOf(at: { readonly kind: string; readonly path?: readonly (string | number)[] }): string | number | undefined {
  return at.path?.[2];
}

export function writtenUri(found: { readonly kind: string; readonly value?: string } | undefined): unknown {
  return found?.value === undefined ? null : { [found.kind]: found.value };
}
