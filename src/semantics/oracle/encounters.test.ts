import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delegateLookUps } from './delegate-look-ups.test-support.ts';
import { encounters } from './encounters.test-support.ts';
import { gatewayApiLookUps } from './gateway-api-look-ups.test-support.ts';
import * as implementation from './implementation.test-support.ts';
import type { LookUp } from './look-up.test-support.ts';
import { streamLookUps } from './stream-look-ups.test-support.ts';

const seed = 20261124;
const numRuns = 250;

const delegates = [
  'a delegate',
  'a delegate in another namespace',
  'a delegate that is missing',
  "a delegate that is not exported to its root's namespace",
  'a delegate that delegates',
  'a root entry without matches',
  "a delegate's route without matches",
  "a delegate's match in conflict",
  "a delegate's route that one match of several drops",
  "a delegate's match that several of its root fit",
  "a delegate's match that some of its root fit",
  ...['uri', 'ignoreUriCase', 'scheme', 'method', 'authority', 'headers', 'withoutHeaders', 'queryParams'].map(
    (field) => `a conflict by ${field}`,
  ),
  ...['port', 'gateways', 'sourceLabels', 'sourceNamespace'].map((field) => `a conflict by ${field}`),
];

const gatewayApi = [
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'].map((kind) => `a route of kind ${kind} on a listener`),
  ...['sectionName', 'port', 'protocol', 'kinds', 'from: Same', 'from: Selector'].map((by) => `a listener that refuses a route by ${by}`),
  'a listener without a host name of the route',
  'a host that a more specific listener has',
  'a listener in conflict',
  'a ListenerSet',
  'a ListenerSet that its Gateway does not allow',
  "a ListenerSet's listener in conflict",
  'a route for all clients of a Service',
  'a route for clients of its namespace',
  'a route for a ServiceEntry',
  'a route for another port',
  'routes of several resources that merge',
  'rules behind one that catches all',
  'several lists for one host of a listener',
  'several lists for one host of the mesh',
  'routes beside VirtualServices',
  'a VirtualService that stands over routes',
  'a backend in another namespace, granted',
  'a backend in another namespace, not granted',
  'a backend of weight 0',
  'a backend that is missing',
  'a rule without backends',
];

const streams = [
  ...['gateways', 'sourceLabels', 'port', 'sourceNamespace'].map((by) => `a stream refused by ${by}`),
  'streams of several VirtualServices',
  'streams of a wildcard before others',
  'a tcp route without matches',
  'a tcp route with a match',
  'a tcp route for addresses',
  'a connection without a tcp route',
  'a tls route for a name',
  'a tls route for a wildcard',
  'a tls route that is not the first',
  'a tls route behind one for the same names',
  'a connection without a tls route',
];

describe('the generated meshes hold what is to be compared, three times and more', { timeout: 60_000 }, () => {
  const groups: readonly (readonly [string, readonly LookUp[], readonly string[]])[] = [
    ['delegates', delegateLookUps, delegates],
    ['routes of the Gateway API', gatewayApiLookUps, gatewayApi],
    ['tcp and tls routes', streamLookUps, streams],
  ];

  it.each(groups)('%s', (_name, lookUps, wanted) => {
    encounters.clear();
    for (const { property } of lookUps) fc.check(property(implementation), { seed, numRuns });
    expect(wanted.filter((what) => (encounters.get(what) ?? 0) < 3)).toEqual([]);
  });
});
