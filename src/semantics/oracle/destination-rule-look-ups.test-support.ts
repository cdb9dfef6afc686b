import fc from 'fast-check';
import { clientTls } from './client-tls.test-support.ts';
import { destinationRule } from './destination-rule.test-support.ts';
import { hostName } from './hosts.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import { deployment, few, type Manifest, maybe, namespaces, population, worldOf, written } from './meshes.test-support.ts';
import { peerAuthentication } from './security-look-ups.test-support.ts';
import { api, entry, exportTo, external, service, web } from './service-cases.test-support.ts';
import { answers, nameOf, orders } from './world.test-support.ts';

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

export const ruleSets: fc.Arbitrary<readonly Manifest[]> = few(rule, 4).filter(areOnThePage);

const destinationRules = lookUp(
  'the DestinationRule that a client gets',
  fc.record({ rules: ruleSets, byDefault: fc.constantFrom('*', '*', '.') }).map(({ rules, byDefault }) => ({
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

export const destinationRuleLookUps: readonly LookUp[] = [destinationRules, clientTlsOf];
