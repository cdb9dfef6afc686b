import { HostIndex, serviceOf } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { fromService, fromServiceEntry, type MeshService } from './service-definitions.ts';
import { isVisible } from './visibility.ts';

export type { MeshService, ServicePort } from './service-definitions.ts';

export interface Services {
  readonly all: readonly MeshService[];
  /** Every definition of exactly this host, whoever sees it. */
  ofHost(host: string): readonly MeshService[];
  /** The definitions that a namespace sees by their exportTo, Sidecars left aside. */
  visibleFrom(namespace: string, host: string): readonly MeshService[];
  /** All hosts, for questions about wildcards. */
  readonly hosts: HostIndex<readonly MeshService[]>;
  /** Those that have a port of this number. */
  withPort(number: number): readonly MeshService[];
  /** Those that sidecars know by this address. */
  atAddress(address: string): readonly MeshService[];
  /** ExternalName Services that stand, over any number of steps, for this host. */
  aliasesOf(host: string): readonly MeshService[];
}

export function servicesOf(mesh: Mesh): Services {
  return mesh.derive(createServices);
}

/** Every definition of exactly this host, whoever sees it. */
export function servicesAt(mesh: Mesh, host: string): readonly MeshService[] {
  return mesh.step(findServices, host);
}

function findServices(mesh: Mesh, host: string): readonly MeshService[] {
  return servicesOf(mesh).ofHost(host);
}

/** The input defines no such host (a full name), which does not say that there is none. */
export function mayBeElsewhere(mesh: Mesh, host: string): boolean {
  if (servicesAt(mesh, host).length > 0) return false;
  return mesh.assumesHost(host) || !mesh.isComplete(['Service', 'ServiceEntry'], serviceOf(host, mesh.domain)?.namespace);
}

function createServices(mesh: Mesh): Services {
  const all = [
    ...mesh.of('Service').map((service) => mesh.step(fromService, service)),
    ...mesh.of('ServiceEntry').flatMap((entry) => mesh.step(fromServiceEntry, entry)),
  ];
  const hosts = new HostIndex<MeshService[]>();
  const byPort = new Map<number, MeshService[]>();
  const byAddress = new Map<string, MeshService[]>();
  for (const service of all) {
    const known = hosts.get(service.host);
    if (known === undefined) hosts.set(service.host, [service]);
    else known.push(service);
    for (const number of new Set(service.ports.map((port) => port.number))) file(byPort, number, service);
    for (const address of service.addresses) file(byAddress, address, service);
  }
  const ofHost = (host: string): readonly MeshService[] => hosts.get(host) ?? [];
  const aliases = aliasesByHost(all, ofHost);
  return {
    all,
    ofHost,
    visibleFrom: (namespace, host) => ofHost(host).filter(({ visibility }) => isVisible(visibility, namespace)),
    hosts,
    withPort: (number) => byPort.get(number) ?? [],
    atAddress: (address) => byAddress.get(address) ?? [],
    aliasesOf: (host) => aliases.get(host) ?? [],
  };
}

function file<K>(index: Map<K, MeshService[]>, key: K, service: MeshService): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [service]);
  else known.push(service);
}

/** Source: pilot/pkg/model/push_context.go, resolveServiceAliases: aliases of aliases count, rings do not. */
function aliasesByHost(
  all: readonly MeshService[],
  ofHost: (host: string) => readonly MeshService[],
): ReadonlyMap<string, readonly MeshService[]> {
  const aliases = new Map<string, MeshService[]>();
  for (const service of all) {
    let target = service.aliasOf;
    for (const seen = new Set([service.host]); target !== undefined && !seen.has(target);) {
      seen.add(target);
      const next: string | undefined = ofHost(target).find(({ aliasOf }) => aliasOf !== undefined)?.aliasOf;
      if (next === undefined) file(aliases, target, service);
      target = next;
    }
  }
  return aliases;
}
