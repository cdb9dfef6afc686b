import { type Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { resolveHost } from './hosts.ts';

type VirtualService = ResourceOf<'VirtualService'>;

/** One VirtualService that lists a host. */
export interface HostClaim {
  readonly virtualService: VirtualService;
  /** The host as written. */
  readonly at: Place;
  /** `mesh` or `namespace/name`. */
  readonly gateways: readonly string[];
}

/** A host that VirtualServices claim. */
export interface HostSubject {
  /** As Istio reads it: a full name, a wildcard, or an address. */
  readonly host: string;
  /** In the order of the sources; at least one. */
  readonly claims: readonly HostClaim[];
}

/**
 * A reference to a gateway as Istio reads it in a VirtualService: `gw` and `./gw` are of its own namespace, `ns/gw` is itself,
 * and a dotted name without a slash is the old form `gw.ns`. Source: pilot/pkg/model/config.go, ResolveGatewayName... lines 245-270.
 */
export function resolveGateway(written: string, namespace: string): string {
  if (written === 'mesh') return written;
  if (written.startsWith('./')) return `${namespace}/${written.slice(2)}`;
  if (written.includes('/')) return written;
  const [name = '', owner] = written.split('.');
  return owner === undefined ? `${namespace}/${written}` : `${owner}/${name}`;
}

/** The gateways of a VirtualService; none written means the mesh itself. */
export function gatewaysOf(virtualService: VirtualService): readonly string[] {
  const written = virtualService.spec.gateways ?? [];
  return written.length === 0 ? ['mesh'] : written.map((gateway) => resolveGateway(gateway, virtualService.metadata.namespace));
}

export function claimedHosts(all: readonly VirtualService[], domain: string): readonly HostSubject[] {
  const claims = new Map<string, HostClaim[]>();
  for (const virtualService of all) {
    const gateways = gatewaysOf(virtualService);
    for (const [i, written] of (virtualService.spec.hosts ?? []).entries()) {
      const host = resolveHost(written, virtualService.metadata.namespace, domain);
      const at: Place = { kind: 'node', resource: virtualService, path: ['spec', 'hosts', i], part: 'value' };
      const known = claims.get(host);
      if (known === undefined) claims.set(host, [{ virtualService, at, gateways }]);
      else known.push({ virtualService, at, gateways });
    }
  }
  return [...claims].map(([host, ofHost]) => ({ host, claims: ofHost }));
}
