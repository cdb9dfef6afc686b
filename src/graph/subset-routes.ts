import type { ResourceOf } from '../model/resource.ts';
import type { Destination } from './destinations.ts';
import { resolveHost } from './hosts.ts';
import type { DestinationRule } from './destination-rules.ts';
import type { Mesh } from './mesh.ts';
import { weightedRoutesOf } from './weights.ts';

/** A destination that names a subset. */
export interface SubsetUse {
  readonly virtualService: ResourceOf<'VirtualService'>;
  readonly destination: Destination;
  /** It gets requests; one whose weight is 0 does not. */
  readonly getsTraffic: boolean;
}

/** Where VirtualServices of the input, delegates among them, name a subset of a rule's host. */
export function usesOfSubset(mesh: Mesh, rule: DestinationRule, subset: string): readonly SubsetUse[] {
  const host = resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain);
  return mesh.derive(uses).get(keyOf(host, subset)) ?? [];
}

/** All that is named of a host's subsets. */
export function namesSubsetsOf(mesh: Mesh, host: string): readonly SubsetUse[] {
  return mesh.derive(usesByHost).get(host) ?? [];
}

function keyOf(host: string, subset: string): string {
  return `${host} ${subset}`;
}

function uses(mesh: Mesh): ReadonlyMap<string, readonly SubsetUse[]> {
  const bySubset = new Map<string, SubsetUse[]>();
  for (const ofHost of mesh.derive(usesByHost).values()) {
    for (const use of ofHost) {
      const key = keyOf(use.destination.fqdn, use.destination.subset ?? '');
      const known = bySubset.get(key);
      if (known === undefined) bySubset.set(key, [use]);
      else known.push(use);
    }
  }
  return bySubset;
}

function usesByHost(mesh: Mesh): ReadonlyMap<string, readonly SubsetUse[]> {
  const byHost = new Map<string, SubsetUse[]>();
  for (const virtualService of mesh.of('VirtualService')) {
    let idle: ReadonlySet<string> | undefined;
    for (const destination of mesh.destinationsOf(virtualService)) {
      if (destination.subset === undefined) continue;
      idle ??= placesWithoutTraffic(mesh, virtualService);
      const use: SubsetUse = { virtualService, destination, getsTraffic: !idle.has(pathOf(destination)) };
      const known = byHost.get(destination.fqdn);
      if (known === undefined) byHost.set(destination.fqdn, [use]);
      else known.push(use);
    }
  }
  return byHost;
}

/** Routes whose weights move are left out there, so that their destinations count as used. */
function placesWithoutTraffic(mesh: Mesh, virtualService: ResourceOf<'VirtualService'>): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { shares } of weightedRoutesOf(mesh, virtualService)) {
    for (const { destination, share } of shares) if (share === 0) places.add(pathOf(destination));
  }
  return places;
}

function pathOf({ at }: Destination): string {
  return at.kind === 'node' ? at.path.join('/') : '';
}
