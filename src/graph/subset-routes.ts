import type { ResourceOf } from '../model/resource.ts';
import { type Destination, eachDestination } from './destinations.ts';
import { resolveHost } from './hosts.ts';
import type { DestinationRule } from './destination-rules.ts';
import type { Mesh } from './mesh.ts';
import { weightedRoutesOf } from './weights.ts';

type VirtualService = ResourceOf<'VirtualService'>;

/** A destination that names a subset. */
export interface SubsetUse {
  readonly virtualService: VirtualService;
  readonly destination: Destination;
  /** It gets requests; one whose weight is 0 does not. */
  readonly getsTraffic: boolean;
}

/** Where VirtualServices of the input, delegates among them, name a subset of a rule's host. */
export function usesOfSubset(mesh: Mesh, rule: DestinationRule, subset: string): readonly SubsetUse[] {
  const host = resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain);
  return mesh.latest(usesBySubset, host).get(subset) ?? [];
}

/** Some VirtualService of the input names that subset of a rule's host. */
export function isSubsetNamed(mesh: Mesh, rule: DestinationRule, subset: string): boolean {
  const host = resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain);
  return mesh.latest(namedSubsets, host).has(subset);
}

function namedSubsets(mesh: Mesh, host: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const virtualService of mesh.step(namersOf, host)) {
    const { namespace } = virtualService.metadata;
    eachDestination(virtualService, ({ host: written, subset = '' }) => {
      if (subset !== '' && resolveHost(written, namespace, mesh.domain) === host) names.add(subset);
    });
  }
  return names;
}

/** All that is named of a host's subsets. */
export function namesSubsetsOf(mesh: Mesh, host: string): readonly SubsetUse[] {
  const uses: SubsetUse[] = [];
  for (const virtualService of mesh.step(namersOf, host)) {
    let idle: ReadonlySet<string> | undefined;
    for (const destination of mesh.destinationsOf(virtualService)) {
      if (destination.subset === undefined || destination.fqdn !== host) continue;
      idle ??= placesWithoutTraffic(mesh, virtualService);
      uses.push({ virtualService, destination, getsTraffic: idle.size === 0 || !idle.has(pathOf(destination)) });
    }
  }
  return uses;
}

function usesBySubset(mesh: Mesh, host: string): ReadonlyMap<string, readonly SubsetUse[]> {
  const bySubset = new Map<string, SubsetUse[]>();
  for (const use of namesSubsetsOf(mesh, host)) {
    const subset = use.destination.subset ?? '';
    const known = bySubset.get(subset);
    if (known === undefined) bySubset.set(subset, [use]);
    else known.push(use);
  }
  return bySubset;
}

/** The VirtualServices that name some subset of a host. */
function namersOf(mesh: Mesh, host: string): readonly VirtualService[] {
  return mesh.derive(namersByHost).get(host) ?? [];
}

function namersByHost(mesh: Mesh): ReadonlyMap<string, readonly VirtualService[]> {
  const byHost = new Map<string, VirtualService[]>();
  for (const virtualService of mesh.of('VirtualService')) {
    eachDestination(virtualService, ({ host, subset = '' }) => {
      if (subset === '') return;
      const fqdn = resolveHost(host, virtualService.metadata.namespace, mesh.domain);
      const known = byHost.get(fqdn);
      if (known === undefined) byHost.set(fqdn, [virtualService]);
      else if (known.at(-1) !== virtualService) known.push(virtualService);
    });
  }
  return byHost;
}

/** Routes whose weights move are left out there, so that their destinations count as used. */
function placesWithoutTraffic(mesh: Mesh, virtualService: VirtualService): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { shares } of weightedRoutesOf(mesh, virtualService)) {
    for (const { destination, share } of shares) if (share === 0) places.add(pathOf(destination));
  }
  return places;
}

function pathOf({ at }: Destination): string {
  return at.kind === 'node' ? at.path.join('/') : '';
}
