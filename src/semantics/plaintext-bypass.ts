import { type Attached, type AuthorizationPolicy, policiesOn, sharedPolicies } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { Call } from './access-call.ts';
import { trustDomainsOf } from './access-trust-domains.ts';
import { type Decision, decide } from './authorization-decision.ts';
import { type MatchContext, matchRule } from './authorization-match.ts';
import { type Alternative, asksOfCallers, type AuthorizationRule, type Clause } from './authorization-rules.ts';
import { areEveryone, exampleOf } from './identity-patterns.ts';
import { type Callers, callersOf } from './judged-rules.ts';
import { type PolicyPort, policyPortsOf } from './policy-ports.ts';
import { witnessCall } from './witness-call.ts';
import { ztunnelDecision } from './ztunnel-decision.ts';
import { ztunnelRuleOf } from './ztunnel-rules.ts';

/** An exclusion by identity that a caller gets round with plaintext, which has none. */
export interface Bypass {
  readonly clause: Clause;
  /** The values that exclude: the not-values of an ALLOW rule, the values of a DENY rule. */
  readonly excluded: readonly string[];
  readonly at: Place;
  /** Where the same call is refused with the identity and admitted without it; at most so many. */
  readonly ports: readonly PolicyPort[];
}

export interface Bypasses {
  readonly found: readonly Bypass[];
  /** Why it can't be told for some of them. */
  readonly unclear: string | undefined;
}

/** So many ports are proved for one exclusion; whether there are more is not looked at. */
export const mostPorts = 10;

/** Each call is put to all policies of a workload, for each exclusion of each of them. */
const mostPolicies = 200;

/**
 * Without mutual TLS every matcher of an identity is false: an ALLOW rule that only leaves identities out admits plaintext callers, and a DENY rule
 * for identities misses them. Each bypass is proved by a call that is refused with the identity and admitted without, by all policies together.
 * A waypoint plays no part: plaintext never comes over one, nor does what a sidecar sends, and with either the ztunnel sees the caller itself.
 * Source: pilot/pkg/xds/endpoints/endpoint_builder.go (buildEnvoyLbEndpoint); ztunnel's src/proxy/inbound_passthrough.rs.
 */
export function bypassesOf(mesh: Mesh, rule: AuthorizationRule, action: 'ALLOW' | 'DENY'): Bypasses {
  const { namespace } = rule.policy.metadata;
  if (action === 'ALLOW' && !asksOfCallers(rule, ({ notValues }) => notValues.length > 0)) return { found: [], unclear: undefined };
  const exclusions = callersOf(rule).flatMap((callers) => exclusionsBy(callers, action, namespace));
  if (exclusions.length === 0) return { found: [], unclear: undefined };
  const answer = policyPortsOf(mesh, rule);
  if ('unclear' in answer) return { found: [], unclear: answer.unclear };
  const open = answer.ports.filter(({ mtls }) => mtls.every(({ mode }) => mode !== 'STRICT'));

  const found = new Map<Clause, Bypass>();
  let unclear: string | undefined;
  const groups = new Map<readonly Attached<AuthorizationPolicy>[], number>();
  for (const { source, clause, excluded, at, identity } of exclusions) {
    if (found.has(clause)) continue;
    const ports: PolicyPort[] = [];
    const proofs = new Map<string, Proof>();
    for (const port of open) {
      if (ports.length === mostPorts) break;
      const deciders = decidersOf(mesh, port);
      const { policies, doubt = '' } = deciders;
      const group = groups.get(policies) ?? groups.size;
      groups.set(policies, group);
      // What is proved for one workload is proved for all that take the same policies.
      const key = `${String(group)} ${String(port.port)} ${port.chain} ${String(port.ambient)} ${doubt}`;
      const proof = proofs.get(key) ?? proves(mesh, rule, source, identity, port, deciders);
      proofs.set(key, proof);
      if (proof === true) ports.push(port);
      else if (proof !== false) unclear ??= proof.unclear;
    }
    if (ports.length > 0) found.set(clause, { clause, excluded, at, ports });
  }
  if (answer.ports.some(({ mtls }) => mtls.some(({ mode }) => mode === 'STRICT') && mtls.some(({ mode }) => mode !== 'STRICT'))) {
    unclear ??= 'whether plaintext is taken depends on which PeerAuthentication is created first';
  }
  return { found: [...found.values()], unclear };
}

interface Exclusion {
  readonly source: Alternative | undefined;
  readonly clause: Clause;
  readonly excluded: readonly string[];
  readonly at: Place;
  /** One that is excluded. */
  readonly identity: string;
}

function exclusionsBy({ source, identity: clauses }: Callers, action: 'ALLOW' | 'DENY', namespace: string): readonly Exclusion[] {
  if (action === 'DENY') {
    const clause = clauses.find(({ values }) => values.length > 0);
    // Who denies every identity lets plaintext in on purpose or by another mistake.
    if (clause === undefined || areEveryone(clauses, namespace)) return [];
    const identity = exampleOf(clauses, namespace);
    return identity === undefined ? [] : [{ source, clause, excluded: clause.values, at: clause.valuesAt, identity }];
  }
  // A caller without identity meets no positive field.
  if (clauses.some(({ values }) => values.length > 0)) return [];
  return clauses.flatMap((clause) => {
    const excluded = [{ ...clause, values: clause.notValues, notValues: [] }];
    const identity = areEveryone(excluded, namespace) ? undefined : exampleOf(excluded, namespace);
    return identity === undefined ? [] : [{ source, clause, excluded: clause.notValues, at: clause.notValuesAt, identity }];
  });
}

interface Deciders {
  readonly policies: readonly Attached<AuthorizationPolicy>[];
  /** Why others may be among them, or not all of these. */
  readonly doubt: string | undefined;
}

function decidersOf(mesh: Mesh, { workload, isKnown }: PolicyPort): Deciders {
  const { attached, doubt } = policiesOn(mesh, workload);
  return {
    policies: (isKnown ? mesh.derive(sharedPolicies).get(workload) : undefined) ?? attached,
    doubt,
  };
}

type Proof = boolean | { readonly unclear: string };

/** Whether a call is refused with the identity and admitted without it, through one operation of the rule. */
function proves(
  mesh: Mesh,
  rule: AuthorizationRule,
  source: Alternative | undefined,
  identity: string,
  { workload, port, chain, ambient }: PolicyPort,
  { policies, doubt }: Deciders,
): Proof {
  const context: MatchContext = { trustDomains: trustDomainsOf(mesh.config), regexes: undefined };
  const isAllow = (rule.policy.spec?.action ?? 'ALLOW') === 'ALLOW';
  const enforced = ambient ? byZtunnel(rule, source) : { rule, source, chain };
  if (enforced === undefined) return false;
  if ('unclear' in enforced) return enforced;
  if (policies.length > mostPolicies) return { unclear: 'more policies are for the same workload than can be tried' };
  const decided = (call: Call): Decision | { readonly unclear: string } =>
    ambient
      ? ztunnelDecision(mesh, workload, call, undefined)
      : doubt === undefined
        ? decide(mesh, policies, call, context)
        : { unclear: doubt };
  let unclear: { readonly unclear: string } | undefined;
  const { operations } = enforced.rule;
  for (const operation of operations.length === 0 ? [undefined] : operations) {
    const plain = witnessCall(enforced.rule, enforced.source, operation, { identity: undefined, port, chain: enforced.chain }, context);
    if (plain === undefined) continue;
    const known = { ...plain, identity };
    // The rule is about this very call: an ALLOW rule takes it without the identity, a DENY rule with it.
    if (matchRule(enforced.rule, isAllow ? plain : known, context, isAllow).matches !== true) continue;
    const without = decided(plain);
    if ('unclear' in without) {
      unclear ??= without;
      continue;
    }
    const withIdentity = decided(known);
    if ('unclear' in withIdentity) unclear ??= withIdentity;
    else if (without.allowed && !withIdentity.allowed) return true;
  }
  return unclear ?? false;
}

/** The rule and one of its sources as ztunnels have them; undefined: they have nothing of it. */
function byZtunnel(
  rule: AuthorizationRule,
  source: Alternative | undefined,
):
  | { readonly rule: AuthorizationRule; readonly source: Alternative | undefined; readonly chain: 'tcp' }
  | { readonly unclear: string }
  | undefined {
  const made = ztunnelRuleOf(rule);
  if ('unclear' in made) return made;
  const own = source === undefined ? undefined : made.rule?.sources.find(({ at }) => at === source.at);
  return made.rule === undefined || (source !== undefined && own === undefined)
    ? undefined
    : { rule: made.rule, source: own, chain: 'tcp' };
}
