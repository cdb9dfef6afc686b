import type { ResourceOf } from '../../model/resource.ts';
import { type Address, isInBlock } from './access-fields.test-support.ts';
import { type Call, matchesRule, type Verdict } from './access.test-support.ts';
import { ambientMode } from './ambient-mtls.test-support.ts';
import { chainOfServicePort } from './protocols.test-support.ts';
import { attachesToWaypoint, type Gateway, waypointOf } from './waypoints.test-support.ts';
import { nameOf, ofKind, type Pod, selects, type World } from './world.test-support.ts';

type Policy = ResourceOf<'AuthorizationPolicy'>;
type Rule = NonNullable<NonNullable<Policy['spec']>['rules']>[number];

/** Where a call goes: the address of the pod, or a port of a Service. */
export interface AmbientCall extends Call {
  readonly address: 'pod' | { readonly namespace: string; readonly service: string; readonly port: number };
}

const isDry = ({ metadata }: Policy): boolean => metadata.annotations['istio.io/dry-run'] === 'true';

/** An address that is not known: each test of it may come out either way. The outcome, where it is the same for all. */
function forAll(ask: (somewhere: Address) => Verdict | 'unknown'): Verdict | 'unknown' {
  const outcomes = new Set<Verdict | 'unknown'>();
  const next: (readonly boolean[])[] = [[]];
  for (let tried = next.pop(); tried !== undefined && outcomes.size < 2; tried = next.pop()) {
    let at = 0;
    const taken = [...tried];
    outcomes.add(
      ask(() => {
        if (at === taken.length) {
          next.push([...taken, true]);
          taken.push(false);
        }
        at += 1;
        return taken[at - 1] === true;
      }),
    );
  }
  const [first, ...others] = outcomes;
  return first === undefined || others.length > 0 ? 'unknown' : first;
}

/**
 * Whether a call is admitted to a pod of ambient. What the caller's ztunnel sends for a service goes through the service's waypoint, what it sends
 * to the address of a pod through that of the pod, §4; plaintext is sent by no ztunnel and so goes past waypoints. The waypoint decides by
 * the policies that target it or the service (§2.1), and its ports are the Service's (§2.4). Behind it "destination ztunnel sees the
 * waypoint's identity" (§1.2).
 */
export function ambientVerdict(world: World, pod: Pod, call: AmbientCall): Verdict | 'unknown' {
  // The page, and istiod as it is since: it takes the trust domains of a source as it takes what is of HTTP.
  const [asWritten, since] = [false, true].map((isSince) => verdictBy(world, pod, call, isSince));
  return asWritten === undefined || asWritten !== since ? 'unknown' : asWritten;
}

function verdictBy(world: World, pod: Pod, call: AmbientCall, isSince: boolean): Verdict | 'unknown' {
  const waypoint = call.identity === undefined ? undefined : waypointOfCall(world, pod, call);
  const identity = waypoint === undefined ? undefined : identityOf(world, waypoint);
  if (waypoint === undefined || identity === call.identity) return atZtunnel(world, pod, call, isSince);
  const there = forAll((ip) => atWaypoint(world, waypoint, { ...call, ip, remoteIp: ip }));
  if (there !== 'allow' && there !== 'external') return there;
  const behind = forAll((ip) => atZtunnel(world, pod, { ...call, ip, remoteIp: ip, identity }, isSince));
  return behind === 'allow' ? there : behind;
}

function waypointOfCall(world: World, pod: Pod, { address }: AmbientCall): Gateway | undefined {
  if (address === 'pod') {
    const used = waypointOf(world, 'workload', pod);
    return used.kind === 'waypoint' ? used.gateway : undefined;
  }
  const service = ofKind(world, 'Service').find((one) => nameOf(one) === `${address.namespace}/${address.service}`);
  if (service === undefined) return undefined;
  const used = waypointOf(world, 'service', { namespace: address.namespace, labels: service.metadata.labels });
  return used.kind === 'waypoint' ? used.gateway : undefined;
}

/** The account that Istio makes for a waypoint has the name of the Gateway. */
function identityOf({ trustDomain }: World, { metadata }: Gateway): string {
  return `${trustDomain}/ns/${metadata.namespace}/sa/${metadata.name}`;
}

/** §2.2 for what attaches to the waypoint, on the chain of the port of the Service; bytes for the pod itself are looked at. */
function atWaypoint(world: World, gateway: Gateway, call: AmbientCall): Verdict {
  const { address, http } = call;
  const served = address === 'pod' ? [] : [{ kind: 'Service' as const, namespace: address.namespace, name: address.service }];
  let chain = 'auto';
  if (address !== 'pod') {
    const service = ofKind(world, 'Service').find((one) => nameOf(one) === `${address.namespace}/${address.service}`);
    const port = service?.spec.ports?.find((one) => one.port === address.port);
    if (port !== undefined) chain = chainOfServicePort({ ...port, port: address.port });
  }
  if (chain === 'http' && http === undefined) return 'protocol-error';
  const isHttp = chain !== 'tcp' && http !== undefined;
  const tokens = isHttp
    ? ofKind(world, 'RequestAuthentication')
        .filter((policy) => attachesToWaypoint(world, policy, gateway, served))
        .flatMap(({ spec }) => spec?.jwtRules ?? [])
    : [];
  const isVerified = tokens.some(({ issuer }) => issuer === call.claims?.['iss']);
  const arrival = {
    ...call,
    port: address === 'pod' ? call.port : address.port,
    http: isHttp ? http : undefined,
    claims: isVerified ? call.claims : undefined,
  };
  const all = ofKind(world, 'AuthorizationPolicy').filter((policy) => attachesToWaypoint(world, policy, gateway, served));
  const of = (action: string): readonly Policy[] => all.filter((one) => (one.spec?.action ?? 'ALLOW') === action && !isDry(one));
  const matches = (policy: Policy, claims = arrival.claims): boolean =>
    (policy.spec?.rules ?? []).some((rule) => matchesRule(world, policy, rule, { ...arrival, claims }));
  if (tokens.length > 0 && call.claims !== undefined && !isVerified) return 'deny';
  if (of('DENY').some((policy) => matches(policy))) return 'deny';
  if (of('ALLOW').length > 0 && !of('ALLOW').some((policy) => matches(policy))) return 'deny';
  // CUSTOM comes first, before a token is read; what its server says is not known.
  return all.some((policy) => policy.spec?.action === 'CUSTOM' && matches(policy, undefined)) ? 'external' : 'allow';
}

/** §1.2, §2.5: ztunnel decides by identity, address and port alone. */
function atZtunnel(world: World, pod: Pod, call: AmbientCall, isSince: boolean): Verdict | 'unknown' {
  if (call.identity === undefined) {
    const mode = ambientMode(world, pod.namespace, pod.labels, call.port);
    if (mode === 'unknown') return 'unknown';
    if (mode === 'STRICT') return 'no-connection';
  }
  const all = ofKind(world, 'AuthorizationPolicy').filter((policy) => {
    const { namespace } = policy.metadata;
    const { selector, targetRef, targetRefs = [] } = policy.spec ?? {};
    if (isDry(policy) || targetRef !== undefined || targetRefs.length > 0) return false;
    // `selector: {}` is neither "all" nor has it labels (ambient/authorization.go, convertAuthorizationPolicy; workloads.go, buildWorkloadPolicies).
    if (selector !== undefined && selector.matchLabels === undefined) return false;
    return (namespace === world.rootNamespace || namespace === pod.namespace) && selects(selector?.matchLabels, pod.labels);
  });
  const of = (action: string): readonly Policy[] => all.filter((policy) => (policy.spec?.action ?? 'ALLOW') === action);
  const matches = (policy: Policy): boolean =>
    (policy.spec?.rules ?? []).some((rule) => {
      const isAllow = of('ALLOW').includes(policy);
      return !(isAllow && isOfHttp(rule, isSince)) && ztunnelMatches(rule, policy.metadata.namespace, call);
    });
  if (of('DENY').some(matches)) return 'deny';
  return of('ALLOW').length === 0 || of('ALLOW').some(matches) ? 'allow' : 'deny';
}

/** One test of a clause, or undefined where nothing of it is known to ztunnel. */
type Test = boolean | undefined;

/** "empty match skipped", "the empty clause fails the AND"; a rule without clauses is for everyone. */
function ztunnelMatches(rule: Rule, policyNamespace: string, call: AmbientCall): boolean {
  const { from = [], to = [], when = [] } = rule;
  const clauses: (readonly Test[])[] = [];
  if (to.length > 0) clauses.push(to.map(({ operation: { ports, notPorts } = {} }) => together(onPorts(ports, notPorts, call))));
  if (from.length > 0) {
    clauses.push(
      from.map(({ source = {} }) =>
        together(
          field(source.principals, source.notPrincipals, (value) => isText(value, call.identity ?? '')),
          field(source.namespaces, source.notNamespaces, (value) => isText(value, parts(call).namespace)),
          field(source.serviceAccounts, source.notServiceAccounts, (value) => isAccount(value, policyNamespace, call)),
          field(source.ipBlocks, source.notIpBlocks, (value) => isInBlock(value, call.ip)),
        ),
      ),
    );
  }
  for (const { key, values, notValues } of when) {
    const check = (matches: (value: string) => boolean): Test => field(values, notValues, matches);
    if (key === 'source.namespace') clauses.push([check((value) => isText(value, parts(call).namespace))]);
    else if (key === 'source.principal') clauses.push([check((value) => isText(value, call.identity ?? ''))]);
    else if (key === 'source.ip') clauses.push([check((value) => isInBlock(value, call.ip))]);
    else if (key === 'destination.port') clauses.push([onPorts(values, notValues, call)]);
    else clauses.push([undefined]);
  }
  return clauses.every((tests) => tests.includes(true));
}

const onPorts = (values: readonly string[] | undefined, notValues: readonly string[] | undefined, { port }: Call): Test =>
  field(values, notValues, (value) => value === String(port));

function field(values: readonly string[] = [], notValues: readonly string[] = [], matches: (value: string) => boolean): Test {
  if (values.length === 0 && notValues.length === 0) return undefined;
  return (values.length === 0 || values.some(matches)) && !notValues.some(matches);
}

/** All that are known hold; nothing known is nothing. */
function together(...tests: readonly Test[]): Test {
  const known = tests.filter((test) => test !== undefined);
  return known.length === 0 ? undefined : known.every(Boolean);
}

/** `ambient/authorization.go stringToMatch`: a star is one at an end only. */
function isText(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return pattern === text;
}

function parts({ identity = '' }: Call): { readonly namespace: string; readonly account: string } {
  const [, , namespace = '', , account = ''] = identity.split('/');
  return { namespace, account };
}

function isAccount(written: string, policyNamespace: string, call: Call): boolean {
  const [namespace, name] = written.includes('/') ? written.split('/') : [policyNamespace, written];
  return call.identity !== undefined && parts(call).namespace === namespace && parts(call).account === name;
}

/** What drops an ALLOW rule. §2.4: remoteIpBlocks too are of HTTP for ztunnel, and `when` knows five keys there. */
function isOfHttp({ from = [], to = [], when = [] }: Rule, isSince: boolean): boolean {
  const l4 = ['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];
  return (
    (isSince && from.some(({ source = {} }) => source.trustDomains !== undefined || source.notTrustDomains !== undefined)) ||
    from.some(({ source = {} }) =>
      [source.remoteIpBlocks, source.notRemoteIpBlocks, source.requestPrincipals, source.notRequestPrincipals].some(
        (values) => values !== undefined,
      ),
    ) ||
    to.some(({ operation = {} }) =>
      [operation.hosts, operation.notHosts, operation.methods, operation.notMethods, operation.paths, operation.notPaths].some(
        (values) => values !== undefined,
      ),
    ) ||
    when.some(({ key }) => !l4.includes(key))
  );
}
