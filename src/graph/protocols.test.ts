import { describe, expect, it } from 'vitest';
import { protocolOf } from './protocols.ts';

describe('the protocol of a port', () => {
  it('is said by its name up to the first dash', () => {
    expect(['http', 'HTTP-web', 'grpc-web-x', 'httpx', 'web-http'].map((name) => protocolOf({ number: 80, name }))).toEqual([
      'HTTP',
      'HTTP',
      'GRPC',
      'auto',
      'auto',
    ]);
  });

  it('is said by appProtocol alone where there is one, likewise up to the first dash', () => {
    expect(protocolOf({ number: 80, name: 'tcp', appProtocol: 'http-web' })).toBe('HTTP');
    expect(protocolOf({ number: 80, name: 'http', appProtocol: 'example.com/x' })).toBe('auto');
    expect(protocolOf({ number: 80, name: 'http', appProtocol: 'kubernetes.io/wss' })).toBe('HTTPS');
  });

  it('is TCP on the ports where the server speaks first, if name or appProtocol says nothing that Istio knows', () => {
    expect(protocolOf({ number: 3306 })).toBe('TCP');
    expect(protocolOf({ number: 3306, name: 'http', appProtocol: 'example.com/x' })).toBe('TCP');
    expect(protocolOf({ number: 3306, name: 'http' })).toBe('HTTP');
    expect(protocolOf({ number: 6379 })).toBe('auto');
  });
});
