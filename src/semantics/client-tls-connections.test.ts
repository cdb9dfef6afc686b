import { describe, expect, it } from 'vitest';
import {
  type ConnectionClient,
  connectionOf,
  type ConnectionOutcome,
  type ConnectionServer,
  hasIdentity,
  isBroken,
} from './client-tls-connections.ts';

const servers = ['STRICT', 'PERMISSIVE', 'DISABLE', 'no-proxy', 'ambient-strict', 'ambient-permissive'] as const;
type Row = readonly [ConnectionClient, ...ConnectionOutcome[]];

/** On an HTTP port, from a client that can send HBONE. */
const http: readonly Row[] = [
  ['no-proxy', 'reset', 'plaintext', 'plaintext', 'plaintext', 'denied', 'plaintext'],
  ['DISABLE', 'reset', 'plaintext', 'plaintext', 'plaintext', 'hbone', 'hbone'],
  ['auto', 'mtls', 'mtls', 'plaintext', 'plaintext', 'hbone', 'hbone'],
  ['ISTIO_MUTUAL', 'mtls', 'mtls', 'protocol-error', 'tls-to-application', 'hbone', 'hbone'],
  ['SIMPLE', 'no-client-certificate', 'reset', 'protocol-error', 'tls-to-application', 'tls-in-hbone', 'tls-in-hbone'],
  ['MUTUAL', 'mtls-if-trusted', 'reset', 'protocol-error', 'tls-to-application', 'tls-in-hbone', 'tls-in-hbone'],
];

/** On a port that is TCP, TLS or sniffed, from a client that can't send HBONE. */
const opaque: readonly Row[] = [
  ['no-proxy', 'reset', 'plaintext', 'plaintext', 'plaintext', 'denied', 'plaintext'],
  ['DISABLE', 'reset', 'plaintext', 'plaintext', 'plaintext', 'denied', 'plaintext'],
  ['auto', 'mtls', 'mtls', 'plaintext', 'plaintext', 'denied', 'plaintext'],
  ['ISTIO_MUTUAL', 'mtls', 'mtls', 'tls-to-application', 'tls-to-application', 'denied', 'tls-to-application'],
  ['SIMPLE', 'no-client-certificate', 'tls-to-application', 'tls-to-application', 'tls-to-application', 'denied', 'tls-to-application'],
  ['MUTUAL', 'mtls-if-trusted', 'tls-to-application', 'tls-to-application', 'tls-to-application', 'denied', 'tls-to-application'],
];

const cells = (rows: readonly Row[]): readonly (readonly [ConnectionClient, ConnectionServer, ConnectionOutcome])[] =>
  rows.flatMap(([client, ...outcomes]) =>
    servers.flatMap((server, i) => (outcomes[i] === undefined ? [] : [[client, server, outcomes[i]] as const])),
  );

describe('a connection', () => {
  it.each(cells(http))('of a %s client to a %s server on an HTTP port: %s', (client, server, outcome) => {
    for (const protocol of ['HTTP', 'HTTP2', 'GRPC'] as const)
      expect(connectionOf(client, server, { protocol, hbone: true })).toBe(outcome);
  });

  it.each(cells(opaque))('of a %s client to a %s server on an opaque port, without HBONE: %s', (client, server, outcome) => {
    for (const protocol of ['TCP', 'TLS', 'HTTPS', 'auto'] as const)
      expect(connectionOf(client, server, { protocol, hbone: false })).toBe(outcome);
  });

  it('has an identity exactly where a certificate of the mesh arrives', () => {
    expect(hasIdentity('mtls')).toBe(true);
    expect(hasIdentity('hbone')).toBe(true);
    expect(hasIdentity('plaintext')).toBe(false);
    expect(hasIdentity('tls-to-application')).toBe(false);
  });

  it('is broken where nothing that the application does can help', () => {
    expect(['reset', 'no-client-certificate', 'protocol-error', 'denied'].every((outcome) => isBroken(outcome as ConnectionOutcome))).toBe(
      true,
    );
    expect(isBroken('tls-to-application')).toBe(false);
    expect(isBroken('mtls-if-trusted')).toBe(false);
  });
});
