import { outcomes } from '../graph/answer.ts';
import { type AuthorizationPolicy, policyScopeOf } from '../graph/authorization.ts';
import { inboundPortOf, reachesPolicies } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { describedPod, isForGateways, portsOf, workloadsTaking } from '../graph/policy-workloads.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';
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
  /** Each may hold, depending on which policy is the oldest. */
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
    workloadsTaking(mesh, policy).length === 0 ? described(mesh, policy, portsAskedFor(rule)) : { ports: knownPortsOf(mesh, rule) };
  if ('unclear' in answer) return answer;
  const undecided = answer.ports.some(
    ({ workload, mtls }) => mtls.some(({ level }) => level === 'default') && !isDecided(mesh, workload.namespace),
  );
  return undecided ? { unclear: 'no PeerAuthentication of the input says whether plaintext is taken' } : answer;
}

/** The ports of workloads of the input for which sidecars and ztunnels enforce a rule; those of one operation where that is asked for. */
export function knownPortsOf(mesh: Mesh, rule: AuthorizationRule, operation?: Alternative): readonly PolicyPort[] {
  return knownPortsWhile(mesh, rule, operation, () => true) ?? [];
}

/** The same where something holds for each of them; undefined as soon as it does not for one. */
export function knownPortsWhile(
  mesh: Mesh,
  rule: AuthorizationRule,
  operation: Alternative | undefined,
  holds: (port: PolicyPort) => boolean,
): readonly PolicyPort[] | undefined {
  const written = portsAskedFor(operation === undefined ? rule : { ...rule, operations: [operation] });
  const ports: PolicyPort[] = [];
  for (const workload of workloadsTaking(mesh, rule.policy)) {
    if (!takesPolicies(mesh, workload)) continue;
    const known = written ?? portsOf(mesh, workload);
    for (const number of known.length === 0 ? anyPort : known) {
      if (!reachesPolicies(mesh, workload, number)) continue;
      const port = mesh.latest(computePort, workload, number, areAlike);
      if (port.mtls.length === 0) continue;
      if (!holds(port)) return undefined;
      ports.push(port);
    }
  }
  return ports;
}

const anyPort: readonly number[] = [0];

function isDecided(mesh: Mesh, namespace: string): boolean {
  return mesh.isComplete('PeerAuthentication', namespace) && mesh.isComplete('PeerAuthentication', mesh.rootNamespace);
}

function computePort(mesh: Mesh, workload: Workload, port: number): PolicyPort {
  const inbound = outcomes(inboundPortOf(mesh, workload, port));
  const first = inbound[0]?.chain ?? 'auto';
  return {
    workload,
    isKnown: true,
    ambient: mesh.membershipOf(workload) === 'ambient',
    port,
    chain: inbound.every(({ chain }) => chain === first) ? first : 'auto',
    mtls: outcomes(mtlsModeOf(mesh, workload, port)),
  };
}

/** Where a mode stands follows from what decided it. */
function areAlike(before: PolicyPort, now: PolicyPort): boolean {
  if (before.ambient !== now.ambient || before.chain !== now.chain || before.mtls.length !== now.mtls.length) return false;
  return before.mtls.every((decision, i) => {
    const other = now.mtls[i];
    return other?.mode === decision.mode && other.level === decision.level && other.policy === decision.policy;
  });
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
  const byCondition = conditions.filter(asksForPorts);
  const byOperation = byCondition.length > 0 ? [] : operations.map(({ clauses }) => clauses.find(asksForPorts));
  if (byCondition.length === 0 && (byOperation.length === 0 || byOperation.includes(undefined))) return undefined;
  const values = [...byCondition, ...byOperation].flatMap((clause) => clause?.values ?? []);
  return [...new Set(values.map(Number).filter(Number.isInteger))];
}

function asksForPorts({ field, values }: Clause): boolean {
  return field === 'ports' && values.length > 0;
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
