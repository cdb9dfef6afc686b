import { ofKind, type Proxy, selects, type World } from './world.test-support.ts';
import { covers, hostName, mostSpecific } from './hosts.test-support.ts';
import { type Chain, chainOfEntryPort, chainOfServicePort } from './protocols.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

type Kept<T> = WeakMap<World, Map<string, T>>;
const known: Kept<readonly Registered[]> = new WeakMap();
const imported: Kept<readonly Registered[]> = new WeakMap();

/** Slow is slow enough: the same question of the same world is worked out once. */
function remembered<T>(kept: Kept<T>, world: World, proxy: Proxy, find: (world: World, proxy: Proxy) => T): T {
  const ofWorld = kept.get(world) ?? new Map<string, T>();
  kept.set(world, ofWorld);
  const key = JSON.stringify(proxy);
  const value = ofWorld.get(key) ?? find(world, proxy);
  ofWorld.set(key, value);
  return value;
}

/** What a registry knows of a host: a Service, or one host of a ServiceEntry. */
export interface Registered {
  readonly host: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'Service' | 'ServiceEntry';
  readonly ports: readonly { readonly number: number; readonly chain: Chain; readonly target: number | string }[];
  readonly exportTo: readonly string[];
  readonly isExternal: boolean;
  readonly selector: Readonly<Record<string, string>> | undefined;
}

/** All services of the mesh, oldest first. */
function registry(world: World): readonly Registered[] {
  return world.resources.flatMap((resource): readonly Registered[] => {
    const { namespace, name } = resource.metadata;
    if (resource.kind === 'Service') {
      const written = resource.metadata.annotations['networking.istio.io/exportTo'];
      return [
        {
          host: `${name}.${namespace}.svc.${world.domain}`,
          namespace,
          name,
          kind: 'Service',
          ports: (resource.spec.ports ?? []).map((port) => ({
            number: port.port,
            chain: chainOfServicePort(port),
            target: port.targetPort ?? port.port,
          })),
          exportTo: written?.split(',').map((item) => item.trim()) ?? [world.exportTo.service],
          isExternal: false,
          selector: resource.spec.selector,
        },
      ];
    }
    if (resource.kind !== 'ServiceEntry') return [];
    return resource.spec.hosts.map((host) => ({
      host,
      namespace,
      name,
      kind: 'ServiceEntry' as const,
      ports: (resource.spec.ports ?? []).map((port) => ({
        number: port.number,
        chain: chainOfEntryPort(port),
        target: port.targetPort ?? port.number,
      })),
      exportTo: resource.spec.exportTo ?? [world.exportTo.service],
      isExternal: resource.spec.location !== 'MESH_INTERNAL',
      selector: undefined,
    }));
  });
}

/** exportTo: `*` all, `.` the own namespace, `~` nobody, else the namespace of that name (§3.2). */
function isExported(exportTo: readonly string[], owner: string, to: string): boolean {
  return exportTo.some((item) => item === '*' || item === to || (item === '.' && owner === to));
}

/**
 * "Buckets first": private, exported by name, public. The page says "exported only to their own namespace"; what is exported there and to others
 * too is private for its own namespace all the same (push_context.go, initVirtualServices: each entry of the list is filed for itself).
 */
function bucketOf(exportTo: readonly string[], owner: string, client: string): 0 | 1 | 2 {
  if (exportTo.includes('*')) return 2;
  return owner === client ? 0 : 1;
}

/** "Choice": own namespace with a matching selector (oldest), own without, root without; gateways ignore all. */
export function sidecarOf(world: World, proxy: Proxy): ResourceOf<'Sidecar'> | undefined {
  if (proxy.isGateway) return undefined;
  const all = ofKind(world, 'Sidecar');
  const own = all.filter(({ metadata }) => metadata.namespace === proxy.namespace);
  const selectorOf = (sidecar: ResourceOf<'Sidecar'>) => sidecar.spec?.workloadSelector?.labels;
  const isSelective = (sidecar: ResourceOf<'Sidecar'>) => Object.keys(selectorOf(sidecar) ?? {}).length > 0;
  return (
    own.find((sidecar) => isSelective(sidecar) && selects(selectorOf(sidecar), proxy.labels)) ??
    own.find((sidecar) => !isSelective(sidecar)) ??
    all.find((sidecar) => sidecar.metadata.namespace === world.rootNamespace && !isSelective(sidecar))
  );
}

interface EgressHost {
  readonly namespace: string;
  readonly host: string;
}

interface Egress {
  /** It knows of services only what they have on this port. */
  readonly port: number | undefined;
  readonly hosts: readonly EgressHost[];
}

/** The egress hosts of each listener of the proxy's Sidecar; without Sidecar or egress: everything. */
function egressOf(world: World, proxy: Proxy): readonly Egress[] {
  const sidecar = sidecarOf(world, proxy);
  const listeners = sidecar?.spec?.egress;
  if (sidecar === undefined || listeners === undefined || listeners.length === 0)
    return [{ port: undefined, hosts: [{ namespace: '*', host: '*' }] }];
  return listeners.map(({ port, hosts }) => ({
    port: port?.number,
    hosts: hosts.map((item) => {
      const slash = item.indexOf('/');
      const namespace = item.slice(0, slash);
      return { namespace: namespace === '.' ? proxy.namespace : namespace, host: item.slice(slash + 1) };
    }),
  }));
}

/** What a listener for one port knows of services: nothing but this port (sidecar.go, serviceMatchingListenerPort; the page is silent). */
function onPort(services: readonly Registered[], port: number | undefined): readonly Registered[] {
  if (port === undefined) return services;
  return services.flatMap((one) => {
    const ports = one.ports.filter(({ number }) => number === port);
    return ports.length === 0 ? [] : [{ ...one, ports }];
  });
}

function isOf(egress: EgressHost, namespace: string): boolean {
  return egress.namespace === '*' || egress.namespace === namespace;
}

/**
 * "One hostname from several": the client's namespace, then Kubernetes, then the oldest. (The page does not say it of services, but here too
 * what is private or exported by name comes before what is public, as for VirtualServices.)
 */
function preferred(services: readonly Registered[], namespace: string): Registered | undefined {
  const own = services.filter((one) => one.namespace === namespace);
  const among = own.length > 0 ? own : services;
  return among.find((one) => one.kind === 'Service') ?? among[0];
}

/**
 * The services that a proxy has clusters for, one for each host: those that it imports; and those to which imported VirtualServices send
 * ("Sidecar: importing a host also imports the destination services of the VS on it, but only the ports used").
 */
export function knownServices(world: World, proxy: Proxy): readonly Registered[] {
  return remembered(known, world, proxy, findKnown);
}

function findKnown(world: World, proxy: Proxy): readonly Registered[] {
  const imported = importedServices(world, proxy);
  const services = new Map(imported.map((one) => [one.host, one]));
  const visible = visibleServices(world, proxy);
  for (const { port, hosts } of egressOf(world, proxy)) addDestinations(hosts, port);
  return [...services.values()];

  function addDestinations(egress: readonly EgressHost[], listener: number | undefined): void {
    for (const [host, ports] of destinationsOf(world, proxy, egress)) {
      // "VS destinations prefer the client's namespace, then Kubernetes, then the oldest visible": the first even where it is hidden from itself.
      const own = registry(world).filter((one) => one.host === host && one.namespace === proxy.namespace);
      const chosen = preferred(own.length > 0 ? own : visible.filter((one) => one.host === host), proxy.namespace);
      if (chosen === undefined) continue;
      // "unless the listener has a port that does not match"
      const used = ports.has('all') ? chosen.ports : chosen.ports.filter(({ number }) => ports.has(number));
      const [found] = listener === undefined ? [{ ...chosen, ports: used }] : onPort([chosen], listener);
      const before = services.get(host);
      if (found === undefined) continue;
      services.set(host, before === undefined || before.namespace !== found.namespace ? (before ?? found) : together(before, found));
    }
  }
}

/** Those that are exported to the proxy, in the order in which it looks at them. */
function visibleServices(world: World, proxy: Proxy): readonly Registered[] {
  const exported = registry(world).filter((one) => isExported(one.exportTo, one.namespace, proxy.namespace));
  const bucket = ({ exportTo, namespace }: Registered): number => bucketOf(exportTo, namespace, proxy.namespace);
  return [0, 1, 2].flatMap((number) => exported.filter((one) => bucket(one) === number));
}

/**
 * The services that a proxy listens for: those that are exported to it and that its Sidecar imports. (That a destination which comes in with a
 * VirtualService is no host that the proxy routes for, the page does not say.)
 */
export function importedServices(world: World, proxy: Proxy): readonly Registered[] {
  return remembered(imported, world, proxy, findImported);
}

function findImported(world: World, proxy: Proxy): readonly Registered[] {
  const visible = visibleServices(world, proxy);
  const known = new Map<string, Registered>();
  for (const listener of egressOf(world, proxy)) {
    const named = visible.filter((one) => listener.hosts.some((egress) => isOf(egress, one.namespace) && covers(egress.host, one.host)));
    const imported = onPort(named, listener.port);
    for (const host of new Set(imported.map((one) => one.host))) {
      const chosen = preferred(
        imported.filter((one) => one.host === host),
        proxy.namespace,
      );
      const before = known.get(host);
      // "Across listeners a Kubernetes service replaces an imported ServiceEntry, otherwise the first stays."
      if (chosen !== undefined && (before === undefined || (before.kind === 'ServiceEntry' && chosen.kind === 'Service')))
        known.set(host, chosen);
      // Parts of one service come together (sidecar.go, appendSidecarServices).
      else if (chosen !== undefined && before?.namespace === chosen.namespace) known.set(host, together(before, chosen));
    }
  }
  return [...known.values()];
}

const together = (before: Registered, more: Registered): Registered => ({
  ...before,
  ports: [...before.ports, ...more.ports.filter(({ number }) => !before.ports.some((known) => known.number === number))],
});

/** Hosts that imported VirtualServices of the mesh send to, with the ports that they name ("all" where one names none). */
function destinationsOf(world: World, proxy: Proxy, egress: readonly EgressHost[]): ReadonlyMap<string, ReadonlySet<number | 'all'>> {
  const found = new Map<string, Set<number | 'all'>>();
  if (proxy.isGateway) return found;
  for (const service of visibleVirtualServices(world, proxy, egress)) {
    if (!gatewaysOf(service).includes('mesh')) continue;
    const { http = [], tcp = [], tls = [] } = service.spec;
    // What http routes send for clients of other namespaces only is not imported (the page is silent): a route that names source namespaces names the client's.
    const ofClient = http.filter(({ match = [] }) => {
      const named = match.flatMap(({ sourceNamespace }) => sourceNamespace ?? []);
      return named.length === 0 || named.includes(proxy.namespace);
    });
    const destinations = [...ofClient, ...tcp, ...tls].flatMap(({ route = [] }) => route.map(({ destination }) => destination));
    for (const { host, port } of destinations) {
      const name = hostName(world, host, service.metadata.namespace);
      found.set(name, (found.get(name) ?? new Set()).add(port?.number ?? 'all'));
    }
  }
  return found;
}

/** §3.1: references to gateways; nothing written means the mesh. */
export function gatewaysOf(service: ResourceOf<'VirtualService'>): readonly string[] {
  const written = service.spec.gateways ?? [];
  if (written.length === 0) return ['mesh'];
  return written.map((reference) => gatewayName(reference, service.metadata.namespace));
}

/** §3.1 as corrected: `gw`, `./gw` ⇒ the own namespace; dotted without a slash is the old form of a whole name. */
export function gatewayName(reference: string, namespace: string): string {
  if (reference === 'mesh') return reference;
  const slash = reference.indexOf('/');
  if (slash >= 0) return reference.startsWith('./') ? `${namespace}/${reference.slice(2)}` : reference;
  const [name, owner] = reference.split('.');
  return owner === undefined ? `${namespace}/${reference}` : `${owner}/${name ?? ''}`;
}

/**
 * §3.2: the VirtualServices that a proxy sees, in the order of the corrections: private ones, those exported to its namespace by name, public
 * ones; the oldest first in each. A Sidecar's `ns/host` is compared with the VirtualService's own namespace, in both directions.
 */
export function visibleVirtualServices(
  world: World,
  proxy: Proxy,
  egress: readonly EgressHost[] = egressOf(world, proxy).flatMap(({ hosts }) => hosts),
): readonly ResourceOf<'VirtualService'>[] {
  const buckets: ResourceOf<'VirtualService'>[][] = [[], [], []];
  for (const service of ofKind(world, 'VirtualService')) {
    const { namespace } = service.metadata;
    const exportTo = service.spec.exportTo ?? [world.exportTo.virtualService];
    if (!isExported(exportTo, namespace, proxy.namespace)) continue;
    buckets[bucketOf(exportTo, namespace, proxy.namespace)]?.push(service);
  }
  return buckets.flat().filter((service) => {
    const hosts = (service.spec.hosts ?? []).map((host) => hostName(world, host, service.metadata.namespace));
    return egress.some(
      (item) => isOf(item, service.metadata.namespace) && hosts.some((host) => covers(item.host, host) || covers(host, item.host)),
    );
  });
}

/** The service that a proxy means by a host: its own, else the longest wildcard that covers it. */
export function serviceFor(world: World, proxy: Proxy, host: string): Registered | undefined {
  const known = knownServices(world, proxy);
  const best = mostSpecific(
    known.map((one) => one.host),
    host,
  );
  return known.find((one) => one.host === best);
}
