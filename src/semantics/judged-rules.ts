import { type AuthorizationPolicy } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import { doubtAt, type DoubtReason, doubtReasons } from '../model/doubt.ts';
import { below, type Place } from '../model/place.ts';
import type { Path } from '../yaml/value.ts';
import { parseBlock } from './access-addresses.ts';
import { isDryRun } from './authorization-decision.ts';
import { type Alternative, type AuthorizationRule, type Clause, rulesOf } from './authorization-rules.ts';
import { isIdentityField } from './identities.ts';

export type Action = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

/** A rule that can be judged, or why it can't. */
export type Judged = { readonly rule: AuthorizationRule; readonly action: Action } | { readonly at: Place; readonly reason: string };

export function actionOf(policy: AuthorizationPolicy): Action {
  return policy.spec?.action ?? 'ALLOW';
}

/** What else is wanted of the rules that are judged. */
export interface JudgedOptions {
  /** Those of dry runs too, which decide nothing. */
  readonly drafts?: boolean;
  /** Not those that have a placeholder among their values, either. */
  readonly exact?: boolean;
}

/**
 * The rules of a policy of one of these actions. What did not fit its schema and was left out, or a placeholder that stands for more than one
 * value, would make a rule look wider than it is, so that nothing is said of such a rule.
 */
export function judgedRules(
  mesh: Mesh,
  policy: AuthorizationPolicy,
  actions: readonly Action[],
  options: JudgedOptions = {},
): readonly Judged[] {
  const { drafts = false, exact = false } = options;
  const action = actionOf(policy);
  if (!actions.includes(action) || (!drafts && isDryRun(policy))) return [];
  const doubt = doubtAt(policy, 'spec', 'action') ?? (drafts ? undefined : doubtAt(policy, 'metadata', 'annotations', 'istio.io/dry-run'));
  if (doubt !== undefined) {
    return [{ at: { kind: 'node', resource: policy, path: ['metadata', 'name'], part: 'value' }, reason: doubt }];
  }
  const judged: Judged[] = [];
  for (const rule of rulesOf(mesh, policy)) {
    const inDoubt = doubtAbout(policy, rule.index, exact);
    if (inDoubt !== undefined) judged.push({ at: rule.at, reason: inDoubt });
    // A key that Istio does not know takes the whole rule away.
    else if (rule.unknownKeys.length === 0) judged.push({ rule, action });
  }
  return judged;
}

function doubtAbout(policy: AuthorizationPolicy, index: number, exact: boolean): DoubtReason | undefined {
  const doubt = doubtAt(policy, 'spec', 'rules', index);
  if (doubt !== doubtReasons.placeholder || exact) return doubt;
  const doubts = policy.doubts?.filter(({ path, reason }) => reason !== doubtReasons.placeholder || !isOneValue(path)) ?? [];
  return doubtAt({ ...policy, doubts }, 'spec', 'rules', index);
}

/** An item of a list of values, as in `principals: ["${CLIENT}"]`. */
function isOneValue(path: Path): boolean {
  const list = path.at(-2);
  return typeof path.at(-1) === 'number' && list !== 'rules' && list !== 'from' && list !== 'to' && list !== 'when';
}

/** Who a rule is about: one of its sources with the conditions on the caller that are ANDed to it. */
export interface Callers {
  /** Undefined: the rule names no source. */
  readonly source: Alternative | undefined;
  /** About the identity in the caller's certificate. */
  readonly identity: readonly Clause[];
  /** About something else of the caller: addresses, tokens, what filters say. Blocks that hold every address are not among them. */
  readonly narrowing: readonly Clause[];
}

/** One for each source, and one where there is none. */
export function callersOf(rule: AuthorizationRule): readonly Callers[] {
  const sources: readonly (Alternative | undefined)[] = rule.sources.length === 0 ? [undefined] : rule.sources;
  return sources.map((source) => {
    const clauses = [...(source?.clauses ?? []), ...rule.conditions];
    return {
      source,
      identity: clauses.filter(({ field }) => isIdentityField(field)),
      narrowing: clauses.filter((clause) => narrowing.has(clause.field) && !holdsEveryAddress(clause)),
    };
  });
}

const narrowing: ReadonlySet<Clause['field']> = new Set([
  'ipBlocks',
  'remoteIpBlocks',
  'requestPrincipals',
  'audiences',
  'presenter',
  'claims',
  'sni',
  'envoyFilters',
]);

/** `0.0.0.0/0` is every address there is, but for those of IPv6. */
export function holdsEveryAddress({ field, values, notValues }: Clause): boolean {
  if ((field !== 'ipBlocks' && field !== 'remoteIpBlocks') || notValues.length > 0) return false;
  return values.some((value) => parseBlock(value)?.prefix === 0);
}

/** Whether a rule asks for anything else than for who calls: an operation, a header, a port. `*` and `/*` ask for nothing. */
export function asksForMore({ operations, conditions }: AuthorizationRule): boolean {
  const asks = ({ field, values, notValues }: Clause): boolean => {
    if (notValues.length > 0) return true;
    const anything = field === 'paths' ? ['*', '/*'] : field === 'methods' || field === 'hosts' ? ['*'] : [];
    return !values.some((value) => anything.includes(value));
  };
  const operationsAsk = operations.length > 0 && operations.every(({ clauses }) => clauses.some(asks));
  return operationsAsk || conditions.some((clause) => !isIdentityField(clause.field) && !narrowing.has(clause.field) && asks(clause));
}

/** The list, or its only value. */
export function placeOf(values: readonly string[], at: Place): Place {
  return values.length === 1 ? below(at, 0) : at;
}

/** `"a"`, `"a" and "b"`, `"a", "b" and 3 more`. */
export function listed(names: readonly string[]): string {
  const quoted = names.slice(0, names.length > 3 ? 2 : 3).map((name) => `"${name}"`);
  const rest = names.length - quoted.length;
  if (rest > 0) return `${quoted.join(', ')} and ${rest} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}
