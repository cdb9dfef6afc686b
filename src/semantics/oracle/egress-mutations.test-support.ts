import type { Mutation } from './mutations.test-support.ts';

const registry = 'graph/registry.ts';
const sidecars = 'graph/sidecars.ts';

export const egressMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'the route that a request takes by the egress of a Sidecar': [
    {
      fault: 'a bound listener takes what goes elsewhere',
      file: sidecars,
      from: '!listener.bound && (listener.port',
      to: '(listener.port',
    },
    {
      fault: 'a listener for a port is for every port',
      file: sidecars,
      from: 'listener.port === undefined || listener.port === port)',
      to: 'true)',
    },
    {
      fault: 'a listener for a port knows all ports of a service',
      file: registry,
      from: 'port === undefined ? service : seen(service.definitions, (number) => number === port)',
      to: 'service',
    },
    {
      fault: 'what a listener for a port knows of a service of Kubernetes is all',
      file: registry,
      from: 'const [whole] = port === undefined ? explicit : [];',
      to: 'const whole = port === undefined ? known[0] : undefined;',
    },
    {
      fault: 'parts of a service do not come together',
      file: registry,
      from: 'if (existing.namespace !== service.namespace) return existing;',
      to: 'return existing;',
    },
  ],
};
