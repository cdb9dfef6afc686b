import fc from 'fast-check';
import { clientTls } from './client-tls.test-support.ts';
import { destinationRule } from './destination-rule.test-support.ts';
import { hostName } from './hosts.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, maybe, namespaces, population, root, worldOf, written } from './meshes.test-support.ts';
import { peerAuthentication } from './security-look-ups.test-support.ts';
import { knownServices } from './visibility.test-support.ts';
import { answers, nameOf, orders } from './world.test-support.ts';

export const web = 'web.a.svc.cluster.local';
export const api = 'api.b.svc.cluster.local';
export const external = 'ext.example.com';

export function service(owner: string, name: string, ports: readonly number[] = [80], exportTo?: string): Manifest {
  return {
    kind: 'Service',
    namespace: owner,
    name,
    annotations: exportTo === undefined ? {} : { 'networking.istio.io/exportTo': exportTo },
    spec: {
      selector: { app: name },
      ports: ports.map((port) => ({ name: port === 90 ? 'tcp' : 'http', port, targetPort: port === 90 ? 9090 : 8080 })),
    },
  };
}

/** exportTo with a namespace beside others, so that sets include each other. */
export const exportTo = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.constantFrom(['*'], ['.'], ['a'], ['b']) },
  { weight: 2, arbitrary: fc.constantFrom(['a', 'b'], ['.', 'b'], [root]) },
);

const names = lookUp(
  'the full name of a host',
  fc.record({
    written: fc.constantFrom('web', 'web.b', '*', '*.b', '*b', web, '10.0.0.1', '::1', 'a.example.com'),
    owner: namespaces,
    world: fc.constantFrom('cluster.local', 'mesh.example').map((domain) => worldOf([], { domain })),
  }),
  function* (of, _mesh, { written: host, owner, world }): Iterable<Comparison> {
    yield { question: host, here: [of.resolveHost(host, owner, world.domain)], expected: () => [hostName(world, host, owner)] };
  },
);

const ruleHosts = fc.constantFrom('web', 'api', web, api, '*.a.svc.cluster.local', '*.local', '*', external, '*.example.com');
const subset = fc.record({ name: fc.constantFrom('v1', 'v2'), labels: fc.constantFrom({ version: 'v1' }, { version: 'v2' }) });

const rule = fc
  .record({
    namespace: namespaces,
    host: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(web, '*.a.svc.cluster.local') }, { weight: 2, arbitrary: ruleHosts }),
    exportTo,
    subsets: fc.uniqueArray(subset, { maxLength: 2, selector: ({ name }) => name }),
    trafficPolicy: maybe({ connectionPool: {} }),
    selector: fc.option(fc.constantFrom({ app: 'web' }, { version: 'v1' }), { nil: undefined, freq: 3 }),
  })
  .map(({ namespace: owner, host, exportTo: to, subsets, trafficPolicy, selector }): Manifest => ({
    kind: 'DestinationRule',
    namespace: owner,
    spec: {
      host,
      ...(subsets.length === 0 ? {} : { subsets }),
      ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
      // Validation refuses exportTo beside a selector.
      ...(selector === undefined ? (to === undefined ? {} : { exportTo: to }) : { workloadSelector: { matchLabels: selector } }),
    },
  }))
  // How `.` in a list is read beside the name of the own namespace, and in the root namespace, the page does not say.
  .filter(({ namespace: owner, spec }) => owner === 'a' || JSON.stringify(spec).includes('"."]') || !JSON.stringify(spec).includes('"."'));

/**
 * What the page does not say: whether two rules for one host with equal selectors merge, and what becomes of a rule that may join some earlier
 * ones of its host and not others (different exportTo among three rules, or beside a selector).
 */
function areOnThePage(rules: readonly Manifest[]): boolean {
  const keyOf = ({ namespace: owner, spec }: Manifest) => `${owner} ${hostName(worldOf([]), (spec as { host: string }).host, owner)}`;
  return rules.every((one) => {
    const specs = rules
      .filter((other) => keyOf(other) === keyOf(one))
      .map(({ spec }) => spec as { exportTo?: object; workloadSelector?: object });
    const selectors = specs.flatMap((spec) => (spec.workloadSelector === undefined ? [] : [JSON.stringify(spec.workloadSelector)]));
    const exported = new Set(specs.flatMap((spec) => (spec.workloadSelector === undefined ? [JSON.stringify(spec.exportTo)] : [])));
    return new Set(selectors).size === selectors.length && (exported.size < 2 || specs.length === 2);
  });
}

const destinationRules = lookUp(
  'the DestinationRule that a client gets',
  fc.record({ rules: few(rule, 4).filter(areOnThePage), byDefault: fc.constantFrom('*', '*', '.') }).map(({ rules, byDefault }) => ({
    world: worldOf([...population, service('a', 'web'), service('b', 'api'), entry('b', external), ...rules], {
      exportTo: { service: '*', virtualService: '*', destinationRule: byDefault },
    }),
  })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['DestinationRule']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const [host, owner] of [
        [web, 'a'],
        [api, 'b'],
        [external, 'b'],
      ] as const) {
        const answer = mesh.destinationRules.forPod(workload, { host, namespace: owner });
        const effective = answer.kind === 'found' ? [answer.value] : answer.kind === 'order-dependent' ? answer.values : [];
        yield {
          question: `${pod.namespace}/${pod.name} → ${host}`,
          here:
            answer.kind === 'unknown'
              ? told(answer, String)
              : distinct(
                  effective.flatMap((one): readonly unknown[] =>
                    one.level === 'none'
                      ? ['none']
                      : of.choicesOf(one, 'v1').map((choice) => ({
                          oldest: nameOf(choice.oldest),
                          rules: one.rules.map(nameOf).sort(),
                          policy: choice.policy === undefined ? undefined : nameOf(choice.policy),
                          v1: choice.subset === undefined ? undefined : nameOf(choice.subset.rule),
                        })),
                  ),
                ),
          expected: () =>
            answers(worlds, (one) => {
              const found = destinationRule(one, proxy, host);
              if (found === undefined) return 'none';
              const v1 = found.subsets.find(({ name }) => name === 'v1');
              return { oldest: found.mergedFrom[0], rules: [...found.mergedFrom].sort(), policy: found.policyFrom, v1: v1?.from };
            }),
        };
      }
    }
  },
);

export function entry(owner: string, host: string, ports: readonly number[] = [80], to?: readonly string[]): Manifest {
  return {
    kind: 'ServiceEntry',
    namespace: owner,
    spec: {
      hosts: [host],
      resolution: 'DNS',
      ports: ports.map((number) => ({ name: `http-${String(number)}`, number, protocol: 'HTTP' })),
      ...(to === undefined ? {} : { exportTo: to }),
    },
  };
}

const tls = written({
  mode: maybe('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
  credentialName: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('cred', 'configmap://ca') },
  ),
  clientCertificate: maybe('/cert'),
  privateKey: maybe('/key'),
});

const policyOf = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  written({
    tls: fc.option(tls, { nil: undefined }),
    portLevelSettings: fc.option(
      fc.array(written({ port: fc.constantFrom({ number: 80 }, { number: 90 }), tls: fc.option(inner, { nil: undefined }) }), {
        minLength: 1,
        maxLength: 1,
      }),
      { nil: undefined },
    ),
  });

const tlsRule: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    host: fc.constantFrom(web, web, api, '*.local', external),
    trafficPolicy: fc.option(policyOf(tls), { nil: undefined }),
    subset: fc.option(policyOf(tls), { nil: undefined }),
    selector: fc.option(fc.constant({ version: 'v1' }), { nil: undefined, freq: 5 }),
  })
  .map(({ namespace: owner, host, trafficPolicy, subset: ofSubset, selector }) => ({
    kind: 'DestinationRule',
    namespace: owner,
    spec: {
      host,
      ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
      subsets: [{ name: 'v1', labels: { version: 'v1' }, ...(ofSubset === undefined ? {} : { trafficPolicy: ofSubset }) }],
      ...(selector === undefined ? {} : { workloadSelector: { matchLabels: selector } }),
    },
  }));

const clientTlsOf = lookUp(
  "the client's TLS",
  fc
    .record({
      rules: few(tlsRule, 2).filter(areOnThePage),
      policies: few(peerAuthentication, 2),
      isOldInjected: fc.boolean(),
      autoMtls: fc.constantFrom(true, true, false),
    })
    .map(({ rules, policies, isOldInjected, autoMtls }) => ({
      world: worldOf(
        [
          ...population,
          deployment('a', 'out', { app: 'web', 'sidecar.istio.io/inject': String(isOldInjected) }),
          service('a', 'web', [80, 90]),
          service('b', 'api'),
          entry('b', external),
          ...policies,
          ...rules,
        ],
        { autoMtls },
      ),
    })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['DestinationRule', 'PeerAuthentication']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      if (pod.name === 'out') continue;
      for (const [host, port] of [
        [web, 80],
        [web, 90],
        [api, 80],
        [external, 80],
        [web, 81],
      ] as const) {
        // Whether the subset of a host outside the mesh has endpoints, the page does not say.
        for (const name of host === external ? [undefined] : [undefined, 'v1', 'v9']) {
          yield {
            question: `${pod.namespace}/${pod.name} → ${host}:${String(port)} ${name ?? ''}`,
            here: told(of.clientTlsOf(mesh, { client: workload, host, port, subset: name }), (one) => {
              const named = one.destinationRule === undefined ? undefined : nameOf(one.destinationRule);
              return onTheWire(one.mode, one.wire, named);
            }),
            expected: () =>
              answers(worlds, (one) => {
                const { mode, rule: named, wire } = clientTls(one, proxy, host, port, name);
                return onTheWire(mode, wire, named);
              }),
          };
        }
      }
    }
  },
);

/** A cluster without TLS, and one whose TLS finds no endpoint that takes it, are the same on the wire; so the page tells it. */
function onTheWire(mode: string, wire: string | undefined, rule: string | undefined): unknown {
  if (mode === 'no-cluster') return mode;
  return { sends: mode === 'DISABLE' ? 'plaintext' : mode === 'auto' ? wire : mode, rule };
}

/** A Sidecar whose hosts name namespaces and hosts that there are. */
export const sidecar: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    selector: fc.option(fc.constantFrom({ app: 'web' }, { version: 'v1' }), { nil: undefined, freq: 3 }),
    egress: fc.option(
      fc.array(
        fc.record(
          {
            hosts: fc.array(
              fc
                .tuple(
                  fc.constantFrom('*', '.', 'a', 'b', '~'),
                  fc.constantFrom('*', web, api, external, '*.example.com', '*.svc.cluster.local'),
                )
                .map(([owner, host]) => (owner === '~' ? '~/*' : `${owner}/${host}`)),
              { minLength: 1, maxLength: 2 },
            ),
          },
          { noNullPrototype: true },
        ),
        { minLength: 1, maxLength: 1 },
      ),
      { nil: undefined, freq: 6 },
    ),
  })
  .map(({ namespace: owner, selector, egress }) => ({
    kind: 'Sidecar',
    namespace: owner,
    spec: {
      ...(selector === undefined ? {} : { workloadSelector: { labels: selector } }),
      ...(egress === undefined ? {} : { egress }),
    },
  }));

const registryEntries: fc.Arbitrary<Manifest[]> = fc.uniqueArray(
  fc
    .record({
      owner: namespaces,
      host: fc.constantFrom(external, web, '*.example.com', 'a.example.com'),
      ports: fc.constantFrom([80], [80, 443], [443]),
      to: fc.oneof({ weight: 2, arbitrary: exportTo }, { weight: 1, arbitrary: fc.constant(['~']) }),
    })
    .map(({ owner, host, ports, to }) => entry(owner, host, ports, to)),
  // Whether ServiceEntries of one namespace for one host add their ports, the page does not say.
  { maxLength: 3, selector: ({ namespace: owner, spec }) => `${owner} ${(spec as { hosts: string[] }).hosts.join()}` },
);

const registered: fc.Arbitrary<Manifest[]> = fc
  .record({ webTo: maybe('.', '~', 'b', '*', '.,b'), entries: registryEntries })
  .map(({ webTo, entries }) => [service('a', 'web', [80], webTo), service('b', 'api'), ...entries]);

const visibility = lookUp(
  'the services that a client knows',
  fc
    .record({ services: registered, sidecars: few(sidecar, 3), byDefault: fc.constantFrom('*', '*', '.') })
    .map(({ services, sidecars, byDefault }) => ({
      world: worldOf([...population, ...services, ...sidecars], {
        exportTo: { service: byDefault, virtualService: '*', destinationRule: '*' },
      }),
    })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['ServiceEntry', 'Sidecar']);
    for (const { workload, pod, proxy } of pairs(mesh, world)) {
      for (const host of [web, api, external, '*.example.com', 'a.example.com']) {
        yield {
          question: `${pod.namespace}/${pod.name} → ${host}`,
          here: distinct(
            of.sidecarScopesOf(mesh, workload.namespace, workload.labels).flatMap((scope) => {
              const seen = of.clustersOf(mesh, scope, host);
              return seen.length === 0
                ? ['none']
                : seen.map((one) => `${one.definitions[0].resource.kind} ${one.namespace} ${one.ports.map(({ number }) => number).join()}`);
            }),
          ),
          expected: () =>
            answers(worlds, (one) => {
              const known = knownServices(one, proxy).find((candidate) => candidate.host === host);
              return known === undefined ? 'none' : `${known.kind} ${known.namespace} ${known.ports.map(({ number }) => number).join()}`;
            }),
        };
      }
    }
  },
);

export const trafficLookUps: readonly LookUp[] = [names, visibility, destinationRules, clientTlsOf];
