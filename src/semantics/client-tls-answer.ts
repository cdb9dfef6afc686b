import type { DestinationRule, EffectiveDestinationRule } from '../graph/destination-rules.ts';
import type { Endpoint } from '../graph/endpoints.ts';
import type { MeshService } from '../graph/services.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { ClientTlsMode, PortTrafficPolicy, TlsBlock } from './client-tls-policy.ts';

export interface ClientTlsQuestion {
  readonly client: Workload;
  /** A full name, as a service is registered: `reviews.shop.svc.cluster.local`. */
  readonly host: string;
  /** The service's port. */
  readonly port: number;
  readonly subset?: string | undefined;
}

/** Why a client does what it does. */
export type ClientTlsReason =
  // no-cluster: it has nothing that leads to this host, port or subset; hidden-host by exportTo, not-imported by its Sidecar
  | 'unknown-host'
  | 'hidden-host'
  | 'not-imported'
  | 'alias'
  | 'unknown-port'
  | 'udp'
  | 'unknown-subset'
  | 'no-address'
  // a tls block
  | 'destination-rule'
  | 'credential-without-selector'
  | 'no-client-certificate'
  // no tls block; ztunnel: of an ambient client, which knows none
  | 'ztunnel'
  | 'no-proxy'
  | 'external-service'
  | 'auto-mtls-off'
  | 'disabled-by-peer-authentication'
  | 'plaintext-endpoint'
  | 'auto-mtls';

/** What goes to one endpoint: mutual TLS of the mesh, plaintext, TLS of another kind, HBONE, or not known. */
export type Transport = 'mtls' | 'plaintext' | 'tls' | 'hbone' | 'unknown';

export interface EndpointTransport {
  readonly endpoint: Endpoint;
  readonly sends: Transport;
  /** What decided for this endpoint, if not what decides for all. */
  readonly at: Place | undefined;
}

/** A place that decided, and what it decided. */
export interface ClientTlsStep {
  readonly what:
    | 'sidecar'
    | 'service'
    | 'port'
    | 'destination-rule'
    | 'merged-destination-rule'
    | 'subset'
    | 'tls'
    | 'port-settings-without-tls'
    | 'load-balancer'
    | 'peer-authentication'
    | 'endpoint';
  readonly at: Place;
}

export interface ClientTls {
  /**
   * Of the client's cluster. `auto`: mutual TLS to each endpoint that takes it. A connection to the address that the application asked
   * for knows no endpoints: there automatic mutual TLS is ISTIO_MUTUAL, or DISABLE if one endpoint does not take it.
   */
  readonly mode: 'auto' | ClientTlsMode | 'no-cluster';
  readonly reason: ClientTlsReason;
  readonly service: MeshService | undefined;
  /** The rule that counts: the oldest of those that are merged. */
  readonly destinationRule: DestinationRule | undefined;
  readonly mergedFrom: readonly DestinationRule[];
  readonly level: EffectiveDestinationRule['level'];
  /** The block that counts, also where it has no effect. */
  readonly tls: TlsBlock | undefined;
  /** An entry of portLevelSettings that takes the block around it away from this port. */
  readonly erased: PortTrafficPolicy['erased'];
  /** Endpoints play no part: the connection goes to the address that the application asked for. */
  readonly originalDestination: boolean;
  readonly endpoints: readonly EndpointTransport[];
  /** All that goes over the wire; `none`: the host or subset has no endpoints. */
  readonly wire: Transport | 'mixed' | 'none';
  /** What decided, in the order in which it does. */
  readonly steps: readonly ClientTlsStep[];
}

/** Of an answer that no DestinationRule has a part in. */
export const noRule = {
  destinationRule: undefined,
  mergedFrom: [],
  level: 'none',
  tls: undefined,
  erased: undefined,
} as const satisfies Partial<ClientTls>;

/** All that goes over the wire. `certain`: the endpoints that are known are all. */
export function wireOf(sent: readonly EndpointTransport[], certain: boolean): ClientTls['wire'] {
  if (!certain) return 'unknown';
  const kinds = new Set(sent.map(({ sends }) => sends));
  const [only, ...others] = kinds;
  if (only === undefined) return 'none';
  if (others.length === 0) return only;
  return kinds.has('unknown') && kinds.size === 2 ? 'unknown' : 'mixed';
}
