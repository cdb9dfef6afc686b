/**
 * What a port speaks: `HTTP` covers HTTP/1, HTTP/2 and gRPC; `auto` is sniffed by the proxy; `TLS` and `HTTPS` are TCP chains.
 */
export type Protocol = 'HTTP' | 'HTTP2' | 'GRPC' | 'TCP' | 'TLS' | 'HTTPS' | 'UDP' | 'auto';

/** By what a port is named, and by appProtocol; both in lower case. Source: pkg/config/protocol/instance.go, Parse. */
const byName: ReadonlyMap<string, Protocol> = new Map([
  ['http', 'HTTP'],
  ['http2', 'HTTP2'],
  ['grpc', 'GRPC'],
  ['grpc-web', 'GRPC'],
  ['tcp', 'TCP'],
  ['tls', 'TLS'],
  ['https', 'HTTPS'],
  ['mongo', 'TCP'],
  ['mysql', 'TCP'],
  ['redis', 'TCP'],
  ['udp', 'UDP'],
  ['hbone', 'TCP'],
  ['double-hbone', 'TCP'],
]);

/** Source: pkg/config/kube/conversion.go, ConvertProtocol. */
const byKubernetes: ReadonlyMap<string, Protocol> = new Map([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

/** Ports of protocols in which the server speaks first, so that they can't be sniffed. */
const serverFirst: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

/**
 * appProtocol stands over the name, and an unknown one means `auto` without a look at the name; a name counts up to its first dash.
 * Source: pkg/config/kube/conversion.go, ConvertProtocol.
 */
export function protocolOf(port: {
  readonly number: number;
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}): Protocol {
  if (port.protocol === 'UDP') return 'UDP';
  if (port.appProtocol !== undefined) {
    const written = port.appProtocol.toLowerCase();
    return byKubernetes.get(written) ?? byName.get(written) ?? 'auto';
  }
  const name = (port.name ?? '').toLowerCase();
  const dash = name.indexOf('-');
  const prefix = name.startsWith('grpc-web') ? 'grpc-web' : dash === -1 ? name : name.slice(0, dash);
  const named = byName.get(prefix);
  if (named !== undefined) return named;
  return serverFirst.has(port.number) ? 'TCP' : 'auto';
}

export function isHttp(protocol: Protocol): boolean {
  return protocol === 'HTTP' || protocol === 'HTTP2' || protocol === 'GRPC';
}
