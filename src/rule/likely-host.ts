import { serviceOf } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { servicesOf } from '../graph/services.ts';
import { closest } from './closest.ts';

/** The host of a service that was most likely meant by one that there is none of, written as this one is. */
export function likelyHost(mesh: Mesh, host: string, fqdn: string): string | undefined {
  return mesh.deriveFor(guess, fqdn, host);
}

function guess(mesh: Mesh, fqdn: string, host: string): string | undefined {
  const full = `${host}.svc.${mesh.domain}`;
  if (host.split('.').length === 2 && servicesOf(mesh).ofHost(full).length > 0) return full;
  const service = serviceOf(fqdn, mesh.domain);
  if (service === undefined) return closest(host, mesh.derive(externalHosts));
  const name = closest(service.name, mesh.derive(namesOfServices).get(service.namespace) ?? []);
  return name === undefined ? undefined : host.replace(service.name, () => name);
}

function externalHosts(mesh: Mesh): readonly string[] {
  return servicesOf(mesh).all.flatMap((one) => (one.resource.kind === 'ServiceEntry' ? one.host : []));
}

/** By namespace. */
function namesOfServices(mesh: Mesh): ReadonlyMap<string, readonly string[]> {
  const byNamespace = new Map<string, string[]>();
  for (const { metadata } of mesh.of('Service')) {
    const known = byNamespace.get(metadata.namespace);
    if (known === undefined) byNamespace.set(metadata.namespace, [metadata.name]);
    else known.push(metadata.name);
  }
  return byNamespace;
}
