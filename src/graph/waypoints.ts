import { doubtAt, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf, type Resource, type ResourceOf } from '../model/resource.ts';
import { type Answer, found, oneOf, outcomes, unknown } from './answer.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import type { KubernetesGateway } from './gateway-api.ts';
import { gatewayNameOf } from './gateway-pods.ts';
import type { Mesh } from './mesh.ts';
import { takesNamespace } from './namespace-selection.ts';
import { labelAt, type Workload } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;
export type WaypointService = ResourceOf<'Service'> | ResourceOf<'ServiceEntry'>;

/** A Gateway that takes the place of what uses it. */
export interface Waypoint {
  readonly gateway: KubernetesGateway;
  /** `namespace/name`. */
  readonly name: string;
  /** For what it may be used (`istio.io/waypoint-for`): `service`, which is the default, `workload`, `all`, or nothing that Istio knows. */
  readonly traffic: string;
}

/**
 * Which waypoint something uses.
 * - `waypoint`: by a label of its own, or of its namespace (`inherited`).
 * - `none`: it has no label, or opts out by one (`label`); or the waypoint of its namespace is for other things.
 * - `unusable`: it has a label, and goes without a waypoint all the same: there is no such Gateway, its HBONE listener does not take the
 *   namespace, or it is for other traffic. `at` is what decides there. The waypoint of the namespace never steps in for one of a label.
 */
export type WaypointUse =
  | { readonly kind: 'waypoint'; readonly waypoint: Waypoint; readonly label: Place; readonly inherited: boolean }
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

export interface Waypoints {
  /** For traffic to a service; ztunnels and waypoints send it there, gateways only where `fromIngress` says so, sidecars never. */
  ofService(service: WaypointService): Answer<WaypointUse>;
  /** For traffic to the addresses of pods. */
  ofWorkload(workload: Workload): Answer<WaypointUse>;
  /** The services that use a waypoint for sure, in the order of the sources. */
  servedBy(gateway: KubernetesGateway): readonly WaypointService[];
  /** Gateways send requests for a service through its waypoint too (`istio.io/ingress-use-waypoint`); undefined: it is not known. */
  fromIngress(service: WaypointService): boolean | undefined;
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
    fromIngress(service) {
      const own = label(service.metadata.labels, ingressLabel);
      if (own !== undefined) return sendsIngress(service);
      const namespaces = outcomes(mesh.lookup('Namespace', '', service.metadata.namespace));
      const [first, ...others] = namespaces.map(sendsIngress);
      return others.every((other) => other === first) ? first : undefined;
    },
  };
}

/** Undefined: the label is not known. */
function sendsIngress(resource: WaypointService | ResourceOf<'Namespace'>): boolean | undefined {
  if (doubtAt(resource, 'metadata', 'labels', ingressLabel) !== undefined) return undefined;
  return label(resource.metadata.labels, ingressLabel)?.toLowerCase() === 'true';
}

function useOfService(mesh: Mesh, service: WaypointService): Answer<WaypointUse> {
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
    const { gateway } = use.value.waypoint;
    const known = byGateway.get(gateway);
    if (known === undefined) byGateway.set(gateway, [service]);
    else known.push(service);
  }
  return byGateway;
}

const useLabel = 'istio.io/use-waypoint';
const namespaceLabel = 'istio.io/use-waypoint-namespace';
const trafficLabel = 'istio.io/waypoint-for';
const ingressLabel = 'istio.io/ingress-use-waypoint';
/** Of what Istio makes for waypoints and east-west gateways, which have no waypoint themselves. */
const managedLabel = 'gateway.istio.io/managed';
const managedByMesh: ReadonlySet<string> = new Set(['istio.io-mesh-controller', 'istio.io-eastwest-controller']);

/** What may carry the labels: a service, or the pods of a workload. */
interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
  readonly resource: Resource;
  /** Of a label. */
  at(key: string): Place;
  doubt(key: string): string | undefined;
}

function fromResource(resource: WaypointService | ResourceOf<'Namespace'>): Labelled {
  const path = (key: string): readonly string[] => ['metadata', 'labels', key];
  return {
    // A Namespace speaks for what lies in it.
    namespace: resource.kind === 'Namespace' ? resource.metadata.name : resource.metadata.namespace,
    labels: resource.metadata.labels,
    resource,
    at: (key) => ({ kind: 'node', resource, path: path(key), part: 'value' }),
    doubt: (key) => doubtAt(resource, ...path(key)),
  };
}

function fromWorkload(workload: Workload): Labelled {
  const { namespace, labels, resource } = workload;
  const at = (key: string): Place => labelAt(workload, key);
  return {
    namespace,
    labels,
    resource,
    at,
    doubt: (key) => {
      const place = at(key);
      return place.kind === 'text' ? undefined : doubtAt(resource, ...place.path);
    },
  };
}

function useOf(mesh: Mesh, labelled: Labelled, traffic: 'service' | 'workload'): Answer<WaypointUse> {
  const { namespace, labels, resource } = labelled;
  if (resource.identity !== undefined) return unknown(doubtReasons.identity);
  const doubt = labelled.doubt(useLabel);
  if (doubt !== undefined) return unknown(doubt);
  if (traffic === 'service' && managedByMesh.has(label(labels, managedLabel) ?? '')) return found({ kind: 'none' });
  if (label(labels, useLabel) !== undefined) return named(mesh, labelled, namespace, traffic, false);
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
    const use = named(mesh, inherited, namespace, traffic, true);
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

/** What a label comes to. */
function named(mesh: Mesh, from: Labelled, namespace: string, traffic: 'service' | 'workload', inherited: boolean): Answer<WaypointUse> {
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
    const inDoubt = doubtAt(gateway, 'metadata', 'labels', trafficLabel) ?? doubtAt(gateway, 'spec', 'listeners');
    if (inDoubt !== undefined) return unknown(inDoubt);
    const taken = takenBy(mesh, gateway, namespace);
    if (typeof taken === 'string') return unknown(taken);
    const forTraffic = trafficOf(mesh, gateway);
    if (typeof forTraffic === 'string') return unknown(forTraffic);
    if (!taken.value) uses.push({ kind: 'unusable', why: 'namespace', ...common, at: taken.at });
    else if (forTraffic.value === traffic || forTraffic.value === 'all')
      uses.push({ kind: 'waypoint', waypoint: { gateway, name: nameOf(gateway), traffic: forTraffic.value }, label: at, inherited });
    // A waypoint of the namespace that is for services only is none for its pods.
    else if (inherited && traffic === 'workload') uses.push({ kind: 'none' });
    else uses.push({ kind: 'unusable', why: 'traffic', ...common, ...(forTraffic.at === undefined ? {} : { at: forTraffic.at }) });
  }
  const [first, ...others] = uses;
  if (first === undefined) return unknown(doubtReasons.variant);
  return others.every((other) => other.kind === first.kind) ? found(first) : oneOf(first, ...others);
}

/** By the label of the Gateway, else that of its GatewayClass. A string says why it is not known. */
function trafficOf(mesh: Mesh, gateway: KubernetesGateway): { readonly value: string; readonly at?: Place } | string {
  const own = label(gateway.metadata.labels, trafficLabel);
  const at = (resource: Resource): Place => ({ kind: 'node', resource, path: ['metadata', 'labels', trafficLabel], part: 'value' });
  if (own !== undefined) return { value: own, at: at(gateway) };
  const doubt = doubtAt(gateway, 'spec', 'gatewayClassName');
  if (doubt !== undefined) return doubt;
  const classes = outcomes(mesh.lookup('GatewayClass', '', gateway.spec.gatewayClassName));
  const inDoubt = classes.map((one) => doubtAt(one, 'metadata', 'labels', trafficLabel)).find((reason) => reason !== undefined);
  if (inDoubt !== undefined) return inDoubt;
  const [first, ...others] = classes.map((one) => ({ value: label(one.metadata.labels, trafficLabel), resource: one }));
  if (others.some(({ value }) => value !== first?.value)) return doubtReasons.variant;
  return first?.value === undefined ? { value: 'service' } : { value: first.value, at: at(first.resource) };
}

/** Whether it takes what lies in a namespace: as its HBONE listener says, else only its own. A string says why it is not known. */
function takenBy(mesh: Mesh, gateway: KubernetesGateway, namespace: string): { readonly value: boolean; readonly at: Place } | string {
  const own = gateway.metadata.namespace;
  if (label(gateway.metadata.annotations, 'ambient.istio.io/waypoint-inbound-binding') !== undefined)
    return 'a waypoint stands behind another proxy';
  const { listeners } = gateway.spec;
  const i = listeners.findIndex(({ protocol, port }) => protocol === 'HBONE' && port === 15008);
  const listener = listeners[i];
  const path = listener === undefined ? ['spec', 'listeners'] : ['spec', 'listeners', i, 'allowedRoutes', 'namespaces'];
  const written = listener?.allowedRoutes?.namespaces;
  const at: Place =
    listener !== undefined && written === undefined
      ? { kind: 'missing', resource: gateway, path }
      : { kind: 'node', resource: gateway, path, part: 'value' };
  const answer = takesNamespace(mesh, { from: written?.from ?? 'Same', selector: written?.selector }, own, namespace);
  if (answer.kind === 'unknown') return answer.reason;
  return answer.kind === 'found' ? { value: answer.value, at } : doubtReasons.variant;
}

function label(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** The Gateways of Istio's waypoint classes, in the order of the sources. */
export function waypointGateways(mesh: Mesh): readonly KubernetesGateway[] {
  return mesh.derive(collectWaypoints);
}

function collectWaypoints(mesh: Mesh): readonly KubernetesGateway[] {
  return mesh
    .of('KubernetesGateway')
    .filter(({ spec }) => outcomes(gatewayRoleOf(mesh, spec.gatewayClassName)).some((role) => role === 'waypoint'));
}
