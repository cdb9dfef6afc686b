/** Who calls. What is not given is not known, except that a caller without identity is one without mutual TLS. */
export interface Caller {
  /** As the certificate says, without `spiffe://`: `cluster.local/ns/shop/sa/web`. Undefined: a plaintext caller. */
  readonly identity?: string | undefined;
  /**
   * What sends the connection, which decides whether it comes through a waypoint: sidecars never go there, gateways where a label says so. Undefined:
   * not known, and then every way must come to the same. Means nothing of a caller without identity.
   */
  readonly proxy?: 'ztunnel' | 'sidecar' | 'gateway' | undefined;
  /** Of the peer of the connection. */
  readonly ip?: string | undefined;
  /** Of the client as proxies on the way report it; the peer's where undefined. */
  readonly remoteIp?: string | undefined;
}

export interface HttpRequest {
  readonly method: string;
  /** The Host header, with its port if it has one. */
  readonly host: string;
  /** The target as the client sends it, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** The claims of a token that is valid by itself; whether its issuer is one that counts is found out. */
  readonly jwt?: Claims | undefined;
}

export type ClaimValue = string | number | boolean | null | readonly ClaimValue[] | Claims;
export interface Claims {
  readonly [name: string]: ClaimValue;
}

/** One call as the server's proxy sees it, past TLS, normalisation and token verification. */
export interface Call {
  readonly chain: 'http' | 'tcp';
  /** Undefined when it came without mutual TLS. */
  readonly identity: string | undefined;
  readonly ip: string | undefined;
  readonly remoteIp: string | undefined;
  /** Of the container. */
  readonly port: number;
  readonly destinationIp: string | undefined;
  /** Empty when the connection has none. */
  readonly sni: string | undefined;
  readonly http: SeenRequest | undefined;
}

export interface SeenRequest {
  readonly method: string;
  readonly host: string;
  /** Normalised, with its query. */
  readonly target: string;
  /** By name in lower case; the values of repeated headers joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** Of a token that a RequestAuthentication verified. */
  readonly claims: Claims | undefined;
  /** Claims whose text is a list of words. */
  readonly spaceDelimited: ReadonlySet<string>;
}
