import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';
import { type Protocol, protocolOf } from './protocols.ts';
import { isVisible, type Visibility, visibilityOf } from './visibility.ts';

/** A port on which a service can be called. */
export interface ServicePort {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: Protocol;
  /** The container's port, by number or name; the same number where none is written. */
  readonly targetPort: number | string;
  readonly at: Place;
}

/** One host of a Kubernetes Service or a ServiceEntry, as an entry in the registry. */
export interface MeshService {
  readonly resource: ResourceOf<'Service'> | ResourceOf<'ServiceEntry'>;
  /** Full name; may be a wildcard for a ServiceEntry. */
  readonly host: string;
  readonly namespace: string;
  readonly ports: readonly ServicePort[];
  /** Pods that it takes, in its own namespace; undefined for a service without selector. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly visibility: Visibility;
  readonly headless: boolean;
  /** A ServiceEntry outside of the mesh (the default), or an ExternalName Service. */
  readonly external: boolean;
}

export interface Services {
  readonly all: readonly MeshService[];
  /** Every definition of exactly this host, whoever sees it. */
  ofHost(host: string): readonly MeshService[];
  /** The definitions that a namespace sees by their exportTo, Sidecars left aside. */
  visibleFrom(namespace: string, host: string): readonly MeshService[];
}

export function servicesOf(mesh: Mesh): Services {
  return mesh.derive(createServices);
}

function createServices(mesh: Mesh): Services {
  const all = [...mesh.of('Service').map((service) => fromService(service, mesh)), ...mesh.of('ServiceEntry').flatMap((entry) => fromServiceEntry(entry, mesh))];
  const byHost = new Map<string, MeshService[]>();
  for (const service of all) {
    const known = byHost.get(service.host);
    if (known === undefined) byHost.set(service.host, [service]);
    else known.push(service);
  }
  const ofHost = (host: string): readonly MeshService[] => byHost.get(host) ?? [];
  return { all, ofHost, visibleFrom: (namespace, host) => ofHost(host).filter(({ visibility }) => isVisible(visibility, namespace)) };
}

/** Source: pkg/kube/… ConvertService in pilot/pkg/serviceregistry/kube/conversion.go. */
function fromService(service: ResourceOf<'Service'>, mesh: Mesh): MeshService {
  const { name, namespace, annotations } = service.metadata;
  const { spec } = service;
  const exportTo = annotations['networking.istio.io/exportTo']?.split(',').map((entry) => entry.trim());
  const selector = spec.selector ?? {};
  return {
    resource: service,
    host: `${name}.${namespace}.svc.${mesh.domain}`,
    namespace,
    ports: (spec.ports ?? []).map((port, i) => ({
      number: port.port,
      name: port.name,
      protocol: protocolOf({ number: port.port, name: port.name, protocol: port.protocol, appProtocol: port.appProtocol }),
      targetPort: port.targetPort ?? port.port,
      at: { kind: 'node', resource: service, path: ['spec', 'ports', i, 'port'], part: 'value' },
    })),
    selector: Object.keys(selector).length === 0 ? undefined : selector,
    visibility: visibilityOf(exportTo, namespace, mesh.config.defaultServiceExportTo),
    headless: spec.clusterIP === 'None',
    external: spec.type === 'ExternalName',
  };
}

/** Source: pilot/pkg/serviceregistry/serviceentry/conversion.go. */
function fromServiceEntry(entry: ResourceOf<'ServiceEntry'>, mesh: Mesh): readonly MeshService[] {
  const { namespace } = entry.metadata;
  const { spec } = entry;
  const visibility = visibilityOf(spec.exportTo, namespace, mesh.config.defaultServiceExportTo);
  const ports = (spec.ports ?? []).map((port, i) => ({
    number: port.number,
    name: port.name,
    protocol: protocolOf({ number: port.number, name: port.protocol ?? port.name }),
    targetPort: port.targetPort ?? port.number,
    at: { kind: 'node' as const, resource: entry, path: ['spec', 'ports', i, 'number'], part: 'value' as const },
  }));
  const selector = spec.workloadSelector?.labels;
  return spec.hosts.map((host) => ({
    resource: entry,
    host,
    namespace,
    ports,
    selector,
    visibility,
    headless: false,
    external: spec.location !== 'MESH_INTERNAL',
  }));
}
