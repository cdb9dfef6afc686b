import fc from 'fast-check';
import { outcomes as allOf } from '../../graph/answer.ts';
import type { FieldMatch, RouteMatch, TextMatch } from '../../graph/route-config.ts';
import type { GeneratedRoute } from '../../graph/route-lists.ts';
import { withoutDelegates, originOf } from './delegates.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, population, root, sparse, worldOf, written } from './meshes.test-support.ts';
import { expected, indexOf, regexes, request, shown, subsetRule, trafficOf } from './route-cases.test-support.ts';
import type { Generated, HttpMatch } from './route-match.test-support.ts';
import { gatewayOutcome, meshOutcome, meshRoutes } from './routes.test-support.ts';
import { api, service, sidecar, web } from './service-cases.test-support.ts';
import { answers, nameOf, orders } from './world.test-support.ts';

/** Few values for each field, so that a root and a delegate often agree and often don't. */
const uri = fc.oneof(
  { weight: 3, arbitrary: fc.constant<object | undefined>(undefined) },
  { weight: 5, arbitrary: fc.constant({ prefix: '/a' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<object>({ prefix: '/' }, { exact: '/a' }, { prefix: '/ab' }, { exact: '/ab' }, { regex: '/a.*' }),
  },
);
const text = fc.constantFrom<object>({ exact: '1' }, { exact: '1' }, { prefix: '1' }, { regex: '1.*' }, {});
const map = fc.oneof(
  fc.record({ x: text }, { noNullPrototype: true }),
  fc.record({ x: text, y: text }, { noNullPrototype: true }),
  fc.record({ y: text }, { noNullPrototype: true }),
);
const fields = {
  port: fc.constantFrom(80, 80, 81),
  sourceLabels: fc.constantFrom<object>({ app: 'web' }, { app: 'web', version: 'v1' }, { app: 'api' }, { app: 'api', version: 'v1' }),
  sourceNamespace: fc.constantFrom('a', 'b'),
  gateways: fc.constantFrom(['mesh'], ['edge'], ['a/edge', 'mesh'], ['a/edge']),
  method: fc.constantFrom({ exact: 'GET' }, { prefix: 'G' }, { regex: 'P.*' }),
  authority: fc.constantFrom({ exact: web }, { prefix: 'web' }),
  scheme: fc.constantFrom({ exact: 'http' }, { exact: 'https' }),
  headers: map,
  withoutHeaders: map,
  queryParams: fc.record({ q: text }, { noNullPrototype: true }),
} as const;
type Theme = keyof typeof fields;
const path = written({ uri, ignoreUriCase: fc.constantFrom(...Array<undefined>(20).fill(undefined), false, true) });

/** Most matches of a mesh have the same field beside the path, and its root's are compared with its delegates'. */
const matchesOf = (theme: Theme) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    {
      weight: 6,
      arbitrary: fc.array(
        fc
          .tuple(
            path,
            fc.option(fc.record<object>({ [theme]: fields[theme] }, { noNullPrototype: true }), { freq: 3 }),
            fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: sparse(fields) }),
          )
          .map(([one, ofTheme, other]) => ({ ...one, ...other, ...ofTheme }))
          .filter((one) => Object.keys(one).length > 0),
        { minLength: 1, maxLength: 2 },
      ),
    },
  );
const action = fc.constantFrom<object>(
  { route: [{ destination: { host: 'web' } }] },
  { route: [{ destination: { host: 'api' } }] },
  { route: [{ destination: { host: web, subset: 'v1' } }], rewrite: { uri: '/leaf' } },
  {
    route: [
      { destination: { host: api, port: { number: 80 } }, weight: 3 },
      { destination: { host: web }, weight: 1 },
    ],
  },
  { redirect: { uri: '/r' } },
  { directResponse: { status: 418 } },
);

const reference = fc.constantFrom<object>({ name: 'd0' }, { name: 'd1' }, { name: 'd0', namespace: 'b' }, { name: 'd1', namespace: 'a' });
const ownRoute = (theme: Theme) =>
  fc
    .record({ matches: matchesOf(theme), rest: action })
    .map(({ matches: match, rest }) => ({ ...(match === undefined ? {} : { match }), ...rest }));
const rootRoute = (theme: Theme) =>
  fc
    .record({
      matches: matchesOf(theme),
      to: reference,
      more: fc.constantFrom<object>({}, {}, {}, { rewrite: { uri: '/root' } }, { directResponse: { status: 503 } }),
    })
    .map(({ matches: match, to, more }) => ({
      ...(match === undefined ? {} : { match }),
      delegate: to,
      ...more,
    }));

const exportTo = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom(['.'], ['a'], ['b'], ['*']) },
);

const rootService = (theme: Theme): fc.Arbitrary<Manifest> =>
  fc
    .record({
      namespace: fc.constantFrom('a', 'a', 'b'),
      spec: written({
        hosts: fc.constantFrom([web], [web], ['*.a.svc.cluster.local'], [web, 'x.example.com']),
        gateways: fc.constantFrom(['mesh', 'a/edge'], undefined),
        exportTo: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(['.'], ['b']) }),
        http: fc.array(fc.oneof({ weight: 3, arbitrary: rootRoute(theme) }, { weight: 1, arbitrary: ownRoute(theme) }), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
    })
    .map(({ namespace, spec }) => ({ kind: 'VirtualService', namespace, spec }));

const leaves = (theme: Theme): fc.Arbitrary<Manifest[]> =>
  fc.uniqueArray(
    fc
      .record({
        namespace: fc.constantFrom('a', 'a', 'b'),
        name: fc.constantFrom('d0', 'd1'),
        spec: written({
          // One with hosts is no delegate.
          hosts: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, undefined, ['y.example.com']),
          exportTo,
          http: fc.array(
            fc.oneof(
              { weight: 30, arbitrary: ownRoute(theme) },
              // Refused by validation: a delegate of a delegate.
              { weight: 1, arbitrary: rootRoute(theme) },
            ),
            { minLength: 1, maxLength: 3 },
          ),
        }),
      })
      .map(({ namespace, name, spec }): Manifest => ({ kind: 'VirtualService', namespace, name, spec })),
    { minLength: 2, maxLength: 4, size: 'max', selector: ({ namespace, name }) => `${namespace}/${String(name)}` },
  );

const edge: Manifest = {
  kind: 'Gateway',
  namespace: 'a',
  name: 'edge',
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
};

const delegateCases = fc.constantFrom(...(Object.keys(fields) as Theme[])).chain((theme) =>
  fc
    .record({
      roots: fc.array(rootService(theme), { minLength: 1, maxLength: 2 }),
      leaves: leaves(theme),
      sidecars: few(sidecar, 1),
      byDefault: fc.constantFrom('*', '*', '*', '.'),
      requests: fc.array(request([web]), { minLength: 2, maxLength: 5 }),
    })
    .map(({ roots, leaves: delegates, sidecars, byDefault, requests }) => ({
      requests,
      world: worldOf(
        [
          ...population,
          deployment(root, 'ingress', { istio: 'ingressgateway', version: 'v1' }, { ports: [80] }),
          service('a', 'web', [80, 81]),
          service('b', 'api', [80]),
          subsetRule,
          edge,
          ...roots,
          ...delegates,
          ...sidecars,
        ],
        { exportTo: { service: '*', virtualService: byDefault, destinationRule: '*' } },
      ),
    })),
);

const lists = lookUp('the ordered routes that delegates give a host', delegateCases, function* (of, mesh, { world }): Iterable<Comparison> {
  const worlds = orders(withoutDelegates(world), ['VirtualService']);
  for (const { workload, pod, proxy } of pairs(mesh, world)) {
    yield {
      question: `${pod.namespace}/${pod.name}`,
      here: distinct(
        allOf(of.meshRoutesOf(mesh, workload, web, 80)).flatMap((virtualHost): readonly unknown[] => {
          if (virtualHost?.kind !== 'routes') return [virtualHost?.kind ?? 'none'];
          return of.mayComeFirst(virtualHost.list.sequences, ({ routes }) => routes).map((routes) => routes.map(foundRoute));
        }),
      ),
      expected: () =>
        answers(worlds, (each) => {
          const routes = meshRoutes(each, proxy, web, 80);
          return routes === undefined || routes === 'default' ? (routes ?? 'none') : routes.map(writtenRoute);
        }),
    };
  }
});

const outcomes = lookUp(
  'the route that a request takes by delegates',
  delegateCases,
  function* (of, mesh, { world, requests }): Iterable<Comparison> {
    const worlds = orders(withoutDelegates(world), ['VirtualService']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      const isGateway = pod.name === 'ingress';
      for (const one of requests) {
        yield {
          question: `${pod.namespace}/${pod.name} → ${JSON.stringify(one)}`,
          here: told(of.routeOf(mesh, { kind: isGateway ? 'gateway' : 'sidecar', workload }, web, 80, trafficOf(one), regexes), shown),
          expected: () =>
            answers(worlds, (each) =>
              expected(isGateway ? gatewayOutcome(each, { ...proxy, isGateway }, pod, 80, one) : meshOutcome(each, proxy, 80, one)),
            ),
        };
      }
    }
  },
);

/** Where a route is written, what it takes, and what it does. */
function writtenRoute({ service: by, index, route, match: one }: Generated): unknown {
  const origin = originOf(route);
  return [
    nameOf(origin?.leaf ?? by),
    origin?.index ?? index,
    one === undefined ? null : writtenMatch(one),
    route.rewrite?.uri ?? null,
    route.directResponse?.status ?? null,
    route.redirect === undefined ? null : 'redirect',
  ];
}

function foundRoute({ entry, match: one }: GeneratedRoute): unknown {
  const { resource, at, rewrite, directResponse, redirect } = entry;
  return [
    nameOf(resource),
    indexOf(at),
    one === undefined ? null : foundMatch(one),
    rewrite?.prefix ?? null,
    directResponse?.status ?? null,
    redirect === undefined ? null : 'redirect',
  ];
}

const strings = ['uri', 'method', 'authority', 'scheme'] as const;
const maps = ['headers', 'withoutHeaders', 'queryParams'] as const;

/** What a request is asked for by a match: texts as `[kind, value]`. */
function writtenMatch(one: HttpMatch): unknown {
  const shownText = (value: HttpMatch['uri'] | null): unknown =>
    Object.entries(value ?? {}).length === 0 ? ['present'] : Object.entries(value ?? {}).flat();
  return [
    ...strings.map((field) => (one[field] === undefined ? null : shownText(one[field]))),
    one.ignoreUriCase ?? false,
    ...maps.map((field) =>
      Object.entries(one[field] ?? {})
        .map(([name, value]) => [name, shownText(value)])
        .sort(),
    ),
  ];
}

function foundMatch(one: RouteMatch): unknown {
  const shownText = (value: TextMatch): unknown => (value.kind === 'present' ? [value.kind] : [value.kind, value.value]);
  const shownMap = (fields: readonly FieldMatch[]): unknown => fields.map(({ name, match: value }) => [name, shownText(value)]).sort();
  return [
    ...strings.map((field) => (one[field] === undefined ? null : shownText(one[field]))),
    one.ignoreUriCase,
    ...maps.map((field) => shownMap(one[field])),
  ];
}

export const delegateLookUps: readonly LookUp[] = [lists, outcomes];
