import fc from 'fast-check';
import { type Manifest, namespaces, root } from './meshes.test-support.ts';

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
