import fc from 'fast-check';
import { defaultMeshConfig } from '../../graph/mesh-config.ts';
import type { Answer } from '../../graph/answer.ts';
import type { Mesh, MeshInput } from '../../graph/mesh.ts';
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
  readonly expected: () => readonly string[];
}

/** Questions about a mesh, and what an implementation says to them in this mesh or in another one. */
export interface Case {
  readonly world: World;
  /** By question; `unknown: …` where nothing is known. */
  readonly told: (of: Implementation, mesh: Mesh) => ReadonlyMap<string, string>;
}

/** A look-up that is answered twice: a property of an implementation. */
export interface LookUp {
  readonly name: string;
  readonly property: (of: Implementation) => fc.IProperty<[never]>;
  readonly cases: fc.Arbitrary<Case>;
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
          const wanted = expected();
          if (here.join('\n') === wanted.join('\n')) continue;
          throw new Error(
            `${question}\n here:     ${here.join('\n           ')}\n expected: ${wanted.join('\n           ')}\n${manifestText(asked.world)}`,
          );
        }
      }) as unknown as fc.IProperty<[never]>,
    cases: cases.map((asked) => ({
      world: asked.world,
      told: (of, mesh) => new Map([...compare(of, mesh, asked)].map(({ question, here }) => [question, here.join('\n')])),
    })),
  };
}

export function meshOf(of: Implementation, world: World, input: Partial<MeshInput> = {}): Mesh {
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
      extensionProviders: world.extensionProviders,
      defaultServiceExportTo: [world.exportTo.service],
      defaultVirtualServiceExportTo: [world.exportTo.virtualService],
      defaultDestinationRuleExportTo: [world.exportTo.destinationRule],
    },
    ...input,
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
