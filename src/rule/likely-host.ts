import { serviceOf } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { servicesOf } from '../graph/services.ts';
import { closest } from './closest.ts';

/** The host of a service that was most likely meant by one that there is none of, written as this one is. */
export function likelyHost(mesh: Mesh, host: string, fqdn: string): string | undefined {
  const services = servicesOf(mesh);
  const full = `${host}.svc.${mesh.domain}`;
  if (host.split('.').length === 2 && services.ofHost(full).length > 0) return full;
  const service = serviceOf(fqdn, mesh.domain);
  if (service === undefined)
    return closest(
      host,
      services.all.flatMap((one) => (one.resource.kind === 'ServiceEntry' ? one.host : [])),
    );
  const names = mesh.of('Service').filter(({ metadata }) => metadata.namespace === service.namespace);
  const name = closest(
    service.name,
    names.map(({ metadata }) => metadata.name),
  );
  return name === undefined ? undefined : host.replace(service.name, () => name);
}
