import { met } from './encounters.test-support.ts';
import { covers, mostSpecific } from './hosts.test-support.ts';
import { type Generated, generatedRoutes, isCatchAll, type Request, type VirtualService } from './route-match.test-support.ts';
import { boundHosts, type Gateway, gatewaysOfPod, outcome, type Outcome, targets } from './routes.test-support.ts';
import { gatewayName, visibleVirtualServices } from './visibility.test-support.ts';
import { nameOf, type Pod, type Proxy, type World } from './world.test-support.ts';

type Server = NonNullable<Gateway['spec']['servers']>[number];

/** A server that is not dropped. */
interface Open {
  readonly gateway: Gateway;
  readonly server: Server;
}

const family = ({ port: { protocol } }: Server): 'http' | 'tls' | 'tcp' =>
  protocol === 'HTTP' ? 'http' : protocol === 'TCP' ? 'tcp' : 'tls';

const hostOf = (written: string): string => written.slice(written.indexOf('/') + 1);

/** §3.3: the servers of a port, of the older Gateway first, without those that another one drops. */
function serversOn(world: World, pod: Pod, port: number): readonly Open[] {
  const open: Open[] = [];
  for (const gateway of gatewaysOfPod(world, pod)) {
    for (const server of gateway.spec.servers ?? []) {
      if (server.port.number !== port) continue;
      const [first] = open;
      // "HTTP vs TCP on same bind ⇒ later one dropped". (Of TLS beside plaintext the page says nothing.)
      if (first !== undefined && family(first.server) !== family(server)) {
        met('a server of another protocol than the first of its port');
        continue;
      }
      // "a second TCP server on the same port and bind is dropped"
      if (first !== undefined && family(server) === 'tcp') {
        met('a second TCP server');
        continue;
      }
      // "compared as raw strings including `ns/`"; "one duplicate drops the whole later server"
      if (family(server) === 'tls' && open.some((other) => other.server.hosts.some((host) => server.hosts.includes(host)))) {
        met('a TLS server with a host that another one has');
        continue;
      }
      open.push({ gateway, server });
    }
  }
  return open;
}

/** Routes of the VirtualServices that bind to servers, by virtual host: "appended per server …, then per bucket, oldest first in each". */
function virtualHostsOf(world: World, proxy: Proxy, servers: readonly Open[], port: number): ReadonlyMap<string, readonly Generated[]> {
  const virtualHosts = new Map<string, readonly Generated[]>();
  for (const { gateway, server } of servers) {
    for (const service of visibleVirtualServices(world, proxy)) {
      const routes = generatedRoutes(service, proxy, [nameOf(gateway)], port);
      if (routes.length === 0) continue;
      for (const bound of boundHosts(world, gateway, [server], service))
        virtualHosts.set(bound, [...(virtualHosts.get(bound) ?? []), ...routes]);
    }
  }
  return virtualHosts;
}

function byRoutes(world: World, proxy: Proxy, routes: readonly Generated[] | undefined, port: number, request: Request): Outcome {
  if (routes === undefined) return { kind: 'no-route' };
  return outcome(world, proxy, [...routes.filter((one) => !isCatchAll(one)), ...routes.filter(isCatchAll)], port, request);
}

/** A request in plain text to a port of http servers. */
function plainOutcome(world: World, proxy: Proxy, servers: readonly Open[], port: number, request: Request): Outcome | 'https' {
  const virtualHosts = virtualHostsOf(world, proxy, servers, port);
  // "httpsRedirect beats routes": for the hosts that VirtualServices have at such a server. On its own the page is silent: those of any namespace
  // (gateway.go, buildGatewayHTTPRouteConfig, which takes `ns/host` for a name that nobody asks for).
  const redirecting = servers.filter(({ server }) => server.tls?.httpsRedirect === true);
  const redirected = new Set([
    ...redirecting.flatMap((one) => [...virtualHostsOf(world, proxy, [one], port).keys()]),
    ...redirecting.flatMap(({ server }) => server.hosts.filter((host) => !host.includes('/'))),
  ]);
  const best = mostSpecific([...new Set([...virtualHosts.keys(), ...redirected])], request.host);
  if (best !== undefined && redirected.has(best)) {
    met(virtualHosts.has(best) ? 'a redirect to https that stands over routes' : 'a redirect to https without routes');
    return 'https';
  }
  met(best === undefined ? 'a host that no http server has' : 'a host of an http server');
  return byRoutes(world, proxy, best === undefined ? undefined : virtualHosts.get(best), port, request);
}

interface Chain {
  readonly name: string;
  /** undefined: it passes on. */
  readonly ended: Open | undefined;
  readonly passed: { readonly service: VirtualService; readonly route: NonNullable<VirtualService['spec']['tls']>[number] } | undefined;
}

/** What is chosen by the name that the client asks TLS for: servers that end it, and routes of those that pass it on. */
function chainsOf(world: World, proxy: Proxy, servers: readonly Open[], port: number): readonly Chain[] {
  const chains: Chain[] = [];
  for (const open of servers) {
    const { gateway, server } = open;
    if (server.tls?.mode !== 'PASSTHROUGH') {
      for (const host of server.hosts) chains.push({ name: hostOf(host), ended: open, passed: undefined });
      continue;
    }
    for (const service of visibleVirtualServices(world, proxy)) {
      if (boundHosts(world, gateway, [server], service).length === 0) continue;
      for (const route of service.spec.tls ?? []) {
        for (const match of route.match) {
          // "Gateway tls/tcp: only port ∧ gateways"
          const gateways = (match.gateways ?? []).map((one) => gatewayName(one, service.metadata.namespace));
          if (match.port !== undefined && match.port !== port) continue;
          if (gateways.length > 0 && !gateways.includes(nameOf(gateway))) continue;
          if (match.sourceLabels !== undefined) met('a tls route of a gateway with labels of clients');
          for (const name of match.sniHosts) {
            // "duplicate SNI in passthrough tls routes drops the later rule"
            if (chains.some((one) => one.name === name)) met('a tls route of a gateway behind one for the same name');
            else chains.push({ name, ended: undefined, passed: { service, route } });
          }
        }
      }
    }
  }
  return chains;
}

/** What becomes of a request to a port of the gateway's pods; `tls`: the client encrypts it, and asks for the request's host. */
export function serverOutcome(
  world: World,
  proxy: Proxy,
  pod: Pod,
  port: number,
  tls: boolean,
  request: Request,
): Outcome | 'https' | 'reset' | 'silent' {
  const servers = serversOn(world, pod, port);
  const [first] = servers;
  if (first === undefined) return 'reset';
  if (family(first.server) === 'tcp') return 'silent';
  if ((family(first.server) === 'tls') !== tls) return 'silent';
  if (!tls) return plainOutcome(world, proxy, servers, port, request);
  const chains = chainsOf(world, proxy, servers, port);
  // Envoy takes the chain with the most specific name.
  const best = mostSpecific(
    chains.map(({ name }) => name),
    request.host,
  );
  const chain = chains.find(({ name }) => name === best);
  if (best === undefined || chain === undefined) {
    met('a name that no server has');
    return 'reset';
  }
  if (chain.passed !== undefined) {
    met('TLS that is passed on');
    const { service, route } = chain.passed;
    return { kind: 'forward', by: nameOf(service), to: targets(world, proxy, service, route.route ?? [], port, false) };
  }
  if (chain.ended === undefined) return 'silent';
  // Each server that ends TLS has routes of its own.
  const virtualHosts = virtualHostsOf(world, proxy, [chain.ended], port);
  const host = mostSpecific([...virtualHosts.keys()], request.host);
  met(host === undefined ? 'a TLS server without the host' : 'a TLS server with the host');
  if (servers.some((other) => other !== chain.ended && other.server.hosts.some((one) => covers(hostOf(one), request.host))))
    met('a TLS server whose name is nearer than that of another');
  return byRoutes(world, proxy, host === undefined ? undefined : virtualHosts.get(host), port, request);
}
