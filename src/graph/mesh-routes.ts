import { type Answer, oneOf, unknown } from './answer.ts';
import { routesInDoubt, serviceInDoubt, sidecarsInDoubt } from './doubtful-routes.ts';
import { isWildcard, isWithin } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { isHttp } from './protocols.ts';
import { hostNotHere, seenAt, type SeenService } from './registry.ts';
import type { RouteConfig } from './route-config.ts';
import { generateRoutes, type GeneratedRoute, mayComeFirst, type ProxyFacts, type RouteList, type RouteSequence } from './route-lists.ts';
import { mayBeElsewhere, type MeshService, type ServicePort, servicesOf } from './services.ts';
import { type EgressListener, listenerFor, type SidecarScope, sidecarScopesOf } from './sidecars.ts';
import { routeConfigsOf } from './virtual-services.ts';

/** What a sidecar does with requests for one domain on one port. */
export type VirtualHost =
  | { readonly kind: 'routes'; readonly list: RouteList; readonly service: SeenService | undefined }
  /** No config routes them: they go to the service itself. */
  | { readonly kind: 'default'; readonly domain: string; readonly service: SeenService };

/** A sidecar of some pods, and one port on which it listens. */
export interface SidecarPort {
  readonly scope: SidecarScope;
  readonly listener: EgressListener;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
}

/**
 * The http routes that clients of a namespace have for a host (a full name) on a port; undefined: requests for the host are not routed as http, or go
 * nowhere. Which Sidecar, service or wildcard is the oldest may decide.
 */
export function meshRoutesOf(
  mesh: Mesh,
  client: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  host: string,
  port: number,
): Answer<VirtualHost | undefined> {
  const doubt = sidecarsInDoubt(mesh, client.namespace) ?? routesInDoubt(mesh, host) ?? servicesInDoubt(mesh, host);
  if (doubt !== undefined) return unknown(doubt);
  const distinct = new Map<string, VirtualHost | undefined>();
  for (const scope of sidecarScopesOf(mesh, client.namespace, client.labels)) {
    const listener = listenerFor(scope, port);
    const hosts = listener === undefined ? [undefined] : virtualHostsFor(mesh, { scope, listener, labels: client.labels, port }, host);
    // A host that the input does not have may be a service with this port.
    if (listener !== undefined && hosts.includes(undefined) && mayBeElsewhere(mesh, host)) return unknown(hostNotHere);
    for (const one of hosts) {
      const key = keyOf(one);
      if (!distinct.has(key)) distinct.set(key, one);
    }
  }
  const [first, ...others] = distinct.values();
  return oneOf(first, ...others);
}

function servicesInDoubt(mesh: Mesh, host: string): string | undefined {
  for (const service of servicesOf(mesh).ofHost(host)) {
    const doubt = serviceInDoubt(mesh, service);
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

/** Equal for what routes the same requests in the same way. */
function keyOf(host: VirtualHost | undefined): string {
  if (host === undefined) return '';
  const service = host.service === undefined ? '' : `${host.service.namespace} ${host.service.ports.map(({ number }) => number).join()}`;
  if (host.kind === 'default') return `default ${host.domain} ${service}`;
  const { domain, sequences } = host.list;
  const made = sequences.map(({ config, position, routes }) => `${config.namespace}/${config.name} ${position} ${routes.length}`);
  return `routes ${domain} ${service} ${made.join()}`;
}

/**
 * The virtual host that takes requests with a Host header (lower case, without port): the exact domain, else the longest wildcard. All that
 * there may be; undefined: none takes them.
 * Source: pilot/pkg/networking/core/httproute.go, BuildSidecarOutboundVirtualHosts.
 */
export function virtualHostsFor(mesh: Mesh, at: SidecarPort, authority: string): readonly (VirtualHost | undefined)[] {
  const domains = function* (): Iterable<string> {
    yield authority;
    for (let i = 1; i < authority.length; i += 1) yield `*${authority.slice(i)}`;
    yield '*';
  };
  const results: (VirtualHost | undefined)[] = [];
  for (const domain of domains()) {
    const claims = claimsOf(mesh, at, domain);
    results.push(...claims.filter((claim) => claim !== undefined));
    if (!claims.includes(undefined)) return results;
  }
  return [...results, undefined];
}

/** Who may answer for exactly this domain. */
export function claimsOf(mesh: Mesh, at: SidecarPort, domain: string): readonly (VirtualHost | undefined)[] {
  const candidates = servicesMeantBy(mesh, at, domain);
  const plain = plainClaims(mesh, at, domain);
  const results: (VirtualHost | undefined)[] = [];
  for (const service of candidates) {
    const own = service === undefined ? { sequences: [], orDefault: true } : sequencesFor(mesh, at, service);
    const sequences = [...own.sequences, ...plain];
    if (sequences.length > 0) results.push({ kind: 'routes', list: { domain, take: 'first', sequences }, service });
    if (!own.orDefault || (own.sequences.length === 0 && plain.length > 0)) continue;
    if (plain.length > 0) results.push({ kind: 'routes', list: { domain, take: 'first', sequences: plain }, service });
    else if (service !== undefined && isAlias(service)) results.push(...behindAlias(mesh, at, service.host));
    else results.push(service === undefined ? undefined : { kind: 'default', domain, service });
  }
  return results;
}

/** The services on the port whose virtual host has the domain, one for each possible meaning; undefined: none has. */
function servicesMeantBy(mesh: Mesh, at: SidecarPort, domain: string): readonly (SeenService | undefined)[] {
  const direct = onPort(mesh, at, domain);
  // A name that is a service itself is never short for another one.
  if (direct.some((service) => service !== undefined))
    return direct.flatMap((service) => (service === undefined ? [undefined] : takingHttp(at, service)));
  const hosts = isWildcard(domain)
    ? headlessHosts(mesh, at, domain)
    : [
        ...fullNames(mesh, at, domain),
        ...servicesOf(mesh)
          .atAddress(domain)
          .map(({ host }) => host),
      ];
  for (const host of hosts) {
    const services = onPort(mesh, at, host);
    if (services.some((service) => service !== undefined))
      return services.flatMap((service) => (service === undefined ? [undefined] : takingHttp(at, service)));
  }
  return [undefined];
}

/** Those that a host means, if they have the port; undefined: some meaning of it has not. */
function onPort(mesh: Mesh, { scope, listener, port }: SidecarPort, host: string): readonly (SeenService | undefined)[] {
  const services = seenAt(mesh, scope, listener, host);
  if (services.length === 0) return [undefined];
  return services.map((service) => (service.ports.some(({ number }) => number === port) ? service : undefined));
}

function takingHttp({ listener, port }: SidecarPort, service: SeenService): readonly (SeenService | undefined)[] {
  const declared = service.ports.find(({ number }) => number === port);
  return [declared !== undefined && mayBeHttp(listener, declared) ? service : undefined];
}

function mayBeHttp(listener: EgressListener, port: ServicePort): boolean {
  const protocol = listener.protocol ?? port.protocol;
  return isHttp(protocol) || protocol === 'auto';
}

function isAlias({ definitions: [first] }: SeenService): boolean {
  return first.aliasOf !== undefined;
}

/**
 * What a shorter name may stand for: a service of the client's namespace, `name.namespace`, `name.namespace.svc`; and an ExternalName Service
 * for what it names. Source: pilot/pkg/networking/core/httproute.go, generateVirtualHostDomains.
 */
function fullNames(mesh: Mesh, { scope }: SidecarPort, name: string): readonly string[] {
  const { domain } = mesh;
  const names = [name, `${name}.svc.${domain}`];
  if (name.endsWith('.svc')) names.push(`${name}.${domain}`);
  if (!name.includes('.')) names.push(`${name}.${scope.namespace}.svc.${domain}`);
  return names.flatMap((host) => {
    const target = concreteHost(mesh, host);
    return target === undefined ? [host] : [host, target];
  });
}

/** What answers for an alias that nothing routes: the virtual host of what it stands for. */
function behindAlias(mesh: Mesh, at: SidecarPort, alias: string): readonly (VirtualHost | undefined)[] {
  const target = concreteHost(mesh, alias);
  return target === undefined ? [undefined] : claimsOf(mesh, at, target);
}

/** The host behind an alias, over any number of steps. */
export function concreteHost(mesh: Mesh, alias: string): string | undefined {
  let target: string | undefined;
  const seen = new Set([alias]);
  for (let host: string | undefined = alias; host !== undefined;) {
    const next: string | undefined = servicesOf(mesh)
      .ofHost(host)
      .find(({ aliasOf }) => aliasOf !== undefined)?.aliasOf;
    if (next !== undefined && seen.has(next)) return undefined;
    if (next !== undefined) seen.add(next);
    target = next ?? target;
    host = next;
  }
  return target;
}

/** Headless Services also answer for names below their own. */
function headlessHosts(mesh: Mesh, at: SidecarPort, wildcard: string): readonly string[] {
  if (!wildcard.startsWith('*.')) return [];
  const headless = ({ resource, headless: without }: MeshService): boolean => resource.kind === 'Service' && without;
  return fullNames(mesh, at, wildcard.slice(2)).filter((host) => servicesOf(mesh).ofHost(host).some(headless));
}

function sequenceOf(at: SidecarPort, config: RouteConfig): RouteSequence | undefined {
  const position = at.listener.positionOf(config);
  if (position === undefined) return undefined;
  const routes = routesFor(at, config);
  return routes.length === 0 ? undefined : { config, track: 'mesh', position, port: at.port, routes };
}

function routesFor({ scope, labels, port }: SidecarPort, config: RouteConfig): readonly GeneratedRoute[] {
  const facts: ProxyFacts = { namespace: scope.namespace, labels, gateway: 'mesh', port };
  return generateRoutes(config, facts);
}

/** The configs of a mesh host that a listener imports, whether they give it routes or not. */
function importedFor(mesh: Mesh, { listener }: SidecarPort, host: string): readonly RouteConfig[] {
  return (routeConfigsOf(mesh).boundTo('mesh').get(host) ?? []).filter((config) => listener.positionOf(config) !== undefined);
}

/**
 * The configs that route for a service. Any that names it keeps those for wildcards away, also without a route for this client; of those for
 * the most specific wildcard only the first counts, with or without routes.
 * Source: pilot/pkg/networking/core/route/route.go (separateVSHostsAndServices) and pilot/pkg/model/sidecar.go
 * (computeWildcardHostVirtualServiceIndex).
 */
function sequencesFor(
  mesh: Mesh,
  at: SidecarPort,
  service: SeenService,
): { readonly sequences: readonly RouteSequence[]; readonly orDefault: boolean } {
  const exact = importedFor(mesh, at, service.host);
  if (exact.length > 0) {
    const sequences = exact.filter((config) => mayRoute(at, config, service)).flatMap((config) => sequenceOf(at, config) ?? []);
    return { sequences, orDefault: sequences.length === 0 };
  }
  const first = firstForWildcard(mesh, at, service.host);
  const sequences = first.filter(({ kind }) => kind === 'VirtualService').flatMap((config) => sequenceOf(at, config) ?? []);
  return { sequences, orDefault: sequences.length < first.length || first.length === 0 };
}

/** Those of which one is the first for the most specific wildcard over a host. */
function firstForWildcard(mesh: Mesh, at: SidecarPort, host: string): readonly RouteConfig[] {
  for (const [covering] of routeConfigsOf(mesh).boundTo('mesh').covering(host)) {
    if (covering === host) continue;
    const ranked = importedFor(mesh, at, covering).map((config) => ({
      config,
      track: 'mesh',
      position: at.listener.positionOf(config) ?? 0,
    }));
    if (ranked.length > 0) return mayComeFirst(ranked, ({ config }) => config);
  }
  return [];
}

/** Routes of the Gateway API are for clients of their own namespace, or come from the service's. */
function mayRoute({ scope }: SidecarPort, config: RouteConfig, service: SeenService): boolean {
  return config.kind === 'VirtualService' || config.namespace === scope.namespace || config.namespace === service.namespace;
}

/**
 * Configs that serve a host which is no service on this port: on port 80, and where another host of theirs is a service with http on it. In
 * an open mesh a host that the input does not define may be a service with any port.
 * Source: pilot/pkg/networking/core/route/route.go, buildSidecarVirtualHostsForVirtualService.
 */
function plainClaims(mesh: Mesh, at: SidecarPort, domain: string): readonly RouteSequence[] {
  const configs = importedFor(mesh, at, domain).filter(({ kind }) => kind === 'VirtualService');
  if (configs.length === 0 || isKnown(mesh, at, domain)) return [];
  return configs
    .filter((config) => at.port === 80 || mayBeElsewhere(mesh, domain) || servesOnPort(mesh, at, config))
    .flatMap((config) => sequenceOf(at, config) ?? []);
}

/** A service with the port has this host or, if it is a wildcard, one that overlaps with it. */
function isKnown(mesh: Mesh, at: SidecarPort, domain: string): boolean {
  const known = (host: string): boolean => onPort(mesh, at, host).some((service) => service !== undefined);
  if (known(domain)) return true;
  if (!isWildcard(domain)) return false;
  const { hosts } = servicesOf(mesh);
  for (const [host] of hosts.covering(domain)) if (known(host)) return true;
  for (const [host] of hosts.within(domain)) if (known(host)) return true;
  return false;
}

function servesOnPort(mesh: Mesh, at: SidecarPort, config: RouteConfig): boolean {
  const serves = (host: string): boolean =>
    onPort(mesh, at, host).some((service) => service !== undefined && takingHttp(at, service).some((taking) => taking !== undefined));
  return config.hosts.some(({ host }) => {
    if (!isWildcard(host)) return serves(host);
    for (const [below] of servicesOf(mesh).hosts.within(host)) {
      if (isWithin(below, host) && serves(below) && firstForWildcard(mesh, at, below).includes(config)) return true;
    }
    return false;
  });
}
