import { type Answer, found, oneOf, outcomes, unknown } from '../graph/answer.ts';
import { choicesOf, type DestinationRule, type EffectiveDestinationRule, type RuleChoice } from '../graph/destination-rules.ts';
import { podsInDoubt } from '../graph/doubtful-reach.ts';
import { sidecarsInDoubt } from '../graph/doubtful-routes.ts';
import { type Endpoint, endpointsAreComplete, endpointsOf, isRuntimeLabel, ofSubset, resolutionOf } from '../graph/endpoints.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { serviceOf } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { clustersNaming, seenByGateway, type SeenService } from '../graph/registry.ts';
import { type MeshService, type ServicePort, servicesOf } from '../graph/services.ts';
import { type Sidecar, sidecarScopesOf } from '../graph/sidecars.ts';
import { waypointsOf } from '../graph/waypoints.ts';
import { labelsInDoubt } from '../graph/workloads.ts';
import { doubtAt, type DoubtReason, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf } from '../model/resource.ts';
import { type ClientTls, type ClientTlsQuestion, type ClientTlsReason, type ClientTlsStep, noRule, wireOf } from './client-tls-answer.ts';
import { ambientClientTls } from './client-tls-ambient.ts';
import { type PortTrafficPolicy, portPolicyOf } from './client-tls-policy.ts';
import { verdictsOn } from './client-tls-verdict.ts';

export type * from './client-tls-answer.ts';

/**
 * Whether and how a pod's proxy encrypts what it sends to a port of a host or subset: of which service, by which DestinationRule, to which
 * endpoints. A pod of which nobody knows whether it has a proxy counts as one that does.
 * Source: pilot/pkg/networking/core/cluster.go (buildOutboundClusters) and cluster_builder.go (applyDestinationRule, buildSubsetCluster).
 */
export function clientTlsOf(mesh: Mesh, question: ClientTlsQuestion): Answer<ClientTls> {
  const { client, host } = question;
  const gateway = isGatewayPod(mesh, client);
  const membership = gateway ? 'sidecar' : mesh.membershipOf(client);
  if (membership === 'ambient') return ambientClientTls(mesh, question);
  if (membership === 'none') return found(withoutProxy(mesh, question));

  const doubt = gateway ? undefined : (labelsInDoubt(client) ?? sidecarsInDoubt(mesh, client.namespace));
  if (doubt !== undefined) return unknown(doubt);
  const definitions = servicesOf(mesh).ofHost(host);
  for (const definition of definitions) {
    const inDoubt = definitionInDoubt(definition);
    if (inDoubt !== undefined) return unknown(inDoubt);
  }
  // It connects to the waypoint, whatever it would do with the endpoints.
  if (gateway && definitions.some(({ resource }) => outcomes(waypointsOf(mesh).fromIngress(resource)).some(({ used }) => used)))
    return unknown('a label may lead the gateway to the waypoint of the service');
  if (definitions.length === 0) {
    if (mesh.assumesHost(host)) return unknown('the host is assumed to exist elsewhere');
    const complete = mesh.isComplete(['Service', 'ServiceEntry'], serviceOf(host, mesh.domain)?.namespace);
    return complete ? found(noCluster('unknown-host')) : unknown('the host is not in the input');
  }
  // Equal outcomes are one, with the places of the first; what one order of creation leaves unknown is unknown.
  const distinct = new Map<string, ClientTls>();
  for (const view of viewsOf(mesh, question, gateway)) {
    for (const answer of answersIn({ mesh, question, gateway, ...view })) {
      if (answer.kind === 'unknown') return answer;
      for (const value of outcomes(answer)) if (!distinct.has(keyOf(value))) distinct.set(keyOf(value), value);
    }
  }
  const [first, ...others] = distinct.values();
  return first === undefined ? unknown('nothing decides') : oneOf(first, ...others);
}

/** Why it is not known who sees a service, or what it says. */
function definitionInDoubt({ resource }: MeshService): DoubtReason | undefined {
  if (resource.identity !== undefined && resource.identity.namespaces?.length !== 1) return doubtReasons.identity;
  return doubtAt(resource, 'spec') ?? doubtAt(resource, 'metadata', 'annotations', 'networking.istio.io/exportTo');
}

/** What a client knows of the host, under one Sidecar if there are any. */
interface View {
  readonly sidecar: Sidecar | undefined;
  /** Undefined: nothing. */
  readonly seen: SeenService | undefined;
}

function viewsOf(mesh: Mesh, { client, host }: ClientTlsQuestion, gateway: boolean): readonly View[] {
  const views = (sidecar: Sidecar | undefined, services: readonly SeenService[]): readonly View[] =>
    services.length === 0 ? [{ sidecar, seen: undefined }] : services.map((seen) => ({ sidecar, seen }));
  if (gateway) return views(undefined, seenByGateway(mesh, client.namespace, host));
  return sidecarScopesOf(mesh, client.namespace, client.labels).flatMap((scope) => views(scope.sidecar, clustersNaming(mesh, scope, host)));
}

interface Context extends View {
  readonly mesh: Mesh;
  readonly question: ClientTlsQuestion;
  readonly gateway: boolean;
}

function answersIn(context: Context): readonly Answer<ClientTls>[] {
  const { mesh, question, sidecar, seen } = context;
  // Any of several ServiceEntries of one host and namespace may be the oldest, after which the service is made.
  if (seen !== undefined) return seen.definitions.flatMap((service) => answersFor({ ...context, seen, service }));
  const visible = servicesOf(mesh).visibleFrom(question.client.namespace, question.host);
  if (visible.length === 0 || sidecar === undefined) return [found(noCluster('hidden-host'))];
  return [found(noCluster('not-imported', undefined, importsOf(sidecar)))];
}

interface Known extends Context {
  readonly seen: SeenService;
  readonly service: MeshService;
}

function answersFor(context: Known): readonly Answer<ClientTls>[] {
  const { mesh, question, sidecar, seen, service } = context;
  const toService = stepsTo(service);
  if (resolutionOf(service) === 'alias') return [found(noCluster('alias', service, toService))];
  const { port: number } = question;
  const own = service.ports.find((candidate) => candidate.number === number);
  const known = seen.ports.find((candidate) => candidate.number === number);
  if (known === undefined && own !== undefined && sidecar !== undefined) {
    return [found(noCluster('not-imported', service, [...toService, ...importsOf(sidecar)]))];
  }
  // ServiceEntries of one host and namespace add ports to each other; a Service that several files define has the ports of one of them.
  const port = known === undefined || service.resource.kind === 'Service' ? own : known;
  if (port === undefined) return [found(noCluster('unknown-port', service, toService))];
  const steps: readonly ClientTlsStep[] = [...toService, { what: 'port', at: port.at }];
  if (port.protocol === 'UDP') return [found(noCluster('udp', service, steps))];

  const rules = mesh.destinationRules.forPod(question.client, service);
  if (rules.kind === 'unknown') return [rules];
  return outcomes(rules).flatMap((rule) => {
    if (rule.level === 'none') return answersUnder({ ...context, port, rule, choice: undefined, steps });
    for (const one of rule.rules) {
      // Which of several files holds the real one is not known.
      if (mesh.alternatives(one).length > 0) return [unknown('a DestinationRule is defined in several ways')];
      const inDoubt = doubtAboutPolicy(one);
      if (inDoubt !== undefined) return [unknown(inDoubt)];
    }
    return choicesOf(rule, question.subset).flatMap((choice) =>
      answersUnder({ ...context, port, rule, choice, steps: [...steps, ...stepsOf(rule, choice)] }),
    );
  });
}

function doubtAboutPolicy(rule: DestinationRule): DoubtReason | undefined {
  return (
    doubtAt(rule, 'spec', 'trafficPolicy', 'tls') ??
    doubtAt(rule, 'spec', 'trafficPolicy', 'portLevelSettings') ??
    doubtAt(rule, 'spec', 'trafficPolicy', 'loadBalancer') ??
    doubtAt(rule, 'spec', 'subsets')
  );
}

interface Ruled extends Known {
  readonly port: ServicePort;
  readonly rule: EffectiveDestinationRule;
  /** Undefined: there is no rule. */
  readonly choice: RuleChoice | undefined;
  readonly steps: readonly ClientTlsStep[];
}

const noPolicy: PortTrafficPolicy = {
  tls: undefined,
  erased: undefined,
  ofEndpoints: undefined,
  originalDestination: undefined,
  allOrNothing: undefined,
};

function answersUnder({ mesh, question, seen, service, gateway, port, rule, choice, steps: before }: Ruled): readonly Answer<ClientTls>[] {
  const ruled = { service, destinationRule: choice?.oldest, mergedFrom: rule.rules, level: rule.level };
  const steps = [...before];
  const all = (service.resource.kind === 'Service' ? [service] : seen.definitions).flatMap((definition) => {
    const same = definition.ports.find(({ number }) => number === port.number);
    return same === undefined ? [] : endpointsOf(mesh, definition, same);
  });
  let endpoints: readonly Endpoint[] = all;
  let labelsAreKnown = service.selector === undefined || podsInDoubt(mesh, service.namespace) === undefined;
  if (question.subset !== undefined) {
    const subset = choice?.subset;
    if (subset === undefined) return [found({ ...noCluster('unknown-subset', service, steps), ...ruled })];
    steps.push({ what: 'subset', at: subset.at });
    endpoints = ofSubset(all, subset.labels);
    if (Object.keys(subset.labels).some(isRuntimeLabel) || all.some(({ labelsKnown }) => !labelsKnown)) labelsAreKnown = false;
  }
  // Endpoints that the input has are taken for all; that there are none it must know.
  const certain = labelsAreKnown && (endpoints.length > 0 || endpointsAreComplete(mesh, service.namespace));
  const resolution = resolutionOf(service);
  // A cluster whose addresses are resolved by DNS is left out where it has none.
  if (resolution === 'dns' && endpoints.length === 0 && certain) {
    return [found({ ...noCluster('no-address', service, steps), ...ruled })];
  }

  const policy = choice === undefined ? noPolicy : portPolicyOf(choice, port.number);
  const { tls, erased } = policy;
  if (erased !== undefined) steps.push({ what: 'port-settings-without-tls', at: erased.entry });
  const headless = resolution === 'original';
  // Gateways have no address that an application asked for.
  const originalDestination = (headless && !gateway) || policy.originalDestination !== undefined;
  const cluster = { mesh, service, policy, headless, originalDestination, mayHoldSecrets: gateway || rule.forPods, all, endpoints };
  return verdictsOn(cluster).map((verdict) => {
    if (typeof verdict === 'string') return unknown(verdict);
    const { mode, reason } = verdict;
    const sent = endpoints.map((endpoint) => ({ endpoint, ...verdict.transportTo(endpoint) }));
    const wire = wireOf(sent, certain);
    const decided = [...steps, ...verdict.steps];
    return found<ClientTls>({ mode, reason, ...ruled, tls, erased, originalDestination, endpoints: sent, wire, steps: decided });
  });
}

/** A client without a proxy sends what its application sends, and knows no DestinationRule. */
function withoutProxy(mesh: Mesh, { host, port: number }: ClientTlsQuestion): ClientTls {
  const [service] = servicesOf(mesh).ofHost(host);
  const port = service?.ports.find((candidate) => candidate.number === number);
  const endpoints = service === undefined || port === undefined ? [] : endpointsOf(mesh, service, port);
  const sent = endpoints.map((endpoint) => ({ endpoint, sends: 'plaintext' as const, at: undefined }));
  const steps = service === undefined ? [] : stepsTo(service);
  return { ...noCluster('no-proxy', service, steps), mode: 'DISABLE', originalDestination: true, endpoints: sent, wire: 'plaintext' };
}

function noCluster(reason: ClientTlsReason, service?: MeshService, steps: readonly ClientTlsStep[] = []): ClientTls {
  return {
    mode: 'no-cluster',
    reason,
    service,
    ...noRule,
    originalDestination: false,
    endpoints: [],
    wire: 'none',
    steps,
  };
}

function importsOf(resource: Sidecar): readonly ClientTlsStep[] {
  return [{ what: 'sidecar', at: { kind: 'node', resource, path: ['spec', 'egress'], part: 'value' } }];
}

function stepsTo({ resource }: MeshService): readonly ClientTlsStep[] {
  return [{ what: 'service', at: { kind: 'node', resource, path: ['metadata', 'name'], part: 'value' } }];
}

function stepsOf({ rules }: EffectiveDestinationRule, { oldest }: RuleChoice): readonly ClientTlsStep[] {
  const host = (resource: DestinationRule): Place => ({ kind: 'node', resource, path: ['spec', 'host'], part: 'value' });
  const others = rules.filter((rule) => rule !== oldest);
  return [
    { what: 'destination-rule', at: host(oldest) },
    ...others.map((rule) => ({ what: 'merged-destination-rule' as const, at: host(rule) })),
  ];
}

/** Equal for outcomes that differ in places only. */
function keyOf({ mode, reason, wire, service, destinationRule, mergedFrom }: ClientTls): string {
  const rules = [destinationRule, ...mergedFrom].map((rule) => (rule === undefined ? '' : nameOf(rule)));
  const owner = service === undefined ? '' : `${service.resource.kind} ${nameOf(service.resource)}`;
  return [mode, reason, wire, owner, ...rules].join('|');
}
