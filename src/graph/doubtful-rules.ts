import { doubtAt, type DoubtReason, doubtReasons, hasPlaceholder } from '../model/doubt.ts';
import type { Resource } from '../model/resource.ts';
import { type Answer, oneOf, outcomes, unknown } from './answer.ts';
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
  const doubtful = new DoubtfulRules(mesh);
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
  };
}

/** What is left of an answer without the rules that lie in other variants of a file than `from`; unknown where nothing is. */
export function besideItsOwn(
  mesh: Mesh,
  answer: Answer<EffectiveDestinationRule>,
  from: Resource | undefined,
): Answer<EffectiveDestinationRule> {
  const all = outcomes(answer);
  if (from === undefined || all.every(({ rules }) => rules.every((rule) => mesh.coexist(from, rule)))) return answer;
  const [first, ...others] = all.flatMap((outcome) => {
    const isReal = (rule: DestinationRule): boolean => mesh.coexist(from, rule);
    const rules = outcome.rules.filter(isReal);
    if (rules.length === 0 && outcome.rules.length > 0) return [];
    const subsets = new Map(
      [...outcome.subsets]
        .map(([name, defined]) => [name, defined.filter(({ rule }) => isReal(rule))] as const)
        .filter(([, defined]) => defined.length > 0),
    );
    return [{ ...outcome, rules, subsets, orders: outcome.orders?.map((order) => order.filter(isReal)) }];
  });
  return first === undefined ? unknown(doubtReasons.variant) : oneOf(first, ...others);
}

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
