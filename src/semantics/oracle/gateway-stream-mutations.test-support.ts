import type { Mutation } from './mutations.test-support.ts';

const ports = 'graph/gateway-routes.ts';

export const gatewayStreamMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the route that a connection takes at a gateway': [
    {
      fault: 'TLS behind plaintext is kept',
      file: ports,
      from: 'if (!(http && isHttpProtocol(plain.protocol))) continue;',
      to: 'void 0;',
    },
    { fault: 'the age of plaintext and TLS does not count', file: ports, from: ' && !isMixed', to: '' },
    {
      fault: 'a name that another TLS server has counts again',
      file: ports,
      from: 'if (keys.some((key) => tlsHosts.has(key))) continue;',
      to: '',
    },
    {
      fault: 'a server that ends TLS takes a name without any route',
      file: 'semantics/route-gateway.ts',
      from: "(isHttps(server) || gatewayStreamsOf(mesh, workload, server, 'tcp').length > 0)",
      to: 'true',
    },
    {
      fault: 'streams of hosts that the server does not have count',
      file: 'graph/stream-routes.ts',
      from: 'if (position === undefined || !isAttached(server, config)) return [];\n    const',
      to: 'if (position === undefined) return [];\n    const',
    },
  ],
};
