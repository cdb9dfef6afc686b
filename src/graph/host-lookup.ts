import { type Answer, found, missing, unknown } from './answer.ts';
import { gatewaysOf } from './claims.ts';
import { isWildcard, serviceOf } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { podsByLabels } from './selected-workloads.ts';
import { type MeshService, servicesAt, servicesOf } from './services.ts';
import type { VirtualService } from './virtual-service-routes.ts';
import { isVisible, visibilityOf } from './visibility.ts';
import { doubtReasons, hasPlaceholder } from '../model/doubt.ts';
import type { Placeable } from '../model/place.ts';

/**
 * The definitions of a host (a full name) that proxies of some namespaces see ('' stands for one that defines none itself), if any of them does.
 * An empty list: it exists, and nothing more is known of it. Missing where no Service and no ServiceEntry has the host, or where those that
 * have it are not exported to any of the namespaces.
 * Source: pilot/pkg/networking/core/route/route.go, GetDestinationCluster; a cluster that is not there answers 503.
 */
export function lookupHost(mesh: Mesh, clients: readonly string[], fqdn: string, from?: Placeable): Answer<readonly MeshService[]> {
  const definitions = servicesAt(mesh, fqdn);
  const seen = definitions.filter(({ visibility }) => clients.some((client) => isVisible(visibility, client)));
  if (seen.length > 0) return found(seen);
  if (hasPlaceholder(fqdn)) return unknown(doubtReasons.identity);
  // Not a name that is looked up: an address, a host of several clusters, or what every cluster has.
  const service = serviceOf(fqdn, mesh.domain);
  if (!/[a-z]/i.test(fqdn) || fqdn.includes(':') || fqdn.endsWith('.svc.clusterset.local') || isWildcard(fqdn)) return found([]);
  if (service?.namespace === 'default' && service.name === 'kubernetes') return found([]);
  for (const [host] of servicesOf(mesh).hosts.covering(fqdn)) if (isWildcard(host)) return found([]);

  if (mesh.assumesHost(fqdn)) return unknown('it is assumed to exist elsewhere');
  if (service !== undefined && definitions.length === 0) {
    // Istio's own services are in no manifest.
    if (service.namespace === mesh.rootNamespace) return unknown('services of the Istio namespace may be installed with Istio');
    const answer = mesh.lookup('Service', service.namespace, service.name, from);
    if (answer.kind === 'unknown') return answer;
  }
  if (!mesh.isComplete(['Service', 'ServiceEntry'], service?.namespace)) return unknown('no such Service or ServiceEntry in the input');
  return missing(`host ${fqdn}`);
}

/** Namespaces of the proxies that use a VirtualService, '' for any other one; more rather than too few. */
export function clientsOfRoutes(mesh: Mesh, virtualService: VirtualService): readonly string[] {
  return mesh.step(findClients, virtualService);
}

function findClients(mesh: Mesh, virtualService: VirtualService): readonly string[] {
  const { namespace } = virtualService.metadata;
  const visibility = visibilityOf(virtualService.spec.exportTo, namespace, mesh.config.defaultVirtualServiceExportTo);
  const gateways = gatewaysOf(virtualService);
  const ofGateways = gateways.flatMap((gateway) => (gateway === 'mesh' ? [] : namespacesOfGateway(mesh, gateway)));
  const inMesh = gateways.includes('mesh') ? [namespace, ...(visibility.public ? [''] : visibility.namespaces)] : [];
  // A delegate's proxies are those of its roots, wherever they are.
  const isDelegate = (virtualService.spec.hosts ?? []).length === 0;
  return [...new Set([...inMesh, ...ofGateways, ...(isDelegate ? [...mesh.derive(allNamespaces), ''] : [])])];
}

function namespacesOfGateway(mesh: Mesh, gateway: string): readonly string[] {
  const slash = gateway.indexOf('/');
  const namespace = gateway.slice(0, slash);
  const selector = mesh.find('Gateway', namespace, gateway.slice(slash + 1))?.spec.selector;
  const pods = selector === undefined ? [] : mesh.derive(podsByLabels).selectedBy(selector);
  return pods.length > 0 ? pods.map((pod) => pod.namespace) : [namespace, mesh.rootNamespace];
}

function allNamespaces(mesh: Mesh): readonly string[] {
  return [...new Set(mesh.workloads.map(({ namespace }) => namespace))];
}
