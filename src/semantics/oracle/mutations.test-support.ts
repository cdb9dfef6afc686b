import { delegateMutations } from './delegate-mutations.test-support.ts';
import { egressMutations } from './egress-mutations.test-support.ts';
import { gatewayApiMutations } from './gateway-api-mutations.test-support.ts';
import { gatewayStreamMutations } from './gateway-stream-mutations.test-support.ts';
import { gatewayServerMutations } from './gateway-server-mutations.test-support.ts';
import { streamMutations } from './stream-mutations.test-support.ts';
import { ambientMutations } from './ambient-mutations.test-support.ts';
import { customMutations } from './custom-mutations.test-support.ts';
import { variantMutations } from './variant-mutations.test-support.ts';

/** A fault that is planted into the implementation: one text of one file is replaced. */
export interface Mutation {
  /** What is wrong then. */
  readonly fault: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

/** At least three for each look-up, by its name. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  ...delegateMutations,
  ...gatewayApiMutations,
  ...gatewayStreamMutations,
  ...gatewayServerMutations,
  ...streamMutations,
  ...ambientMutations,
  ...customMutations,
  ...variantMutations,
  ...egressMutations,
  'the full name of a host': [
    { fault: 'a dotted name is a short one', file: 'graph/hosts.ts', from: "host.includes('.') || ", to: '' },
    { fault: 'a wildcard is a short name', file: 'graph/hosts.ts', from: "host.startsWith('*') || ipAddress", to: 'ipAddress' },
    {
      fault: 'the domain is always cluster.local',
      file: 'graph/hosts.ts',
      from: '`${host}.${namespace}.svc.${domain}`',
      to: '`${host}.${namespace}.svc.cluster.local`',
    },
  ],
  'the services that a client knows': [
    {
      fault: "the client's namespace is not preferred",
      file: 'graph/registry.ts',
      from: 'own.length > 0 ? own : definitions.filter(isKubernetes);',
      to: 'definitions.filter(isKubernetes);',
    },
    { fault: '`.` exports to no namespace', file: 'graph/visibility.ts', from: "entry === '.' ? own : entry", to: 'entry' },
    { fault: 'the default exportTo is public', file: 'graph/visibility.ts', from: "if (byDefault.includes('.'))", to: 'if (false)' },
    {
      fault: "the root namespace's Sidecar is for itself only",
      file: 'graph/sidecars.ts',
      from: '?? unselected.get(mesh.rootNamespace)',
      to: '',
    },
    { fault: "a Sidecar's selector is ignored", file: 'graph/sidecars.ts', from: 'if (selected.length > 0) return selected;', to: '' },
  ],
  'the DestinationRule that a client gets': [
    { fault: 'the root level is dropped', file: 'graph/destination-rules.ts', from: "['root', rootNamespace],", to: '' },
    { fault: 'exportTo is ignored', file: 'graph/destination-rules.ts', from: 'merged.findLast(visible)', to: 'merged.at(-1)' },
    {
      fault: 'clients of the root namespace see all of its rules first',
      file: 'graph/destination-rules.ts',
      from: 'namespace === rootNamespace ? ownOnly : forOwn',
      to: 'forOwn',
    },
    {
      fault: 'a rule that its own namespace does not see is found there',
      file: 'graph/destination-rules.ts',
      from: "['*', '.', namespace].some((entry) => exportTo.has(entry))",
      to: 'true',
    },
    {
      fault: 'rules with a selector come in the order of creation',
      file: 'graph/destination-rule-merge.ts',
      from: 'mergeInOrder([...front, ...back])',
      to: 'mergeInOrder([...back, ...front])',
    },
  ],
  "the client's TLS": [
    {
      fault: "a port's entry without tls leaves the block around it",
      file: 'semantics/client-tls-policy.ts',
      from: 'tls: inner.entry === undefined ? (inner.tls ?? outer.tls) : inner.tls,',
      to: 'tls: inner.tls ?? outer.tls,',
    },
    {
      fault: 'a secret by name is for every sidecar',
      file: 'semantics/client-tls-verdict.ts',
      from: 'return secret && !mayHoldSecrets ?',
      to: 'return secret && false ?',
    },
    {
      fault: 'automatic mutual TLS is never off',
      file: 'semantics/client-tls-verdict.ts',
      from: 'if (!mesh.config.enableAutoMtls)',
      to: 'if (false)',
    },
    {
      fault: 'the mode of the namespace does not count',
      file: 'semantics/client-tls-verdict.ts',
      from: "if (mode === 'DISABLE') return plainly('disabled-by-peer-authentication'",
      to: "if (mode === 'STRICT') return plainly('disabled-by-peer-authentication'",
    },
  ],
  'the PeerAuthentication mode of a port': [
    {
      fault: 'the workload stands over the port',
      file: 'semantics/mtls.ts',
      from: "portMode(own, port) ?? ownMode(own, 'workload')",
      to: "ownMode(own, 'workload') ?? portMode(own, port)",
    },
    {
      fault: 'a selector counts in the root namespace too',
      file: 'graph/peer-authentications.ts',
      from: "return inRoot ? 'ignored' : 'workload';",
      to: "return 'workload';",
    },
    {
      fault: 'an empty selector selects workloads',
      file: 'graph/peer-authentications.ts',
      from: 'if (Object.keys(selectorOf(policy)).length === 0)',
      to: 'if (policy.spec?.selector === undefined)',
    },
    {
      fault: 'the mesh level is dropped',
      file: 'graph/peer-authentications.ts',
      from: 'mesh: unselected.get(rootNamespace) ?? none,',
      to: 'mesh: none,',
    },
  ],
  'who is in the mesh': [
    {
      fault: 'any istio-injection injects',
      file: 'graph/workloads.ts',
      from: "return byNamespace === 'enabled' && !optedOut;",
      to: 'return !optedOut;',
    },
    {
      fault: 'the annotation stands over the label',
      file: 'graph/workloads.ts',
      from: "podChoice === undefined && annotations['sidecar.istio.io/inject'] === 'false'",
      to: "annotations['sidecar.istio.io/inject'] === 'false'",
    },
    {
      fault: 'a pod on the host network is injected',
      file: 'graph/workloads.ts',
      from: "if (workload.hostNetwork) return 'none';",
      to: '',
    },
    {
      fault: 'a pod that opts out of ambient is in it',
      file: 'graph/workloads.ts',
      from: "if (podMode === 'none') return 'none';",
      to: '',
    },
  ],
  'the protocol of a port': [
    {
      fault: 'the name stands over appProtocol',
      file: 'graph/protocols.ts',
      from: '(port.appProtocol ?? port.name',
      to: '(port.name ?? port.appProtocol',
    },
    { fault: 'the whole name counts', file: 'graph/protocols.ts', from: 'dash === -1 ? written', to: 'true ? written' },
    { fault: 'ports have no protocol of their own', file: 'graph/protocols.ts', from: 'serverFirst.has(port.number)', to: 'false' },
  ],
  'the policies that attach': [
    {
      fault: 'the root namespace is for itself',
      file: 'graph/authorization.ts',
      from: 'new Set([rootNamespace, target.namespace])',
      to: 'new Set([target.namespace])',
    },
    {
      fault: 'a policy with targetRefs is for all workloads',
      file: 'graph/authorization.ts',
      from: 'if (refs.length === 0) {',
      to: 'if (refs.length >= 0) {',
    },
    {
      fault: 'a target may lie in another namespace',
      file: 'graph/authorization.ts',
      from: 'gateway !== undefined && namespace === target.namespace',
      to: 'gateway !== undefined',
    },
  ],
  'whether a call is admitted': [
    {
      fault: 'a dry run is enforced',
      file: 'semantics/authorization-decision.ts',
      from: 'asked.filter((one) => one.action === action && !one.dryRun)',
      to: 'asked.filter((one) => one.action === action)',
    },
    {
      fault: 'no ALLOW rule is no ALLOW policy',
      file: 'semantics/authorization-decision.ts',
      from: 'if (allowing.length > 0 && admitting.length === 0) {',
      to: 'if (allowing.some(({ rules }) => rules.length > 0) && admitting.length === 0) {',
    },
    {
      fault: 'HTTP fields of a DENY rule drop it on a TCP chain as they do with ALLOW',
      file: 'semantics/authorization-decision.ts',
      from: "matchRule(rule, seen, context, action === 'ALLOW')",
      to: 'matchRule(rule, seen, context, true)',
    },
    {
      fault: 'an identity comes through where mutual TLS is disabled',
      file: 'semantics/access.ts',
      from: "const identity = mode === 'DISABLE' ? undefined : from.identity;",
      to: 'const identity = from.identity;',
    },
    { fault: 'hosts are compared with their case', file: 'semantics/access-fields.ts', from: 'http?.host.toLowerCase()', to: 'http?.host' },
    {
      fault: 'a bare service account is of the root namespace',
      file: 'semantics/access-fields.ts',
      from: 'slash === -1 ? namespace : value',
      to: "slash === -1 ? 'istio-system' : value",
    },
  ],
  'the gateways, their workloads and VirtualServices': [
    {
      fault: 'the namespace before a host is ignored',
      file: 'graph/gateway-routes.ts',
      from: 'if (slash !== -1 && !config.owners.includes(written.slice(0, slash))) return false;',
      to: '',
    },
    {
      fault: 'only what the server covers binds',
      file: 'graph/gateway-routes.ts',
      from: 'isWithin(one.host, host) || isWithin(host, one.host)',
      to: 'isWithin(one.host, host)',
    },
    { fault: 'a Gateway without selector is for none', file: 'graph/gateways.ts', from: '...unselecting, ', to: '' },
    {
      fault: 'a bare reference is of the root namespace',
      file: 'graph/claims.ts',
      from: '`${namespace}/${written}` : ',
      to: '`istio-system/${written}` : ',
    },
  ],
  'the ordered routes of a host in the mesh': [
    {
      fault: 'sourceLabels count beside gateways',
      file: 'graph/route-lists.ts',
      from: 'if (match.gateways.length > 0) return match.gateways.includes(gateway);',
      to: 'if (match.gateways.length > 0 && !match.gateways.includes(gateway)) return false;',
    },
    {
      fault: 'private ones come last',
      file: 'graph/config-position.ts',
      from: 'return nearness * 2 +',
      to: 'return -nearness * 2 +',
    },
    {
      fault: 'routes go on behind a catch-all',
      file: 'graph/route-lists.ts',
      from: 'last = entry;\n      ended.add(entry.resource);',
      to: '',
    },
    {
      fault: 'an exact host without routes leaves the service to wildcards',
      file: 'graph/mesh-routes.ts',
      from: 'if (exact.length > 0) {',
      to: 'if (exact.some((config) => sequenceOf(at, config) !== undefined)) {',
    },
  ],
  'the route that a request takes in the mesh': [
    {
      fault: 'a header that is absent is not empty',
      file: 'semantics/route-match.ts',
      from: "!matchesText(match, text ?? '', regexes)",
      to: 'text === undefined || !matchesText(match, text, regexes)',
    },
    {
      fault: 'weight 0 is kept',
      file: 'semantics/route-http.ts',
      from: 'entry.targets.filter(({ weight }) => weight !== 0)',
      to: 'entry.targets',
    },
    { fault: 'a prefix is one of segments', file: 'semantics/route-match.ts', from: 'return !bySegment || ', to: 'return ' },
    {
      fault: 'a sidecar takes the single port of the destination',
      file: 'semantics/route-http.ts',
      from: 'if (port !== undefined || proxy.scope !== undefined)',
      to: 'if (port !== undefined)',
    },
  ],
  'the ordered routes of a host at a gateway': [
    {
      fault: 'exportTo is ignored',
      file: 'graph/gateway-routes.ts',
      from: 'if (position !== undefined) byPosition',
      to: 'byPosition',
    },
    {
      fault: 'the namespace before a host is ignored',
      file: 'graph/gateway-routes.ts',
      from: 'namespace === undefined || config.owners.includes(namespace);',
      to: 'namespace !== undefined || config.owners.length > 0;',
    },
    {
      fault: 'a wildcard server does not take narrower hosts',
      file: 'graph/gateway-routes.ts',
      from: 'if (!isWildcard(host)) continue;',
      to: 'if (isWildcard(host)) continue;',
    },
  ],
  'the route that a request takes at a gateway': [
    {
      fault: 'a shorter wildcard takes the request',
      file: 'graph/gateway-routes.ts',
      from: 'domains.sort((a, b) => b.length - a.length)[0]',
      to: 'domains.sort((a, b) => a.length - b.length)[0]',
    },
    {
      fault: 'catch-alls do not move last',
      file: 'semantics/route-http.ts',
      from: '({ catchAll }) => !catchAll)',
      to: '() => true)',
    },
    {
      fault: 'a destination has the port of the listener',
      file: 'semantics/route-http.ts',
      from: 'single !== undefined && others.length === 0 ? single.number : listenerPort',
      to: 'listenerPort',
    },
  ],
};
