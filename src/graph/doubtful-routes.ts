import { doubtAt, doubtReasons, hasPlaceholder } from '../model/doubt.ts';
import type { Resource } from '../model/resource.ts';
import { HostIndex, isWildcard, resolveHost } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import type { RouteResource } from './route-config.ts';
import type { MeshService } from './services.ts';

/** Why it is not known which routes there are for a host: some of unknown name or hosts, or that are defined in several ways, may be for it. */
export function routesInDoubt(mesh: Mesh, host: string): string | undefined {
  if (hasPlaceholder(host)) return doubtReasons.identity;
  const { anywhere, byHost } = mesh.derive(createIndex);
  if (anywhere !== undefined) return anywhere;
  for (const [, reason] of byHost.covering(host)) return reason;
  if (isWildcard(host)) for (const [, reason] of byHost.within(host)) return reason;
  return undefined;
}

interface Index {
  /** Of what may be for any host. */
  readonly anywhere: string | undefined;
  readonly byHost: HostIndex<string>;
}

function createIndex(mesh: Mesh): Index {
  const byHost = new HostIndex<string>();
  let anywhere: string | undefined;
  const resources: readonly RouteResource[] = [
    ...mesh.of('VirtualService'),
    ...mesh.of('HTTPRoute'),
    ...mesh.of('GRPCRoute'),
    ...mesh.of('TLSRoute'),
    ...mesh.of('TCPRoute'),
  ];
  for (const resource of resources) {
    const reason = reachInDoubt(mesh, resource);
    if (reason === undefined) continue;
    const hosts = knownHosts(mesh, resource);
    if (hosts === undefined) anywhere ??= reason;
    for (const host of hosts ?? []) byHost.set(host, reason);
  }
  return { anywhere, byHost };
}

/** Whether it exists, and for whom; not what its single routes do. */
function reachInDoubt(mesh: Mesh, resource: RouteResource): string | undefined {
  // A delegate is asked about where it is used.
  if (resource.kind === 'VirtualService' && (resource.spec.hosts ?? []).length === 0 && doubtAt(resource, 'spec', 'hosts') === undefined) {
    return undefined;
  }
  const own = identityInDoubt(mesh, resource);
  if (own !== undefined) return own;
  const fields =
    resource.kind === 'VirtualService'
      ? ['hosts', 'gateways', 'exportTo', ...missingLists(resource)]
      : ['hostnames', 'parentRefs', ...missingLists(resource)];
  for (const field of fields) {
    const reason = doubtAt(resource, 'spec', field);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A list of routes that is written, but not here. */
function missingLists({ spec }: RouteResource): readonly string[] {
  return ['http', 'tls', 'tcp', 'rules'].filter((list) => !Object.hasOwn(spec, list));
}

/** Why it is not known whether a resource is there, and where. */
export function identityInDoubt(mesh: Mesh, resource: Resource): string | undefined {
  if (resource.identity !== undefined) return doubtReasons.identity;
  return mesh.alternatives(resource).length > 0 ? `a ${mesh.writtenKind(resource)} is defined in several ways` : undefined;
}

/** Undefined: it may be for any host. */
function knownHosts(mesh: Mesh, resource: RouteResource): readonly string[] | undefined {
  const { namespace } = resource.metadata;
  if (resource.kind === 'VirtualService') {
    const { hosts = [] } = resource.spec;
    const isKnown = resource.identity === undefined || hosts.every((host) => host.includes('.'));
    if (!isKnown || doubtAt(resource, 'spec', 'hosts') !== undefined) return undefined;
    return hosts.map((host) => resolveHost(host, namespace, mesh.domain));
  }
  const { parentRefs = [] } = resource.spec;
  const hostnames = 'hostnames' in resource.spec ? (resource.spec.hostnames ?? []) : [];
  if (doubtAt(resource, 'spec', 'hostnames') !== undefined || doubtAt(resource, 'spec', 'parentRefs') !== undefined) return undefined;
  const services = parentRefs.filter(({ kind }) => kind === 'Service');
  // Without names of its own it has those of the listeners, or of other parents.
  if (services.length < parentRefs.length && hostnames.length === 0) return undefined;
  if (services.some((parent) => parent.namespace === undefined) && resource.identity !== undefined) return undefined;
  return [...hostnames, ...services.map((parent) => `${parent.name}.${parent.namespace ?? namespace}.svc.${mesh.domain}`)];
}

/** Why it is not known which Sidecar pods of a namespace have, or what it says. */
export function sidecarsInDoubt(mesh: Mesh, namespace: string): string | undefined {
  const doubtful = mesh.derive(doubtfulSidecars);
  if (doubtful.size === 0) return undefined;
  return doubtful.get(namespace) ?? doubtful.get(mesh.rootNamespace) ?? doubtful.get(undefined);
}

/** By namespace; undefined: any. */
function doubtfulSidecars(mesh: Mesh): ReadonlyMap<string | undefined, string> {
  const doubtful = new Map<string | undefined, string>();
  for (const sidecar of mesh.of('Sidecar')) {
    const reason = identityInDoubt(mesh, sidecar) ?? doubtAt(sidecar, 'spec');
    if (reason === undefined) continue;
    const namespaces = sidecar.identity === undefined ? [sidecar.metadata.namespace] : (sidecar.identity.namespaces ?? [undefined]);
    for (const namespace of namespaces) doubtful.set(namespace, reason);
  }
  return doubtful;
}

/** Why it is not known what a definition of a service says. */
export function serviceInDoubt(mesh: Mesh, { resource }: MeshService): string | undefined {
  return (
    identityInDoubt(mesh, resource) ??
    doubtAt(resource, 'spec') ??
    doubtAt(resource, 'metadata', 'annotations', 'networking.istio.io/exportTo')
  );
}
