import { serviceInDoubt } from '../graph/doubtful-routes.ts';
import type { Mesh } from '../graph/mesh.ts';
import { claimsOf, concreteHost, type SidecarPort, virtualHostsFor } from '../graph/mesh-routes.ts';
import { isHttp } from '../graph/protocols.ts';
import { hasHttpOn, hostNotHere, seenAt, type SeenService } from '../graph/registry.ts';
import { mayBeElsewhere, type MeshService, servicesOf } from '../graph/services.ts';
import { listenerFor, type SidecarScope, sidecarScopesOf } from '../graph/sidecars.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { Regexes } from './access-strings.ts';
import type { RoutingProxy } from './route-clusters.ts';
import { routeByList } from './route-http.ts';
import { comparedRequest, domainOf, type Traffic } from './route-match.ts';
import { outcome, type Possible, type RouteOutcome } from './route-outcome.ts';
import { toService } from './route-service.ts';
import { meshStream } from './route-streams.ts';

/** One call, under one Sidecar of the client. */
interface Call {
  readonly mesh: Mesh;
  readonly proxy: RoutingProxy & { readonly scope: SidecarScope };
  readonly host: string;
  readonly port: number;
  readonly traffic: Traffic;
  readonly regexes: Regexes;
  /** The client's egress listener. */
  readonly places: readonly Place[];
}

/**
 * What the sidecar of an application does with what the application sends to a host's address.
 * Source: pilot/pkg/networking/core/listener.go, buildSidecarOutboundListeners.
 */
export function routeInMesh(
  mesh: Mesh,
  client: Workload,
  host: string,
  port: number,
  traffic: Traffic,
  regexes: Regexes,
): Possible<RouteOutcome> {
  const { namespace, labels } = client;
  const results: RouteOutcome[] = [];
  for (const scope of sidecarScopesOf(mesh, namespace, labels)) {
    const listener = listenerFor(scope, port);
    const call: Call = {
      mesh,
      proxy: { namespace, labels, scope },
      host,
      port,
      traffic,
      regexes,
      places: listener?.at === undefined ? [] : [listener.at],
    };
    if (listener === undefined) {
      results.push(outside(call, 'tcp'));
      continue;
    }
    const at: SidecarPort = { scope, listener, labels, port };
    const address = concreteHost(mesh, host) ?? host;
    const meanings = seenAt(mesh, scope, listener, address);
    if (meanings.length === 0 && mayBeElsewhere(mesh, address)) {
      const claims = traffic.kind === 'http' && traffic.tls !== true ? claimsOf(mesh, at, address) : [undefined];
      if (claims.includes(undefined)) return { unknown: hostNotHere };
      const possible = byHosts(call, claims, []);
      if ('unknown' in possible) return possible;
      results.push(...possible);
      continue;
    }
    for (const meaning of meanings.length === 0 ? [undefined] : meanings) {
      for (const definition of meaning?.definitions ?? []) {
        const doubt = serviceInDoubt(mesh, definition);
        if (doubt !== undefined) return { unknown: doubt };
      }
      const declared = meaning?.ports.find((one) => one.number === port);
      const possible =
        meaning === undefined || declared === undefined
          ? unlisted(call, at)
          : listed(call, at, meaning, listener.protocol ?? declared.protocol, declared.at);
      if ('unknown' in possible) return possible;
      results.push(...possible);
    }
  }
  return results;
}

function servicesInDoubt(mesh: Mesh): string | undefined {
  for (const service of servicesOf(mesh).all) {
    const doubt = serviceInDoubt(mesh, service);
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

/** To an address that the sidecar has no listener for, or no chain. */
function outside({ proxy: { scope }, places }: Call, via: 'http' | 'tcp'): RouteOutcome {
  const decided = scope.outboundAt === undefined ? places : [...places, scope.outboundAt];
  return outcome(scope.outbound === 'ALLOW_ANY' ? 'passthrough' : 'blackhole', decided, { via });
}

/** No service that the client sees has this address and port. What is http is still read where some service has http on the port. */
function unlisted(call: Call, at: SidecarPort): Possible<RouteOutcome> {
  const { mesh, traffic, port } = call;
  const plain = traffic.kind === 'http' && traffic.tls !== true;
  if (plain && hasHttpOn(mesh, at.scope, port)) return byAuthority(call, at);
  // A service of which not all is known may be what the sidecar listens for.
  const doubt = mesh.derive(servicesInDoubt);
  if (doubt !== undefined) return { unknown: doubt };
  const open = servicesOf(mesh)
    .withPort(port)
    .filter((service) => isOpen(service, port) && at.listener.imports(service));
  for (const { host } of open) {
    for (const meaning of seenAt(mesh, at.scope, at.listener, host)) {
      const declared = meaning.ports.find(({ number }) => number === port);
      if (declared === undefined) continue;
      const possible = meshStream(call, at, meaning, at.listener.protocol ?? declared.protocol, declared.at);
      if ('unknown' in possible || possible.some((one) => one.kind === 'forward')) return possible;
    }
  }
  return [outside(call, 'tcp')];
}

/** A ServiceEntry without addresses, whose ports that are not http the sidecar opens on every address. */
function isOpen({ resource, addresses, ports }: MeshService, port: number): boolean {
  return (
    resource.kind === 'ServiceEntry' && addresses.length === 0 && ports.some(({ number, protocol }) => number === port && !isHttp(protocol))
  );
}

function listed(
  call: Call,
  at: SidecarPort,
  service: SeenService,
  protocol: MeshService['ports'][number]['protocol'],
  place: Place,
): Possible<RouteOutcome> {
  const { traffic } = call;
  const plain = traffic.kind === 'http' && traffic.tls !== true;
  const known = { ...call, places: [...call.places, place] };
  if (protocol === 'UDP') return [outside(call, 'tcp')];
  if (isHttp(protocol)) return plain ? byAuthority(known, at) : [outside(known, 'tcp')];
  if (protocol === 'auto' && plain) {
    // The listener is the service's alone, and so is the virtual host, unless nothing but its name tells the service from others.
    const shared = service.definitions.every(({ resource, addresses }) => resource.kind === 'ServiceEntry' && addresses.length === 0);
    return shared
      ? byAuthority(known, at)
      : byHosts(known, claimsOf(call.mesh, at, service.host), [outcome('no-route', known.places, { status: 404 })]);
  }
  return meshStream(known, at, service, protocol, place);
}

function byAuthority(call: Call, at: SidecarPort): Possible<RouteOutcome> {
  const { traffic, host } = call;
  const authority = traffic.kind === 'http' ? (traffic.request.authority ?? host) : host;
  const domain = domainOf(authority.toLowerCase());
  const hosts = virtualHostsFor(call.mesh, at, domain);
  if (hosts.includes(undefined) && domain !== host && mayBeElsewhere(call.mesh, domain)) return { unknown: hostNotHere };
  return byHosts(call, hosts, [outside(call, 'http')]);
}

function byHosts(call: Call, hosts: ReturnType<typeof virtualHostsFor>, otherwise: readonly RouteOutcome[]): Possible<RouteOutcome> {
  const { mesh, proxy, traffic, host, port, regexes, places } = call;
  if (traffic.kind !== 'http') return otherwise;
  const request = comparedRequest(traffic.request, host, false, mesh.config.pathNormalization);
  const results: RouteOutcome[] = [];
  for (const virtualHost of hosts) {
    if (virtualHost === undefined) {
      results.push(...otherwise);
      continue;
    }
    const taken =
      virtualHost.kind === 'routes'
        ? routeByList(mesh, proxy, virtualHost.list, request, regexes, places)
        : [toService(mesh, proxy, virtualHost.service, port, places, 'http')];
    if ('unknown' in taken) return taken;
    results.push(...taken);
  }
  return results;
}
