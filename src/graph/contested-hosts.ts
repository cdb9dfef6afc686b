import { resolveHost } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import type { VirtualService } from './virtual-service-routes.ts';

/** Another VirtualService claims a host of this one. Most hosts are claimed once, and then the routes need not be put together. */
export function isContested(mesh: Mesh, { metadata, spec }: VirtualService): boolean {
  const contested = mesh.derive(contestedHosts);
  return contested.size > 0 && (spec.hosts ?? []).some((host) => contested.has(resolveHost(host, metadata.namespace, mesh.domain)));
}

/** Hosts that more than one VirtualService claims, through whichever gateways. */
function contestedHosts(mesh: Mesh): ReadonlySet<string> {
  const claims = new Map<string, VirtualService>();
  const contested = new Set<string>();
  for (const virtualService of mesh.of('VirtualService')) {
    for (const written of virtualService.spec.hosts ?? []) {
      const host = resolveHost(written, virtualService.metadata.namespace, mesh.domain);
      const known = claims.get(host);
      if (known === undefined) claims.set(host, virtualService);
      else if (known !== virtualService) contested.add(host);
    }
  }
  return contested;
}
