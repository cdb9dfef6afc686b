import { type AuthorizationPolicy, policiesOn, policyScopeOf } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { Call } from './access-call.ts';
import type { Regexes } from './access-strings.ts';
import type { Unclear } from './access-truth.ts';
import { type Decision, misfitOf } from './authorization-decision.ts';
import { matchRule, type RuleMatch } from './authorization-match.ts';
import { type AuthorizationRule, rulesOf } from './authorization-rules.ts';
import { isForZtunnels, withoutTrustDomains, type ZtunnelRule, ztunnelRuleOf } from './ztunnel-rules.ts';

/**
 * What a ztunnel says to a connection without a waypoint before it: by L4 alone, whatever is in it.
 * Source: pilot/pkg/serviceregistry/ambient/authorization.go; ztunnel evaluates DENY, then ALLOW.
 */
export function ztunnelDecision(mesh: Mesh, workload: Workload, call: Call, regexes: Regexes | undefined): Decision | Unclear {
  const judged: { readonly action: 'ALLOW' | 'DENY'; readonly match: RuleMatch }[] = [];
  const allowing: AuthorizationPolicy[] = [];
  const { attached, doubt } = policiesOn(mesh, workload);
  if (doubt !== undefined) return { unclear: doubt };
  let misfit: string | undefined;
  for (const { policy } of attached) {
    const own = misfitOf(policy);
    if (policyScopeOf(mesh, policy) !== 'targets') misfit ??= own;
    if (own !== undefined || !isForZtunnels(mesh, policy)) continue;
    const action = policy.spec?.action === 'DENY' ? 'DENY' : 'ALLOW';
    if (action === 'ALLOW') allowing.push(policy);
    for (const rule of rulesOf(mesh, policy)) judged.push({ action, match: matchAtZtunnel(rule, call, regexes) });
  }
  const of = (action: 'ALLOW' | 'DENY'): readonly RuleMatch[] => judged.filter((one) => one.action === action).map(({ match }) => match);
  const matching = (action: 'ALLOW' | 'DENY'): readonly RuleMatch[] => of(action).filter(({ matches }) => matches === true);
  const unclearOf = (action: 'ALLOW' | 'DENY'): Unclear | undefined => {
    for (const { matches } of of(action)) if (typeof matches !== 'boolean') return matches;
    return undefined;
  };
  const denying = matching('DENY');
  const admitting = matching('ALLOW');
  const unbuildable = judged.map(({ match }) => match).filter((match) => match.unbuildable.length > 0);
  const decision = (reason: Decision['reason'], matched: readonly RuleMatch[], unmatched: Decision['unmatched'] = []): Decision => ({
    allowed: reason === 'allowed' || reason === 'no-allow-policy',
    reason,
    matched,
    unmatched,
    unbuildable,
    observed: [],
    places: [
      ...matched.flatMap(({ rule, through }) => [rule.at, ...through]),
      ...unmatched.map((resource): Place => ({ kind: 'node', resource, path: resource.spec === undefined ? [] : ['spec'], part: 'value' })),
      ...unbuildable.flatMap((match) => (unmatched.includes(match.rule.policy) ? match.unbuildable : [])),
    ],
  });
  if (denying.length > 0) return decision('denied', denying);
  if (misfit !== undefined) return { unclear: misfit };
  if (allowing.length > 0 && admitting.length === 0) return unclearOf('ALLOW') ?? decision('no-allow-rule', [], allowing);
  return unclearOf('DENY') ?? (allowing.length === 0 ? decision('no-allow-policy', []) : decision('allowed', admitting));
}

function matchAtZtunnel(rule: AuthorizationRule, call: Call, regexes: Regexes | undefined): RuleMatch {
  const made = ztunnelRuleOf(rule);
  if ('unclear' in made) {
    // Whatever a version does with the trust domains, it matches no more than the rest does.
    const rest = ztunnelRuleOf(withoutTrustDomains(rule));
    const most = 'unclear' in rest ? made : matchMade(rule, rest, call, regexes).matches;
    return { rule, matches: most === false ? false : made, through: [], unbuildable: [] };
  }
  return matchMade(rule, made, call, regexes);
}

function matchMade(written: AuthorizationRule, { rule, lost }: ZtunnelRule, call: Call, regexes: Regexes | undefined): RuleMatch {
  if (rule === undefined) return { rule: written, matches: false, through: [], unbuildable: lost };
  const match = matchRule(
    rule,
    call,
    { trustDomains: undefined, regexes, asWritten: true },
    (rule.policy.spec?.action ?? 'ALLOW') === 'ALLOW',
  );
  return { ...match, rule: written, unbuildable: [...lost, ...match.unbuildable] };
}
