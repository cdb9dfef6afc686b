import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { DestinationRule } from './destination-rules.ts';
import { type Endpoint, endpointsAreComplete, endpointsOf, isRuntimeLabel, resolutionOf } from './endpoints.ts';
import { isWildcard, resolveHost } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { workloadsWith } from './selected-workloads.ts';
import { selects } from './selectors.ts';
import { type MeshService, type ServicePort, servicesAt } from './services.ts';
import { labelsInDoubt } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;

/** A subset of a DestinationRule that no workload or address behind its host belongs to, as far as the input tells. */
export interface EmptySubset {
  readonly index: number;
  readonly name: string;
  /** Those that count: what the platform adds while it runs is left out. */
  readonly labels: Labels;
  readonly service: MeshService;
  /** All that the input has behind the host. */
  readonly endpoints: readonly Endpoint[];
  /** Labels that none of them has. */
  readonly lacking: readonly string[];
  /** Nothing is behind the host that the input does not have. */
  readonly certain: boolean;
}

/** What is known about the subset is not enough. */
export interface UnknownSubset {
  readonly index: number;
  readonly reason: string;
}

/**
 * The subsets of a rule that are empty. Silent about hosts that the input does not define, about
 * connections for which endpoints play no part (headless services, ServiceEntries without resolution), and about what a Rollout or Canary moves.
 * Source: pilot/pkg/xds/endpoints/endpoint_builder.go (subset labels against endpoint labels).
 */
export function emptySubsets(mesh: Mesh, rule: DestinationRule): readonly (EmptySubset | UnknownSubset)[] {
  return mesh.latest(findEmpty, rule);
}

function findEmpty(mesh: Mesh, rule: DestinationRule): readonly (EmptySubset | UnknownSubset)[] {
  const { subsets = [] } = rule.spec;
  if (subsets.length === 0 || doubtAt(rule, 'spec', 'host') !== undefined) return [];
  const host = resolveHost(rule.spec.host, rule.metadata.namespace, mesh.domain);
  if (isWildcard(host)) return [];
  const services = servicesAt(mesh, host);
  const [service] = services;
  if (service === undefined || services.some((one) => isOutOfReach(one)) || isDelivered(mesh, rule, service)) return [];
  let known: Behind | undefined;
  return subsets.flatMap(({ name, labels: written = {} }, index): readonly (EmptySubset | UnknownSubset)[] => {
    // Most have pods, as plainly as they are written.
    if (services.some((service) => hasPodWith(mesh, service, written))) return [];
    const labels = Object.fromEntries(Object.entries(written).filter(([key]) => !isAddedAtRuntime(key)));
    if (Object.keys(labels).length === 0) return [];
    known ??= behind(mesh, services);
    const { endpoints, certain, doubt } = known;
    if (endpoints.some((endpoint) => selects(labels, endpoint.labels))) return [];
    const inDoubt = doubtAt(rule, 'spec', 'subsets', index, 'labels') ?? doubt;
    if (inDoubt !== undefined) return [{ index, reason: inDoubt }];
    const lacking = Object.keys(labels).filter((key) => !endpoints.some((endpoint) => endpoint.labels[key] === labels[key]));
    return [{ index, name, labels, service, endpoints, lacking, certain }];
  });
}

export function isUnknownSubset(subset: EmptySubset | UnknownSubset): subset is UnknownSubset {
  return 'reason' in subset;
}

function hasPodWith(mesh: Mesh, { resource, namespace, selector }: MeshService, labels: Labels): boolean {
  if (resource.kind !== 'Service' || selector === undefined) return false;
  return workloadsWith(mesh, namespace, selector).some((workload) => selects(labels, workload.labels));
}

interface Behind {
  readonly endpoints: readonly Endpoint[];
  readonly certain: boolean;
  readonly doubt: string | undefined;
}

function behind(mesh: Mesh, services: readonly MeshService[]): Behind {
  // Labels do not depend on the port, and pods count also where a port's name is not found on them.
  const endpoints = services.flatMap((service) => endpointsOf(mesh, service, mesh.step(anyPort, service)));
  const certain = services.every(({ resource, selector, namespace }) => {
    if (resource.kind === 'ServiceEntry' && selector === undefined) return true;
    return endpointsAreComplete(mesh, namespace);
  });
  const variants = services.some(({ resource }) => mesh.alternatives(resource).length > 0);
  const doubt = services
    .map(({ resource, namespace }) => doubtAt(resource, 'spec') ?? mesh.derive(doubtfulNamespaces).get(namespace))
    .find((reason) => reason !== undefined);
  return { endpoints, certain, doubt: doubt ?? (variants ? 'the service is defined in several ways' : undefined) };
}

function anyPort(_mesh: Mesh, { resource }: MeshService): ServicePort {
  const at: Place = { kind: 'node', resource, path: ['spec'], part: 'value' };
  return { number: 0, name: undefined, protocol: 'auto', targetPort: 0, at };
}

/** Namespaces with pods of which the labels are not known: any of them may be behind any service. */
function doubtfulNamespaces(mesh: Mesh): ReadonlyMap<string, DoubtReason> {
  const doubtful = new Map<string, DoubtReason>();
  for (const workload of mesh.workloads) {
    const doubt = labelsInDoubt(workload);
    if (doubt !== undefined) doubtful.set(workload.namespace, doubt);
  }
  return doubtful;
}

/** Endpoints play no part there: the proxy connects to the address that the application asked for, or to another host. */
function isOutOfReach(service: MeshService): boolean {
  const resolution = resolutionOf(service);
  return resolution === 'original' || resolution === 'alias';
}

const addedToPods: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'istio.io/rev',
  'kubernetes.io/hostname',
]);

/** Controllers, injection or the platform may add it to pods, so that manifests do not tell whether they have it. */
function isAddedAtRuntime(key: string): boolean {
  return isRuntimeLabel(key) || addedToPods.has(key);
}

/** An Argo Rollout changes the labels of the rule's subsets, a Flagger Canary the pods behind the service. */
function isDelivered(mesh: Mesh, { metadata }: DestinationRule, { resource, namespace }: MeshService): boolean {
  const { rules, services } = mesh.derive(delivered);
  return rules.has(`${metadata.namespace}/${metadata.name}`) || services.has(`${namespace}/${resource.metadata.name}`);
}

function delivered(mesh: Mesh): { readonly rules: ReadonlySet<string>; readonly services: ReadonlySet<string> } {
  const rules = new Set<string>();
  for (const { metadata, spec } of mesh.of('Rollout')) {
    const rule = spec?.strategy?.canary?.trafficRouting?.istio?.destinationRule?.name;
    if (rule === undefined) continue;
    const [name = rule, namespace = metadata.namespace] = rule.split('.');
    rules.add(`${namespace}/${name}`);
  }
  const services = new Set<string>();
  for (const { metadata, spec } of mesh.of('Canary')) {
    for (const name of [metadata.name, spec?.service?.name, spec?.targetRef?.name]) {
      if (name === undefined) continue;
      for (const suffix of ['', '-primary', '-canary']) services.add(`${metadata.namespace}/${name}${suffix}`);
    }
  }
  return { rules, services };
}
