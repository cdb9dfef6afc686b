import { outcomes } from '../graph/answer.ts';
import { type AuthorizationPolicy, policyScopeOf } from '../graph/authorization.ts';
import { inboundPortOf, reachesPolicies } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { describedPod, isForGateways, portsOf, workloadsTaking } from '../graph/policy-workloads.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Alternative, AuthorizationRule } from './authorization-rules.ts';
import { mtlsModeOf, takesPolicies, writtenModes } from './mtls.ts';
import type { MtlsDecision } from './mtls-modes.ts';

/** A port for which a rule is enforced, and what decides whether it takes plaintext. */
export interface PolicyPort {
  /** A pod as the policy's selector describes it, where its workloads are not in the input. */
  readonly workload: Workload;
  readonly isKnown: boolean;
  readonly ambient: boolean;
  /** Of the container; 0: any. */
  readonly port: number;
  readonly chain: 'http' | 'tcp' | 'auto';
  /** Each may hold, depending on which policy is the oldest; none: it is not known. */
  readonly mtls: readonly MtlsDecision[];
}

/** The ports, or why they are not known. */
export type PolicyPorts = { readonly ports: readonly PolicyPort[] } | { readonly unclear: string };

const none: PolicyPorts = { ports: [] };

/**
 * The ports for which a rule is enforced by sidecars and ztunnels: those of the workloads that take its policy; where none of them is in the
 * input, those of a pod as its selector describes it. That nothing decides about mutual TLS is known in a complete mesh only.
 */
export function policyPortsOf(mesh: Mesh, rule: AuthorizationRule): PolicyPorts {
  const { policy } = rule;
  // Gateways take what their Gateways say, and waypoints only what has come over a ztunnel.
  if (policyScopeOf(mesh, policy) === 'targets' || isForGateways(mesh, policy)) return none;
  const answer =
    workloadsTaking(mesh, policy).length === 0
      ? described(mesh, policy, portsAskedFor(rule))
      : { ports: knownPortsOf(mesh, rule).filter(({ mtls }) => mtls.length > 0) };
  if ('unclear' in answer) return answer;
  const undecided = answer.ports.some(
    ({ workload, mtls }) => mtls.some(({ level }) => level === 'default') && !isDecided(mesh, workload.namespace),
  );
  return undecided ? { unclear: 'no PeerAuthentication of the input says whether plaintext is taken' } : answer;
}

/** The ports of workloads of the input for which sidecars and ztunnels enforce a rule; those of one operation where that is asked for. */
export function knownPortsOf(mesh: Mesh, rule: AuthorizationRule, operation?: Alternative): readonly PolicyPort[] {
  return [...eachKnownPort(mesh, rule, operation)];
}

/** The same, one after the other: who looks for the first one that is different need not know them all. */
export function* eachKnownPort(mesh: Mesh, rule: AuthorizationRule, operation?: Alternative): Iterable<PolicyPort> {
  const written = portsAskedFor(operation === undefined ? rule : { ...rule, operations: [operation] });
  for (const workload of workloadsTaking(mesh, rule.policy)) {
    if (takesPolicies(mesh, workload)) yield* portsOfWorkload(mesh, workload, written);
  }
}

function isDecided(mesh: Mesh, namespace: string): boolean {
  return mesh.isComplete('PeerAuthentication', namespace) && mesh.isComplete('PeerAuthentication', mesh.rootNamespace);
}

function* portsOfWorkload(mesh: Mesh, workload: Workload, written: readonly number[] | undefined): Iterable<PolicyPort> {
  const known = portsOf(mesh, workload);
  for (const port of written ?? (known.length === 0 ? [0] : known)) {
    if (!reachesPolicies(mesh, workload, port)) continue;
    yield mesh.latest(computePort, workload, port);
  }
}

function computePort(mesh: Mesh, workload: Workload, port: number): PolicyPort {
  const [first = 'auto', ...others] = new Set(outcomes(inboundPortOf(mesh, workload, port)).map(({ chain }) => chain));
  return {
    workload,
    isKnown: true,
    ambient: mesh.membershipOf(workload) === 'ambient',
    port,
    chain: others.length === 0 ? first : 'auto',
    mtls: outcomes(mtlsModeOf(mesh, workload, port)),
  };
}

function described(mesh: Mesh, policy: AuthorizationPolicy, written: readonly number[] | undefined): PolicyPorts {
  const workload = describedPod(policy);
  if (mayTakeMore(mesh, policy, workload)) return { unclear: 'other policies may be for the same workloads, which are not in the input' };
  const ambient = isAmbient(mesh, workload.namespace);
  const unclear = (written ?? [0]).map((port) => mtlsModeOf(mesh, workload, port)).find((mode) => mode.kind === 'unknown');
  if (unclear?.kind === 'unknown') return { unclear: unclear.reason };
  const ports = (written ?? [0]).map((port): PolicyPort => ({
    workload,
    isKnown: false,
    ambient,
    port,
    chain: 'http',
    mtls: outcomes(mtlsModeOf(mesh, workload, port)),
  }));
  if (policyScopeOf(mesh, policy) !== 'mesh') return { ports };
  const isOverridden = ports.some(({ mtls }) =>
    mtls.some((decision) => decision.policy !== undefined && writtenModes(mesh, decision.policy).some(({ overridden }) => overridden)),
  );
  return isOverridden ? none : { ports };
}

/** The ports that a rule is about; undefined: any. */
function portsAskedFor({ operations, conditions }: AuthorizationRule): readonly number[] | undefined {
  const numbers = (lists: readonly (readonly string[])[]): readonly number[] => [
    ...new Set(lists.flat().map(Number).filter(Number.isInteger)),
  ];
  const byCondition = conditions.filter(({ field, values }) => field === 'ports' && values.length > 0).map(({ values }) => values);
  if (byCondition.length > 0) return numbers(byCondition);
  const byOperation = operations.map(
    ({ clauses }) => clauses.find(({ field, values }) => field === 'ports' && values.length > 0)?.values ?? [],
  );
  return byOperation.length > 0 && byOperation.every((list) => list.length > 0) ? numbers(byOperation) : undefined;
}

/** Whether pods that are not in the input may be ambient, as their Namespace says. */
export function isAmbient(mesh: Mesh, namespace: string): boolean {
  return mesh.named('Namespace', '', namespace).some(({ metadata }) => metadata.labels['istio.io/dataplane-mode'] === 'ambient');
}

type Labels = Readonly<Record<string, string>>;

/** More policies than these with selectors in one namespace are not compared. */
const mostSelectors = 200;

/** Selectors of a namespace, of what decides about mutual TLS and access. */
function selectors(mesh: Mesh): ReadonlyMap<string, readonly Labels[]> {
  const byNamespace = new Map<string, Labels[]>();
  for (const { metadata, spec } of [...mesh.of('PeerAuthentication'), ...mesh.of('AuthorizationPolicy')]) {
    const labels = spec?.selector?.matchLabels ?? {};
    if (Object.keys(labels).length === 0) continue;
    const known = byNamespace.get(metadata.namespace);
    if (known === undefined) byNamespace.set(metadata.namespace, [labels]);
    else known.push(labels);
  }
  return byNamespace;
}

/** Whether the pods may have labels beyond those of the selector, by which other policies take them as well. */
function mayTakeMore(mesh: Mesh, policy: AuthorizationPolicy, { namespace, labels }: Workload): boolean {
  const all = mesh.derive(selectors);
  const others = [...new Set([namespace, mesh.rootNamespace])].flatMap((one) => all.get(one) ?? []);
  if (others.length > mostSelectors) return true;
  const own = policy.spec?.selector?.matchLabels;
  return others.some(
    (other) => other !== own && Object.keys(other).some((key) => !Object.hasOwn(labels, key)) && isCompatible(other, labels),
  );
}

function isCompatible(a: Labels, b: Labels): boolean {
  return Object.keys(a).every((key) => !Object.hasOwn(b, key) || a[key] === b[key]);
}
