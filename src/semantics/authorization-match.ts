import type { Place } from '../model/place.ts';
import type { Call } from './access-call.ts';
import { type FieldContext, fields } from './access-fields.ts';
import { all, any, not, type Truth } from './access-truth.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';

/** What values mean beyond their text, the same for a whole mesh. */
export type MatchContext = Pick<FieldContext, 'trustDomains' | 'regexes' | 'asWritten'>;

/** Whether a rule matches a call, and by what it is so. */
export interface RuleMatch {
  readonly rule: AuthorizationRule;
  readonly matches: Truth;
  /** The values that match, where the rule does: of the first source, the first operation and each condition. */
  readonly through: readonly Place[];
  /** What Istio can't build on this kind of connection. An ALLOW rule is left out for it; any other is built without it, and so wider. */
  readonly unbuildable: readonly Place[];
}

/**
 * A rule against a call. `narrow` is what ALLOW does with what can't be built: the whole rule goes; otherwise only that goes, and the rest matches more.
 * Source: pilot/pkg/security/authz/model/model.go (Generate, checkError) and pilot/pkg/security/authz/builder/builder.go (build).
 */
export function matchRule(rule: AuthorizationRule, call: Call, context: MatchContext, narrow: boolean): RuleMatch {
  const nothing = { rule, matches: false, through: [] };
  if (rule.unknownKeys.length > 0) return { ...nothing, unbuildable: rule.unknownKeys };
  const unbuildable = clausesOf(rule).flatMap((clause) => unbuildableIn(clause, call.chain));
  if (narrow && unbuildable.length > 0) return { ...nothing, unbuildable };
  const fieldContext = { ...context, namespace: rule.policy.metadata.namespace };
  const sources = rule.sources.map((source) => ({ source, matches: matchAlternative(source, call, fieldContext) }));
  const operations = rule.operations.map((operation) => ({ operation, matches: matchAlternative(operation, call, fieldContext) }));
  const matches = all([
    rule.sources.length === 0 ? true : any(sources.map((source) => source.matches)),
    rule.operations.length === 0 ? true : any(operations.map((operation) => operation.matches)),
    ...rule.conditions.map((condition) => matchClause(condition, call, fieldContext)),
  ]);
  if (matches !== true) return { rule, matches, through: [], unbuildable };
  const source = sources.find((one) => one.matches === true)?.source;
  const operation = operations.find((one) => one.matches === true)?.operation;
  const decisive = [...(source?.clauses ?? []), ...(operation?.clauses ?? []), ...rule.conditions];
  return { rule, matches, through: decisive.flatMap((clause) => valuesThatMatch(clause, call, fieldContext)), unbuildable };
}

/** Whether one entry of `from` or `to` takes a call: what it is made of, whatever else the rule asks for. */
export function matchAlternative({ clauses }: Alternative, call: Call, context: MatchContext & { readonly namespace: string }): Truth {
  return all(clauses.map((clause) => matchClause(clause, call, context)));
}

/** One of the values, and none of the not-values; what can't be built says nothing. */
function matchClause(clause: Clause, call: Call, context: MatchContext & { readonly namespace: string }): Truth {
  const values = buildable(clause, clause.values, call.chain);
  const notValues = buildable(clause, clause.notValues, call.chain);
  const matches = (value: string): Truth => fields[clause.field].matches(value, call, { ...context, names: clause.names });
  return all([values.length === 0 ? true : any(values.map(matches)), not(any(notValues.map(matches)))]);
}

function clausesOf(rule: AuthorizationRule): readonly Clause[] {
  return [...rule.sources.flatMap(({ clauses }) => clauses), ...rule.operations.flatMap(({ clauses }) => clauses), ...rule.conditions];
}

function isBuildable(clause: Clause, value: string, chain: Call['chain']): boolean {
  const field = fields[clause.field];
  return !clause.malformed && !(field.httpOnly && chain === 'tcp') && (field.isValid?.(value) ?? true);
}

function buildable(clause: Clause, values: readonly string[], chain: Call['chain']): readonly string[] {
  return values.filter((value) => isBuildable(clause, value, chain));
}

/** The lists, or single values, of which nothing can be made. */
function unbuildableIn(clause: Clause, chain: Call['chain']): readonly Place[] {
  const whole = clause.malformed || (fields[clause.field].httpOnly && chain === 'tcp');
  return [[clause.values, clause.valuesAt] as const, [clause.notValues, clause.notValuesAt] as const].flatMap(([values, at]) => {
    if (values.length === 0) return [];
    return whole ? [at] : values.flatMap((value, i) => (isBuildable(clause, value, chain) ? [] : [itemAt(at, i)]));
  });
}

/** The first value that matches; the list of not-values where only they are asked for. */
function valuesThatMatch(clause: Clause, call: Call, context: MatchContext & { readonly namespace: string }): readonly Place[] {
  const { values, notValues, valuesAt, notValuesAt } = clause;
  const matching = values.findIndex(
    (value) =>
      isBuildable(clause, value, call.chain) && fields[clause.field].matches(value, call, { ...context, names: clause.names }) === true,
  );
  if (matching !== -1) return [itemAt(valuesAt, matching)];
  return values.length === 0 && buildable(clause, notValues, call.chain).length > 0 ? [notValuesAt] : [];
}

function itemAt(list: Place, index: number): Place {
  return list.kind === 'node' ? { ...list, path: [...list.path, index] } : list;
}
