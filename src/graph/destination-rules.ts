import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, found, missing, oneOf, unknown } from './answer.ts';
import { HostIndex, resolveHost } from './hosts.ts';
import { isPrivate, isVisible, type Visibility, visibilityOf } from './visibility.ts';

export type DestinationRule = ResourceOf<'DestinationRule'>;

export interface DefinedSubset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rule: DestinationRule;
  /** The subset's name. */
  readonly at: Place;
}

/** What one client gets for one host: a DestinationRule, or several of the same host and exportTo merged. */
export interface EffectiveDestinationRule {
  /** Where it was found: the client's own namespace, the service's, or the root namespace. */
  readonly level: 'client' | 'service' | 'root';
  readonly rules: readonly [DestinationRule, ...DestinationRule[]];
  /** By name; where a name is defined twice the oldest definition holds, so these are all of them. */
  readonly subsets: ReadonlyMap<string, readonly DefinedSubset[]>;
}

export interface DestinationRuleSettings {
  readonly rootNamespace: string;
  readonly domain: string;
  readonly complete: boolean;
  /** Namespaces in which a host is defined, as a Service or ServiceEntry; undefined when the input can't tell. */
  namespacesOfHost(fqdn: string): readonly string[] | undefined;
}

/** Rules of one namespace for one host with one exportTo: Istio merges them. */
interface Group {
  readonly visibility: Visibility;
  readonly private: boolean;
  readonly selected: boolean;
  readonly rules: DestinationRule[];
}

export interface DestinationRules {
  /** The rule that clients of a namespace get for a host; never looks at Sidecars. */
  forClient(namespace: string, fqdn: string): Answer<EffectiveDestinationRule>;
  /** The rules with the most specific host that covers this one, whoever sees them. */
  covering(fqdn: string): readonly DestinationRule[];
}

/**
 * Client's namespace, then the service's, then the root namespace; the most specific host of a level wins it.
 * Source: pilot/pkg/model/push_context.go (destinationRule, getExportedDestinationRuleFromNamespace) and
 * pilot/pkg/model/destination_rule.go (mergeDestinationRule).
 */
export function createDestinationRules(all: readonly DestinationRule[], settings: DestinationRuleSettings): DestinationRules {
  const byNamespace = new Map<string, HostIndex<Group[]>>();
  const byHost = new HostIndex<DestinationRule[]>();
  for (const rule of all) {
    const { namespace } = rule.metadata;
    const host = resolveHost(rule.spec.host, namespace, settings.domain);
    const hosts = byNamespace.get(namespace) ?? new HostIndex<Group[]>();
    byNamespace.set(namespace, hosts);
    addToGroup(hosts, host, rule);
    const known = byHost.get(host);
    if (known === undefined) byHost.set(host, [rule]);
    else known.push(rule);
  }

  function inClientNamespace(client: string, fqdn: string): Answer<EffectiveDestinationRule> | undefined {
    const hosts = byNamespace.get(client);
    if (hosts === undefined) return undefined;
    // In the root namespace only what is private to it is meant for its own proxies; the rest is found as the root level.
    const mine = (group: Group): boolean =>
      client === settings.rootNamespace ? group.private : isVisible(group.visibility, client);
    const groups = hosts.mostSpecific(fqdn, (candidates) => candidates.some(mine))?.filter(mine);
    if (groups === undefined) return undefined;
    if (groups.some(({ selected }) => selected)) return unknown('a DestinationRule with a workloadSelector decides by the client pod');
    return effective('client', groups);
  }

  function exportedFrom(level: 'service' | 'root', owner: string, client: string, fqdn: string): Answer<EffectiveDestinationRule> | undefined {
    const hosts = byNamespace.get(owner);
    if (hosts === undefined) return undefined;
    const exported = (group: Group): boolean => !group.private && !group.selected;
    // A best host that is exported to others only ends the level: no less specific one takes its place.
    const groups = hosts
      .mostSpecific(fqdn, (candidates) => candidates.some(exported))
      ?.filter((group) => exported(group) && isVisible(group.visibility, client));
    return groups === undefined || groups.length === 0 ? undefined : effective(level, groups);
  }

  return {
    forClient(client, fqdn) {
      const own = inClientNamespace(client, fqdn);
      if (own !== undefined) return own;
      const owners = settings.namespacesOfHost(fqdn);
      const [owner, ...others] = owners ?? [];
      if (others.length > 0 && others.some((other) => byNamespace.get(other)?.mostSpecific(fqdn) !== undefined)) {
        return unknown('the host is defined in several namespaces');
      }
      if (owner !== undefined) {
        const service = exportedFrom('service', owner, client, fqdn);
        if (service !== undefined) return service;
      }
      const root = exportedFrom('root', settings.rootNamespace, client, fqdn);
      if (root !== undefined) return root;
      if (owners === undefined && byHost.mostSpecific(fqdn)?.some(({ metadata }) => metadata.namespace !== client) === true) {
        return unknown('the namespace of the host is not in the input');
      }
      return settings.complete ? missing(`DestinationRule for ${fqdn}`) : unknown('no DestinationRule for the host in the input');
    },
    covering(fqdn) {
      return byHost.mostSpecific(fqdn) ?? [];
    },
  };
}

function addToGroup(hosts: HostIndex<Group[]>, host: string, rule: DestinationRule): void {
  const { namespace } = rule.metadata;
  const visibility = visibilityOf(rule.spec.exportTo, namespace);
  const selected = rule.spec.workloadSelector?.matchLabels !== undefined;
  const groups = hosts.get(host);
  const group: Group = { visibility, private: isPrivate(visibility, namespace), selected, rules: [rule] };
  if (groups === undefined) {
    hosts.set(host, [group]);
    return;
  }
  // Istio compares the exportTo sets literally: absent and ["*"] are not the same.
  const explicit = rule.spec.exportTo !== undefined && rule.spec.exportTo.length > 0;
  const same = groups.find(
    (other) =>
      !selected &&
      !other.selected &&
      (other.rules[0]?.spec.exportTo ?? []).length > 0 === explicit &&
      other.visibility.public === visibility.public &&
      other.visibility.namespaces.size === visibility.namespaces.size &&
      [...visibility.namespaces].every((name) => other.visibility.namespaces.has(name)),
  );
  if (same === undefined) groups.push(group);
  else same.rules.push(rule);
}

function effective(level: EffectiveDestinationRule['level'], groups: readonly Group[]): Answer<EffectiveDestinationRule> | undefined {
  // Rules with different exportTo are not merged; the newest wins whole, and manifests don't say which one that is.
  const [first, ...others] = groups.flatMap(({ rules }) => {
    const [oldest, ...rest] = rules;
    return oldest === undefined ? [] : [{ level, rules: [oldest, ...rest] as const, subsets: subsetsOf(rules) }];
  });
  if (first === undefined) return undefined;
  return others.length === 0 ? found(first) : oneOf<EffectiveDestinationRule>(first, ...others);
}

function subsetsOf(rules: readonly DestinationRule[]): ReadonlyMap<string, readonly DefinedSubset[]> {
  const subsets = new Map<string, DefinedSubset[]>();
  for (const rule of rules) {
    for (const [i, { name, labels }] of (rule.spec.subsets ?? []).entries()) {
      const at: Place = { kind: 'node', resource: rule, path: ['spec', 'subsets', i, 'name'], part: 'value' };
      const subset: DefinedSubset = { name, labels: labels ?? {}, rule, at };
      const known = subsets.get(name);
      if (known === undefined) subsets.set(name, [subset]);
      else known.push(subset);
    }
  }
  return subsets;
}
