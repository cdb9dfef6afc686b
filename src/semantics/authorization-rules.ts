import type { AuthorizationPolicy } from '../graph/authorization.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { FieldName } from './access-fields.ts';

type WrittenRule = NonNullable<NonNullable<AuthorizationPolicy['spec']>['rules']>[number];
type Source = NonNullable<NonNullable<WrittenRule['from']>[number]['source']>;
type Operation = NonNullable<NonNullable<WrittenRule['to']>[number]['operation']>;
type Condition = NonNullable<WrittenRule['when']>[number];

/** One field with what it must and must not be: one of the values, and none of the not-values. Never both lists empty. */
export interface Clause {
  readonly field: FieldName;
  /** What stands in the brackets of a `when` key: a header, or the path to a claim. */
  readonly names: readonly string[];
  /** A key that should have brackets and has them wrong: Istio can make nothing of it. */
  readonly malformed: boolean;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  /** Of the list; its items lie below it. That of the other list where there is only one. */
  readonly valuesAt: Place;
  readonly notValuesAt: Place;
}

/** One entry of `from` or `to`: all of its clauses hold. Without clauses it is anything. */
export interface Alternative {
  readonly at: Place;
  readonly clauses: readonly Clause[];
}

/** A rule: one of the sources (any, if there are none), one of the operations (likewise), and all conditions. */
export interface AuthorizationRule {
  readonly policy: AuthorizationPolicy;
  readonly index: number;
  readonly at: Place;
  readonly sources: readonly Alternative[];
  readonly operations: readonly Alternative[];
  readonly conditions: readonly Clause[];
  /** Keys of `when` that Istio does not know: it leaves out the whole rule. */
  readonly unknownKeys: readonly Place[];
}

/** Whether one of the clauses about who calls is like that. */
export function asksOfCallers({ sources, conditions }: AuthorizationRule, isSo: (clause: Clause) => boolean): boolean {
  return sources.some(({ clauses }) => clauses.some(isSo)) || conditions.some(isSo);
}

/** The rules of a policy as Istio reads them. Source: pilot/pkg/security/authz/model/model.go, New. */
export function rulesOf(mesh: Mesh, policy: AuthorizationPolicy): readonly AuthorizationRule[] {
  return mesh.latest(readRules, policy);
}

function readRules(_mesh: Mesh, policy: AuthorizationPolicy): readonly AuthorizationRule[] {
  return (policy.spec?.rules ?? []).map((rule, i) => readRule(policy, rule, i));
}

function readRule(policy: AuthorizationPolicy, rule: WrittenRule, index: number): AuthorizationRule {
  const place = (...path: readonly (string | number)[]): Place => ({
    kind: 'node',
    resource: policy,
    path: ['spec', 'rules', index, ...path],
    part: 'value',
  });
  const conditions: Clause[] = [];
  const unknownKeys: Place[] = [];
  for (const [i, condition] of (rule.when ?? []).entries()) {
    const key = readKey(condition.key);
    if (key === undefined) unknownKeys.push(place('when', i, 'key'));
    else {
      const { values = [], notValues = [] } = condition satisfies Condition;
      if (values.length === 0 && notValues.length === 0) continue;
      conditions.push({ ...key, values, notValues, valuesAt: place('when', i, 'values'), notValuesAt: place('when', i, 'notValues') });
    }
  }
  /** Most fields are not written. */
  const clausesOf = <K extends string>(
    written: { readonly [name in K]?: readonly string[] },
    fields: readonly WrittenField<K>[],
    list: 'from' | 'to',
    item: number,
    part: 'source' | 'operation',
  ): readonly Clause[] => {
    const clauses: Clause[] = [];
    for (const { field, notField } of fields) {
      const values = written[field] ?? nothing;
      const notValues = written[notField] ?? nothing;
      if (values.length === 0 && notValues.length === 0) continue;
      const valuesAt = place(list, item, part, values.length > 0 ? field : notField);
      const notValuesAt = values.length === 0 || notValues.length === 0 ? valuesAt : place(list, item, part, notField);
      clauses.push({ field, names: nothing, malformed: false, values, notValues, valuesAt, notValuesAt });
    }
    return clauses;
  };
  return {
    policy,
    index,
    at: place(),
    sources: (rule.from ?? []).map(({ source = {} }, i) => ({
      at: place('from', i),
      clauses: clausesOf(source, sourceFields, 'from', i, 'source'),
    })),
    operations: (rule.to ?? []).map(({ operation = {} }, i) => ({
      at: place('to', i),
      clauses: clausesOf(operation, operationFields, 'to', i, 'operation'),
    })),
    conditions,
    unknownKeys,
  };
}

const nothing: readonly string[] = [];

/** A field and that of its exceptions. */
interface WrittenField<K> {
  readonly field: K & FieldName;
  readonly notField: K;
}

const sourceFields: readonly WrittenField<keyof Source>[] = [
  { field: 'principals', notField: 'notPrincipals' },
  { field: 'requestPrincipals', notField: 'notRequestPrincipals' },
  { field: 'serviceAccounts', notField: 'notServiceAccounts' },
  { field: 'namespaces', notField: 'notNamespaces' },
  { field: 'trustDomains', notField: 'notTrustDomains' },
  { field: 'remoteIpBlocks', notField: 'notRemoteIpBlocks' },
  { field: 'ipBlocks', notField: 'notIpBlocks' },
];

const operationFields: readonly WrittenField<keyof Operation>[] = [
  { field: 'hosts', notField: 'notHosts' },
  { field: 'methods', notField: 'notMethods' },
  { field: 'paths', notField: 'notPaths' },
  { field: 'ports', notField: 'notPorts' },
];

const keys: ReadonlyMap<string, FieldName> = new Map([
  ['source.ip', 'ipBlocks'],
  ['remote.ip', 'remoteIpBlocks'],
  ['source.namespace', 'namespaces'],
  ['source.principal', 'principals'],
  ['source.serviceAccount', 'serviceAccounts'],
  ['source.trustDomain', 'trustDomains'],
  ['request.auth.principal', 'requestPrincipals'],
  ['request.auth.audiences', 'audiences'],
  ['request.auth.presenter', 'presenter'],
  ['destination.ip', 'destinationIps'],
  ['destination.port', 'ports'],
  ['connection.sni', 'sni'],
]);

/** Keys with a name in brackets behind them. */
const bracketedKeys: readonly (readonly [string, FieldName])[] = [
  ['request.headers', 'headers'],
  ['request.experimental.inline.headers', 'inlineHeaders'],
  ['request.auth.claims', 'claims'],
  ['experimental.envoy.filters.', 'envoyFilters'],
];

function readKey(key: string): Pick<Clause, 'field' | 'names' | 'malformed'> | undefined {
  const field = keys.get(key);
  if (field !== undefined) return { field, names: [], malformed: false };
  for (const [prefix, bracketed] of bracketedKeys) {
    if (!key.startsWith(prefix)) continue;
    const rest = key.slice(prefix.length);
    if (bracketed === 'envoyFilters') return { field: bracketed, names: [], malformed: !rest.includes('[') };
    const names = bracketed === 'claims' ? nestedNames(rest) : bracketedName(rest);
    return { field: bracketed, names: names ?? [], malformed: names === undefined };
  }
  return undefined;
}

/** Source: pilot/pkg/security/authz/model/util.go, extractNameInBrackets. */
function bracketedName(text: string): readonly string[] | undefined {
  return text.startsWith('[') && text.endsWith(']') ? [text.slice(1, -1)] : undefined;
}

/** `[a][b]` is a path; what does not look like one is one name. Source: util.go, extractNameInNestedBrackets. */
function nestedNames(text: string): readonly string[] | undefined {
  return /^(\[[^[\]]*\])+$/.test(text) ? text.slice(1, -1).split('][') : bracketedName(text);
}
