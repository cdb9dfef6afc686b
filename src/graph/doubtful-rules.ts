import { doubtAt, type DoubtReason, doubtReasons, hasPlaceholder } from '../model/doubt.ts';
import type { Resource } from '../model/resource.ts';
import { type Answer, outcomes, unknown } from './answer.ts';
import type { DestinationRule, DestinationRules, EffectiveDestinationRule } from './destination-rules.ts';
import { isWithin, serviceOf } from './hosts.ts';
import type { Mesh } from './mesh.ts';

/** A DestinationRule of which it is not known to whom it applies. */
interface DoubtfulRule {
  readonly rule: DestinationRule;
  readonly reason: DoubtReason;
}

/**
 * The same look-ups, which answer unknown where a rule of unknown namespace, host or reach (placeholders, Kustomize) may decide as well, and
 * where the question itself has a placeholder in it.
 */
export function withDoubts(mesh: Mesh, rules: DestinationRules): DestinationRules {
  return withThese(new DoubtfulRules(mesh), mesh, rules);
}

function withThese(doubtful: DoubtfulRules, mesh: Mesh, rules: DestinationRules): DestinationRules {
  return {
    ...rules,
    forClient(namespace, fqdn) {
      const reason = doubtful.about(namespace, fqdn);
      if (reason !== undefined) return unknown(reason);
      const answer = rules.forClient(namespace, fqdn);
      if (answer.kind !== 'missing') return answer;
      const levels = [namespace, serviceOf(fqdn, mesh.domain)?.namespace ?? mesh.rootNamespace, mesh.rootNamespace];
      return levels.every((level) => mesh.isComplete('DestinationRule', level)) ? answer : unknown('a DestinationRule could not be read');
    },
    forPod(client, service) {
      const reason = doubtful.about(client.namespace, service.host);
      return reason === undefined ? rules.forPod(client, service) : unknown(reason);
    },
    among: (fqdn, isThere) => withThese(doubtful, mesh, rules.among(fqdn, isThere)),
  };
}

/**
 * The rule that clients get among those that may lie in one cluster with `from`: where a rule in another variant of its file would decide, or
 * stands in the way of others, these are searched anew. Unknown where nothing is found then, since the variant may have its own elsewhere.
 */
export function besideItsOwn(
  mesh: Mesh,
  answer: Answer<EffectiveDestinationRule>,
  { client, fqdn }: { readonly client: string; readonly fqdn: string },
  from: Resource | undefined,
): Answer<EffectiveDestinationRule> {
  if (from === undefined) return answer;
  const isReal = (rule: DestinationRule): boolean => mesh.coexist(from, rule);
  if (mesh.step(rulesAround, fqdn).every(isReal)) return answer;
  const again = mesh.destinationRules.among(fqdn, isReal).forClient(client, fqdn);
  if (outcomes(again).length > 0) return again;
  return answer.kind === 'unknown' ? answer : unknown(doubtReasons.variant);
}

const rulesAround = (mesh: Mesh, fqdn: string): readonly DestinationRule[] => mesh.destinationRules.around(fqdn);

class DoubtfulRules {
  readonly #mesh: Mesh;
  /** By the first label of a short host, else by the host. */
  readonly #byHost = new Map<string, DoubtfulRule[]>();
  /** With a wildcard, or a host that is not known: a few. */
  readonly #anyHost: DoubtfulRule[] = [];

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
    for (const rule of mesh.of('DestinationRule')) {
      const reason =
        rule.identity?.namespaces?.length === 1 || rule.identity === undefined
          ? (doubtAt(rule, 'spec', 'host') ?? doubtAt(rule, 'spec', 'exportTo') ?? doubtAt(rule, 'spec', 'workloadSelector'))
          : doubtReasons.identity;
      if (reason !== undefined) this.#add({ rule, reason });
    }
  }

  #add(doubtful: DoubtfulRule): void {
    const { host } = doubtful.rule.spec;
    if (host.startsWith('*') || doubtAt(doubtful.rule, 'spec', 'host') !== undefined) {
      this.#anyHost.push(doubtful);
      return;
    }
    const known = this.#byHost.get(host);
    if (known === undefined) this.#byHost.set(host, [doubtful]);
    else known.push(doubtful);
  }

  /** Why the rule that these clients get for the host is not known. */
  about(client: string, fqdn: string): DoubtReason | undefined {
    if (hasPlaceholder(client) || hasPlaceholder(fqdn)) return doubtReasons.identity;
    if (this.#byHost.size === 0 && this.#anyHost.length === 0) return undefined;
    const dot = fqdn.indexOf('.');
    const short = dot === -1 ? [] : (this.#byHost.get(fqdn.slice(0, dot)) ?? []);
    const candidates = [...(this.#byHost.get(fqdn) ?? []), ...short, ...this.#anyHost];
    return candidates.find((candidate) => this.#concerns(candidate, client, fqdn))?.reason;
  }

  #concerns({ rule }: DoubtfulRule, client: string, fqdn: string): boolean {
    const { host } = rule.spec;
    if (host.startsWith('*') && doubtAt(rule, 'spec', 'host') === undefined && !isWithin(fqdn, host)) return false;
    const { rootNamespace, domain } = this.#mesh;
    const owner = serviceOf(fqdn, domain)?.namespace;
    const namespaces = rule.identity === undefined ? [rule.metadata.namespace] : rule.identity.namespaces;
    // Of a host that is no Kubernetes service any namespace may be the owner.
    return (
      namespaces === undefined || owner === undefined || namespaces.some((own) => own === client || own === owner || own === rootNamespace)
    );
  }
}
