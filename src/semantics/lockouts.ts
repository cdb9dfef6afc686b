import { type AuthorizationPolicy, policyScopeOf } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import { workloadsTaking } from '../graph/policy-workloads.ts';
import { selects } from '../graph/selectors.ts';
import { isDryRun } from './authorization-decision.ts';
import type { AuthorizationRule } from './authorization-rules.ts';
import { actionOf, asksForMore, callersOf } from './judged-rules.ts';

/** Whether a rule takes every call, whoever calls for whatever. */
export function takesEveryCall(rule: AuthorizationRule): boolean {
  return callersOf(rule).some(({ identity, narrowing }) => identity.length === 0 && narrowing.length === 0) && !asksForMore(rule);
}

/**
 * The ALLOW policies with rules that admit nobody, since a policy that denies every call is for all of their workloads. Wider ones are not among them:
 * a DENY policy may be an exception from these.
 */
export function overruledBy(mesh: Mesh, denying: AuthorizationPolicy): readonly AuthorizationPolicy[] {
  const { allowing } = mesh.derive(allowingPolicies);
  const { namespace } = denying.metadata;
  const scope = policyScopeOf(mesh, denying);
  // A policy of a target has the proxies of that target, which other policies name in the same way.
  if (scope === 'targets') return [];
  const candidates = scope === 'mesh' ? [...allowing.values()].flat() : (allowing.get(namespace) ?? []);
  const labels = denying.spec?.selector?.matchLabels ?? {};
  return candidates.filter((other) => {
    if (policyScopeOf(mesh, other) === 'targets' || !mesh.coexist(other, denying)) return false;
    if (selects(labels, other.spec?.selector?.matchLabels ?? {})) return true;
    const own = workloadsTaking(mesh, other);
    const denied = new Set(workloadsTaking(mesh, denying));
    return own.length > 0 && own.every((workload) => denied.has(workload));
  });
}

function allowingPolicies(mesh: Mesh): { readonly allowing: ReadonlyMap<string, readonly AuthorizationPolicy[]> } {
  const allowing = new Map<string, AuthorizationPolicy[]>();
  for (const policy of mesh.of('AuthorizationPolicy')) {
    if (actionOf(policy) !== 'ALLOW' || isDryRun(policy) || (policy.spec?.rules ?? []).length === 0) continue;
    const known = allowing.get(policy.metadata.namespace);
    if (known === undefined) allowing.set(policy.metadata.namespace, [policy]);
    else known.push(policy);
  }
  return { allowing };
}
