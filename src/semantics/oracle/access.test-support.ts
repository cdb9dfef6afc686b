import {
  type Address,
  type Arrival,
  isInBlock,
  isNamespace,
  isPath,
  isPrincipal,
  isRequestPrincipal,
  isServiceAccount,
  isTrustDomain,
  plain,
} from './access-fields.test-support.ts';
import { portMode } from './peer-authentication.test-support.ts';
import { authorizationPolicies, requestAuthentications } from './policies.test-support.ts';
import type { Chain } from './protocols.test-support.ts';
import { type Pod, type World } from './world.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

/** A call to a port of an injected workload. */
export interface Call {
  readonly identity: string | undefined;
  readonly ip: Address;
  readonly remoteIp: Address;
  readonly port: number;
  readonly http: Arrival['http'];
  /** Of a valid token of that issuer; undefined: none is sent. */
  readonly claims: Readonly<Record<string, string>> | undefined;
}

export type Verdict = 'allow' | 'deny' | 'no-connection' | 'protocol-error' | 'external';

type Policy = ResourceOf<'AuthorizationPolicy'>;
type Rule = NonNullable<NonNullable<Policy['spec']>['rules']>[number];

/** §2.2, §2.5 and §2.7: whether the call comes through, on the chain that the port has. */
export function verdict(world: World, pod: Pod, chain: Chain, call: Call): Verdict {
  const { mode } = portMode(world, pod.namespace, pod.labels, call.port);
  if (call.identity === undefined && mode === 'STRICT') return 'no-connection';
  if (chain === 'http' && call.http === undefined) return 'protocol-error';
  const isHttp = chain !== 'tcp' && call.http !== undefined;
  const tokens = isHttp ? requestAuthentications(world, pod.namespace, pod.labels).flatMap(({ spec }) => spec?.jwtRules ?? []) : [];
  const arrival: Arrival = {
    ...call,
    identity: mode === 'DISABLE' ? undefined : call.identity,
    http: isHttp ? call.http : undefined,
    claims: tokens.some(({ issuer }) => issuer === call.claims?.['iss']) ? call.claims : undefined,
  };
  const all = authorizationPolicies(world, pod.namespace, pod.labels);
  const isDry = ({ metadata }: Policy) => metadata.annotations['istio.io/dry-run'] === 'true';
  const of = (action: string) => all.filter((policy) => (policy.spec?.action ?? 'ALLOW') === action && !isDry(policy));
  const matches = (policy: Policy) => (policy.spec?.rules ?? []).some((rule) => matchesRule(world, policy, rule, arrival));
  const isRejected = tokens.length > 0 && call.claims !== undefined && arrival.claims === undefined;
  const isDenied = isRejected || of('DENY').some(matches) || (of('ALLOW').length > 0 && !of('ALLOW').some(matches));
  // CUSTOM comes first, before a token is read; what its server says is not known.
  const custom = all.filter(({ spec }) => spec?.action === 'CUSTOM');
  const asks = custom.some((policy) =>
    (policy.spec?.rules ?? []).some((rule) => matchesRule(world, policy, rule, { ...arrival, claims: undefined })),
  );
  if (isDenied) return 'deny';
  return asks ? 'external' : 'allow';
}

/** §2.3: (OR from) ∧ (OR to) ∧ (AND when). On a TCP chain §2.5: what is of HTTP drops an ALLOW rule, and is dropped from others. */
export function matchesRule(world: World, policy: Policy, rule: Rule, arrival: Arrival): boolean {
  const { from = [], to = [], when = [] } = rule;
  const isTcp = arrival.http === undefined;
  const isAllow = (policy.spec?.action ?? 'ALLOW') === 'ALLOW';
  if (isTcp && isAllow && usesHttp(rule)) return false;
  const isOneOf = <T>(items: readonly T[], matches: (item: T) => boolean) => items.length === 0 || items.some(matches);
  return (
    isOneOf(from, ({ source }) => matchesSource(world, policy, source ?? {}, arrival)) &&
    isOneOf(to, ({ operation }) => matchesOperation(operation ?? {}, arrival)) &&
    when.every((condition) => matchesCondition(world, policy, condition, arrival))
  );
}

const isHttpKey = (key: string): boolean => key.startsWith('request.');

function usesHttp({ from = [], to = [], when = [] }: Rule): boolean {
  return (
    from.some(({ source }) => source?.requestPrincipals !== undefined || source?.notRequestPrincipals !== undefined) ||
    to.some(({ operation: { hosts, methods, paths, notHosts, notMethods, notPaths } = {} }) =>
      [hosts, methods, paths, notHosts, notMethods, notPaths].some((field) => field !== undefined),
    ) ||
    when.some(({ key }) => isHttpKey(key))
  );
}

/** "field = (OR values) ∧ ¬(OR notValues)". */
function field(
  values: readonly string[] | undefined,
  notValues: readonly string[] | undefined,
  matches: (value: string) => boolean,
): boolean {
  return (values === undefined || values.length === 0 || values.some(matches)) && !(notValues ?? []).some(matches);
}

function matchesSource(
  world: World,
  policy: Policy,
  source: NonNullable<NonNullable<Rule['from']>[number]['source']>,
  arrival: Arrival,
): boolean {
  const { namespace } = policy.metadata;
  return (
    field(source.principals, source.notPrincipals, (value) => isPrincipal(world, value, arrival)) &&
    field(source.namespaces, source.notNamespaces, (value) => isNamespace(value, arrival)) &&
    field(source.serviceAccounts, source.notServiceAccounts, (value) => isServiceAccount(value, namespace, arrival)) &&
    field(source.trustDomains, source.notTrustDomains, (value) => isTrustDomain(world, value, arrival)) &&
    field(source.ipBlocks, source.notIpBlocks, (value) => isInBlock(value, arrival.ip)) &&
    field(source.remoteIpBlocks, source.notRemoteIpBlocks, (value) => isInBlock(value, arrival.remoteIp)) &&
    (arrival.http === undefined ||
      field(source.requestPrincipals, source.notRequestPrincipals, (value) => isRequestPrincipal(value, arrival)))
  );
}

function matchesOperation(operation: NonNullable<NonNullable<Rule['to']>[number]['operation']>, arrival: Arrival): boolean {
  const { http } = arrival;
  return (
    field(operation.ports, operation.notPorts, (value) => value === String(arrival.port)) &&
    (http === undefined ||
      (field(operation.hosts, operation.notHosts, (value) => plain(value.toLowerCase(), http.host.toLowerCase())) &&
        field(operation.methods, operation.notMethods, (value) => plain(value, http.method)) &&
        field(operation.paths, operation.notPaths, (value) => isPath(value, http.path.split('?')[0] ?? ''))))
  );
}

function matchesCondition(world: World, policy: Policy, condition: NonNullable<Rule['when']>[number], arrival: Arrival): boolean {
  const { key, values, notValues } = condition;
  const { http } = arrival;
  if (isHttpKey(key) && http === undefined) return true;
  const check = (matches: (value: string) => boolean) => field(values, notValues, matches);
  const header = /^request\.headers\[(.*)\]$/.exec(key)?.[1];
  if (header !== undefined) {
    const sent = http?.headers[header];
    return check((value) => sent !== undefined && plain(value, sent));
  }
  const claim = /^request\.auth\.claims\[(.*)\]$/.exec(key)?.[1];
  if (claim !== undefined) {
    const sent = arrival.claims?.[claim];
    return check((value) => sent !== undefined && plain(value, sent));
  }
  switch (key) {
    case 'source.ip':
      return check((value) => isInBlock(value, arrival.ip));
    case 'remote.ip':
      return check((value) => isInBlock(value, arrival.remoteIp));
    case 'source.namespace':
      return check((value) => isNamespace(value, arrival));
    case 'source.principal':
      return check((value) => isPrincipal(world, value, arrival));
    case 'source.serviceAccount':
      return check((value) => isServiceAccount(value, policy.metadata.namespace, arrival));
    case 'source.trustDomain':
      return check((value) => isTrustDomain(world, value, arrival));
    case 'request.auth.principal':
      return check((value) => isRequestPrincipal(value, arrival));
    case 'destination.port':
      return check((value) => value === String(arrival.port));
    default:
      throw new Error(`the oracle does not know the condition ${key}`);
  }
}
