import { type Answer, missing, oneOf, unknown } from './answer.ts';
import { serviceInDoubt } from './doubtful-routes.ts';
import type { Mesh } from './mesh.ts';
import { isHttp } from './protocols.ts';
import { httpTargets, type RouteConfig } from './route-config.ts';
import { mayBeElsewhere, type MeshService, type ServicePort, servicesOf } from './services.ts';
import { type EgressListener, listenerFor, type SidecarScope } from './sidecars.ts';
import { routeConfigsOf } from './virtual-services.ts';
import { isVisible, nearnessOf } from './visibility.ts';

/** A service as a proxy knows it: the definitions of a host in one namespace, their ports together. */
export interface SeenService {
  readonly host: string;
  readonly namespace: string;
  readonly definitions: readonly [MeshService, ...MeshService[]];
  readonly ports: readonly ServicePort[];
}

/**
 * What a host means at a listener of a sidecar; several if it depends on which definition is the oldest. The client's own namespace comes
 * first, then Kubernetes, then the nearest ServiceEntries.
 * Source: pilot/pkg/model/sidecar.go, selectServices.
 */
export function seenAt(mesh: Mesh, scope: SidecarScope, listener: EgressListener, host: string): readonly SeenService[] {
  const imported = servicesOf(mesh)
    .ofHost(host)
    .filter((service) => listener.imports(service));
  return choose(imported, scope.namespace, true);
}

/** What a host means to a gateway. Source: pilot/pkg/model/sidecar.go, DefaultSidecarScopeForGateway and appendSidecarServices. */
export function seenByGateway(mesh: Mesh, namespace: string, host: string): readonly SeenService[] {
  return choose(servicesOf(mesh).visibleFrom(namespace, host), namespace, false);
}

function choose(definitions: readonly MeshService[], client: string, preferOwn: boolean): readonly SeenService[] {
  if (definitions.length === 0) return [];
  const own = preferOwn ? definitions.filter(({ namespace }) => namespace === client) : [];
  const preferred = own.length > 0 ? own : definitions.filter(isKubernetes);
  if (preferred.length > 0) return grouped(preferred);
  const nearness = (service: MeshService): number => nearnessOf(service.visibility, service.namespace, client) ?? 3;
  const nearest = Math.min(...definitions.map(nearness));
  const namespaces = new Set(definitions.filter((service) => nearness(service) === nearest).map(({ namespace }) => namespace));
  return grouped(definitions.filter(({ namespace }) => namespaces.has(namespace)));
}

function isKubernetes({ resource }: MeshService): boolean {
  return resource.kind === 'Service';
}

/** Kubernetes' own definition is never mixed with ServiceEntries. */
function grouped(definitions: readonly MeshService[]): readonly SeenService[] {
  const byNamespace = new Map<string, MeshService[]>();
  for (const service of definitions) {
    const known = byNamespace.get(service.namespace);
    if (known === undefined) byNamespace.set(service.namespace, [service]);
    else known.push(service);
  }
  return [...byNamespace.values()].flatMap((ofNamespace) => {
    const kubernetes = ofNamespace.filter(isKubernetes);
    const [first, ...others] = kubernetes.length > 0 ? kubernetes : ofNamespace;
    return first === undefined ? [] : [seen([first, ...others])];
  });
}

function seen(definitions: readonly [MeshService, ...MeshService[]], among?: (port: number) => boolean): SeenService {
  const [{ host, namespace }] = definitions;
  const ports = new Map<number, ServicePort>();
  for (const port of definitions.flatMap((service) => service.ports)) {
    if (!ports.has(port.number) && (among === undefined || among(port.number))) ports.set(port.number, port);
  }
  return { host, namespace, definitions, ports: [...ports.values()] };
}

/**
 * The service to which a proxy has clusters for a host; under no scope it is a gateway. Missing where the input knows that there is no such host, or
 * none that the proxy sees; the place of each definition is its resource.
 */
export function clustersOf(mesh: Mesh, { namespace, scope }: ClusterOwner, host: string): Answer<SeenService> {
  for (const definition of servicesOf(mesh).ofHost(host)) {
    const doubt = serviceInDoubt(mesh, definition);
    if (doubt !== undefined) return unknown(doubt);
  }
  const [first, ...others] = scope === undefined ? seenByGateway(mesh, namespace, host) : clustersNaming(mesh, scope, host);
  if (first !== undefined) return oneOf(first, ...others);
  return mayBeElsewhere(mesh, host) ? unknown(hostNotHere) : missing(`host ${host}`);
}

/** A sidecar with what it imports, or a gateway, which sees whatever is exported to its namespace. */
export interface ClusterOwner {
  readonly namespace: string;
  readonly scope: SidecarScope | undefined;
}

/** The reason where a host that the input does not define may lie elsewhere. */
export const hostNotHere = 'the host is not in the input';

/**
 * The same for a sidecar as everything is written: what its listeners import, and, with the ports that are named, whatever the VirtualServices send
 * traffic to that come in with them. An empty list: none; several: order-dependent. For those who judge each definition themselves.
 * Source: pilot/pkg/model/sidecar.go, collectImportedServices and appendSidecarServices.
 */
export function clustersNaming(mesh: Mesh, scope: SidecarScope, host: string): readonly SeenService[] {
  let known: readonly (SeenService | undefined)[] = [undefined];
  for (const listener of scope.listeners) {
    const { port } = listener;
    const explicit = seenAt(mesh, scope, listener, host).map((service) =>
      port === undefined ? service : seen(service.definitions, (number) => number === port),
    );
    known = combined(
      known,
      explicit.filter(({ ports }) => ports.length > 0),
    );
    // All that there is of a Kubernetes service is known once a listener for every port imports it: nothing can be added to it.
    const [whole] = port === undefined ? explicit : [];
    if (known.length === 1 && whole !== undefined && isKubernetes(whole.definitions[0])) break;
    known = combined(known, byRoutes(mesh, scope, listener, host));
  }
  return known.filter((service) => service !== undefined);
}

/** Each pair that may come about; the first definition stays, unless Kubernetes' own takes its place or the same namespace adds ports. */
function combined(known: readonly (SeenService | undefined)[], added: readonly SeenService[]): readonly (SeenService | undefined)[] {
  if (added.length === 0) return known;
  const results: (SeenService | undefined)[] = [];
  for (const existing of known) {
    for (const service of added) {
      const result = existing === undefined ? service : appended(existing, service);
      if (!results.some((other) => other !== undefined && sameService(other, result))) results.push(result);
    }
  }
  return results;
}

function appended(existing: SeenService, service: SeenService): SeenService {
  const [was, is] = [isKubernetes(existing.definitions[0]), isKubernetes(service.definitions[0])];
  if (was !== is) return was ? existing : service;
  if (existing.namespace !== service.namespace) return existing;
  const numbers = new Set([...existing.ports, ...service.ports].map(({ number }) => number));
  if (numbers.size === existing.ports.length) return existing;
  return seen([...existing.definitions, ...service.definitions], (number) => numbers.has(number));
}

function sameService(a: SeenService, b: SeenService): boolean {
  return a.namespace === b.namespace && a.ports.length === b.ports.length && a.ports.every((port, i) => port === b.ports[i]);
}

function byRoutes(mesh: Mesh, scope: SidecarScope, listener: EgressListener, host: string): readonly SeenService[] {
  const configs = routeConfigsOf(mesh)
    .sendingTo(host)
    .filter((config) => listener.positionOf(config) !== undefined);
  if (configs.length === 0) return [];
  const { port } = listener;
  const numbers = new Set(configs.flatMap((config) => portsSentTo(config, host, scope.namespace)));
  if (numbers.size === 0) return [];
  const among =
    port === undefined ? (number: number): boolean => numbers.has(0) || numbers.has(number) : (number: number): boolean => number === port;
  const definitions = servicesOf(mesh).ofHost(host);
  // The client's own namespace counts even if it hides the service from itself.
  const own = definitions.filter(({ namespace }) => namespace === scope.namespace);
  const candidates = own.length > 0 ? own : definitions.filter(({ visibility }) => isVisible(visibility, scope.namespace));
  const kubernetes = candidates.filter(isKubernetes);
  return grouped(kubernetes.length > 0 ? kubernetes : candidates)
    .map((service) => seen(service.definitions, among))
    .filter(({ ports }) => ports.length > 0);
}

/** Ports to which a config sends what clients of a namespace may send; 0 stands for all. */
function portsSentTo(config: RouteConfig, host: string, client: string): readonly number[] {
  const forClient = config.http.filter(({ matches }) => {
    // Istio's loop: the last match that names a namespace decides, unless one names the client's.
    const named = matches.filter(({ sourceNamespace }) => sourceNamespace !== undefined);
    return named.length === 0 || named.some(({ sourceNamespace }) => sourceNamespace === client);
  });
  return [...forClient.flatMap(httpTargets), ...[...config.tls, ...config.tcp].flatMap(({ targets }) => targets)]
    .filter((target) => target.host === host)
    .map((target) => target.port ?? 0);
}

/** Some service at a listener has http on a port, so that the sidecar listens for it on every address. */
export function hasHttpOn(mesh: Mesh, scope: SidecarScope, port: number): boolean {
  return mesh.deriveFor(findHttpOn, scope, port);
}

function findHttpOn(mesh: Mesh, scope: SidecarScope, port: number): boolean {
  const listener = listenerFor(scope, port);
  if (listener === undefined) return false;
  return servicesOf(mesh)
    .withPort(port)
    .some(
      (service) =>
        service.aliasOf === undefined &&
        listener.imports(service) &&
        service.ports.some(({ number, protocol }) => number === port && isHttp(listener.protocol ?? protocol)),
    );
}
