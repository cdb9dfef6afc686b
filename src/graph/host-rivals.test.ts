import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { rivalsOf } from './host-rivals.ts';

const virtualService = (name: string, namespace: string, more = ''): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: { hosts: [api.example.com]${more}, http: [{ route: [{ destination: { host: web } }] }] }
`;

async function rivals(manifests: string): Promise<readonly string[]> {
  const mesh = await meshOf(manifests);
  return mesh
    .of('VirtualService')
    .flatMap((one) =>
      rivalsOf(mesh, one).flatMap((found) => found.rivals.map((rival) => `${one.metadata.name}-${rival.virtualService.metadata.name}`)),
    );
}

describe('VirtualServices of one host', () => {
  it('are rivals where both are public', async () => {
    expect(await rivals(virtualService('a', 'one') + virtualService('b', 'two'))).toEqual(['a-b', 'b-a']);
  });

  it('are none where one is nearer to every client that sees both', async () => {
    expect(await rivals(virtualService('a', 'one', ', exportTo: [.]') + virtualService('b', 'two'))).toEqual([]);
    expect(await rivals(virtualService('a', 'one', ', exportTo: [web]') + virtualService('b', 'web', ', exportTo: [.]'))).toEqual([]);
  });

  it('are rivals for a client to which both are exported by name', async () => {
    expect(await rivals(virtualService('a', 'one', ', exportTo: [web]') + virtualService('b', 'two', ', exportTo: [web]'))).toEqual([
      'a-b',
      'b-a',
    ]);
  });
});
