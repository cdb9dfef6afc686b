import type { Mutation } from './mutations.test-support.ts';

export const streamMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the route that a connection takes in the mesh': [
    {
      fault: 'where gateways are named, the labels of the client do not count',
      file: 'graph/route-lists.ts',
      from: "if (match.gateways.length > 0 && !match.gateways.includes(gateway)) return false;\n  if (gateway !== 'mesh')",
      to: "if (match.gateways.length > 0) return match.gateways.includes(gateway);\n  if (gateway !== 'mesh')",
    },
    {
      fault: 'wildcards do not count',
      file: 'graph/stream-routes.ts',
      from: 'for (const [, list] of configs.covering(host)) for',
      to: 'for (const [one, list] of configs.covering(host)) if (one === host) for',
    },
    {
      fault: 'weight 0 is kept',
      file: 'semantics/route-streams.ts',
      from: 'entry.targets.filter(({ weight }) => weight > 0)',
      to: 'entry.targets',
    },
    {
      fault: 'a destination has the port of the listener',
      file: 'semantics/route-streams.ts',
      from: 'target.port ?? singlePort(mesh, proxy, target.host) ?? port',
      to: 'target.port ?? port',
    },
    {
      fault: 'the first name that fits counts',
      file: 'semantics/route-streams.ts',
      from: 'routes.find((one) => distance(one) === best)',
      to: 'routes.find((one) => distance(one) >= 0)',
    },
  ],
};
