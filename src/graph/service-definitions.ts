import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';
import { type Protocol, protocolOf } from './protocols.ts';
import { type Visibility, visibilityOf } from './visibility.ts';

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
  /** Addresses on which sidecars know it: a ServiceEntry without any is told apart by names only. */
  readonly addresses: readonly string[];
  /** Of an ExternalName Service: the host that it stands for. */
  readonly aliasOf: string | undefined;
  /** A ServiceEntry outside of the mesh (the default), or an ExternalName Service. */
  readonly external: boolean;
}

/** Keeps where it stands as a number: a place is made for the few ports of which something is said. */
class PortOf implements ServicePort {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: Protocol;
  readonly targetPort: number | string;
  private readonly resource: MeshService['resource'];
  private readonly index: number;

  constructor(
    resource: MeshService['resource'],
    index: number,
    number: number,
    name: string | undefined,
    protocol: Protocol,
    targetPort: number | string,
  ) {
    this.number = number;
    this.name = name;
    this.protocol = protocol;
    this.targetPort = targetPort;
    this.resource = resource;
    this.index = index;
  }

  get at(): Place {
    const { resource, index } = this;
    return { kind: 'node', resource, path: ['spec', 'ports', index, resource.kind === 'Service' ? 'port' : 'number'], part: 'value' };
  }
}

const none: readonly string[] = [];

/** Source: pkg/kube/… ConvertService in pilot/pkg/serviceregistry/kube/conversion.go. */
export function fromService(mesh: Mesh, service: ResourceOf<'Service'>): MeshService {
  const { name, namespace, annotations } = service.metadata;
  const { spec } = service;
  const exportTo = annotations['networking.istio.io/exportTo']?.split(',').map((entry) => entry.trim());
  const selector = spec.selector ?? {};
  return {
    resource: service,
    host: `${name}.${namespace}.svc.${mesh.domain}`,
    namespace,
    ports: (spec.ports ?? []).map(({ port: number, name, protocol, appProtocol, targetPort }, i) => {
      const spoken = protocolOf({ number, name, protocol, appProtocol });
      return new PortOf(service, i, number, name, spoken, targetPort ?? number);
    }),
    selector: Object.keys(selector).length === 0 ? undefined : selector,
    visibility: visibilityOf(exportTo, namespace, mesh.config.defaultServiceExportTo),
    headless: spec.clusterIP === 'None',
    addresses: addressesOf(service),
    aliasOf: spec.type === 'ExternalName' && spec.externalName !== undefined && spec.externalName !== '' ? spec.externalName : undefined,
    external: spec.type === 'ExternalName',
  };
}

function addressesOf({ spec: { clusterIP, clusterIPs = none } }: ResourceOf<'Service'>): readonly string[] {
  if (clusterIP === undefined && clusterIPs.length === 0) return none;
  return [...new Set([clusterIP, ...clusterIPs])].filter((ip): ip is string => ip !== undefined && ip !== '' && ip !== 'None');
}

/** Source: pilot/pkg/serviceregistry/serviceentry/conversion.go. */
export function fromServiceEntry(mesh: Mesh, entry: ResourceOf<'ServiceEntry'>): readonly MeshService[] {
  const { namespace } = entry.metadata;
  const { spec } = entry;
  const visibility = visibilityOf(spec.exportTo, namespace, mesh.config.defaultServiceExportTo);
  const ports = (spec.ports ?? []).map(({ number, name, protocol, targetPort }, i) => {
    // Only what is written counts, neither the port's name nor its number.
    const spoken = protocolOf({ number: 0, name: protocol });
    return new PortOf(entry, i, number, name, spoken, targetPort ?? number);
  });
  const selector = spec.workloadSelector?.labels;
  return spec.hosts.map((host) => ({
    resource: entry,
    host,
    namespace,
    ports,
    selector,
    visibility,
    headless: false,
    addresses: spec.addresses ?? none,
    aliasOf: undefined,
    external: spec.location !== 'MESH_INTERNAL',
  }));
}
