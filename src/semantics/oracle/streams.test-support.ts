import { met } from './encounters.test-support.ts';
import { covers, mostSpecific } from './hosts.test-support.ts';
import type { VirtualService } from './route-match.test-support.ts';
import { hostsOf, type Outcome, targets } from './routes.test-support.ts';
import { gatewayName, gatewaysOf, importedServices, visibleVirtualServices } from './visibility.test-support.ts';
import { nameOf, type Proxy, selects, type World } from './world.test-support.ts';

type Tls = NonNullable<VirtualService['spec']['tls']>[number];
type Tcp = NonNullable<VirtualService['spec']['tcp']>[number];
type Match = NonNullable<Tls['match']>[number] | NonNullable<Tcp['match']>[number];

/** "Sidecar tls/tcp: gateways ∧ sourceLabels ∧ port ∧ sourceNamespace": unlike http, each of them counts. */
function isFor(match: Match, service: VirtualService, proxy: Proxy, port: number): boolean {
  const gateways = (match.gateways ?? []).map((gateway) => gatewayName(gateway, service.metadata.namespace));
  if (gateways.length > 0 && !gateways.includes('mesh')) return refused('gateways');
  if (!selects(match.sourceLabels, proxy.labels)) return refused('sourceLabels');
  if (match.port !== undefined && match.port !== port) return refused('port');
  const from = match.sourceNamespace ?? '';
  return from === '' || from === proxy.namespace || refused('sourceNamespace');
}

function refused(by: string): false {
  met(`a stream refused by ${by}`);
  return false;
}

/** "all VS that match the host, in bucket order, with no exact-over-wildcard preference" */
function servicesFor(world: World, proxy: Proxy, host: string): readonly VirtualService[] {
  const found = visibleVirtualServices(world, proxy).filter(
    (service) => gatewaysOf(service).includes('mesh') && hostsOf(world, service).some((one) => covers(one, host)),
  );
  const [first] = found;
  if (found.length > 1) met('streams of several VirtualServices');
  if (first !== undefined && found.length > 1 && !hostsOf(world, first).includes(host)) met('streams of a wildcard before others');
  return found;
}

/** What becomes of a connection to a service; `sni`: it speaks TLS, and asks for that name. 'silent': the page does not say. */
export function streamOutcome(
  world: World,
  proxy: Proxy,
  host: string,
  port: number,
  isTlsPort: boolean,
  sni: string | undefined,
): Outcome | 'silent' {
  const known = importedServices(world, proxy).find((one) => one.host === host && one.ports.some(({ number }) => number === port));
  if (known === undefined) return 'silent';
  // "on mesh TLS routes only for ports HTTPS/TLS"; the others have tcp routes.
  return isTlsPort ? tlsOutcome(world, proxy, host, port, sni) : tcpOutcome(world, proxy, host, port);
}

const itself = (host: string, port: number): Outcome => ({
  kind: 'forward',
  by: undefined,
  to: [{ host, subset: undefined, port, weight: 100, isMissing: false }],
});

function tcpOutcome(world: World, proxy: Proxy, host: string, port: number): Outcome | 'silent' {
  for (const service of servicesFor(world, proxy, host)) {
    for (const [index, route] of (service.spec.tcp ?? []).entries()) {
      const matches = route.match ?? [];
      const fitting = matches.filter((match) => isFor(match, service, proxy, port));
      if (matches.length > 0 && fitting.length === 0) continue;
      // "TCP stops at the first match-less route or match without destinationSubnets": what has some is for addresses that no manifest says.
      if (fitting.length > 0 && fitting.every(({ destinationSubnets = [] }) => destinationSubnets.length > 0)) {
        met('a tcp route for addresses');
        return 'silent';
      }
      met(matches.length === 0 ? 'a tcp route without matches' : 'a tcp route with a match');
      return {
        kind: 'forward',
        by: `${nameOf(service)}#tcp${String(index)}`,
        to: targets(world, proxy, service, route.route ?? [], port, false),
      };
    }
  }
  met('a connection without a tcp route');
  return itself(host, port);
}

function tlsOutcome(world: World, proxy: Proxy, host: string, port: number, sni: string | undefined): Outcome | 'silent' {
  const chains: { readonly sniHosts: readonly string[]; readonly service: VirtualService; readonly index: number; readonly route: Tls }[] =
    [];
  for (const service of servicesFor(world, proxy, host)) {
    for (const [index, route] of (service.spec.tls ?? []).entries()) {
      for (const match of route.match) {
        if (!isFor(match, service, proxy, port)) continue;
        // "TLS keeps the first of identical sniHosts+subnets"
        if (chains.some(({ sniHosts }) => sniHosts.join() === match.sniHosts.join())) {
          met('a tls route behind one for the same names');
          continue;
        }
        chains.push({ sniHosts: match.sniHosts, service, index, route });
      }
    }
  }
  if (chains.length === 0) {
    met('a connection without a tls route');
    return itself(host, port);
  }
  // What is no TLS, or asks for no name that a chain has, the page is silent on.
  const best =
    sni === undefined
      ? undefined
      : mostSpecific(
          chains.flatMap(({ sniHosts }) => sniHosts),
          sni,
        );
  const taken = chains.find(({ sniHosts }) => best !== undefined && sniHosts.includes(best));
  if (taken === undefined) return 'silent';
  // Which of several chains takes a connection is Envoy's: the most specific name (FilterChainMatch), not the first of the list.
  if (chains.indexOf(taken) > 0) met('a tls route that is not the first');
  met(best === sni ? 'a tls route for a name' : 'a tls route for a wildcard');
  return {
    kind: 'forward',
    by: `${nameOf(taken.service)}#tls${String(taken.index)}`,
    to: targets(world, proxy, taken.service, taken.route.route ?? [], port, false),
  };
}
