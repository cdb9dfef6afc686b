import { type AuthorizationPolicy, policyScopeOf } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { FieldName } from './access-fields.ts';
import type { Unclear } from './access-truth.ts';
import { isDryRun } from './authorization-decision.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';

/**
 * What a ztunnel makes of a rule: the rule without what it does not know, or nothing (`rule` undefined), since it never matches. `lost` are the
 * lists that it does not look at.
 */
export interface ZtunnelRule {
  readonly rule: AuthorizationRule | undefined;
  readonly lost: readonly Place[];
}

/** Fields that ztunnels do not know: whatever is about requests, and some that they could know. */
export function isUnknownToZtunnel(field: FieldName, isCondition: boolean): boolean {
  switch (field) {
    case 'principals':
    case 'namespaces':
    case 'ipBlocks':
    case 'ports':
    case 'destinationIps':
      return false;
    case 'serviceAccounts':
      return isCondition;
    default:
      return true;
  }
}

/**
 * Whether ztunnels enforce a policy at all: ALLOW and DENY without targetRefs, and no dry run. One with `selector: {}` counts as one by labels and
 * is given to no pod, having none; an empty `matchLabels` takes all. RequestAuthentications they never enforce.
 * Source: pilot/pkg/serviceregistry/ambient/authorization.go, convertAuthorizationPolicy, and workloads.go, buildWorkloadPolicies.
 */
export function isForZtunnels(mesh: Mesh, policy: AuthorizationPolicy): boolean {
  const { action = 'ALLOW', selector } = policy.spec ?? {};
  if (selector !== undefined && selector.matchLabels === undefined) return false;
  return (action === 'ALLOW' || action === 'DENY') && policyScopeOf(mesh, policy) !== 'targets' && !isDryRun(policy);
}

/**
 * An ALLOW rule with fields that ztunnels do not know goes as a whole. Of a DENY rule only these fields go; an alternative of which nothing is
 * left takes nobody, and neither does a rule with a condition of which nothing is left. Trust domains of sources were dropped from ALLOW rules too,
 * until they counted as what else is not known.
 * Source: the same file, handleRule and hasEffectiveRules.
 */
export function ztunnelRuleOf(rule: AuthorizationRule): ZtunnelRule | Unclear {
  const { policy, sources, operations, conditions } = rule;
  const clauses = [...[...sources, ...operations].flatMap((alternative) => alternative.clauses.map((clause) => [clause, false] as const))];
  const all = [...clauses, ...conditions.map((clause) => [clause, true] as const)];
  const unknownOnes = all.filter(([{ field }, isCondition]) => isUnknownToZtunnel(field, isCondition)).map(([clause]) => clause);
  const lost = [
    ...rule.unknownKeys,
    ...unknownOnes.map(({ values, valuesAt, notValuesAt }) => (values.length > 0 ? valuesAt : notValuesAt)),
  ];
  const nothing: ZtunnelRule = { rule: undefined, lost };
  if (rule.unknownKeys.length > 0) return nothing;
  const keptSources = left(sources);
  if ((policy.spec?.action ?? 'ALLOW') === 'ALLOW' && unknownOnes.length > 0) {
    const onlyTrustDomains = unknownOnes.every((clause) => clause.field === 'trustDomains' && !conditions.includes(clause));
    if (!onlyTrustDomains || keptSources.length === 0) return nothing;
    return { unclear: 'versions of Istio differ about trust domains in the policies of ztunnels' };
  }
  const keptOperations = left(operations);
  if ((sources.length > 0 && keptSources.length === 0) || (operations.length > 0 && keptOperations.length === 0)) return nothing;
  const keptConditions: Clause[] = [];
  for (const condition of conditions) {
    const known = isUnknownToZtunnel(condition.field, true) ? undefined : withoutLiterals(condition);
    if (known === undefined) return nothing;
    keptConditions.push(known);
  }
  return { rule: { ...rule, sources: keptSources, operations: keptOperations, conditions: keptConditions }, lost };
}

/** A rule as if its sources said nothing about trust domains. */
export function withoutTrustDomains(rule: AuthorizationRule): AuthorizationRule {
  const sources = rule.sources.map((source) => ({ ...source, clauses: source.clauses.filter(({ field }) => field !== 'trustDomains') }));
  return { ...rule, sources };
}

/** Alternatives without what is not known; those that are empty by it take nobody. */
function left(alternatives: readonly Alternative[]): readonly Alternative[] {
  return alternatives.flatMap((alternative) => {
    const known = alternative.clauses.filter(({ field }) => !isUnknownToZtunnel(field, false));
    if (known.length === 0) return [];
    const matching = known.map(withoutLiterals);
    const clauses = matching.filter((clause) => clause !== undefined);
    return clauses.length === matching.length ? [{ ...alternative, clauses }] : [];
  });
}

/**
 * For sidecars a star may stand anywhere in a namespace, for ztunnels it is one only at an end; elsewhere it is a character that no name has.
 * Undefined: the clause takes nobody. Source: the same file, stringToMatch.
 */
function withoutLiterals(clause: Clause): Clause | undefined {
  if (clause.field !== 'namespaces') return clause;
  const isReal = (value: string): boolean => value === '*' || !value.replace(/^\*|\*$/, '').includes('*');
  const values = clause.values.filter(isReal);
  if (clause.values.length > 0 && values.length === 0) return undefined;
  return { ...clause, values, notValues: clause.notValues.filter(isReal) };
}
