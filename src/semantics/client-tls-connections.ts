import type { Protocol } from '../graph/protocols.ts';
import { isHttp } from '../graph/protocols.ts';

/**
 * How a client connects: `no-proxy` has none and speaks plaintext itself; `DISABLE` is a sidecar told to send plaintext; `auto` is
 * automatic mutual TLS.
 */
export type ConnectionClient = 'no-proxy' | 'DISABLE' | 'auto' | 'ISTIO_MUTUAL' | 'SIMPLE' | 'MUTUAL';

/** What listens: a sidecar with its mode, nothing in front of the application, or a ztunnel under an effective mode. */
export type ConnectionServer = 'STRICT' | 'PERMISSIVE' | 'DISABLE' | 'no-proxy' | 'ambient-strict' | 'ambient-permissive';

/**
 * - `plaintext`: arrives, without an identity.
 * - `mtls`, `hbone`: arrives with the client's identity; HBONE is what ztunnels speak.
 * - `tls-in-hbone`: as hbone, and the application gets TLS inside.
 * - `tls-to-application`: TLS goes on to the application, which must terminate it.
 * - `mtls-if-trusted`: arrives if the client's own certificate chains to the mesh's root.
 * - `reset`: the server has no filter chain for it.
 * - `no-client-certificate`: the server asks for one, the client has none.
 * - `protocol-error`: TLS meets a proxy that reads HTTP.
 * - `denied`: a ztunnel refuses what comes without an identity.
 */
export type ConnectionOutcome =
  | 'plaintext'
  | 'mtls'
  | 'hbone'
  | 'tls-in-hbone'
  | 'tls-to-application'
  | 'mtls-if-trusted'
  | 'reset'
  | 'no-client-certificate'
  | 'protocol-error'
  | 'denied';

export interface ConnectionSettings {
  /** Of the port. */
  readonly protocol: Protocol;
  /** The client's sidecar can send HBONE, which is so once the ambient mode is installed. */
  readonly hbone: boolean;
}

/**
 * What becomes of a connection.
 * Source: pilot/pkg/networking/core/filterchain_options.go (which chain takes what a client sends), cluster_tls.go
 * (applyHBONETransportSocketMatches), pilot/pkg/serviceregistry/ambient/authorization.go (STRICT denies what has no principal).
 */
export function connectionOf(
  client: ConnectionClient,
  server: ConnectionServer,
  { protocol, hbone }: ConnectionSettings,
): ConnectionOutcome {
  const ambient = server === 'ambient-strict' || server === 'ambient-permissive';
  // Whatever a sidecar is told, to an ambient pod it sends HBONE if it can; TLS of its own goes inside.
  if (ambient && hbone && client !== 'no-proxy') return client === 'SIMPLE' || client === 'MUTUAL' ? 'tls-in-hbone' : 'hbone';
  switch (client) {
    case 'no-proxy':
    case 'DISABLE':
      return plaintextTo(server);
    case 'auto':
      // Endpoints are known to take mutual TLS or not, and get what they take.
      return server === 'STRICT' || server === 'PERMISSIVE' ? 'mtls' : plaintextTo(server);
    case 'ISTIO_MUTUAL':
      return server === 'STRICT' || server === 'PERMISSIVE' ? 'mtls' : tlsTo(server, protocol);
    case 'SIMPLE':
      return server === 'STRICT' ? 'no-client-certificate' : tlsTo(server, protocol);
    case 'MUTUAL':
      return server === 'STRICT' ? 'mtls-if-trusted' : tlsTo(server, protocol);
  }
}

/** The server knows who calls. */
export function hasIdentity(outcome: ConnectionOutcome): boolean {
  return outcome === 'mtls' || outcome === 'hbone' || outcome === 'tls-in-hbone' || outcome === 'mtls-if-trusted';
}

/** It cannot work, whatever the application does. */
export function isBroken(outcome: ConnectionOutcome): boolean {
  return outcome === 'reset' || outcome === 'no-client-certificate' || outcome === 'protocol-error' || outcome === 'denied';
}

function plaintextTo(server: ConnectionServer): ConnectionOutcome {
  if (server === 'STRICT') return 'reset';
  return server === 'ambient-strict' ? 'denied' : 'plaintext';
}

/** TLS that is not the mesh's, to anything but a sidecar that insists on mutual TLS. */
function tlsTo(server: ConnectionServer, protocol: Protocol): ConnectionOutcome {
  // A ztunnel takes bytes without identity for plaintext, whatever they are.
  if (server === 'ambient-strict') return 'denied';
  // A permissive HTTP port has chains for plaintext and for the mesh's mutual TLS, and none for other TLS.
  if (server === 'PERMISSIVE' && isHttp(protocol)) return 'reset';
  if (server === 'DISABLE' && isHttp(protocol)) return 'protocol-error';
  return 'tls-to-application';
}
