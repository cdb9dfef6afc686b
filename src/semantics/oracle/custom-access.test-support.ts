import { type Call, matchesRule, verdict, type Verdict } from './access.test-support.ts';
import { portMode } from './peer-authentication.test-support.ts';
import { authorizationPolicies } from './policies.test-support.ts';
import type { Chain } from './protocols.test-support.ts';
import type { Pod, World } from './world.test-support.ts';

/**
 * §2.2: CUSTOM may refuse what the others let through: "ext_authz says no (or provider missing/invalid, or >1 provider without flag => any match
 * is denied)"; "CUSTOM with an HTTP provider is skipped on TCP chains"; "CUSTOM runs before JWT"; "dry-run CUSTOM still calls the server", and
 * where no server is called it is a dry run.
 */
export function customVerdict(world: World, pod: Pod, chain: Chain, call: Call): Verdict {
  const others = world.resources.filter((one) => !(one.kind === 'AuthorizationPolicy' && one.spec?.action === 'CUSTOM'));
  const otherwise = verdict({ ...world, resources: others }, pod, chain, call);
  if (otherwise !== 'allow') return otherwise;
  const custom = authorizationPolicies(world, pod.namespace, pod.labels).filter(({ spec }) => spec?.action === 'CUSTOM');
  const isTcp = chain === 'tcp' || call.http === undefined;
  const { mode } = portMode(world, pod.namespace, pod.labels, call.port);
  const arrival = {
    ...call,
    identity: mode === 'DISABLE' ? undefined : call.identity,
    http: isTcp ? undefined : call.http,
    claims: undefined,
  };
  const matching = custom.filter((policy) => (policy.spec?.rules ?? []).some((rule) => matchesRule(world, policy, rule, arrival)));
  const enforced = matching.filter(({ metadata }) => metadata.annotations['istio.io/dry-run'] !== 'true');
  const names = new Set(custom.map(({ spec }) => spec?.provider?.name ?? ''));
  const refused = enforced.length > 0 ? 'deny' : 'allow';
  if (names.size > 1) return refused;
  const asked = matching.length > 0 ? 'external' : 'allow';
  if (world.extensionProviders === undefined) return asked;
  const found = world.extensionProviders.filter((one) => names.has(one.name));
  const kind = found.length === 1 ? found[0]?.authorization : undefined;
  if (kind === undefined) return refused;
  return kind === 'http' && isTcp ? 'allow' : asked;
}
