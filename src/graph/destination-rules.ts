import { type Answer, found, missing, oneOf, outcomes, unknown } from './answer.ts';
import {
  type DefinedSubset,
  type DestinationRule,
  type FiledRule,
  type MergedRule,
  pickForPod,
  RuleBucket,
  subsetsOf,
} from './destination-rule-merge.ts';
import { HostIndex, resolveHost } from './hosts.ts';

export type { DefinedSubset, DestinationRule } from './destination-rule-merge.ts';

/** What one client gets for one host: a DestinationRule, or several of the same host merged. */
export interface EffectiveDestinationRule {
  /** Where it was found: the client's own namespace, the service's, or the root namespace; `none`: the client gets no rule. */
  readonly level: 'client' | 'service' | 'root' | 'none';
  /** Empty exactly for `none`. */
  readonly rules: readonly DestinationRule[];
  /** It is for pods that a workloadSelector takes. */
  readonly forPods: boolean;
  /** By name; where a name is defined twice the oldest definition holds, so these are all of them. */
  readonly subsets: ReadonlyMap<string, readonly DefinedSubset[]>;
  /** Orders of creation that come to this, each with the oldest first; undefined: every order of the rules does. */
  readonly orders: readonly (readonly DestinationRule[])[] | undefined;
}

/** Whether two answers are made of the same rules: all else follows from these. */
export function areAlike(a: Answer<EffectiveDestinationRule>, b: Answer<EffectiveDestinationRule>): boolean {
  if (a.kind === 'missing') return b.kind === 'missing' && a.cause === b.cause;
  if (a.kind === 'unknown') return b.kind === 'unknown' && a.reason === b.reason;
  const others = outcomes(b);
  return (
    a.kind === b.kind &&
    outcomes(a).length === others.length &&
    outcomes(a).every((one, i) => one.level === others[i]?.level && isMadeOf(one, others[i]))
  );
}

function isMadeOf(a: EffectiveDestinationRule, b: EffectiveDestinationRule): boolean {
  const { rules, orders } = b;
  const same = (some: readonly DestinationRule[], those: readonly DestinationRule[] | undefined): boolean =>
    some.length === those?.length && some.every((rule, i) => rule === those[i]);
  return (
    same(a.rules, rules) &&
    a.orders?.length === orders?.length &&
    (a.orders === undefined || a.orders.every((order, i) => same(order, orders?.[i])))
  );
}

/** Who decides what in a merged rule, in some order of creation. */
export interface RuleChoice {
  /** Gives the merged rule its name. */
  readonly oldest: DestinationRule;
  /** Its trafficPolicy holds: the oldest that has one. */
  readonly policy: DestinationRule | undefined;
  /** The oldest definition of the subset that was asked for. */
  readonly subset: DefinedSubset | undefined;
}

export interface DestinationRuleSettings {
  readonly rootNamespace: string;
  readonly domain: string;
  readonly complete: boolean;
  /** exportTo of rules that write none: only whether `.` is in it counts. */
  readonly defaultExportTo: readonly string[];
  /** Namespaces in which a host is defined, as a Service or ServiceEntry; undefined when the input can't tell. */
  namespacesOfHost(fqdn: string): readonly string[] | undefined;
}

export interface DestinationRules {
  /**
   * The rule that clients of a namespace get for a host; never looks at Sidecars. Unknown where the pod's labels decide, and where
   * the input has none (missing in a complete mesh).
   */
  forClient(namespace: string, fqdn: string): Answer<EffectiveDestinationRule>;
  /** The rule that a pod gets for a service; that it gets none is an answer too. */
  forPod(
    client: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
    service: { readonly host: string; readonly namespace: string },
  ): Answer<EffectiveDestinationRule>;
  /** The rules with the most specific host that covers this one, whoever sees them. */
  covering(fqdn: string): readonly DestinationRule[];
  /** The rules with any host that covers this one, whoever sees them: all that the look-ups of this host choose from. */
  around(fqdn: string): readonly DestinationRule[];
  /** The same look-ups for one host, as if only these of its rules were there. */
  among(fqdn: string, isThere: (rule: DestinationRule) => boolean): DestinationRules;
}

const none: EffectiveDestinationRule = { level: 'none', rules: [], forPods: false, subsets: new Map(), orders: undefined };
const tooMany = 'more DestinationRules for one host than orders of creation can be tried';

/** The rules of one namespace. Istio keeps them twice, and a rule may be merged in one index and stand alone in the other. */
interface Namespace {
  /** For clients of this namespace; of the root namespace only what is private to it, the rest is found as the root level. */
  readonly local: HostIndex<RuleBucket>;
  /** For clients of other namespaces. */
  readonly exported: HostIndex<RuleBucket>;
}

/**
 * Client's namespace, then the service's, then the root namespace; the most specific host of a level wins it.
 * Source: pilot/pkg/model/push_context.go (setDestinationRules, destinationRule, getExportedDestinationRuleFromNamespace).
 */
export function createDestinationRules(all: readonly DestinationRule[], settings: DestinationRuleSettings): DestinationRules {
  const { rootNamespace } = settings;
  const privateByDefault = settings.defaultExportTo.includes('.');
  const byNamespace = new Map<string, Namespace>();
  const byHost = new HostIndex<DestinationRule[]>();
  for (const rule of all) {
    const { namespace } = rule.metadata;
    const host = resolveHost(rule.spec.host, namespace, settings.domain);
    const known = byHost.get(host);
    if (known === undefined) byHost.set(host, [rule]);
    else known.push(rule);

    const selector = rule.spec.workloadSelector === undefined ? undefined : (rule.spec.workloadSelector.matchLabels ?? {});
    // A rule for pods is never exported, whatever it says.
    const exportTo: ReadonlySet<string> = selector === undefined ? setOf(rule.spec.exportTo) : new Set(['.']);
    const filed: FiledRule = { rule, exportTo, selector };
    const ownOnly = exportTo.size === 0 ? privateByDefault : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
    const forOwn = exportTo.size === 0 || ['*', '.', namespace].some((entry) => exportTo.has(entry));
    const indexes = byNamespace.get(namespace) ?? { local: new HostIndex(), exported: new HostIndex() };
    byNamespace.set(namespace, indexes);
    if (namespace === rootNamespace ? ownOnly : forOwn) file(indexes.local, host, filed);
    if (!ownOnly) file(indexes.exported, host, filed);
  }

  const localBucket = (client: string, host: string): RuleBucket | undefined => byNamespace.get(client)?.local.mostSpecific(host);

  const around = (fqdn: string): readonly DestinationRule[] => [...byHost.covering(fqdn)].flatMap(([, rules]) => rules);

  /** All outcomes, each once; undefined: too many orders of creation. */
  function lookUp(
    client: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
    host: string,
    owner: string | undefined,
  ): readonly EffectiveDestinationRule[] | undefined {
    // A rule in the client's namespace ends the search, even for pods that its selector does not take.
    const own = localBucket(client.namespace, host)?.outcomes();
    if (own === 'too many') return undefined;
    if (own !== undefined) {
      const [only, ...others] = own;
      const picked = only === undefined || others.length > 0 ? undefined : pickForPod(only, client.labels);
      if (picked !== undefined) return [new Effective('client', picked, [picked.rules])];
      const outcomes = new Outcomes();
      for (const merged of own) outcomes.add('client', pickForPod(merged, client.labels));
      return outcomes.all();
    }
    const outcomes = new Outcomes();
    const visible = ({ exportTo }: MergedRule): boolean => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client.namespace);
    for (const [level, namespace] of [
      ['service', owner],
      ['root', rootNamespace],
    ] as const) {
      const exported = namespace === undefined ? undefined : byNamespace.get(namespace)?.exported.mostSpecific(host)?.outcomes();
      if (exported === 'too many') return undefined;
      // A best host that is exported to others only ends the level: no less specific one takes its place.
      let passedOn = exported === undefined;
      for (const merged of exported ?? []) {
        const last = merged.findLast(visible);
        if (last === undefined) passedOn = true;
        else outcomes.add(level, last);
      }
      if (!passedOn) return outcomes.all();
    }
    outcomes.add('none', undefined);
    return outcomes.all();
  }

  return {
    forClient(namespace, fqdn) {
      const own = localBucket(namespace, fqdn);
      if (own?.byPod === true) return unknown('a DestinationRule with a workloadSelector decides by the client pod');
      // Where the client's namespace has a rule, it does not matter whose the host is.
      const owners = own === undefined ? settings.namespacesOfHost(fqdn) : [];
      const [owner, ...others] = owners ?? [];
      if (others.some((other) => byNamespace.get(other)?.exported.mostSpecific(fqdn) !== undefined)) {
        return unknown('the host is defined in several namespaces');
      }
      const outcomes = lookUp({ namespace, labels: {} }, fqdn, owner);
      if (outcomes === undefined) return unknown(tooMany);
      const [first = none, ...rest] = outcomes;
      if (rest.length > 0 || first.level !== 'none') return oneOf(first, ...rest);
      if (owners === undefined && byHost.mostSpecific(fqdn)?.some(({ metadata }) => metadata.namespace !== namespace) === true) {
        return unknown('the namespace of the host is not in the input');
      }
      return settings.complete ? missing(`DestinationRule for ${fqdn}`) : unknown('no DestinationRule for the host in the input');
    },
    forPod(client, service) {
      const outcomes = lookUp(client, service.host, service.namespace);
      if (outcomes === undefined) return unknown(tooMany);
      const [first = none, ...rest] = outcomes;
      return rest.length === 0 ? found(first) : oneOf(first, ...rest);
    },
    covering(fqdn) {
      return byHost.mostSpecific(fqdn) ?? [];
    },
    around,
    among: (fqdn, isThere) => createDestinationRules(around(fqdn).filter(isThere), settings),
  };
}

const nobody: ReadonlySet<string> = new Set();

/** Nearly all write nothing. */
function setOf(exportTo: readonly string[] = []): ReadonlySet<string> {
  return exportTo.length === 0 ? nobody : new Set(exportTo);
}

function file(index: HostIndex<RuleBucket>, host: string, filed: FiledRule): void {
  const bucket = index.get(host);
  if (bucket === undefined) index.set(host, new RuleBucket(filed));
  else bucket.add(filed);
}

/** The subsets are put together when they are asked for. A class, since V8 gives each object literal that has a getter a shape of its own. */
class Effective implements EffectiveDestinationRule {
  readonly level: EffectiveDestinationRule['level'];
  readonly rules: readonly DestinationRule[];
  readonly forPods: boolean;
  readonly orders: EffectiveDestinationRule['orders'];
  private made: EffectiveDestinationRule['subsets'] | undefined;

  constructor(level: EffectiveDestinationRule['level'], merged: MergedRule, orders: readonly (readonly DestinationRule[])[]) {
    this.level = level;
    this.rules = merged.rules;
    this.forPods = merged.selector !== undefined;
    this.orders = merged.anyOrder ? undefined : orders;
  }

  get subsets(): EffectiveDestinationRule['subsets'] {
    this.made ??= subsetsOf(this.rules);
    return this.made;
  }
}

/** Collects what orders of creation come to; the same rules of one level are one outcome. */
class Outcomes {
  readonly #found: { level: EffectiveDestinationRule['level']; merged: MergedRule; orders: (readonly DestinationRule[])[] }[] = [];
  #none = false;

  add(level: EffectiveDestinationRule['level'], merged: MergedRule | undefined): void {
    if (merged === undefined) {
      this.#none = true;
      return;
    }
    const same = this.#found.find(
      (other) =>
        other.level === level &&
        other.merged.rules.length === merged.rules.length &&
        merged.rules.every((rule) => other.merged.rules.includes(rule)),
    );
    if (same === undefined) this.#found.push({ level, merged, orders: [merged.rules] });
    else same.orders.push(merged.rules);
  }

  all(): readonly EffectiveDestinationRule[] {
    const rules = this.#found.map(({ level, merged, orders }) => new Effective(level, merged, orders));
    return this.#none ? [...rules, none] : rules;
  }
}

/** Each combination of oldest rule, deciding trafficPolicy and subset definition that some order of creation comes to, once. */
export function choicesOf({ rules, orders }: EffectiveDestinationRule, subset: string | undefined): readonly RuleChoice[] {
  const hasPolicy = (rule: DestinationRule): boolean => rule.spec.trafficPolicy !== undefined;
  const definition = (rule: DestinationRule | undefined): DefinedSubset | undefined =>
    rule === undefined || subset === undefined ? undefined : subsetsOf([rule]).get(subset)?.[0];
  const choices: RuleChoice[] = [];
  const defines = (rule: DestinationRule): boolean => definition(rule) !== undefined;
  if (orders !== undefined) {
    for (const order of orders) {
      const [oldest] = order;
      const policy = order.find(hasPolicy);
      const definer = order.find(defines);
      const known = choices.some((other) => other.oldest === oldest && other.policy === policy && other.subset?.rule === definer);
      if (oldest !== undefined && !known) choices.push({ oldest, policy, subset: definition(definer) });
    }
    return choices;
  }
  const candidates = (oldest: DestinationRule, has: (rule: DestinationRule) => boolean): readonly (DestinationRule | undefined)[] => {
    if (has(oldest)) return [oldest];
    const those = rules.filter(has);
    return those.length === 0 ? [undefined] : those;
  };
  for (const oldest of rules) {
    for (const policy of candidates(oldest, hasPolicy)) {
      for (const definer of candidates(oldest, defines)) {
        // Two younger rules that both have both can't each be the first with one of them.
        const apart = policy !== undefined && definer !== undefined && policy !== definer && policy !== oldest && definer !== oldest;
        if (apart && defines(policy) && hasPolicy(definer)) continue;
        choices.push({ oldest, policy, subset: definition(definer) });
      }
    }
  }
  return choices;
}
