import type { Mutation } from './mutations.test-support.ts';

const ports = 'graph/gateway-routes.ts';
const gateway = 'semantics/route-gateway.ts';

export const gatewayServerMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the route that a request takes by the servers of Gateways': [
    {
      fault: 'a server with a host that another one has is kept',
      file: ports,
      from: 'if (keys.some((key) => tlsHosts.has(key))) continue;',
      to: '',
    },
    {
      fault: 'routes stand over the redirect',
      file: gateway,
      from: 'if (found?.redirect !== undefined && !tls)',
      to: 'if (found?.redirect !== undefined && found.list === undefined && !tls)',
    },
    {
      fault: 'servers that end TLS share their routes',
      file: gateway,
      from: 'byTable(call, [server], true)',
      to: 'byTable(call, servers, true)',
    },
    { fault: 'the first server whose name fits takes it', file: gateway, from: 'chain.distance === best && ', to: '' },
    {
      fault: 'a gateway knows the labels of its clients',
      file: 'graph/route-lists.ts',
      from: "if (gateway !== 'mesh') return true;",
      to: '',
    },
    {
      fault: 'http and tcp are served side by side',
      file: ports,
      from: 'if (!(http && isHttpProtocol(plain.protocol))) continue;',
      to: '',
    },
    {
      fault: 'a server redirects what nobody binds to it',
      file: ports,
      from: 'if (places.length === 0) continue;',
      to: '',
    },
  ],
};
