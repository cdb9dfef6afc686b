import type { Attached, AuthorizationPolicy } from '../graph/authorization.ts';
import { isGoTrue } from '../graph/go-booleans.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { MeshConfig } from '../graph/mesh-config.ts';
import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { nameOf } from '../model/resource.ts';
import type { Call } from './access-call.ts';
import type { Unclear } from './access-truth.ts';
import { type MatchContext, matchRule, type RuleMatch } from './authorization-match.ts';
import { type AuthorizationRule, rulesOf } from './authorization-rules.ts';

/** What the AuthorizationPolicies of a workload say to a call. */
export interface Decision {
  readonly allowed: boolean;
  /**
   * - `denied`: by a DENY rule.
   * - `several-providers`: by a CUSTOM rule, since the workload has CUSTOM policies of different providers, which makes each match a denial.
   * - `no-provider`: by a CUSTOM rule, since the mesh configuration has no authorization server of that name, which does the same.
   * - `no-allow-policy`: there is no ALLOW policy, and everything that is not denied is allowed.
   * - `allowed`: by an ALLOW rule.
   * - `no-allow-rule`: there are ALLOW policies, and no rule of them matches.
   */
  readonly reason: 'denied' | 'several-providers' | 'no-provider' | 'no-allow-policy' | 'allowed' | 'no-allow-rule';
  /** The rules that decided: all that match. */
  readonly matched: readonly RuleMatch[];
  /** ALLOW policies none of whose rules matches. */
  readonly unmatched: readonly AuthorizationPolicy[];
  /** Rules of which a part, or the whole, can't be built for this kind of connection. */
  readonly unbuildable: readonly RuleMatch[];
  /** Rules that match, and only say so: of AUDIT policies and of dry runs. */
  readonly observed: readonly RuleMatch[];
  readonly places: readonly Place[];
}

interface Asked extends Attached<AuthorizationPolicy> {
  readonly action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
  readonly dryRun: boolean;
  readonly rules: readonly RuleMatch[];
}

/**
 * CUSTOM may refuse what the others allow, and never the other way round; then one DENY rule is enough to deny; without an enforced ALLOW policy
 * the rest is allowed, with one an ALLOW rule must match. AUDIT and dry runs decide nothing.
 * Source: pilot/pkg/security/authz/builder/builder.go; pilot/pkg/networking/core/listener_builder.go.
 */
export function decide(
  mesh: Mesh,
  policies: readonly Attached<AuthorizationPolicy>[],
  call: Call,
  context: MatchContext,
): Decision | Unclear {
  const read = mesh.latest(rulesOfAll, policies);
  const asked = policies.map((attached, i): Asked => {
    const action = attached.policy.spec?.action ?? 'ALLOW';
    const seen = action === 'CUSTOM' ? beforeTokens(call) : call;
    const rules = (read[i] ?? []).map((rule) => matchRule(rule, seen, context, action === 'ALLOW'));
    return { ...attached, action, dryRun: isDryRun(attached.policy), rules };
  });
  const enforced = (action: Asked['action']): readonly Asked[] => asked.filter((one) => one.action === action && !one.dryRun);
  const common = {
    unbuildable: asked.flatMap(({ rules }) => rules.filter(({ unbuildable }) => unbuildable.length > 0)),
    observed: asked.filter(({ action, dryRun }) => action === 'AUDIT' || (dryRun && action !== 'CUSTOM')).flatMap(matching),
  };
  const decision = (
    reason: Decision['reason'],
    matched: readonly RuleMatch[],
    unmatched: readonly AuthorizationPolicy[] = [],
  ): Decision => {
    const allowed = reason === 'allowed' || reason === 'no-allow-policy';
    const places = [
      ...matched.flatMap(({ rule, through, unbuildable }) => [rule.at, ...through, ...unbuildable]),
      // Where nothing is admitted: the policies that admit others only, and what their rules lost.
      ...unmatched.map((policy): Place => ({
        kind: 'node',
        resource: policy,
        path: policy.spec === undefined ? [] : ['spec'],
        part: 'value',
      })),
      ...common.unbuildable.flatMap(({ rule, unbuildable }) => (unmatched.includes(rule.policy) ? unbuildable : [])),
    ];
    return { allowed, reason, matched, unmatched, places, ...common };
  };
  const unclearOf = (some: readonly Asked[]): Unclear | undefined => {
    for (const { rules } of some) for (const { matches } of rules) if (typeof matches !== 'boolean') return matches;
    return undefined;
  };
  const denying = enforced('DENY').filter(fits).flatMap(matching);
  if (denying.length > 0) return decision('denied', denying);
  // What is left out may be a part of a rule, or narrow down whom the policy selects.
  const unfit = asked.find((one) => !fits(one) && one.action !== 'AUDIT' && (!one.dryRun || doubtOf(one.policy) !== undefined));
  const misfit = unfit === undefined ? undefined : misfitOf(unfit.policy);
  if (misfit !== undefined) return { unclear: misfit };

  const custom = asked.filter(({ action }) => action === 'CUSTOM');
  const names = new Set(custom.map(({ policy }) => policy.spec?.provider?.name ?? ''));
  const [name = ''] = names;
  const provider = names.size > 1 ? 'several-providers' : providerOf(mesh.config, name);
  const refuses = provider === 'several-providers' || provider === 'no-provider';
  const refusing = refuses ? enforced('CUSTOM').flatMap(matching) : [];
  if (refuses && refusing.length > 0) return decision(provider, refusing);

  const allowing = enforced('ALLOW');
  const admitting = allowing.flatMap(matching);
  if (allowing.length > 0 && admitting.length === 0) {
    return (
      unclearOf(allowing) ??
      decision(
        'no-allow-rule',
        [],
        allowing.map(({ policy }) => policy),
      )
    );
  }
  // A server of HTTP is not asked about bytes.
  const counting = refuses ? enforced('CUSTOM') : provider === 'http' && call.chain === 'tcp' ? [] : custom;
  const unclear = unclearOf(enforced('DENY')) ?? unclearOf(counting);
  if (unclear !== undefined) return unclear;
  if (!refuses && counting.some((one) => matching(one).length > 0)) return { unclear: 'an external authorization service decides' };
  return allowing.length === 0 ? decision('no-allow-policy', []) : decision('allowed', admitting);
}

/** CUSTOM is asked before anyone reads a token. */
function beforeTokens(call: Call): Call {
  return call.http === undefined ? call : { ...call, http: { ...call.http, claims: undefined } };
}

/** What stands behind the name of a provider; undefined: not known. */
function providerOf({ extensionProviders }: MeshConfig, name: string): 'http' | 'grpc' | 'no-provider' | undefined {
  if (extensionProviders === undefined) return undefined;
  const [provider, ...others] = extensionProviders.filter((one) => one.name === name);
  return others.length > 0 ? 'no-provider' : (provider?.authorization ?? 'no-provider');
}

/** Many calls are put to the same policies, one after the other. */
function rulesOfAll(mesh: Mesh, policies: readonly Attached<AuthorizationPolicy>[]): readonly (readonly AuthorizationRule[])[] {
  return policies.map(({ policy }) => rulesOf(mesh, policy));
}

function fits({ policy }: Asked): boolean {
  return misfitOf(policy) === undefined;
}

/** Why it is not known what a policy says. */
export function misfitOf(policy: AuthorizationPolicy): string | undefined {
  return policy.leftOut.length > 0 ? `AuthorizationPolicy ${nameOf(policy)} does not fit its schema` : doubtOf(policy);
}

function doubtOf(policy: AuthorizationPolicy): DoubtReason | undefined {
  return doubtAt(policy, 'spec') ?? doubtAt(policy, 'metadata', 'annotations', dryRun);
}

function matching({ rules }: Pick<Asked, 'rules'>): readonly RuleMatch[] {
  return rules.filter(({ matches }) => matches === true);
}

const dryRun = 'istio.io/dry-run';

/** What is no boolean is no dry run, and the policy is enforced. Source: builder.go, isDryRun. */
export function isDryRun(policy: AuthorizationPolicy): boolean {
  const { annotations } = policy.metadata;
  return isGoTrue(Object.hasOwn(annotations, dryRun) ? annotations[dryRun] : undefined);
}
