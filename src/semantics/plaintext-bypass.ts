import { policiesOn } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import { trustDomainsOf } from './access-trust-domains.ts';
import { decide } from './authorization-decision.ts';
import { type MatchContext, matchRule } from './authorization-match.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';
import { areEveryone, exampleOf } from './identity-patterns.ts';
import { type Callers, callersOf } from './judged-rules.ts';
import { type PolicyPort, policyPortsOf } from './policy-ports.ts';
import { witnessCall } from './witness-call.ts';

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

/**
 * Without mutual TLS every matcher of an identity is false: an ALLOW rule that only leaves identities out admits plaintext callers, and a DENY rule
 * for identities misses them. Each bypass is proved by a call that is refused with the identity and admitted without, by all policies together.
 */
export function bypassesOf(mesh: Mesh, rule: AuthorizationRule, action: 'ALLOW' | 'DENY'): Bypasses {
  const { namespace } = rule.policy.metadata;
  const exclusions = callersOf(rule).flatMap((callers) => exclusionsBy(callers, action, namespace));
  if (exclusions.length === 0) return { found: [], unclear: undefined };
  const answer = policyPortsOf(mesh, rule);
  if ('unclear' in answer) return { found: [], unclear: answer.unclear };
  const open = answer.ports.filter(({ mtls }) => mtls.every(({ mode }) => mode !== 'STRICT'));

  const found = new Map<Clause, Bypass>();
  let unclear: string | undefined;
  for (const { source, clause, excluded, at, identity } of exclusions) {
    if (found.has(clause)) continue;
    const ports: PolicyPort[] = [];
    for (const port of open) {
      if (ports.length === mostPorts) break;
      const proof = proves(mesh, rule, source, identity, port);
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

/** Whether a call is refused with the identity and admitted without it, through one operation of the rule. */
function proves(
  mesh: Mesh,
  rule: AuthorizationRule,
  source: Alternative | undefined,
  identity: string,
  { workload, port, chain }: PolicyPort,
): boolean | { readonly unclear: string } {
  const context: MatchContext = { trustDomains: trustDomainsOf(mesh.config), regexes: undefined };
  const policies = policiesOn(mesh, workload);
  const isAllow = (rule.policy.spec?.action ?? 'ALLOW') === 'ALLOW';
  let unclear: { readonly unclear: string } | undefined;
  for (const operation of rule.operations.length === 0 ? [undefined] : rule.operations) {
    const plain = witnessCall(rule, source, operation, { identity: undefined, port, chain }, context);
    if (plain === undefined) continue;
    const known = { ...plain, identity };
    // The rule is about this very call: an ALLOW rule takes it without the identity, a DENY rule with it.
    if (matchRule(rule, isAllow ? plain : known, context, isAllow).matches !== true) continue;
    const [without, withIdentity] = [decide(mesh, policies, plain, context), decide(mesh, policies, known, context)];
    if ('unclear' in without) unclear ??= without;
    else if ('unclear' in withIdentity) unclear ??= withIdentity;
    else if (without.allowed && !withIdentity.allowed) return true;
  }
  return unclear ?? false;
}
