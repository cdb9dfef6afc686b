/**
 * What a port speaks: `HTTP` covers HTTP/1, HTTP/2 and gRPC; `auto` is sniffed by the proxy; `TLS` and `HTTPS` are TCP chains.
 */
export type Protocol = 'HTTP' | 'HTTP2' | 'GRPC' | 'TCP' | 'TLS' | 'HTTPS' | 'UDP' | 'auto';

/** By the beginning of what a port is named, or of appProtocol, in lower case. Source: pkg/config/protocol/instance.go, Parse. */
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
 * appProtocol stands over the name, which is not looked at then; either counts up to its first dash. What is none of these is `auto`, or TCP
 * on the ports of protocols in which the server speaks first.
 * Source: pkg/config/kube/conversion.go, ConvertProtocol.
 */
export function protocolOf(port: {
  readonly number: number;
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}): Protocol {
  if (port.protocol === 'UDP') return 'UDP';
  const standard = port.appProtocol === undefined ? undefined : byKubernetes.get(port.appProtocol);
  if (standard !== undefined) return standard;
  const written = (port.appProtocol ?? port.name ?? '').toLowerCase();
  const dash = written.indexOf('-');
  const prefix = written.startsWith('grpc-web') ? 'grpc-web' : dash === -1 ? written : written.slice(0, dash);
  return byName.get(prefix) ?? (serverFirst.has(port.number) ? 'TCP' : 'auto');
}

export function isHttp(protocol: Protocol): boolean {
  return protocol === 'HTTP' || protocol === 'HTTP2' || protocol === 'GRPC';
}
