import type { ResourceOf } from '../../model/resource.ts';
import { met } from './encounters.test-support.ts';
import { covers, mostSpecific, narrower } from './hosts.test-support.ts';
import type { VirtualService } from './route-match.test-support.ts';
import { type Gateway, gatewaysOfPod, hostsOf, type Outcome, targets } from './routes.test-support.ts';
import { gatewayName, gatewaysOf, knownServices, visibleVirtualServices } from './visibility.test-support.ts';
import { destinationRule } from './destination-rule.test-support.ts';
import { nameOf, type Pod, type Proxy, type World } from './world.test-support.ts';

type Server = NonNullable<Gateway['spec']['servers']>[number];
type Tls = NonNullable<VirtualService['spec']['tls']>[number];
type Tcp = NonNullable<VirtualService['spec']['tcp']>[number];
type Destinations = NonNullable<NonNullable<ResourceOf<'VirtualService'>['spec']['tcp']>[number]['route']>;

/** A server as it is merged with others: its hosts without `./` and any `*`, which mean the Gateway's own namespace and any. */
interface Merged {
  readonly gateway: Gateway;
  readonly server: Server;
  readonly hosts: readonly string[];
}

const isHttp = ({ port: { protocol } }: Server): boolean => ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY'].includes(protocol);
const passesOn = ({ tls }: Server): boolean => tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';
const endsInHttp = (server: Server): boolean => server.port.protocol === 'HTTPS' && server.tls !== undefined && !passesOn(server);
/** "Per bind": what binds to nothing binds to all addresses. */
const addressOf = ({ bind = '' }: Server): string => (bind === '' ? '0.0.0.0' : bind);

function hostsOfServer({ metadata: { namespace } }: Gateway, { hosts }: Server): readonly string[] {
  return hosts.map((written) => {
    if (written.startsWith('./')) return `${namespace}/${written.slice(2)}`;
    return written.startsWith('*/') ? written.slice(2) : written;
  });
}

/**
 * §3.3, "per bind": the servers of a port that are not dropped, of the older Gateway first. "HTTP vs TCP on same bind ⇒ later one dropped"; "a
 * second TCP server on the same port and bind is dropped"; "one duplicate drops the whole later server". Where the page is silent,
 * `M/gateway.go`, mergeGateways: the hosts of a TLS server are taken even where it is then dropped, for a plaintext one that came first; a
 * plaintext server behind TLS ones is beside them; and the plaintext server that a later one is compared with is the last that opened an address.
 */
function mergedServers(world: World, pod: Pod, port: number): readonly Merged[] {
  const kept: Merged[] = [];
  const bindOfHost = new Map<string, string>();
  let plain: Server | undefined;
  for (const gateway of gatewaysOfPod(world, pod)) {
    for (const server of gateway.spec.servers ?? []) {
      if (server.port.number !== port) continue;
      const { bind = '' } = server;
      const merged: Merged = { gateway, server, hosts: hostsOfServer(gateway, server) };
      const isTls = server.tls !== undefined && !isHttp(server);
      if (server.tls !== undefined) {
        if (merged.hosts.some((host) => bindOfHost.get(host) === bind)) {
          met('a server for streams with a host that another one has');
          continue;
        }
        for (const host of merged.hosts) bindOfHost.set(host, bind);
      }
      if (plain !== undefined && (plain.bind ?? '') === bind) {
        const bothHttp = isHttp(plain) && isHttp(server);
        if (!bothHttp) {
          met(isTls ? 'a TLS server behind plaintext' : 'a second plaintext server');
          continue;
        }
      } else if (plain !== undefined) {
        met('servers of one port that are bound to several addresses');
        if (!isTls) plain = server;
      } else if (!isTls) {
        plain = server;
      }
      kept.push(merged);
    }
  }
  return kept;
}

/** What takes connections that come in at an address. */
interface Chain {
  /** Undefined: whatever no other chain has a name for. */
  readonly names: readonly string[] | undefined;
  readonly tls: 'none' | 'ended' | 'passed' | 'passed-by-sidecars';
  /** Undefined: requests are read. */
  readonly to: { readonly service: VirtualService; readonly route: Destinations } | undefined;
}

/** Chains of one address; the names of passed TLS are shared by all addresses of the port. */
function chainsOf(
  world: World,
  proxy: Proxy,
  { gateway, server, hosts }: Merged,
  port: number,
  passed: Map<string, string>,
): readonly Chain[] {
  const names = hosts.map((host) => host.slice(host.indexOf('/') + 1));
  const own = names.includes('*') ? undefined : names;
  if (isHttp(server)) return [{ names: undefined, tls: 'none', to: undefined }];
  if (endsInHttp(server)) return [{ names: own, tls: 'ended', to: undefined }];
  if (server.tls?.mode === 'AUTO_PASSTHROUGH') return autoPassed(world, proxy, names);
  if (server.tls?.mode !== 'PASSTHROUGH') {
    const to = tcpRouteOf(world, proxy, { gateway, server, hosts }, port);
    if (to === undefined) return [];
    return [server.tls === undefined ? { names: undefined, tls: 'none', to } : { names: own, tls: 'ended', to }];
  }
  const chains: Chain[] = [];
  const { bind = '' } = server;
  for (const service of bound(world, proxy, gateway, hosts)) {
    for (const { match: matches, route = [] } of service.spec.tls ?? []) {
      for (const match of matches) {
        if (!isFor(match, service, gateway, port)) continue;
        // "duplicate SNI in passthrough tls routes drops the later rule"
        if (match.sniHosts.some((name) => passed.get(name) === bind)) {
          met('a tls route of a gateway with a name that another one has');
          continue;
        }
        for (const name of match.sniHosts) passed.set(name, bind);
        chains.push({ names: match.sniHosts.includes('*') ? undefined : match.sniHosts, tls: 'passed', to: { service, route } });
      }
    }
  }
  return chains;
}

/** "Gateway tls/tcp: only port ∧ gateways". */
function isFor(
  match: NonNullable<Tcp['match']>[number] | Tls['match'][number],
  service: VirtualService,
  gateway: Gateway,
  port: number,
): boolean {
  const gateways = (match.gateways ?? []).map((one) => gatewayName(one, service.metadata.namespace));
  if (match.sourceLabels !== undefined || match.sourceNamespace !== undefined) met('a stream of a gateway for some clients');
  if (match.destinationSubnets !== undefined) met('a stream of a gateway for addresses');
  return (match.port === undefined || match.port === port) && (gateways.length === 0 || gateways.includes(nameOf(gateway)));
}

/** The VirtualServices that bind to the hosts of a server: private, exported by name, public; the oldest first in each. */
function bound(world: World, proxy: Proxy, gateway: Gateway, hosts: readonly string[]): readonly VirtualService[] {
  return visibleVirtualServices(world, proxy).filter((service) => {
    if (!gatewaysOf(service).includes(nameOf(gateway))) return false;
    return hosts.some((written) => {
      const [namespace, name] = written.includes('/') ? written.split('/') : [service.metadata.namespace, written];
      return namespace === service.metadata.namespace && hostsOf(world, service).some((host) => narrower(name ?? '', host) !== undefined);
    });
  });
}

/** "TCP gateway servers use the first matching tcp route of the first VS only": the first that has one for it. */
function tcpRouteOf(world: World, proxy: Proxy, { gateway, hosts }: Merged, port: number): Chain['to'] {
  for (const [i, service] of bound(world, proxy, gateway, hosts).entries()) {
    for (const { match = [], route = [] } of service.spec.tcp ?? []) {
      if (match.length > 0 && !match.some((one) => isFor(one, service, gateway, port))) continue;
      if (i > 0) met('a tcp route of a gateway that is not of the first VirtualService');
      return { service, route };
    }
  }
  return undefined;
}

/**
 * The page is silent on what AUTO_PASSTHROUGH takes: the names that sidecars ask for of each service of the mesh that the server's hosts cover, for
 * each port and subset, and only of sidecars (networking/core/gateway.go, builtAutoPassthroughFilterChains).
 */
function autoPassed(world: World, proxy: Proxy, hosts: readonly string[]): readonly Chain[] {
  return knownServices(world, proxy)
    .filter(({ host, isExternal }) => !isExternal && hosts.some((one) => covers(one, host)))
    .flatMap(({ host, ports }) =>
      ports.flatMap(({ number }): Chain[] =>
        ['', ...(destinationRule(world, proxy, host)?.subsets ?? []).map(({ name }) => name)].map((subset) => ({
          names: [`outbound_.${String(number)}_.${subset}_.${host}`],
          tls: 'passed-by-sidecars',
          to: undefined,
        })),
      ),
    );
}

export type Arrival = { readonly kind: 'tcp' } | { readonly kind: 'tls'; readonly sni: string };

/**
 * What becomes of a connection that comes in at an address of the gateway's pods which no server is bound to by name. `requests`: it is read for
 * requests. `silent`: the page does not say.
 */
export function gatewayStreamOutcome(
  world: World,
  proxy: Proxy,
  pod: Pod,
  port: number,
  arrival: Arrival,
): Outcome | 'reset' | 'requests' | 'broken' | 'of-sidecars' | 'silent' {
  const merged = mergedServers(world, pod, port);
  const passed = new Map<string, string>();
  const all = merged.map((one) => ({
    server: one.server,
    address: addressOf(one.server),
    chains: chainsOf(world, proxy, one, port, passed),
  }));
  const ofAll = all.filter(({ address }) => address === '0.0.0.0');
  // The http servers of a listener are one.
  const readers = ofAll.filter(({ server }) => isHttp(server));
  const chains = ofAll.flatMap((one) =>
    isHttp(one.server) && one.server.bind === readers[0]?.server.bind && one !== readers[0] ? [] : one.chains,
  );
  if (all.some(({ address }) => address !== '0.0.0.0')) met('a server that is bound to another address');
  if (chains.length === 0) return 'reset';
  // Envoy refuses a listener with two chains for the same.
  const names = chains.flatMap((one) => one.names ?? ['*']);
  if (new Set(names).size < names.length) return 'silent';
  const found = arrival.kind === 'tls' ? mostSpecific(names, arrival.sni) : undefined;
  const chain = chains.find((one) => found !== undefined && one.names?.includes(found)) ?? chains.find((one) => one.names === undefined);
  if (chain === undefined) {
    met(arrival.kind === 'tls' ? 'a name that no stream of a gateway has' : 'plaintext where TLS is wanted');
    return 'reset';
  }
  if (chain.tls === 'passed-by-sidecars') {
    met('a name that sidecars ask for');
    return 'of-sidecars';
  }
  if (chain.to === undefined) return chain.tls === 'none' && arrival.kind === 'tls' ? 'broken' : 'requests';
  if (chain.tls === 'ended' && arrival.kind === 'tcp') return 'broken';
  met(`TLS that is ${chain.tls} at a gateway`);
  return {
    kind: 'forward',
    by: nameOf(chain.to.service),
    to: targets(world, proxy, chain.to.service, chain.to.route, port, false),
  };
}
