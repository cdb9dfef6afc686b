/** How often the oracle came upon what is worth comparing: an oracle that never meets a delegate proves nothing about delegates. */
export const encounters = new Map<string, number>();

export function met(what: string): void {
  encounters.set(what, (encounters.get(what) ?? 0) + 1);
}

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

const servers = [
  'a host of an http server',
  'a host that no http server has',
  'a server of another protocol than the first of its port',
  'a second TCP server',
  'a redirect to https that stands over routes',
  'a redirect to https without routes',
  'a TLS server with the host',
  'a TLS server without the host',
  'a TLS server with a host that another one has',
  'a TLS server whose name is nearer than that of another',
  'a name that no server has',
  'TLS that is passed on',
  'a tls route of a gateway with labels of clients',
  'a tls route of a gateway behind one for the same name',
];

const gatewayStreams = [
  'a server for streams with a host that another one has',
  'a TLS server behind plaintext',
  'a second plaintext server',
  'a tls route of a gateway with a name that another one has',
  'a stream of a gateway for some clients',
  'a stream of a gateway for addresses',
  'a tcp route of a gateway that is not of the first VirtualService',
  'a name that no stream of a gateway has',
  'plaintext where TLS is wanted',
  'a name that sidecars ask for',
];

const egress = [
  'an egress listener for the port',
  'an egress listener for every port',
  'an egress listener that is bound',
  'a port without an egress listener',
  'a Sidecar with another outboundTrafficPolicy than the mesh',
];

/** What the meshes of the look-ups must hold. */
export const worthComparing: readonly string[] = [...delegates, ...gatewayApi, ...streams, ...servers, ...gatewayStreams, ...egress];
