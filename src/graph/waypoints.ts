import { doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { type Answer, found, oneOf, outcomes, unknown } from './answer.ts';
import type { KubernetesGateway } from './gateway-api.ts';
import { gatewayNameOf } from './gateway-pods.ts';
import { isGoTrue } from './go-booleans.ts';
import type { Mesh } from './mesh.ts';
import { canaryOf, type CanaryWaypoint } from './waypoint-canaries.ts';
import { namedGateway, type Waypoint } from './waypoint-gateways.ts';
import { fromResource, fromWorkload, label, type Labelled, type WaypointService } from './waypoint-labels.ts';
import type { Workload } from './workloads.ts';

/**
 * Which waypoint something uses.
 * - `waypoint`: by a label of its own, or of its namespace (`inherited`).
 * - `none`: it has no label, or opts out by one (`label`); or the waypoint of its namespace is for other things, or nothing is sent to it at all
 *   (ExternalName).
 * - `unusable`: it has a label, and goes without a waypoint all the same: there is no such Gateway, its HBONE listener does not take the
 *   namespace, or it is for other traffic. `at` is what decides there. The waypoint of the namespace never steps in for one of a label.
 */
export type WaypointUse =
  | {
      readonly kind: 'waypoint';
      readonly waypoint: Waypoint;
      readonly label: Place;
      readonly inherited: boolean;
      /** Of a service; it takes its share. */
      readonly canary?: CanaryWaypoint;
    }
  | { readonly kind: 'none'; readonly label?: Place }
  | {
      readonly kind: 'unusable';
      readonly why: 'not-found' | 'namespace' | 'traffic';
      /** `namespace/name` of the Gateway. */
      readonly name: string;
      readonly label: Place;
      readonly inherited: boolean;
      readonly at?: Place;
      /** Of the failed look-up. */
      readonly cause?: string;
    };

/** Whether gateways send what is for a service through its waypoint, and the label that says so. */
export interface IngressUse {
  readonly used: boolean;
  readonly at?: Place;
}

export interface Waypoints {
  /** For traffic to a service; ztunnels and waypoints send it there, gateways only where `fromIngress` says so, sidecars never. */
  ofService(service: WaypointService): Answer<WaypointUse>;
  /** For traffic to the addresses of pods. */
  ofWorkload(workload: Workload): Answer<WaypointUse>;
  /** The services that use a waypoint for sure, as a canary too, in the order of the sources. */
  servedBy(gateway: KubernetesGateway): readonly WaypointService[];
  /** Gateways send requests for a service through its waypoint too: the label of the service says so, else that of its Namespace. */
  fromIngress(service: WaypointService): Answer<IngressUse>;
}

/** Source: pilot/pkg/serviceregistry/ambient/waypoints.go. */
export function waypointsOf(mesh: Mesh): Waypoints {
  return mesh.derive(createWaypoints);
}

function createWaypoints(mesh: Mesh): Waypoints {
  return {
    ofService: (service) => mesh.deriveFor(useOfService, service),
    ofWorkload: (workload) => mesh.deriveFor(useOfWorkload, workload),
    servedBy: (gateway) => mesh.derive(served).get(gateway) ?? [],
    fromIngress: (service) => ingressUse(mesh, service),
  };
}

/** Source: pilot/pkg/serviceregistry/ambient/services.go, ingressUseWaypointFromLabels. */
function ingressUse(mesh: Mesh, service: WaypointService): Answer<IngressUse> {
  if (service.identity !== undefined) return unknown(doubtReasons.identity);
  const own = saysIngress(fromResource(service));
  if (own.kind !== 'found' || own.value.at !== undefined) return own;
  const answer = mesh.lookup('Namespace', '', service.metadata.namespace, service);
  if (answer.kind === 'missing') return own;
  if (answer.kind === 'unknown') return unknown('the Namespace, which may say what gateways do, is not in the input');
  const said = outcomes(answer).map((namespace) => saysIngress(fromResource(namespace)));
  const [first, ...others] = said;
  if (first === undefined) return own;
  const inDoubt = said.find(({ kind }) => kind !== 'found');
  if (inDoubt !== undefined) return inDoubt;
  const used = (one: Answer<IngressUse>): boolean => one.kind === 'found' && one.value.used;
  // Where files define the Namespace in different ways, which one is real is not known.
  return others.every((other) => used(other) === used(first)) ? first : unknown(doubtReasons.variant);
}

function saysIngress(labelled: Labelled): Answer<IngressUse> {
  const doubt = labelled.doubt(ingressLabel);
  if (doubt !== undefined) return unknown(doubt);
  const written = label(labelled.labels, ingressLabel);
  return found(written === undefined ? { used: false } : { used: isGoTrue(written), at: labelled.at(ingressLabel) });
}

function useOfService(mesh: Mesh, service: WaypointService): Answer<WaypointUse> {
  // ztunnels do not know aliases.
  if (service.kind === 'Service' && service.spec.type === 'ExternalName') return found({ kind: 'none' });
  return useOf(mesh, fromResource(service), 'service');
}

function useOfWorkload(mesh: Mesh, workload: Workload): Answer<WaypointUse> {
  // The proxies of Gateways, waypoints among them, are called as they are.
  if ((gatewayNameOf(workload.labels) ?? '') !== '') return found({ kind: 'none' });
  return useOf(mesh, fromWorkload(workload), 'workload');
}

function served(mesh: Mesh): ReadonlyMap<KubernetesGateway, readonly WaypointService[]> {
  const byGateway = new Map<KubernetesGateway, WaypointService[]>();
  for (const service of [...mesh.of('Service'), ...mesh.of('ServiceEntry')]) {
    const use = mesh.deriveFor(useOfService, service);
    if (use.kind !== 'found' || use.value.kind !== 'waypoint') continue;
    const { waypoint, canary } = use.value;
    for (const { gateway } of canary === undefined ? [waypoint] : [waypoint, canary.waypoint]) {
      const known = byGateway.get(gateway);
      if (known === undefined) byGateway.set(gateway, [service]);
      else known.push(service);
    }
  }
  return byGateway;
}

const useLabel = 'istio.io/use-waypoint';
const namespaceLabel = 'istio.io/use-waypoint-namespace';
const ingressLabel = 'istio.io/ingress-use-waypoint';
/** Of what Istio makes for waypoints and east-west gateways, which have no waypoint themselves. */
const managedLabel = 'gateway.istio.io/managed';
const managedByMesh: ReadonlySet<string> = new Set(['istio.io-mesh-controller', 'istio.io-eastwest-controller']);

function useOf(mesh: Mesh, labelled: Labelled, traffic: 'service' | 'workload'): Answer<WaypointUse> {
  const { namespace, labels, resource } = labelled;
  if (resource.identity !== undefined) return unknown(doubtReasons.identity);
  const doubt = labelled.doubt(useLabel);
  if (doubt !== undefined) return unknown(doubt);
  if (traffic === 'service' && managedByMesh.has(label(labels, managedLabel) ?? '')) return found({ kind: 'none' });
  if (label(labels, useLabel) !== undefined) return named(mesh, [labelled], traffic);
  const answer = mesh.lookup('Namespace', '', namespace, resource);
  if (answer.kind === 'missing') return found({ kind: 'none' });
  if (answer.kind === 'unknown') return unknown('the Namespace, which may name a waypoint, is not in the input');
  // Where files define the Namespace in different ways, which one is real is not known.
  const uses: WaypointUse[] = [];
  for (const one of outcomes(answer)) {
    const inherited = fromResource(one);
    const inDoubt = inherited.doubt(useLabel);
    if (inDoubt !== undefined) return unknown(inDoubt);
    if (label(inherited.labels, useLabel) === undefined) {
      uses.push({ kind: 'none' });
      continue;
    }
    const use = named(mesh, [labelled, inherited], traffic);
    if (use.kind === 'unknown') return use;
    uses.push(...outcomes(use));
  }
  const distinct = new Map(uses.map((use) => [keyOf(use), use]));
  const [first = { kind: 'none' as const }, ...others] = distinct.values();
  return oneOf<WaypointUse>(first, ...others);
}

function keyOf(use: WaypointUse): string {
  return use.kind === 'none' ? use.kind : `${use.kind} ${use.kind === 'waypoint' ? use.waypoint.name : use.name}`;
}

/** What a label comes to: of what uses the waypoint, or of its Namespace, which comes second. */
function named(
  mesh: Mesh,
  levels: readonly [Labelled] | readonly [Labelled, Labelled],
  traffic: 'service' | 'workload',
): Answer<WaypointUse> {
  const [{ namespace }, from = levels[0]] = levels;
  const inherited = levels.length > 1;
  const written = label(from.labels, useLabel) ?? '';
  const at = from.at(useLabel);
  if (written === 'none') return found({ kind: 'none', label: at });
  const doubt = from.doubt(namespaceLabel);
  if (doubt !== undefined) return unknown(doubt);
  const owner = label(from.labels, namespaceLabel) ?? namespace;
  const common = { name: `${owner}/${written}`, label: at, inherited };
  const answer = mesh.lookup('KubernetesGateway', owner, written, from.resource);
  if (answer.kind === 'missing') return found({ kind: 'unusable', why: 'not-found', ...common, cause: answer.cause });
  if (answer.kind === 'unknown') return unknown(answer.reason);
  const uses: WaypointUse[] = [];
  for (const gateway of outcomes(answer)) {
    const made = namedGateway(mesh, gateway, namespace, traffic);
    if (made.kind !== 'found') return made.kind === 'unknown' ? made : unknown(doubtReasons.variant);
    const taken = made.value;
    if (taken.kind === 'waypoint') {
      const canary = traffic === 'service' ? canaryOf(mesh, taken.waypoint, levels) : found(undefined);
      if (canary.kind !== 'found') return canary.kind === 'unknown' ? canary : unknown(doubtReasons.variant);
      uses.push({ ...taken, label: at, inherited, ...(canary.value === undefined ? {} : { canary: canary.value }) });
    }
    // A waypoint of the namespace that is for services only is none for its pods.
    else if (taken.why === 'traffic' && inherited && traffic === 'workload') uses.push({ kind: 'none' });
    else uses.push({ ...taken, ...common });
  }
  const [first, ...others] = uses;
  if (first === undefined) return unknown(doubtReasons.variant);
  return others.every((other) => other.kind === first.kind) ? found(first) : oneOf(first, ...others);
}
