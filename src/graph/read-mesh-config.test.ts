import { describe, expect, it } from 'vitest';
import { defaultMeshConfig } from './mesh-config.ts';
import { meshConfigFrom } from './read-mesh-config.ts';

describe('the extension providers of a mesh configuration', () => {
  const from = (extensionProviders: unknown): unknown => meshConfigFrom({ extensionProviders } as never).extensionProviders;

  it('are authorization servers or not', () => {
    expect(
      from([
        { name: 'a', envoyExtAuthzHttp: { service: 'a.b', port: 80 } },
        { name: 'b', envoyExtAuthzGrpc: {} },
        { name: 'c', zipkin: {} },
      ]),
    ).toEqual([
      { name: 'a', authorization: 'http' },
      { name: 'b', authorization: 'grpc' },
      { name: 'c', authorization: undefined },
    ]);
  });

  it('are none where the configuration names none, and not known where there is no configuration, or they are placeholders', () => {
    expect(meshConfigFrom({}).extensionProviders).toEqual([]);
    expect(defaultMeshConfig.extensionProviders).toBeUndefined();
    expect(from('${PROVIDERS}')).toBeUndefined();
    expect(from([{ name: '${NAME}', zipkin: {} }])).toBeUndefined();
  });

  it('stay what they were where another part of the configuration names none', () => {
    const base = meshConfigFrom({ extensionProviders: [{ name: 'a', envoyExtAuthzGrpc: {} }] });
    expect(meshConfigFrom({ trustDomain: 'td1' }, base).extensionProviders).toEqual([{ name: 'a', authorization: 'grpc' }]);
  });
});
