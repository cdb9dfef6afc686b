import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { nameOf } from '../model/resource.ts';
import { type Answer, outcomes } from './answer.ts';
import { permutations } from './destination-rule-merge.ts';
import { choicesOf, type EffectiveDestinationRule, type RuleChoice } from './destination-rules.ts';
import type { Mesh } from './mesh.ts';
import type { MeshConfig } from './mesh-config.ts';

const host = 'reviews.shop.svc.cluster.local';
const service = { host, namespace: 'shop' };
const rule = (name: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---
`;
const meshWith = (rules: Readonly<Record<string, string>>, config: Partial<MeshConfig> = {}): Promise<Mesh> =>
  meshOf(
    Object.entries(rules)
      .map(([name, spec]) => rule(name, spec))
      .join(''),
    config,
  );

/** `a+b` for a merge, in the order of names; `-` for none; several outcomes sorted. */
function shown(answer: Answer<EffectiveDestinationRule>): readonly string[] {
  return outcomes(answer)
    .map(({ rules }) => (rules.length === 0 ? '-' : rules.map(nameOf).sort().join('+')))
    .sort();
}
const forPod = (mesh: Mesh, namespace: string, labels: Readonly<Record<string, string>> = {}): readonly string[] =>
  shown(mesh.destinationRules.forPod({ namespace, labels }, service));

describe('the DestinationRule of a client', () => {
  it('comes from the client, else the service, else the root namespace', async () => {
    const mesh = await meshWith({
      'pay/p': `{ host: ${host} }`,
      'shop/s': '{ host: reviews }',
      'istio-system/i': `{ host: ${host} }`,
    });
    expect(forPod(mesh, 'pay')).toEqual(['pay/p']);
    expect(forPod(mesh, 'ops')).toEqual(['shop/s']);
    expect(forPod(mesh, 'istio-system')).toEqual(['shop/s']);
    const unowned = mesh.destinationRules.forPod({ namespace: 'ops', labels: {} }, { host, namespace: 'elsewhere' });
    expect(shown(unowned)).toEqual(['istio-system/i']);
  });

  it('is a wildcard of the client before the exact rule of the service (E8)', async () => {
    const mesh = await meshWith({ 'ops/w': "{ host: '*.local' }", 'shop/r': '{ host: reviews, subsets: [{ name: v1 }] }' });
    expect(forPod(mesh, 'ops')).toEqual(['ops/w']);
    expect(forPod(mesh, 'pay')).toEqual(['shop/r']);
  });

  it('takes the longest wildcard of a level, and a dotted short name for a full one', async () => {
    const mesh = await meshWith({
      'istio-system/wide': "{ host: '*.local' }",
      'istio-system/near': "{ host: '*.shop.svc.cluster.local' }",
      'pay/dotted': '{ host: reviews.shop }',
      'ops/short': '{ host: reviews }',
    });
    for (const client of ['pay', 'ops']) expect(forPod(mesh, client)).toEqual(['istio-system/near']);
  });

  it('passes over a private best rule, but a list without the client ends the level', async () => {
    const hidden = await meshWith({ 'shop/r': '{ host: reviews, exportTo: [.] }', 'shop/w': "{ host: '*.shop.svc.cluster.local' }" });
    expect(forPod(hidden, 'pay')).toEqual(['shop/w']);
    expect(forPod(hidden, 'shop')).toEqual(['shop/r']);
    const listed = await meshWith({
      'shop/r': '{ host: reviews, exportTo: [pay] }',
      'shop/w': "{ host: '*.shop.svc.cluster.local' }",
      'istio-system/root': "{ host: '*.local' }",
    });
    expect(forPod(listed, 'pay')).toEqual(['shop/r']);
    expect(forPod(listed, 'ops')).toEqual(['istio-system/root']);
    // A rule for others is not for its own namespace either.
    expect(forPod(listed, 'shop')).toEqual(['shop/w']);
  });

  it('ends with the root namespace where its best rule is for others', async () => {
    const mesh = await meshWith({ 'istio-system/r': `{ host: ${host}, exportTo: [pay] }`, 'istio-system/w': "{ host: '*.local' }" });
    expect(forPod(mesh, 'pay')).toEqual(['istio-system/r']);
    expect(forPod(mesh, 'ops')).toEqual(['-']);
  });

  it('is a private rule of the root namespace only for its own proxies', async () => {
    const mesh = await meshWith({ 'istio-system/i': `{ host: ${host}, exportTo: [.] }`, 'shop/s': '{ host: reviews }' });
    expect(forPod(mesh, 'istio-system')).toEqual(['istio-system/i']);
    expect(forPod(mesh, 'pay')).toEqual(['shop/s']);
  });

  it('is private by default where the mesh says so', async () => {
    const mesh = await meshWith({ 'shop/r': '{ host: reviews }' }, { defaultDestinationRuleExportTo: ['.'] });
    expect(forPod(mesh, 'shop')).toEqual(['shop/r']);
    expect(forPod(mesh, 'pay')).toEqual(['-']);
  });

  it('follows the root namespace of the mesh', async () => {
    const mesh = await meshWith(
      { 'config/i': "{ host: '*.local' }", 'istio-system/j': "{ host: '*.local' }" },
      { rootNamespace: 'config' },
    );
    expect(forPod(mesh, 'pay')).toEqual(['config/i']);
  });
});

describe('rules for pods', () => {
  it('beat plain ones, and end the search for pods that they do not take', async () => {
    const mesh = await meshWith({
      'ops/s': `{ host: ${host}, workloadSelector: { matchLabels: { app: tool } } }`,
      'shop/r': '{ host: reviews }',
    });
    expect(forPod(mesh, 'ops', { app: 'tool' })).toEqual(['ops/s']);
    expect(forPod(mesh, 'ops', { app: 'other' })).toEqual(['-']);
    expect(forPod(mesh, 'pay')).toEqual(['shop/r']);
  });

  it('leave the others to a plain rule beside them, but not to one with exportTo ["."]', async () => {
    const selector = 'workloadSelector: { matchLabels: { app: tool } }';
    const plain = await meshWith({ 'ops/s': `{ host: ${host}, ${selector} }`, 'ops/plain': `{ host: ${host} }` });
    expect(forPod(plain, 'ops', { app: 'tool' })).toEqual(['ops/s']);
    expect(forPod(plain, 'ops')).toEqual(['ops/plain']);
    const dotted = await meshWith({ 'ops/s': `{ host: ${host}, ${selector} }`, 'ops/plain': `{ host: ${host}, exportTo: [.] }` });
    expect(forPod(dotted, 'ops', { app: 'tool' })).toEqual(['ops/plain+ops/s']);
    expect(forPod(dotted, 'ops')).toEqual(['-']);
  });

  it('are weaker than a plain rule with a more specific host', async () => {
    const mesh = await meshWith({
      'ops/s': "{ host: '*.shop.svc.cluster.local', workloadSelector: { matchLabels: { app: tool } } }",
      'ops/plain': `{ host: ${host} }`,
    });
    expect(forPod(mesh, 'ops', { app: 'tool' })).toEqual(['ops/plain']);
  });

  it('do not merge with each other: the oldest decides', async () => {
    const mesh = await meshWith({
      'ops/s': `{ host: ${host}, workloadSelector: { matchLabels: { app: tool } } }`,
      'ops/t': `{ host: ${host}, workloadSelector: { matchLabels: { team: blue } } }`,
    });
    expect(forPod(mesh, 'ops', { app: 'tool', team: 'blue' })).toEqual(['ops/s', 'ops/t']);
    expect(forPod(mesh, 'ops', { app: 'tool' })).toEqual(['ops/s']);
  });

  it('make the answer unknown for a namespace as a whole', async () => {
    const mesh = await meshWith({ 'ops/s': `{ host: ${host}, workloadSelector: { matchLabels: { app: tool } } }` });
    expect(mesh.destinationRules.forClient('ops', host)).toMatchObject({ kind: 'unknown' });
    expect(mesh.destinationRules.forClient('pay', host)).toMatchObject({ kind: 'missing' });
  });
});

describe('merging', () => {
  const orders = (mesh: Mesh, client: string, subset?: string): readonly string[] =>
    outcomes(mesh.destinationRules.forPod({ namespace: client, labels: {} }, service))
      .flatMap((effective) => choicesOf(effective, subset))
      .map((choice) => [choice.oldest, choice.policy, choice.subset?.rule].map((one) => one?.metadata.name ?? '-').join(' '))
      .sort();

  it('joins rules that write the same exportTo, whichever is the oldest', async () => {
    const mesh = await meshWith({
      'shop/a': '{ host: reviews, subsets: [{ name: v1 }] }',
      'shop/b': '{ host: reviews, trafficPolicy: { tls: { mode: DISABLE } }, subsets: [{ name: v2 }] }',
    });
    expect(forPod(mesh, 'pay')).toEqual(['shop/a+shop/b']);
    expect(orders(mesh, 'pay', 'v2')).toEqual(['a b b', 'b b b']);
    expect(orders(mesh, 'pay', 'v9')).toEqual(['a b -', 'b b -']);
  });

  it('gives a name to its first definition and the policy to the oldest that has one', async () => {
    const mesh = await meshWith({
      'shop/a': '{ host: reviews, subsets: [{ name: v1 }] }',
      'shop/b': '{ host: reviews, trafficPolicy: {}, subsets: [{ name: v1 }] }',
      'shop/c': '{ host: reviews, trafficPolicy: {}, subsets: [{ name: v1 }] }',
    });
    // Oldest, policy, subset: never b and c crosswise, since each has both.
    expect(orders(mesh, 'pay', 'v1')).toEqual(['a b a', 'a c a', 'b b b', 'c c c']);
  });

  it('does not take b and c crosswise where the oldest has neither', async () => {
    const mesh = await meshWith({
      'shop/a': '{ host: reviews }',
      'shop/b': '{ host: reviews, trafficPolicy: {}, subsets: [{ name: v1 }] }',
      'shop/c': '{ host: reviews, trafficPolicy: {}, subsets: [{ name: v1 }] }',
    });
    expect(orders(mesh, 'pay', 'v1')).toEqual(['a b b', 'a c c', 'b b b', 'c c c']);
  });

  it('comes to the same choices whether all orders are tried or not', async () => {
    // Each rule has a policy or not, and defines the subset or not.
    const kinds = ['', ', trafficPolicy: {}', ', subsets: [{ name: v1 }]', ', trafficPolicy: {}, subsets: [{ name: v1 }]'];
    const names = (choices: readonly RuleChoice[]): readonly string[] =>
      choices.map((choice) => [choice.oldest, choice.policy, choice.subset?.rule].map((one) => one?.metadata.name ?? '-').join(' ')).sort();
    for (const first of kinds) {
      for (const second of kinds) {
        for (const third of kinds) {
          const specs = [first, second, third].map((kind, i) => [`shop/r${i}`, `{ host: reviews${kind} }`] as const);
          const mesh = await meshWith(Object.fromEntries(specs));
          const [effective] = outcomes(mesh.destinationRules.forPod({ namespace: 'pay', labels: {} }, service));
          if (effective === undefined) throw new Error('no rule');
          const tried = { ...effective, orders: [...permutations(effective.rules)] };
          expect(names(choicesOf(effective, 'v1'))).toEqual(names(choicesOf(tried, 'v1')));
        }
      }
    }
  });

  it('keeps absent exportTo and ["*"] apart: the newest decides', async () => {
    const mesh = await meshWith({ 'shop/a': '{ host: reviews }', 'shop/b': "{ host: reviews, exportTo: ['*'] }" });
    expect(forPod(mesh, 'pay')).toEqual(['shop/a', 'shop/b']);
  });

  it('joins a newer superset to the older rule, and the extra namespaces lose it', async () => {
    const mesh = await meshWith({ 'shop/a': '{ host: reviews, exportTo: [ops] }', 'shop/b': '{ host: reviews, exportTo: [pay, ops] }' });
    expect(forPod(mesh, 'pay')).toEqual(['-', 'shop/b']);
    expect(forPod(mesh, 'ops')).toEqual(['shop/a', 'shop/a+shop/b']);
    // Neither is for the namespace in which they lie.
    expect(forPod(mesh, 'shop')).toEqual(['-']);
  });

  it('keeps a superset of ["."] for the others', async () => {
    const mesh = await meshWith({ 'shop/a': '{ host: reviews, exportTo: [.] }', 'shop/b': '{ host: reviews, exportTo: [., pay] }' });
    expect(forPod(mesh, 'pay')).toEqual(['shop/b']);
    expect(forPod(mesh, 'shop')).toEqual(['shop/a', 'shop/a+shop/b']);
  });

  it('leaves a rule on its own as well, when the last one before it has another exportTo', async () => {
    const mesh = await meshWith({
      'shop/a': '{ host: reviews }',
      'shop/b': '{ host: reviews }',
      'shop/c': '{ host: reviews, exportTo: [ops] }',
    });
    // In the order a, c, b the rule b joins a and also stands behind c.
    expect(forPod(mesh, 'pay')).toEqual(['shop/a', 'shop/a+shop/b', 'shop/b']);
    expect(forPod(mesh, 'ops')).toEqual(['shop/a', 'shop/a+shop/b', 'shop/b', 'shop/c']);
  });

  it('does not guess where there are more orders than can be tried', async () => {
    const rules = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, i) => [`shop/${name}`, `{ host: reviews, exportTo: [x${i}, pay] }`]),
    );
    const mesh = await meshWith(rules);
    expect(mesh.destinationRules.forPod({ namespace: 'pay', labels: {} }, service)).toMatchObject({ kind: 'unknown' });
  });
});
