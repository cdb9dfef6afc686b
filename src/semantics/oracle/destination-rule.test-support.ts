import { type Labels, nameOf, ofKind, type Pod, podsOf, type Proxy, selects, type World } from './world.test-support.ts';
import { hostName, mostSpecific } from './hosts.test-support.ts';
import { serviceFor } from './visibility.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

type Rule = ResourceOf<'DestinationRule'>;

/** Several rules that act as one: what a proxy gets for a host. */
export interface Effective {
  readonly host: string;
  readonly namespace: string;
  /** Oldest first; the first gives its name to it. */
  readonly mergedFrom: readonly string[];
  readonly exportTo: ReadonlySet<string> | undefined;
  readonly workloadSelector: Labels | undefined;
  readonly trafficPolicy: Rule['spec']['trafficPolicy'];
  /** The rule that it is from. */
  readonly policyFrom: string | undefined;
  readonly subsets: readonly Subset[];
}

export type Subset = NonNullable<Rule['spec']['subsets']>[number] & { readonly from: string };

const sameSet = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.size === b.size && [...a].every((item) => b.has(item));

const isStrictSuperset = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a !== undefined && b !== undefined && a.size > b.size && [...b].every((item) => a.has(item));

/**
 * §3.6 "Merge" as corrected: the same namespace and host and literally equal exportTo become one; a newer one whose explicit list is larger
 * merges into the older and is gone. Subsets: the first definition of a name; traffic policy: of the oldest that has one.
 */
function merge(world: World, rules: readonly Rule[]): readonly Effective[] {
  const merged: Effective[] = [];
  // A rule for pods is private, as if it said `exportTo: ["."]`: plain ones of the same exportTo (or a larger one) add to it, whatever is older.
  const forPods = rules.filter(({ spec }) => spec.workloadSelector !== undefined);
  const plain = rules.filter(({ spec }) => spec.workloadSelector === undefined);
  for (const rule of [...forPods, ...plain]) {
    const { namespace } = rule.metadata;
    const { exportTo, subsets = [], trafficPolicy, workloadSelector } = rule.spec;
    const selector = workloadSelector?.matchLabels;
    const one: Effective = {
      host: hostName(world, rule.spec.host, namespace),
      namespace,
      mergedFrom: [nameOf(rule)],
      exportTo: workloadSelector !== undefined ? new Set(['.']) : exportTo === undefined ? undefined : new Set(exportTo),
      workloadSelector: selector !== undefined && Object.keys(selector).length > 0 ? selector : undefined,
      trafficPolicy,
      policyFrom: trafficPolicy === undefined ? undefined : nameOf(rule),
      subsets: subsets
        .filter((subset, at) => subsets.findIndex(({ name }) => name === subset.name) === at)
        .map((subset) => ({ ...subset, from: nameOf(rule) })),
    };
    let isGone = false;
    for (const [at, older] of merged.entries()) {
      // "Two matching selector rules do not merge."
      if (older.host !== one.host || one.workloadSelector !== undefined) continue;
      if (!sameSet(one.exportTo, older.exportTo) && !isStrictSuperset(one.exportTo, older.exportTo)) continue;
      if (older.workloadSelector === undefined || sameSet(one.exportTo, older.exportTo)) isGone = true;
      merged[at] = {
        ...older,
        mergedFrom: [...older.mergedFrom, ...one.mergedFrom],
        trafficPolicy: older.trafficPolicy ?? one.trafficPolicy,
        policyFrom: older.policyFrom ?? one.policyFrom,
        subsets: [...older.subsets, ...one.subsets.filter(({ name }) => !older.subsets.some((known) => known.name === name))],
      };
    }
    if (!isGone) merged.push(one);
  }
  return merged;
}

function exportsOf(world: World, rule: Rule): readonly string[] {
  return rule.spec.exportTo ?? [world.exportTo.destinationRule];
}

const isIn = (exportTo: readonly string[], namespace: string, to: string): boolean =>
  exportTo.some((item) => item === '*' || item === to || (item === '.' && namespace === to));

const isPrivate = (rule: Rule, exportTo: readonly string[]): boolean =>
  rule.spec.workloadSelector !== undefined || exportTo.every((item) => item === '.' || item === rule.metadata.namespace);

/** §3.6: the rule that a proxy gets for a host, through the levels: client, service, root. */
export function destinationRule(world: World, proxy: Proxy, host: string): Effective | undefined {
  const all = ofKind(world, 'DestinationRule');
  // 1. The client's own namespace: private ones and those that list it; in the root namespace only private ones.
  const local = merge(
    world,
    all.filter((rule) => {
      const { namespace } = rule.metadata;
      if (namespace !== proxy.namespace) return false;
      const exportTo = exportsOf(world, rule);
      if (namespace === world.rootNamespace) return isPrivate(rule, exportTo);
      return rule.spec.exportTo === undefined || isIn(exportTo, namespace, namespace);
    }),
  );
  const own = bestOf(local, host);
  if (own.length > 0) return ownRule(own, proxy);
  // 2. The service's namespace, 3. the root namespace.
  const service = serviceFor(world, proxy, host);
  for (const namespace of service === undefined ? [world.rootNamespace] : [service.namespace, world.rootNamespace]) {
    const exported = merge(
      world,
      all.filter((rule) => rule.metadata.namespace === namespace && !isPrivate(rule, exportsOf(world, rule))),
    );
    const visible = bestOf(exported, host).filter((rule) =>
      isIn([...(rule.exportTo ?? [world.exportTo.destinationRule])], rule.namespace, proxy.namespace),
    );
    // Those of different exportTo do not merge: the newest that applies wins whole.
    const newest = visible.at(-1);
    if (newest !== undefined) return newest;
  }
  return undefined;
}

function bestOf(rules: readonly Effective[], host: string): readonly Effective[] {
  const best = mostSpecific(
    rules.map((rule) => rule.host),
    host,
  );
  return rules.filter((rule) => rule.host === best);
}

/**
 * "A workloadSelector DR in the client namespace stops the search for every pod of that namespace": the oldest that selects the proxy, else
 * the newest plain one. (A plain one with `exportTo: ["."]` is merged into those with a selector, and so of no use to other pods.)
 */
function ownRule(rules: readonly Effective[], proxy: Proxy): Effective | undefined {
  const selective = rules.filter((rule) => rule.workloadSelector !== undefined);
  const chosen = selective.find((rule) => selects(rule.workloadSelector, proxy.labels));
  if (chosen !== undefined) return chosen;
  return rules.filter((rule) => rule.workloadSelector === undefined).at(-1);
}

/** §3.6: pods of the service (its own namespace and selector) with all labels of the subset; no labels: all of them. */
export function podsOfSubset(world: World, proxy: Proxy, host: string, labels: Labels | undefined): readonly Pod[] {
  const service = serviceFor(world, proxy, host);
  const selector = service?.selector;
  if (service === undefined || selector === undefined || Object.keys(selector).length === 0) return [];
  return podsOf(world).filter((pod) => pod.namespace === service.namespace && selects(selector, pod.labels) && selects(labels, pod.labels));
}
