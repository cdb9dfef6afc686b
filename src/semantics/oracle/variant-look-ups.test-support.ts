import fc from 'fast-check';
import type { Resource } from '../../model/resource.ts';
import { ruleSets } from './destination-rule-look-ups.test-support.ts';
import { destinationRule } from './destination-rule.test-support.ts';
import { hostName, mostSpecific } from './hosts.test-support.ts';
import { type Comparison, distinct, type LookUp, lookUp, told } from './look-up.test-support.ts';
import { population, worldOf } from './meshes.test-support.ts';
import { api, entry, external, service, web } from './service-cases.test-support.ts';
import { answers, nameOf, ofKind, orders, type Proxy, type World } from './world.test-support.ts';

type Folder = 'base' | 'dev' | 'prod';

/** Where each rule lies; what is not told lies in `base`. */
function spread(world: World, folders: readonly Folder[]): World {
  const texts = new Map<Folder, Resource['origin']['text']>();
  const textOf = (folder: Folder): Resource['origin']['text'] => {
    const known = texts.get(folder);
    if (known !== undefined) return known;
    const text = { source: { path: `${folder}/mesh.yaml`, named: true, read: () => '' }, hash: 0, context: false };
    texts.set(folder, text);
    return textOf(folder);
  };
  let at = 0;
  const resources = world.resources.map((resource) => {
    let folder: Folder = 'base';
    // The same VirtualService with different contents makes variants of the two folders.
    if (resource.kind === 'VirtualService') folder = JSON.stringify(resource.spec).includes('503') ? 'prod' : 'dev';
    if (resource.kind === 'DestinationRule') {
      folder = folders[at % folders.length] ?? 'base';
      at += 1;
    }
    return { ...resource, origin: { ...resource.origin, text: textOf(folder) } };
  });
  return { ...world, resources };
}

const isIn = (folder: Folder, { origin }: Resource): boolean => origin.text.source.path.startsWith(`${folder}/`);

const routes = (status: number) =>
  ({
    kind: 'VirtualService',
    namespace: 'a',
    name: 'routes',
    spec: { hosts: ['routes.example.com'], http: [{ directResponse: { status } }] },
  }) as const;

/** Rules for pods are looked for by pods; clients of a namespace have no labels. */
function isForPods(world: World, namespace: string, host: string): boolean {
  const rules = ofKind(world, 'DestinationRule').filter(({ metadata }) => metadata.namespace === namespace);
  const hosts = rules.map((rule) => hostName(world, rule.spec.host, namespace));
  const best = mostSpecific(hosts, host);
  return rules.some((rule, i) => hosts[i] === best && rule.spec.workloadSelector !== undefined);
}

const ofVariants = lookUp(
  'the DestinationRule that a client gets beside those of a variant',
  fc
    .record({ rules: ruleSets, folders: fc.array(fc.constantFrom<Folder>('base', 'dev', 'prod', 'prod'), { minLength: 4, maxLength: 4 }) })
    .map(({ rules, folders }) => ({
      world: spread(
        worldOf([...population, service('a', 'web'), service('b', 'api'), entry('b', external), routes(503), routes(418), ...rules]),
        folders,
      ),
    })),
  function* (of, mesh, { world }): Iterable<Comparison> {
    const from = mesh.of('VirtualService').find((one) => isIn('dev', one));
    const real = { ...world, resources: world.resources.filter((one) => !isIn('prod', one)) };
    const worlds = orders(real, ['DestinationRule']);
    for (const namespace of ['a', 'b']) {
      for (const host of [web, api, external]) {
        const answer = mesh.destinationRuleFor(namespace, host, from);
        const effective = answer.kind === 'found' ? [answer.value] : answer.kind === 'order-dependent' ? answer.values : [];
        yield {
          question: `${namespace} → ${host}`,
          here:
            answer.kind === 'unknown' || answer.kind === 'missing'
              ? told(answer, String).map(() => '"none"')
              : distinct(
                  effective.flatMap((one): readonly unknown[] =>
                    one.level === 'none'
                      ? ['none']
                      : of
                          .choicesOf(one, 'v1')
                          .map((choice) => ({ rules: one.rules.map(nameOf).sort(), v1: choice.subset && nameOf(choice.subset.rule) })),
                  ),
                ),
          expected: () => {
            if (isForPods(real, namespace, host)) return ['"none"'];
            const proxy: Proxy = { namespace, labels: {}, isGateway: false };
            return answers(worlds, (one) => {
              const found = destinationRule(one, proxy, host);
              return found === undefined
                ? 'none'
                : { rules: [...found.mergedFrom].sort(), v1: found.subsets.find(({ name }) => name === 'v1')?.from };
            });
          },
        };
      }
    }
  },
);

export const variantLookUps: readonly LookUp[] = [ofVariants];
