import fc from 'fast-check';
import { type Comparison, distinct, type LookUp, lookUp, pairs, told } from './look-up.test-support.ts';
import {
  deployment,
  few,
  type Manifest,
  maybe,
  namespace,
  namespaces,
  population,
  root,
  selectorLabels,
  worldOf,
  written,
} from './meshes.test-support.ts';
import { membershipOf } from './injection.test-support.ts';
import { portMode } from './peer-authentication.test-support.ts';
import { authorizationPolicies, requestAuthentications } from './policies.test-support.ts';
import { chainOfServicePort } from './protocols.test-support.ts';
import { answers, nameOf, orders } from './world.test-support.ts';

const modes = maybe('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT');
const mtls = written({ mode: modes });

/** Port levels only beside a selector: validation asks for one. */
export const peerAuthentication: fc.Arbitrary<Manifest> = fc
  .record({
    namespace: namespaces,
    selector: fc.option(fc.oneof({ weight: 3, arbitrary: selectorLabels }, { weight: 1, arbitrary: fc.constant({}) }), { nil: undefined }),
    mtls: fc.option(mtls, { nil: undefined }),
    ports: fc.dictionary(fc.constantFrom('8080', '9090', '7777'), mtls, { maxKeys: 2, noNullPrototype: true }),
  })
  .map(({ namespace: owner, selector, mtls: own, ports }) => ({
    kind: 'PeerAuthentication',
    namespace: owner,
    spec: {
      ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
      ...(own === undefined ? {} : { mtls: own }),
      ...(Object.keys(selector ?? {}).length === 0 || Object.keys(ports).length === 0 ? {} : { portLevelMtls: ports }),
    },
  }));

const mtlsOfPorts = lookUp(
  'the PeerAuthentication mode of a port',
  few(peerAuthentication, 5).map((policies) => ({ world: worldOf([...population, ...policies]) })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const worlds = orders(world, ['PeerAuthentication']);
    for (const { workload, pod } of pairs(mesh, world)) {
      for (const port of [8080, 9090, 7777]) {
        yield {
          question: `${pod.namespace}/${pod.name} ${String(port)}`,
          here: told(of.mtlsModeOf(mesh, workload, port), ({ mode, policy, level }) => ({
            mode,
            decider: policy === undefined ? undefined : nameOf(policy),
            level,
          })),
          expected: () => answers(worlds, (one) => portMode(one, pod.namespace, pod.labels, port)),
        };
      }
    }
  },
);

const injectLabels = written({
  'sidecar.istio.io/inject': maybe('true', 'false', 'maybe'),
  'istio.io/rev': maybe('canary'),
  'istio.io/dataplane-mode': maybe('ambient', 'none'),
});

const injection = lookUp(
  'who is in the mesh',
  fc
    .record({
      owner: fc.constantFrom('a', 'kube-system', root),
      labels: fc.option(
        written({
          'istio-injection': maybe('enabled', 'disabled', 'on'),
          'istio.io/rev': maybe('canary'),
          'istio.io/dataplane-mode': maybe('ambient', 'none'),
        }),
        { nil: undefined },
      ),
      pod: injectLabels,
      annotation: written({ 'sidecar.istio.io/inject': maybe('true', 'false', 'maybe') }),
      hostNetwork: fc.boolean(),
    })
    .map(({ owner, labels, pod, annotation, hostNetwork }) => ({
      world: worldOf([
        ...(labels === undefined ? [] : [namespace(owner, labels as Record<string, string>)]),
        deployment(owner, 'web', pod as Record<string, string>, { annotations: annotation, hostNetwork }),
      ]),
    })),
  function* (_of, mesh, { world }): Iterable<Comparison> {
    for (const { workload, pod } of pairs(mesh, world)) {
      yield {
        question: pod.name,
        here: distinct([mesh.membershipOf(workload) ?? 'unknown']),
        expected: () => distinct([membershipOf(world, pod)]),
      };
    }
  },
);

const servicePort = written({
  name: maybe(
    'http',
    'http-web',
    'HTTP-x',
    'httpx',
    'web-http',
    'grpc',
    'grpc-web',
    'grpc-web-x',
    'https',
    'tls',
    'tcp-x',
    'redis',
    'mongo',
    'mysql',
    'http2',
    'misc',
  ),
  port: fc.constantFrom(80, 25, 53, 3306, 27017, 6379, 443),
  appProtocol: maybe(
    'http',
    'HTTP',
    'tcp',
    'https',
    'kubernetes.io/h2c',
    'kubernetes.io/ws',
    'kubernetes.io/wss',
    'example.com/x',
    'grpc',
    'mysql',
  ),
  protocol: maybe('TCP', 'UDP'),
});

const protocols = lookUp(
  'the protocol of a port',
  few(fc.record({ port: servicePort, selector: fc.constantFrom({ app: 'web' }, { app: 'none' }) }), 3).map((services) => ({
    services,
    world: worldOf([
      ...population,
      ...services.map(({ port, selector }): Manifest => ({
        kind: 'Service',
        namespace: 'a',
        spec: { selector, ports: [{ ...port, targetPort: 8080 }] },
      })),
    ]),
  })),
  function* (of, mesh, { world, services }): Iterable<Comparison> {
    const [pair] = pairs(mesh, world);
    if (pair === undefined) return;
    // A port of UDP opens nothing; with none left, the port is passed through and sniffed.
    const chains = services
      .filter(({ selector }) => selector.app === 'web')
      .map(({ port }) => chainOfServicePort({ port: 80, ...port }))
      .filter((chain) => chain !== 'udp');
    yield {
      question: '8080',
      here: told(of.inboundPortOf(mesh, pair.workload, 8080), ({ chain }) => chain),
      expected: () => distinct(chains.length === 0 ? ['auto'] : chains),
    };
  },
);

const attachment = written({
  selector: fc.option(written({ matchLabels: fc.option(selectorLabels, { nil: undefined }) }), { nil: undefined }),
  targetRefs: fc.option(
    fc.array(
      fc.record(
        {
          group: fc.constant('gateway.networking.k8s.io'),
          kind: fc.constantFrom('Gateway', 'Service'),
          name: fc.constantFrom('edge', 'web'),
        },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    { nil: undefined, freq: 3 },
  ),
}).filter(({ selector, targetRefs }) => selector === undefined || targetRefs === undefined);

const policies = lookUp(
  'the policies that attach',
  few(
    fc.record({
      kind: fc.constantFrom('AuthorizationPolicy' as const, 'RequestAuthentication' as const),
      namespace: namespaces,
      spec: attachment,
    }),
    6,
  ).map((manifests) => ({
    world: worldOf([
      ...population,
      deployment('a', 'edge', { app: 'web', 'gateway.networking.k8s.io/gateway-name': 'edge' }),
      ...manifests,
    ]),
  })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    for (const { workload, pod } of pairs(mesh, world)) {
      const authorization = of.authorizationOf(mesh);
      const sorted = (names: readonly string[]): readonly string[] => [...names].sort();
      yield {
        question: `AuthorizationPolicies of ${pod.namespace}/${pod.name}`,
        here: sorted(authorization.policiesFor(workload).map(({ policy }) => nameOf(policy))),
        expected: () => sorted(authorizationPolicies(world, pod.namespace, pod.labels).map(nameOf)),
      };
      yield {
        question: `RequestAuthentications of ${pod.namespace}/${pod.name}`,
        here: sorted(authorization.requestAuthenticationsFor(workload).map(({ policy }) => nameOf(policy))),
        expected: () => sorted(requestAuthentications(world, pod.namespace, pod.labels).map(nameOf)),
      };
    }
  },
);

export const securityLookUps: readonly LookUp[] = [mtlsOfPorts, injection, protocols, policies];
