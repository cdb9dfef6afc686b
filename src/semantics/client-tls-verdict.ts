import { type Endpoint, endpointsAreComplete } from '../graph/endpoints.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { MeshService } from '../graph/services.ts';
import { below, type Place } from '../model/place.ts';
import type { ClientTlsReason, ClientTlsStep, EndpointTransport, Transport } from './client-tls-answer.ts';
import { type PolicyOrder, policyOrders } from './client-tls-endpoints.ts';
import type { ClientTlsMode, PortTrafficPolicy, TlsBlock } from './client-tls-policy.ts';

/** What a client does about TLS for one cluster, in some orders of creation. */
export interface Verdict {
  readonly mode: ClientTlsMode | 'auto';
  readonly reason: ClientTlsReason;
  readonly steps: readonly ClientTlsStep[];
  transportTo(endpoint: Endpoint): Omit<EndpointTransport, 'endpoint'>;
}

export interface Cluster {
  readonly mesh: Mesh;
  readonly service: MeshService;
  readonly policy: PortTrafficPolicy;
  /** The proxy does not choose among the service's endpoints: it is headless, or a ServiceEntry without resolution. */
  readonly headless: boolean;
  /** It connects to the address that the application asked for. */
  readonly originalDestination: boolean;
  /** A gateway, or a pod for which a workloadSelector chose the rule: only these are given secrets by name. */
  readonly mayHoldSecrets: boolean;
  /** Of the service's port. */
  readonly all: readonly Endpoint[];
  /** Of the subset; all where none was asked for. */
  readonly endpoints: readonly Endpoint[];
}

/**
 * The `tls` block if there is one, else automatic mutual TLS; a string says why it is not known.
 * Source: pilot/pkg/networking/core/cluster_tls.go (buildUpstreamTLSSettings, applyUpstreamTLSSettings),
 * pilot/pkg/model/push_context.go (BestEffortInferServiceMTLSMode).
 */
export function verdictsOn(cluster: Cluster): readonly (Verdict | string)[] {
  const { mesh, service, policy, all } = cluster;
  if (policy.tls !== undefined) return [asWritten(policy.tls, cluster.mayHoldSecrets)];
  if (service.external) return [plainly('external-service')];
  if (!mesh.config.enableAutoMtls) return [plainly('auto-mtls-off')];
  if (!cluster.headless && policy.allOrNothing === undefined) return automatically(cluster, []);

  // One endpoint without mutual TLS turns it off for all, since the proxy does not know to which of them a connection goes.
  const why: readonly ClientTlsStep[] = policy.allOrNothing === undefined ? [] : [{ what: 'load-balancer', at: policy.allOrNothing }];
  const plain = all.find(({ proxy }) => proxy === 'none' || proxy === 'ztunnel');
  if (plain !== undefined) return [plainly('plaintext-endpoint', ...why, { what: 'endpoint', at: plain.at })];
  if (all.length === 0)
    return [
      endpointsAreComplete(mesh, service.namespace)
        ? plainly('plaintext-endpoint', ...why)
        : 'the pods of the service are not in the input',
    ];
  if (all.some(({ proxy }) => proxy === undefined)) return ['the namespace of the service is not in the input'];
  return automatically(cluster, why);
}

function plainly(reason: ClientTlsReason, ...steps: readonly ClientTlsStep[]): Verdict {
  const transportTo: Verdict['transportTo'] = ({ proxy }) => ({ sends: proxy === 'ztunnel' ? 'hbone' : 'plaintext', at: undefined });
  return { mode: 'DISABLE', reason, steps, transportTo };
}

function asWritten(tls: TlsBlock, mayHoldSecrets: boolean): Verdict {
  const step: ClientTlsStep = { what: 'tls', at: tls.at };
  if (tls.mode === 'DISABLE') return plainly('destination-rule', step);
  const dropped = droppedFor(tls, mayHoldSecrets);
  if (dropped !== undefined) return plainly(dropped.reason, step, { what: 'tls', at: dropped.at });
  const mutual = tls.mode === 'ISTIO_MUTUAL';
  const sends = ({ proxy }: Endpoint): Transport => (!mutual ? 'tls' : proxy === 'ztunnel' ? 'hbone' : 'mtls');
  return {
    mode: tls.mode,
    reason: 'destination-rule',
    steps: [step],
    transportTo: (endpoint) => ({ sends: sends(endpoint), at: undefined }),
  };
}

/**
 * A block that Istio cannot make a TLS context of is dropped without a word, and the client sends plaintext.
 * Source: pilot/pkg/networking/core/cluster_tls.go, buildUpstreamClusterTLSContext and constructUpstreamTLS.
 */
function droppedFor(
  { mode, settings, at }: TlsBlock,
  mayHoldSecrets: boolean,
): { readonly reason: ClientTlsReason; readonly at: Place } | undefined {
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return undefined;
  const credential = settings.credentialName ?? '';
  if (credential !== '') {
    // What lies in a ConfigMap is no secret, and `invalid://` stands for nothing that could be found.
    const secret = !credential.startsWith('configmap://') && credential !== 'invalid://';
    return secret && !mayHoldSecrets ? { reason: 'credential-without-selector', at: beside(at, 'credentialName') } : undefined;
  }
  const incomplete = (settings.clientCertificate ?? '') === '' || (settings.privateKey ?? '') === '';
  return mode === 'MUTUAL' && incomplete ? { reason: 'no-client-certificate', at } : undefined;
}

/** A field beside the mode. */
function beside(mode: Place, field: string): Place {
  if (mode.kind === 'text') return mode;
  return below({ kind: 'node', resource: mode.resource, path: mode.path.slice(0, -1), part: 'value' }, field);
}

function automatically(
  { mesh, service, policy, endpoints, originalDestination }: Cluster,
  why: readonly ClientTlsStep[],
): readonly (Verdict | string)[] {
  const orders = policyOrders(mesh, service.namespace, endpoints);
  if (typeof orders === 'string') return [orders];
  return orders.map((order): Verdict => {
    const { mode, at } = order.ofNamespace;
    const steps: readonly ClientTlsStep[] = at === undefined ? why : [...why, { what: 'peer-authentication', at }];
    if (mode === 'DISABLE') return plainly('disabled-by-peer-authentication', ...steps);
    // Without endpoints to tell apart, the connection itself is mutual TLS.
    if (originalDestination)
      return { mode: 'ISTIO_MUTUAL', reason: 'auto-mtls', steps, transportTo: () => ({ sends: 'mtls', at: undefined }) };
    return { mode: 'auto', reason: 'auto-mtls', steps, transportTo: (endpoint) => automatic(endpoint, policy.ofEndpoints, order) };
  });
}

/** What automatic mutual TLS sends to one endpoint. Source: pilot/pkg/xds/endpoints/mtls_checker.go and endpoint_builder.go. */
function automatic(endpoint: Endpoint, marked: TlsBlock | undefined, order: PolicyOrder): Omit<EndpointTransport, 'endpoint'> {
  if (endpoint.proxy === 'ztunnel') return { sends: 'hbone', at: undefined };
  if (endpoint.proxy === 'none') return { sends: 'plaintext', at: endpoint.at };
  // A block that portLevelSettings took away from the connection still says what the endpoints are taken for.
  const plain = marked === undefined ? order.ofEndpoint(endpoint).mode === 'DISABLE' : marked.mode !== 'ISTIO_MUTUAL';
  const at = marked === undefined ? order.ofEndpoint(endpoint).at : marked.at;
  if (plain) return { sends: 'plaintext', at };
  return { sends: endpoint.proxy === undefined ? 'unknown' : 'mtls', at };
}
