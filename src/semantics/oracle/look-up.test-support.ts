import fc from 'fast-check';
import { defaultMeshConfig } from '../../graph/mesh-config.ts';
import type { Answer } from '../../graph/answer.ts';
import type { Mesh } from '../../graph/mesh.ts';
import type { Workload } from '../../graph/workloads.ts';
import type * as implementation from './implementation.test-support.ts';
import { manifestText } from './meshes.test-support.ts';
import { type Pod, podsOf, type Proxy, type World } from './world.test-support.ts';

export type Implementation = typeof implementation;

/** One question of the implementation and of the oracle, and what both say: a difference, as text. */
export interface Comparison {
  readonly question: string;
  /** All outcomes, as `answers` gives them; or that nothing is known, and why. */
  readonly here: readonly string[];
  readonly expected: readonly string[];
}

/** A look-up that is answered twice: a property of an implementation. */
export interface LookUp {
  readonly name: string;
  readonly property: (of: Implementation) => fc.IProperty<[never]>;
}

export function lookUp<T extends { readonly world: World }>(
  name: string,
  cases: fc.Arbitrary<T>,
  compare: (of: Implementation, mesh: Mesh, asked: T) => Iterable<Comparison>,
): LookUp {
  return {
    name,
    property: (of) =>
      fc.property(cases, (asked) => {
        for (const { question, here, expected } of compare(of, meshOf(of, asked.world), asked)) {
          if (here.join('\n') === expected.join('\n')) continue;
          throw new Error(
            `${question}\n here:     ${here.join('\n           ')}\n expected: ${expected.join('\n           ')}\n${manifestText(asked.world)}`,
          );
        }
      }) as unknown as fc.IProperty<[never]>,
  };
}

function meshOf(of: Implementation, world: World): Mesh {
  return of.createMesh({
    resources: world.resources,
    documents: [],
    complete: true,
    domain: world.domain,
    config: {
      ...defaultMeshConfig,
      rootNamespace: world.rootNamespace,
      trustDomain: world.trustDomain,
      trustDomainAliases: world.trustDomainAliases,
      enableAutoMtls: world.autoMtls,
      outboundTrafficPolicy: world.outbound,
      defaultServiceExportTo: [world.exportTo.service],
      defaultVirtualServiceExportTo: [world.exportTo.virtualService],
      defaultDestinationRuleExportTo: [world.exportTo.destinationRule],
    },
  });
}

/** What the implementation says, in the form of `answers`. */
export function told<T>(answer: Answer<T>, show: (value: T) => unknown): readonly string[] {
  switch (answer.kind) {
    case 'found':
      return [JSON.stringify(show(answer.value))];
    case 'order-dependent':
      return distinct(answer.values.map(show));
    case 'missing':
      return ['missing'];
    case 'unknown':
      return [`unknown: ${answer.reason}`];
  }
}

export function distinct(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.map((value) => JSON.stringify(value)))].sort();
}

/** Each workload as both know it. */
export function pairs(mesh: Mesh, world: World): readonly { readonly workload: Workload; readonly pod: Pod; readonly proxy: Proxy }[] {
  return podsOf(world).flatMap((pod) => {
    const workload = mesh.workloads.find(({ namespace, name }) => namespace === pod.namespace && name === pod.name);
    return workload === undefined ? [] : [{ workload, pod, proxy: { namespace: pod.namespace, labels: pod.labels, isGateway: false } }];
  });
}
