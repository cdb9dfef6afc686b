import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { selects } from './selectors.ts';

export type DestinationRule = ResourceOf<'DestinationRule'>;
type Labels = Readonly<Record<string, string>>;

export interface DefinedSubset {
  readonly name: string;
  readonly labels: Labels;
  readonly rule: DestinationRule;
  /** In `spec.subsets` of its rule. */
  readonly index: number;
  /** The subset's name. */
  readonly at: Place;
}

/** A rule as Istio files it. */
export interface FiledRule {
  readonly rule: DestinationRule;
  /** As it is written: Istio compares the sets literally, so absent and `*` differ, and so do `.` and the name of the own namespace. */
  readonly exportTo: ReadonlySet<string>;
  /** The pods that it is for; an empty selector takes every pod of its namespace, undefined says that there is none. */
  readonly selector: Labels | undefined;
}

/** Rules of one namespace for one host that became one: the oldest gives exportTo and selector, the others add to it. */
export interface MergedRule {
  readonly exportTo: ReadonlySet<string>;
  readonly selector: Labels | undefined;
  /** The oldest first, in the order of creation; in the order of the sources where any order comes to these rules. */
  readonly rules: readonly DestinationRule[];
  readonly anyOrder: boolean;
}

/** More orders of creation than this are not tried. */
const mostOrders = 720;
/** Of more rules than this that are merged into one the outcomes are not enumerated. */
const mostMerged = 16;

/**
 * The rules of one namespace for one host, and what becomes of them in each order of creation, which manifests do not tell.
 * Source: pilot/pkg/model/destination_rule.go (mergeDestinationRule) with EnableEnhancedDestinationRuleMerge, and
 * pilot/pkg/model/push_context.go (sortConfigBySelectorAndCreationTime).
 */
export class RuleBucket {
  readonly #filed: FiledRule[];
  #mixed: readonly (readonly MergedRule[])[] | 'too many' | undefined;

  constructor(first: FiledRule) {
    this.#filed = [first];
  }

  add(filed: FiledRule): void {
    this.#filed.push(filed);
  }

  get byPod(): boolean {
    return this.#filed.some(({ selector }) => selector !== undefined);
  }

  /** For each order of creation the rules that come of it, in the order in which Istio looks at them. */
  outcomes(): readonly (readonly MergedRule[])[] | 'too many' {
    const [first] = this.#filed;
    if (first === undefined) return [];
    if (this.#mixed === undefined && this.#filed.every((filed) => areAlike(filed, first))) {
      const rules = this.#filed.map(({ rule }) => rule);
      if (rules.length > mostMerged) return 'too many';
      return [[{ exportTo: first.exportTo, selector: first.selector, rules, anyOrder: true }]];
    }
    this.#mixed ??= this.#inAllOrders();
    return this.#mixed;
  }

  #inAllOrders(): readonly (readonly MergedRule[])[] | 'too many' {
    // Rules with a selector come before the others, whenever they were created.
    const forPods = this.#filed.filter(({ selector }) => selector !== undefined);
    const plain = this.#filed.filter(({ selector }) => selector === undefined);
    if (factorial(forPods.length) * factorial(plain.length) > mostOrders) return 'too many';
    return [...permutations(forPods)].flatMap((front) => [...permutations(plain)].map((back) => mergeInOrder([...front, ...back])));
  }
}

function areAlike(a: FiledRule, b: FiledRule): boolean {
  return a === b || (sameSet(a.exportTo, b.exportTo) && sameSelector(a.selector, b.selector));
}

/**
 * Merges rules of one namespace and host, the oldest first. A rule joins each earlier one with the same exportTo, or with one that
 * is not empty and that it includes; whether it also stays on its own is decided by the last of the earlier ones alone.
 */
function mergeInOrder(order: readonly FiledRule[]): readonly MergedRule[] {
  const list: { readonly base: FiledRule; readonly rules: DestinationRule[] }[] = [];
  for (const filed of order) {
    let apart = true;
    for (const { base, rules } of list) {
      const same = sameSet(filed.exportTo, base.exportTo);
      apart = !same;
      if (!same && (base.exportTo.size === 0 || !isSuperset(filed.exportTo, base.exportTo))) continue;
      const bothPlain = filed.selector === undefined && base.selector === undefined;
      const bothForPods = filed.selector !== undefined && base.selector !== undefined;
      if (bothForPods && !sameSelector(filed.selector, base.selector)) {
        apart = true;
        continue;
      }
      if (bothPlain || bothForPods) apart = false;
      rules.push(filed.rule);
    }
    if (apart) list.push({ base: filed, rules: [filed.rule] });
  }
  return list.map(({ base, rules }) => ({ exportTo: base.exportTo, selector: base.selector, rules, anyOrder: false }));
}

/**
 * The one that a pod gets: the first whose selector takes it, else the last without a selector.
 * Source: pilot/pkg/model/sidecar.go, SidecarScope.DestinationRule.
 */
export function pickForPod(merged: readonly MergedRule[], labels: Labels): MergedRule | undefined {
  let plain: MergedRule | undefined;
  for (const candidate of merged) {
    if (candidate.selector === undefined) plain = candidate;
    else if (selects(candidate.selector, labels)) return candidate;
  }
  return plain;
}

export function subsetsOf(rules: readonly DestinationRule[]): ReadonlyMap<string, readonly DefinedSubset[]> {
  const subsets = new Map<string, DefinedSubset[]>();
  for (const rule of rules) {
    for (const [index, { name, labels }] of (rule.spec.subsets ?? []).entries()) {
      const subset = new WrittenSubset(rule, index, name, labels ?? {});
      const known = subsets.get(name);
      if (known === undefined) subsets.set(name, [subset]);
      else known.push(subset);
    }
  }
  return subsets;
}

/** Where it is, is asked of few. */
class WrittenSubset implements DefinedSubset {
  readonly rule: DestinationRule;
  readonly index: number;
  readonly name: string;
  readonly labels: Labels;

  constructor(rule: DestinationRule, index: number, name: string, labels: Labels) {
    this.rule = rule;
    this.index = index;
    this.name = name;
    this.labels = labels;
  }

  get at(): Place {
    return { kind: 'node', resource: this.rule, path: ['spec', 'subsets', this.index, 'name'], part: 'value' };
  }
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && isSuperset(a, b);
}

function isSuperset(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const entry of b) if (!a.has(entry)) return false;
  return true;
}

function sameSelector(a: Labels | undefined, b: Labels | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Object.keys(a).length === Object.keys(b).length && selects(a, b);
}

function factorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor += 1) product *= factor;
  return product;
}

/** All orders of a few things. */
export function* permutations<T>(items: readonly T[]): Iterable<readonly T[]> {
  if (items.length === 0) {
    yield [];
    return;
  }
  for (const [i, first] of items.entries()) {
    for (const rest of permutations([...items.slice(0, i), ...items.slice(i + 1)])) yield [first, ...rest];
  }
}
