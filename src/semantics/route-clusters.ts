import { outcomes } from '../graph/answer.ts';
import type { Mesh } from '../graph/mesh.ts';
import { clustersNaming, clustersOf, seenByGateway, type SeenService } from '../graph/registry.ts';
import type { RouteTarget } from '../graph/route-config.ts';
import { mayBeElsewhere } from '../graph/services.ts';
import type { SidecarScope } from '../graph/sidecars.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { RoutedDestination } from './route-outcome.ts';

/** The proxy of some pods: beside an application, or a gateway. */
export interface RoutingProxy {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined: a gateway, which sees whatever is exported to its namespace. */
  readonly scope: SidecarScope | undefined;
}

/** A destination as a proxy has it, and what decided whether it is there. */
export interface ResolvedDestination {
  readonly destination: RoutedDestination;
  readonly places: readonly Place[];
}

type Wanted = Pick<RouteTarget, 'host' | 'subset' | 'at'> & { readonly port: number | undefined; readonly weight: number };

/** More ways in which services and DestinationRules of one route's destinations may come about than are told. */
const mostCombinations = 64;

/**
 * What may become of the destinations of one route, each combination once; undefined: more combinations than are told. Which of several
 * definitions or rules of a host holds is the same for all destinations with that host.
 */
export function resolveDestinations(
  mesh: Mesh,
  proxy: RoutingProxy,
  wanted: readonly Wanted[],
): readonly (readonly ResolvedDestination[])[] | undefined {
  const hosts = [...new Set(wanted.map(({ host }) => host))];
  let combinations: readonly ReadonlyMap<string | undefined, readonly ResolvedDestination[]>[] = [new Map()];
  for (const host of hosts) {
    const views = viewsOf(
      mesh,
      proxy,
      host,
      wanted.filter((one) => one.host === host),
    );
    if (combinations.length * views.length > mostCombinations) return undefined;
    combinations = combinations.flatMap((known) => views.map((view) => new Map([...known, [host, view]])));
  }
  return combinations.map((combination) => {
    const next = new Map<string | undefined, number>();
    return wanted.flatMap(({ host }) => {
      const index = next.get(host) ?? 0;
      next.set(host, index + 1);
      return combination.get(host)?.[index] ?? [];
    });
  });
}

/** The destinations of one host, in each way that it may be known; each of these once. */
function viewsOf(
  mesh: Mesh,
  proxy: RoutingProxy,
  host: string | undefined,
  wanted: readonly Wanted[],
): readonly (readonly ResolvedDestination[])[] {
  if (host === undefined) return [wanted.map((one) => resolved(one, 'absent', []))];
  const services = clustersOf(mesh, proxy, host);
  if (services.kind === 'missing') return [wanted.map((one) => resolved(one, 'absent', []))];
  if (services.kind === 'unknown') {
    // Subsets are the client's own, wherever the host is.
    const defined = mayBeElsewhere(mesh, host) ? definedSubsets(mesh, proxy, host) : undefined;
    const lacks = ({ subset }: Wanted): boolean => subset !== undefined && defined?.has(subset) === false;
    return [wanted.map((one) => resolved(one, lacks(one) ? 'absent' : 'unknown', []))];
  }
  const views = new Map<string, readonly ResolvedDestination[]>();
  for (const service of outcomes(services)) {
    for (const subsets of subsetViews(mesh, proxy, service, wanted)) {
      const view = wanted.map((one) => {
        const port = service.ports.find(({ number, protocol }) => number === one.port && protocol !== 'UDP');
        if (port === undefined)
          return resolved(
            one,
            'absent',
            [service.definitions[0].ports[0]?.at].filter((at) => at !== undefined),
          );
        if (one.subset === undefined) return resolved(one, 'present', [port.at]);
        const subset = subsets?.get(one.subset);
        const cluster = subsets === undefined ? 'unknown' : subset === undefined ? 'absent' : 'present';
        return resolved(one, cluster, subset === undefined ? [port.at] : [port.at, subset]);
      });
      const key = view.map(({ destination }) => destination.cluster).join();
      if (!views.has(key)) views.set(key, view);
    }
  }
  return [...views.values()];
}

/** As everything is written, for what was found to be known before. */
export function servicesFor(mesh: Mesh, { namespace, scope }: RoutingProxy, host: string): readonly SeenService[] {
  return scope === undefined ? seenByGateway(mesh, namespace, host) : clustersNaming(mesh, scope, host);
}

/** The subsets that the proxy's DestinationRule defines for a host, with their places; undefined: not known. */
function subsetViews(
  mesh: Mesh,
  proxy: RoutingProxy,
  service: SeenService,
  wanted: readonly Wanted[],
): readonly (ReadonlyMap<string, Place> | undefined)[] {
  if (wanted.every(({ subset }) => subset === undefined)) return [new Map()];
  const answer = mesh.destinationRules.forPod(proxy, service);
  if (answer.kind === 'unknown') return [undefined];
  if (answer.kind === 'missing') return [new Map()];
  return outcomes(answer).map(({ level, rules, subsets }) => {
    if (rules.some((rule) => mesh.alternatives(rule).length > 0 || doubtAt(rule, 'spec', 'subsets') !== undefined)) return undefined;
    // In an open mesh the rule that the input does not have may lie elsewhere.
    if (level === 'none' && !mesh.isComplete('DestinationRule')) return undefined;
    return new Map([...subsets].flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first.at] as const])));
  });
}

/** Of a host that the input does not define: all subsets that the client's rule may have; undefined: which rule it gets is not known. */
function definedSubsets(mesh: Mesh, { namespace }: RoutingProxy, host: string): ReadonlySet<string> | undefined {
  const answer = mesh.destinationRules.forClient(namespace, host);
  if (answer.kind === 'unknown' || answer.kind === 'missing') return undefined;
  return new Set(outcomes(answer).flatMap(({ subsets }) => [...subsets.keys()]));
}

function resolved(
  { host, port, subset, weight, at }: Wanted,
  cluster: RoutedDestination['cluster'],
  places: readonly Place[],
): ResolvedDestination {
  return { destination: { host, port, subset, weight, cluster }, places: [at, ...places] };
}
