/** How a port is read: an HTTP chain, a TCP chain, or both, the traffic decides. */
export type Chain = 'http' | 'tcp' | 'auto' | 'udp';

const named: Readonly<Record<string, Chain>> = {
  http: 'http',
  http2: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  https: 'tcp',
  tls: 'tcp',
  tcp: 'tcp',
  redis: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  udp: 'udp',
};

const kubernetes: Readonly<Record<string, Chain>> = { 'kubernetes.io/h2c': 'http', 'kubernetes.io/ws': 'http', 'kubernetes.io/wss': 'tcp' };

/**
 * §6 (port protocol), corrected by "Protocols": UDP; then appProtocol alone where there is one, else the name; the part before the first `-`,
 * in any case, `grpc-web` whole; else TCP on 25, 53, 3306 and 27017; else what the traffic turns out to be.
 */
export function chainOfServicePort(port: {
  readonly name?: string | undefined;
  readonly port: number;
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}): Chain {
  if (port.protocol === 'UDP') return 'udp';
  const text = (port.appProtocol ?? port.name ?? '').toLowerCase();
  const standard = port.appProtocol === undefined ? undefined : kubernetes[port.appProtocol];
  if (standard !== undefined) return standard;
  const word = text.startsWith('grpc-web') ? 'grpc-web' : text.split('-')[0];
  const chain = word === undefined || !Object.hasOwn(named, word) ? undefined : named[word];
  if (chain !== undefined) return chain;
  return [25, 53, 3306, 27017].includes(port.port) ? 'tcp' : 'auto';
}

/** A ServiceEntry's port says its protocol itself. */
export function chainOfEntryPort(port: { readonly protocol?: string }): Chain {
  const word = (port.protocol ?? '').toLowerCase();
  return Object.hasOwn(named, word) ? (named[word] ?? 'auto') : 'auto';
}
