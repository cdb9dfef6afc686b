import type { Mutation } from './mutations.test-support.ts';

export const ambientMutations: Readonly<Record<string, readonly Mutation[]>> = {
  'whether an ambient port takes plaintext': [
    {
      fault: 'DISABLE alone makes an exception under a strict parent',
      file: 'semantics/ambient-mtls.ts',
      from: "if (!modes.includes('PERMISSIVE')) return whole;",
      to: '',
    },
    {
      fault: 'a policy of the root namespace with an empty selector is for the mesh',
      file: 'semantics/ambient-mtls.ts',
      from: 'spec?.selector === undefined || namespace === mesh.rootNamespace',
      to: 'spec !== undefined || namespace === mesh.rootNamespace',
    },
    {
      fault: 'what looks at ports sees policies with an empty selector',
      file: 'semantics/ambient-mtls.ts',
      from: 'inNamespace !== undefined && seen.includes(inNamespace) ? [inNamespace] : orNone(seen)',
      to: '[inNamespace]',
    },
    {
      fault: 'the mesh stands over the namespace',
      file: 'semantics/ambient-mtls.ts',
      from: 'ofNamespace ?? ofMesh ?? byDefault',
      to: 'ofMesh ?? ofNamespace ?? byDefault',
    },
  ],
  'the waypoint of a service or workload': [
    { fault: 'nobody opts out', file: 'graph/waypoints.ts', from: "if (written === 'none') return", to: "if (written === '') return" },
    {
      fault: 'a waypoint of another namespace need not allow it',
      file: 'graph/waypoint-gateways.ts',
      from: 'if (!taken.value) return',
      to: 'if (namespace === "") return',
    },
    { fault: 'a waypoint is for everything', file: 'graph/waypoint-gateways.ts', from: "? { value: 'service' }", to: "? { value: 'all' }" },
    {
      fault: 'the class of a waypoint says nothing',
      file: 'graph/waypoint-gateways.ts',
      from: 'value: label(one.metadata.labels, trafficLabel), resource: one',
      to: 'value: undefined as string | undefined, resource: one',
    },
    {
      fault: 'the pods of a namespace need a waypoint for them',
      file: 'graph/waypoints.ts',
      from: "taken.why === 'traffic' && inherited && traffic === 'workload'",
      to: 'false',
    },
    {
      fault: 'a waypoint has a waypoint',
      file: 'graph/waypoints.ts',
      from: "traffic === 'service' && managedByMesh",
      to: "traffic !== 'service' && managedByMesh",
    },
  ],
  'the policies of a waypoint': [
    {
      fault: 'policies by selector are for waypoints too',
      file: 'graph/authorization.ts',
      from: 'waypoint ? [] : [...index.bySelector.matching(target.labels)]',
      to: '[...index.bySelector.matching(target.labels)]',
    },
    {
      fault: 'the class is that of gateways',
      file: 'graph/authorization.ts',
      from: "byTarget('GatewayClass', waypointClass);",
      to: "byTarget('GatewayClass', 'istio');",
    },
    {
      fault: 'the group does not count',
      file: 'graph/authorization.ts',
      from: "groups.get(ref.kind)?.includes(ref.group ?? '') === true",
      to: 'groups.has(ref.kind)',
    },
    {
      fault: 'a service is known by its name only',
      file: 'graph/authorization.ts',
      from: 'if (service.namespace === namespace) byTarget(service.kind, service.name);',
      to: "byTarget('Service', service.name);",
    },
  ],
  'whether a call is admitted in ambient': [
    {
      fault: 'the ztunnel sees the caller behind a waypoint',
      file: 'semantics/access-ambient.ts',
      from: 'from: { identity } }, options)',
      to: 'from: question.from }, options)',
    },
    {
      fault: 'plaintext comes through waypoints',
      file: 'semantics/access-ways.ts',
      from: "if (from.identity === undefined) return [{ kind: 'straight' }];",
      to: '',
    },
    {
      fault: "the port at a waypoint is the pod's",
      file: 'semantics/waypoint-decision.ts',
      from: 'port: service?.port.number ?? port,',
      to: 'port,',
    },
    {
      fault: 'ztunnels drop what is of HTTP from ALLOW rules and keep the rest',
      file: 'semantics/ztunnel-rules.ts',
      from: 'if (!onlyTrustDomains || keptSources.length === 0) return nothing;',
      to: 'if (keptSources.length === 0) return nothing;',
    },
    {
      fault: 'an alternative of which nothing is left takes everybody',
      file: 'semantics/ztunnel-rules.ts',
      from: 'if (known.length === 0) return [];',
      to: '',
    },
    {
      fault: 'ztunnels know the other names of the mesh',
      file: 'semantics/access-fields.ts',
      from: 'if (asWritten === true) return matchesText(value, identity);',
      to: "if (asWritten === true) return any(rewrittenPrincipals(value, ['td1', 'old-td']).map((one) => matchesText(one, identity)));",
    },
    {
      fault: 'a selector that is empty takes all pods',
      file: 'semantics/ztunnel-rules.ts',
      from: 'if (selector !== undefined && selector.matchLabels === undefined) return false;',
      to: '',
    },
    {
      fault: 'dry runs count',
      file: 'semantics/ztunnel-rules.ts',
      from: '&& !isDryRun(policy);',
      to: ';',
    },
  ],
};
