import fc from 'fast-check';
import { accessCases, call, chains, comparedCalls, policy, requestAuthentication } from './access-look-up.test-support.ts';
import { customVerdict } from './custom-access.test-support.ts';
import { type Comparison, type LookUp, lookUp, pairs } from './look-up.test-support.ts';
import { few, type Manifest } from './meshes.test-support.ts';
import type { World } from './world.test-support.ts';

const custom: fc.Arbitrary<Manifest> = fc
  .record({ one: policy, provider: fc.constantFrom('a-server', 'a-server', 'a-server', 'another', 'zipkin') })
  // Validation refuses a policy without rules.
  .filter(({ one }) => ((one.spec as { readonly rules?: readonly unknown[] }).rules ?? []).length > 0)
  .map(({ one, provider }) => ({ ...one, spec: { ...one.spec, action: 'CUSTOM', provider: { name: provider } } }));

const grpc = { name: 'a-server', authorization: 'grpc' } as const;
const http = { name: 'a-server', authorization: 'http' } as const;
const another = { name: 'another', authorization: 'http' } as const;
const zipkin = { name: 'zipkin', authorization: undefined } as const;

const providers = fc.constantFrom<World['extensionProviders'][]>(
  undefined,
  [grpc, another],
  [http, zipkin],
  [http, another],
  [zipkin],
  [http, http],
  [],
);

const external = lookUp(
  'whether a call is admitted, an external server among those who decide',
  fc
    .record({
      custom: fc.array(custom, { minLength: 1, maxLength: 3 }),
      policies: few(policy, 1),
      tokens: few(requestAuthentication, 1),
      calls: fc.array(call, { minLength: 3, maxLength: 8 }),
      extensionProviders: providers,
    })
    .map(({ custom: some, policies, tokens, calls, extensionProviders }) => ({
      calls,
      world: { ...accessCases([...some, ...policies, ...tokens]), extensionProviders },
    })),
  function* (of, mesh, { world, calls }): Iterable<Comparison> {
    const [pair] = pairs(mesh, world);
    if (pair === undefined) return;
    yield* comparedCalls(of, mesh, pair.workload, calls, (one) => {
      const outcome = customVerdict(world, pair.pod, chains.get(one.port) ?? 'auto', one);
      return [outcome === 'external' ? 'unknown: an external authorization service decides' : JSON.stringify(outcome)];
    });
  },
);

export const customLookUps: readonly LookUp[] = [external];
