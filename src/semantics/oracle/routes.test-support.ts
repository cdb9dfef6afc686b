import { nameOf, ofKind, type Pod, type Proxy, selects, type World } from './world.test-support.ts';
import { covers, hostName, mostSpecific, narrower } from './hosts.test-support.ts';
import { generatedRoutes, type Generated, isCatchAll, type Request, takes, type VirtualService } from './route-match.test-support.ts';
import { destinationRule } from './destination-rule.test-support.ts';
import { gatewaysOf, importedServices, knownServices, visibleVirtualServices } from './visibility.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

export interface Target {
  readonly host: string;
  readonly subset: string | undefined;
  readonly port: number;
  readonly weight: number;
  /** The proxy has no such cluster: 503. */
  readonly isMissing: boolean;
}

export type Outcome =
  | { readonly kind: 'forward'; readonly by: string | undefined; readonly to: readonly Target[] }
  | { readonly kind: 'redirect' | 'direct-response'; readonly by: string }
  | { readonly kind: 'no-route' | 'passthrough' | 'blackhole' };

/** The ordered routes of a virtual host; undefined: there is no such virtual host. `default`: the service's own route. */
export type RouteList = readonly Generated[] | 'default' | undefined;

export const hostsOf = (world: World, service: VirtualService): readonly string[] =>
  (service.spec.hosts ?? []).map((host) => hostName(world, host, service.metadata.namespace));

const portsOf = (world: World, proxy: Proxy, host: string, chains: readonly string[]): readonly number[] =>
  importedServices(world, proxy)
    .filter((one) => one.host === host)
    .flatMap(({ ports }) => ports.filter(({ chain }) => chains.includes(chain)).map(({ number }) => number));

const httpChains = ['http', 'auto'];

/** §3.2 as corrected: the routes of (host, port) of the mesh, for a sidecar. */
export function meshRoutes(world: World, proxy: Proxy, host: string, port: number): RouteList {
  const services = visibleVirtualServices(world, proxy).filter((service) => gatewaysOf(service).includes('mesh'));
  // "In the registry": as a service on this port.
  const known = importedServices(world, proxy).filter((one) => one.ports.some(({ number }) => number === port));
  if (known.some((one) => one.host === host && one.ports.some(({ number, chain }) => number === port && httpChains.includes(chain))))
    return firstWithRoutes(world, services, host, proxy, port) ?? 'default';
  if (known.some((one) => one.host === host)) return undefined;
  // A host that is not in the registry: port 80, and the HTTP ports of registry hosts in the same VirtualService.
  const isServed = (service: VirtualService) =>
    port === 80 || hostsOf(world, service).some((other) => portsOf(world, proxy, other, httpChains).includes(port));
  const isGenerated = (candidate: string) =>
    candidate.startsWith('*') ? !known.some((one) => covers(candidate, one.host)) : !known.some((one) => one.host === candidate);
  const offered = services.filter((service) => isServed(service));
  const candidates = offered
    .filter((service) => generatedRoutes(service, proxy, ['mesh'], port).length > 0)
    .flatMap((service) => hostsOf(world, service).filter(isGenerated));
  const best = mostSpecific(
    [
      ...candidates,
      ...known.filter((one) => one.ports.some(({ number, chain }) => number === port && httpChains.includes(chain))).map((one) => one.host),
    ],
    host,
  );
  if (best === undefined) return undefined;
  if (known.some((one) => one.host === best)) return firstWithRoutes(world, services, best, proxy, port) ?? 'default';
  return firstOf(
    offered.filter((service) => hostsOf(world, service).includes(best)),
    proxy,
    port,
  );
}

/**
 * The most specific host of a VirtualService that covers the service; of those with this very host the first of which routes are left. (Of
 * those with one wildcard only the first counts, with or without routes: sidecar.go, computeWildcardHostVirtualServiceIndex; the page only
 * speaks of "the same host".)
 */
function firstWithRoutes(
  world: World,
  services: readonly VirtualService[],
  host: string,
  proxy: Proxy,
  port: number,
): readonly Generated[] | undefined {
  const best = mostSpecific(
    services.flatMap((service) => hostsOf(world, service)),
    host,
  );
  if (best === undefined) return undefined;
  const candidates = services.filter((service) => hostsOf(world, service).includes(best));
  return firstOf(best.startsWith('*') ? candidates.slice(0, 1) : candidates, proxy, port);
}

function firstOf(services: readonly VirtualService[], proxy: Proxy, port: number): readonly Generated[] | undefined {
  return services.map((service) => generatedRoutes(service, proxy, ['mesh'], port)).find((routes) => routes.length > 0);
}

/** What becomes of a request that a sidecar sends to (host, port). */
export function meshOutcome(world: World, proxy: Proxy, port: number, request: Request): Outcome {
  const known = importedServices(world, proxy).find((one) => one.host === request.host && one.ports.some(({ number }) => number === port));
  const target = known?.ports.find(({ number }) => number === port);
  if (known !== undefined && target?.chain === 'tcp') return tcpOutcome(world, proxy, request.host, port);
  const routes = meshRoutes(world, proxy, request.host, port);
  // The page takes for granted that there is a listener: one is made for the services on the port.
  const isListening = importedServices(world, proxy).some(({ ports }) =>
    ports.some(({ number, chain }) => number === port && httpChains.includes(chain)),
  );
  if (routes === undefined || !isListening) return { kind: world.outbound === 'ALLOW_ANY' ? 'passthrough' : 'blackhole' };
  if (routes === 'default') {
    const host = known?.host ?? request.host;
    return { kind: 'forward', by: undefined, to: [{ host, subset: undefined, port, weight: 100, isMissing: false }] };
  }
  return outcome(world, proxy, routes, port, request);
}

/** §3.4, §3.5: the first route that takes the request; redirect, then direct response, then destinations. */
function outcome(world: World, proxy: Proxy, routes: readonly Generated[], port: number, request: Request): Outcome {
  const taken = routes.find((one) => takes(one, request));
  if (taken === undefined) return { kind: 'no-route' };
  const by = `${nameOf(taken.service)}#${String(taken.index)}`;
  const { redirect, directResponse, route = [] } = taken.route;
  if (redirect !== undefined) return { kind: 'redirect', by };
  if (directResponse !== undefined) return { kind: 'direct-response', by };
  return { kind: 'forward', by, to: targets(world, proxy, taken.service, route, port, !proxy.isGateway) };
}

/** One destination: its weight is ignored; more: those of weight 0 are dropped. */
export function targets(
  world: World,
  proxy: Proxy,
  service: VirtualService,
  route: NonNullable<VirtualService['spec']['http']>[number]['route'] & object,
  listener: number,
  usesListenerPort: boolean,
): readonly Target[] {
  const kept = route.length === 1 ? route : route.filter(({ weight = 0 }) => weight > 0);
  return kept.map(({ destination, weight = 0 }) => {
    const host = hostName(world, destination.host, service.metadata.namespace);
    const known = knownServices(world, proxy).find((one) => one.host === host);
    const [first, ...more] = known?.ports ?? [];
    const single = first !== undefined && more.length === 0 ? first.number : undefined;
    const port = destination.port?.number ?? (usesListenerPort ? undefined : single) ?? listener;
    const subset = destination.subset;
    const hasSubset = subset === undefined || destinationRule(world, proxy, host)?.subsets.some(({ name }) => name === subset) === true;
    const isMissing = known?.ports.some(({ number }) => number === port) !== true || !hasSubset;
    return { host, subset, port, weight: route.length === 1 ? 100 : weight, isMissing };
  });
}

/** "Mesh tcp/tls routes are concatenated …; TCP stops at the first match-less route or match without destinationSubnets." */
function tcpOutcome(world: World, proxy: Proxy, host: string, port: number): Outcome {
  for (const service of visibleVirtualServices(world, proxy)) {
    if (!gatewaysOf(service).includes('mesh') || !hostsOf(world, service).some((one) => covers(one, host))) continue;
    for (const [index, route] of (service.spec.tcp ?? []).entries()) {
      const isTaken =
        (route.match ?? []).length === 0 ||
        (route.match ?? []).some(
          (match) =>
            (match.port === undefined || match.port === port) &&
            ((match.gateways ?? []).length === 0 || match.gateways?.includes('mesh') === true) &&
            selects(match.sourceLabels, proxy.labels) &&
            (match.sourceNamespace === undefined || match.sourceNamespace === proxy.namespace),
        );
      if (!isTaken) continue;
      return {
        kind: 'forward',
        by: `${nameOf(service)}#tcp${String(index)}`,
        to: targets(world, proxy, service, route.route ?? [], port, false),
      };
    }
  }
  return { kind: 'forward', by: undefined, to: [{ host, subset: undefined, port, weight: 100, isMissing: false }] };
}

type Gateway = ResourceOf<'Gateway'>;

/** §3.3: the gateways that a pod serves: the selector is on the pod, in any namespace; none selects every gateway pod. */
export function gatewaysOfPod(world: World, pod: Pod): readonly Gateway[] {
  return ofKind(world, 'Gateway').filter(({ spec }) => selects(spec.selector, pod.labels));
}

export interface Binding {
  readonly gateway: string;
  readonly service: string;
  /** The narrower host of each pair, sorted. */
  readonly hosts: readonly string[];
}

/** §3.3: `host` any namespace, `./host` the gateway's, `ns/host` that one, a star any; the narrower of each pair is served. */
function boundHosts(
  world: World,
  gateway: Gateway,
  server: Gateway['spec']['servers'] & object,
  service: VirtualService,
): readonly string[] {
  if (!gatewaysOf(service).includes(nameOf(gateway))) return [];
  const found = new Set<string>();
  for (const { hosts } of server) {
    for (const written of hosts) {
      const slash = written.indexOf('/');
      const namespace = slash < 0 ? '*' : written.slice(0, slash);
      const owner = namespace === '.' ? gateway.metadata.namespace : namespace;
      if (owner !== '*' && owner !== service.metadata.namespace) continue;
      for (const host of hostsOf(world, service)) {
        const bound = narrower(written.slice(slash + 1), host);
        if (bound !== undefined) found.add(bound);
      }
    }
  }
  return [...found].sort();
}

/** The VirtualServices that bind to a gateway, whoever sees them. */
export function bindings(world: World, gateway: Gateway): readonly Binding[] {
  return ofKind(world, 'VirtualService').flatMap((service) => {
    const hosts = boundHosts(world, gateway, gateway.spec.servers ?? [], service);
    return hosts.length === 0 ? [] : [{ gateway: nameOf(gateway), service: nameOf(service), hosts }];
  });
}

/** "Appended per server (older Gateway first), then per bucket, oldest first in each; then catch-alls move last". Plaintext HTTP only. */
export function gatewayRoutes(world: World, proxy: Proxy, pod: Pod, host: string, port: number): readonly Generated[] | undefined {
  const virtualHosts = new Map<string, Generated[]>();
  for (const gateway of gatewaysOfPod(world, pod)) {
    for (const server of gateway.spec.servers ?? []) {
      if (server.port.number !== port || server.port.protocol !== 'HTTP') continue;
      for (const service of visibleVirtualServices(world, proxy)) {
        const routes = generatedRoutes(service, proxy, [nameOf(gateway)], port);
        if (routes.length === 0) continue;
        for (const bound of boundHosts(world, gateway, [server], service))
          virtualHosts.set(bound, [...(virtualHosts.get(bound) ?? []), ...routes]);
      }
    }
  }
  const best = mostSpecific([...virtualHosts.keys()], host);
  const routes = best === undefined ? undefined : virtualHosts.get(best);
  return routes === undefined ? undefined : [...routes.filter((one) => !isCatchAll(one)), ...routes.filter(isCatchAll)];
}

export function gatewayOutcome(world: World, proxy: Proxy, pod: Pod, port: number, request: Request): Outcome {
  const routes = gatewayRoutes(world, proxy, pod, request.host, port);
  return routes === undefined ? { kind: 'no-route' } : outcome(world, proxy, routes, port, request);
}
