import { choicesOf, type DestinationRule } from '../graph/destination-rules.ts';
import { type Endpoint, endpointsOf, ofSubset } from '../graph/endpoints.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { isWildcard, resolveHost } from '../graph/hosts.ts';
import { isCaptured } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { isHttp } from '../graph/protocols.ts';
import { type MeshService, servicesAt, type ServicePort, servicesOf } from '../graph/services.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { connectionOf, type ConnectionOutcome, type ConnectionServer, isBroken } from './client-tls-connections.ts';
import { type PolicyOrder, policyOrders } from './client-tls-endpoints.ts';
import { portPolicyOf, type TlsBlock } from './client-tls-policy.ts';
import { isEachBlock, mayBeRefused } from './usual-mtls.ts';

/** Connections that cannot work: what a DestinationRule tells clients to send, and what listens there does not take. */
export interface TlsConflict {
  readonly rule: DestinationRule;
  readonly tls: TlsBlock;
  readonly service: MeshService;
  readonly port: ServicePort;
  readonly server: ConnectionServer;
  readonly outcome: ConnectionOutcome;
  /** The mode that decides for the server; undefined: the default, or there is no proxy. */
  readonly decidedAt: Place | undefined;
  /** Of those that are known to refuse it; the first one. */
  readonly endpoint: Endpoint;
  /** Some other known endpoint takes it. */
  readonly partly: boolean;
}

/**
 * For each service of the input whose pods are known, and for clients that get this rule whatever the order of creation. Gateways that listen are
 * left out, and so are ambient pods, which take HBONE.
 */
export function tlsConflicts(mesh: Mesh, rule: DestinationRule): readonly TlsConflict[] {
  return mesh.deriveFor(conflictsOf, rule);
}

export function allConflicts(mesh: Mesh): ReadonlyMap<DestinationRule, readonly TlsConflict[]> {
  const found = new Map<DestinationRule, readonly TlsConflict[]>();
  for (const rule of mesh.of('DestinationRule')) {
    const conflicts = tlsConflicts(mesh, rule);
    if (conflicts.length > 0) found.set(rule, conflicts);
  }
  return found;
}

function conflictsOf(mesh: Mesh, rule: DestinationRule): readonly TlsConflict[] {
  if (isEachBlock(rule, () => false) || rule.spec.workloadSelector !== undefined || doubtAt(rule, 'spec') !== undefined) return [];
  return servicesWithin(mesh, rule).flatMap((service) => conflictsOn(mesh, rule, service));
}

function servicesWithin(mesh: Mesh, { metadata, spec }: DestinationRule): readonly MeshService[] {
  const host = resolveHost(spec.host, metadata.namespace, mesh.domain);
  const own = servicesAt(mesh, host);
  return isWildcard(host) ? [...own, ...[...servicesOf(mesh).hosts.within(host)].flatMap(([, those]) => those)] : own;
}

function conflictsOn(mesh: Mesh, rule: DestinationRule, service: MeshService): readonly TlsConflict[] {
  if (service.external || service.aliasOf !== undefined || mesh.alternatives(service.resource).length > 0) return [];
  if (isEachBlock(rule, ({ mode }) => mode === 'ISTIO_MUTUAL') && !mayBeRefused(mesh, service)) return [];
  const subsets = (rule.spec.subsets ?? []).flatMap(({ name, labels = {}, trafficPolicy }) =>
    trafficPolicy === undefined ? [] : [{ name, labels }],
  );
  return service.ports.flatMap((port) => {
    if (port.protocol === 'UDP') return [];
    const endpoints = endpointsOf(mesh, service, port);
    if (endpoints.length === 0 || endpoints.some((endpoint) => !isPlain(mesh, endpoint))) return [];
    return [undefined, ...subsets].flatMap((subset) => {
      const tls = blockFor(mesh, rule, service, port, subset?.name);
      if (tls === undefined || tls.at.kind === 'text' || tls.at.resource !== rule || !isSent(tls)) return [];
      const those = subset === undefined ? endpoints : ofSubset(endpoints, subset.labels);
      const conflict = conflictFor(mesh, service, port, tls, those);
      return conflict === undefined ? [] : [{ rule, tls, service, port, ...conflict }];
    });
  });
}

/** Its labels are known, and it is no gateway. */
function isPlain(mesh: Mesh, { labelsKnown, workload }: Endpoint): boolean {
  return labelsKnown && (workload === undefined || !isGatewayPod(mesh, workload));
}

/** The block that some clients get in every order of creation: those of the rule's namespace, those it is exported to, or those elsewhere. */
function blockFor(
  mesh: Mesh,
  rule: DestinationRule,
  { host }: MeshService,
  port: ServicePort,
  subset: string | undefined,
): TlsBlock | undefined {
  const named = (rule.spec.exportTo ?? []).filter((entry) => !['*', '.', '~'].includes(entry));
  for (const client of ['', rule.metadata.namespace, ...named]) {
    const answer = mesh.destinationRuleFor(client, host, rule);
    if (answer.kind !== 'found' || answer.value.forPods || !answer.value.rules.includes(rule)) continue;
    if (answer.value.rules.some((one) => mesh.alternatives(one).length > 0)) continue;
    const blocks = choicesOf(answer.value, subset).map((choice) => portPolicyOf(choice, port.number).tls);
    const [first] = blocks;
    if (first !== undefined && blocks.every((block) => block?.settings === first.settings)) return first;
  }
  return undefined;
}

/** Not one that Istio drops without a word, since there is no certificate for it. */
function isSent({ mode, settings }: TlsBlock): boolean {
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return true;
  if ((settings.credentialName ?? '') !== '') return false;
  return mode === 'SIMPLE' || ((settings.clientCertificate ?? '') !== '' && (settings.privateKey ?? '') !== '');
}

type Refusal = Pick<TlsConflict, 'server' | 'outcome' | 'decidedAt' | 'endpoint' | 'partly'>;

function conflictFor(
  mesh: Mesh,
  service: MeshService,
  port: ServicePort,
  tls: TlsBlock,
  endpoints: readonly Endpoint[],
): Refusal | undefined {
  const orders = policyOrders(mesh, service.namespace, endpoints);
  if (typeof orders === 'string') return undefined;
  const refusals = endpoints.map((endpoint) => {
    const inEachOrder = orders.map((order) => refusalBy(mesh, tls, port, endpoint, order));
    const [first] = inEachOrder;
    return inEachOrder.every((refusal) => refusal !== undefined) ? first : undefined;
  });
  const first = refusals.find((refusal) => refusal !== undefined);
  return first === undefined ? undefined : { ...first, partly: refusals.includes(undefined) };
}

function refusalBy(
  mesh: Mesh,
  { mode }: TlsBlock,
  port: ServicePort,
  endpoint: Endpoint,
  order: PolicyOrder,
): Omit<Refusal, 'partly'> | undefined {
  const { server, decidedAt } = serverAt(mesh, endpoint, order);
  if (server === undefined) return undefined;
  const { protocol } = port;
  const outcome = connectionOf(mode, server, { protocol, hbone: true });
  // An application that reads HTTP does not take the mesh's mutual TLS itself; what lies behind an address is not known.
  const unread = mode === 'ISTIO_MUTUAL' && server === 'no-proxy' && isHttp(protocol) && endpoint.kind === 'pod';
  if (!unread && !isBroken(outcome)) return undefined;
  return { server, outcome, decidedAt, endpoint };
}

function serverAt(
  mesh: Mesh,
  endpoint: Endpoint,
  order: PolicyOrder,
): { readonly server: ConnectionServer | undefined; readonly decidedAt: Place | undefined } {
  const { workload, port } = endpoint;
  if (endpoint.proxy === 'ztunnel') return { server: 'ambient-permissive', decidedAt: undefined };
  const proxied = endpoint.proxy === 'sidecar' || (endpoint.proxy === undefined && hasPolicy(mesh, endpoint));
  if (!proxied) return { server: endpoint.proxy === 'none' ? 'no-proxy' : undefined, decidedAt: undefined };
  if (workload !== undefined && !isCaptured(workload, port)) return { server: 'no-proxy', decidedAt: undefined };
  const { mode, at } = order.ofEndpoint(endpoint);
  return { server: mode, decidedAt: at };
}

/** Pods whose Namespace is not in the input count as in the mesh where a policy is for them. */
function hasPolicy(mesh: Mesh, { namespace, labels }: Endpoint): boolean {
  const levels = mesh.peerAuthentications.levelsFor(namespace, labels);
  return levels.workload.length > 0 || levels.namespace.length > 0;
}
