import { outcomes } from '../graph/answer.ts';
import { authorizationOf } from '../graph/authorization.ts';
import { servedBy } from '../graph/served-by.ts';
import type { Mesh } from '../graph/mesh.ts';
import { waypointsOf } from '../graph/waypoints.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import { nameOf } from '../model/resource.ts';
import type { Call } from './access-call.ts';
import type { Regexes } from './access-strings.ts';
import type { Unclear } from './access-truth.ts';
import { matchRule, type RuleMatch } from './authorization-match.ts';
import { rulesOf } from './authorization-rules.ts';
import type { Decision } from './authorization-decision.ts';
import { isForZtunnels, ztunnelRuleOf } from './ztunnel-rules.ts';

/**
 * Why a connection to an ambient workload may come over a waypoint, whose identity its ztunnel then sees; undefined: it comes straight from the
 * caller.
 */
export function waypointBefore(mesh: Mesh, workload: Workload): string | undefined {
  const waypoints = waypointsOf(mesh);
  const uses = [waypoints.ofWorkload(workload), ...servicesOf(mesh, workload).map((service) => waypoints.ofService(service))];
  for (const use of uses) {
    if (use.kind === 'unknown') return use.reason;
    if (outcomes(use).some(({ kind }) => kind === 'waypoint')) return 'a waypoint decides before the ztunnel of an ambient workload does';
  }
  return undefined;
}

function servicesOf(mesh: Mesh, workload: Workload): Parameters<ReturnType<typeof waypointsOf>['ofService']>[0][] {
  return [...new Set(servedBy(mesh, workload).map(({ service }) => service.resource))];
}

/**
 * What a ztunnel says to a connection without a waypoint before it: by L4 alone, whatever is in it.
 * Source: pilot/pkg/serviceregistry/ambient/authorization.go; ztunnel evaluates DENY, then ALLOW.
 */
export function ztunnelDecision(mesh: Mesh, workload: Workload, call: Call, regexes: Regexes | undefined): Decision | Unclear {
  const { trustDomain } = mesh.config;
  const judged: { readonly action: 'ALLOW' | 'DENY'; readonly match: RuleMatch }[] = [];
  const allowing: Decision['unmatched'][number][] = [];
  for (const { policy } of authorizationOf(mesh).policiesFor(workload)) {
    if (!isForZtunnels(mesh, policy)) continue;
    if (policy.leftOut.length > 0) return { unclear: `AuthorizationPolicy ${nameOf(policy)} does not fit its schema` };
    const action = policy.spec?.action === 'DENY' ? 'DENY' : 'ALLOW';
    if (action === 'ALLOW') allowing.push(policy);
    for (const rule of rulesOf(mesh, policy)) {
      const made = ztunnelRuleOf(rule);
      if ('unclear' in made) return made;
      if (made.rule === undefined) {
        judged.push({ action, match: { rule, matches: false, through: [], unbuildable: made.lost } });
        continue;
      }
      // Here nobody replaces one name of the mesh by its others.
      const written = made.rule.sources.flatMap(({ clauses }) => clauses).concat(made.rule.conditions);
      const foreign = written.some(({ field, values, notValues }) => field === 'principals' && [...values, ...notValues].some(isPointer));
      if (foreign && trustDomain !== undefined && trustDomain !== 'cluster.local')
        return { unclear: 'ztunnels take the trust domain of a principal as it is written' };
      const context = { trustDomains: trustDomain === undefined ? undefined : [trustDomain], regexes };
      const match = matchRule(made.rule, call, context, action === 'ALLOW');
      judged.push({ action, match: { ...match, rule, unbuildable: [...made.lost, ...match.unbuildable] } });
    }
  }
  const of = (action: 'ALLOW' | 'DENY'): readonly RuleMatch[] => judged.filter((one) => one.action === action).map(({ match }) => match);
  const matching = (action: 'ALLOW' | 'DENY'): readonly RuleMatch[] => of(action).filter(({ matches }) => matches === true);
  const doubt = (action: 'ALLOW' | 'DENY'): Unclear | undefined => {
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
  if (allowing.length > 0 && admitting.length === 0) return doubt('ALLOW') ?? decision('no-allow-rule', [], allowing);
  return doubt('DENY') ?? (allowing.length === 0 ? decision('no-allow-policy', []) : decision('allowed', admitting));
}

function isPointer(principal: string): boolean {
  return principal.startsWith('cluster.local/');
}
