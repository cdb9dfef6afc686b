import type { ResourceOf } from '../model/resource.ts';
import { type Condition, coverageOf, type Region, type Universe } from './cover.ts';
import { type Expression, parseRegex } from './languages/syntax.ts';

type AuthorizationPolicy = ResourceOf<'AuthorizationPolicy'>;
type Rule = NonNullable<NonNullable<AuthorizationPolicy['spec']>['rules']>[number];
type Source = NonNullable<NonNullable<NonNullable<Rule['from']>[number]>['source']>;
type When = NonNullable<Rule['when']>[number];

/** The identity fields of a source, in the order in which they are written about. */
export const identityFields = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains'] as const;
export type IdentityField = (typeof identityFields)[number];

/** Whose identities a source takes, and what else narrows it. */
export interface AdmittedIdentities {
  /** Conditions on the identity (`trust domain/ns/namespace/sa/account`); a caller over plaintext has none. */
  readonly region: Region;
  /** Fields that narrow the source further by something else than the identity: addresses, tokens. */
  readonly narrowedBy: readonly string[];
}

/**
 * What a source and the `when` conditions that are ANDed to it demand of the caller's identity.
 * Source: pilot/pkg/security/authz/model/generator.go, and the matchers beside it.
 */
export function admittedIdentities(source: Source, when: readonly When[], policyNamespace: string): AdmittedIdentities {
  const region: Condition[] = [];
  const narrowedBy: string[] = [];
  const add = (expressions: readonly string[], negated: boolean): void => {
    if (expressions.length === 0) return;
    // A caller without an identity matches no value, and so it meets every negated field.
    region.push({ dimension: 'identity', pattern: { kind: 'regex', value: expressions.join('|') }, negated, whenAbsent: negated });
  };
  add((source.principals ?? []).map(principalExpression), false);
  add((source.notPrincipals ?? []).map(principalExpression), true);
  add((source.namespaces ?? []).map(namespaceExpression), false);
  add((source.notNamespaces ?? []).map(namespaceExpression), true);
  add((source.serviceAccounts ?? []).map((value) => serviceAccountExpression(value, policyNamespace)), false);
  add((source.notServiceAccounts ?? []).map((value) => serviceAccountExpression(value, policyNamespace)), true);
  add((source.trustDomains ?? []).map(trustDomainExpression), false);
  add((source.notTrustDomains ?? []).map(trustDomainExpression), true);
  for (const field of ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks', 'requestPrincipals', 'notRequestPrincipals'] as const) {
    if ((source[field] ?? []).length > 0) narrowedBy.push(field);
  }
  for (const { key, values = [], notValues = [] } of when) {
    const expressionOf = whenExpressions[key];
    if (expressionOf === undefined) {
      // Anything else about the caller narrows it too; what the request is about does not.
      if (/^(source|remote|request\.auth|connection|experimental)\b/.test(key)) narrowedBy.push(key);
      continue;
    }
    add(values.map((value) => expressionOf(value, policyNamespace)), false);
    add(notValues.map((value) => expressionOf(value, policyNamespace)), true);
  }
  return { region, narrowedBy };
}

const whenExpressions: Readonly<Record<string, (value: string, policyNamespace: string) => string>> = {
  'source.principal': principalExpression,
  'source.namespace': namespaceExpression,
  'source.serviceAccount': serviceAccountExpression,
  'source.trustDomain': trustDomainExpression,
};

/** Whether everyone who has an identity is admitted. */
export function admitsEveryone({ region }: AdmittedIdentities): boolean {
  return coverageOf([], [region], universeOf).kind === 'covered';
}

/** Whether every identity of a trust domain is admitted. */
export function admitsTrustDomain({ region }: AdmittedIdentities, trustDomain: string): boolean {
  return coverageOf([{ dimension: 'identity', pattern: { kind: 'prefix', value: `${trustDomain}/` }, negated: false, whenAbsent: false }], [region], universeOf).kind === 'covered';
}

/** Whether nobody at all can be meant, with or without an identity. */
export function admitsNobody({ region }: AdmittedIdentities): boolean {
  const coverage = coverageOf(region, [], (dimension) => ({ ...universeOf(dimension), mayBeAbsent: true }));
  return coverage.kind === 'covered';
}

/** A `*` at one end is a wildcard; anywhere else it is a star, which no identity has. */
export function principalExpression(value: string): string {
  if (value === '*') return '.+';
  if (value.startsWith('*')) return `.*${quote(value.slice(1))}`;
  if (value.endsWith('*')) return `${quote(value.slice(0, -1))}.*`;
  return quote(value);
}

/** Every `*` is a wildcard. */
function namespaceExpression(value: string): string {
  return `.*/ns/${value.split('*').map(quote).join('.*')}/.*`;
}

function serviceAccountExpression(value: string, policyNamespace: string): string {
  const slash = value.indexOf('/');
  const namespace = slash === -1 ? policyNamespace : value.slice(0, slash);
  return `.+/ns/${quote(namespace)}/sa/${quote(value.slice(slash + 1))}`;
}

function trustDomainExpression(value: string): string {
  if (value === '*') return '.+';
  return `${value.split('*').map(quote).join('[^/]*')}/.*`;
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What identities look like: `cluster.local/ns/shop/sa/web`. */
const identities: Expression = parseRegex('[a-zA-Z0-9._-]+/ns/[a-z0-9-]+/sa/[a-z0-9.-]+') ?? { kind: 'empty' };

function universeOf(dimension: string): Universe {
  return dimension === 'identity' ? { texts: identities, mayBeAbsent: false } : { texts: { kind: 'empty' }, mayBeAbsent: true };
}
