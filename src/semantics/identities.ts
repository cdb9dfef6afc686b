import type { FieldName } from './access-fields.ts';
import type { Clause } from './authorization-rules.ts';
import { type Condition, coverageOf, type Region, type Universe } from './cover.ts';

/** Fields that look at the identity in the caller's certificate; a caller over plaintext has none. */
export type IdentityField = 'principals' | 'namespaces' | 'serviceAccounts' | 'trustDomains';

export function isIdentityField(field: FieldName): field is IdentityField {
  return field === 'principals' || field === 'namespaces' || field === 'serviceAccounts' || field === 'trustDomains';
}

/**
 * Which identities (`trust domain/ns/namespace/sa/account`) clauses take that all hold; those that do not look at identities are left aside.
 * Source: pilot/pkg/security/authz/model/generator.go, and the matchers beside it.
 */
export function identitiesOf(clauses: readonly Clause[], policyNamespace: string): Region {
  const region: Condition[] = [];
  for (const { field, values, notValues } of clauses) {
    if (!isIdentityField(field)) continue;
    if (values.length > 0) region.push(takes(field, values, policyNamespace, false));
    if (notValues.length > 0) region.push(takes(field, notValues, policyNamespace, true));
  }
  return region;
}

function takes(field: IdentityField, values: readonly string[], policyNamespace: string, negated: boolean): Condition {
  const value = values.map((written) => `(${expressions[field](written, policyNamespace)})`).join('|');
  // A caller without an identity matches no value, and so it meets every negated field.
  return { dimension: 'identity', pattern: { kind: 'regex', value }, negated, whenAbsent: negated };
}

/** Whether everyone who has an identity is taken. */
export function takesEveryone(region: Region): boolean {
  return coverageOf([], [region], universeOf).kind === 'covered';
}

/** Whether every identity of a trust domain is taken. */
export function takesTrustDomain(region: Region, trustDomain: string): boolean {
  return coverageOf([within(`${trustDomain}/`)], [region], universeOf).kind === 'covered';
}

/** Whether every identity of a namespace is taken, in whatever trust domain or in this one. */
export function takesNamespace(region: Region, namespace: string, trustDomain?: string): boolean {
  const all = trustDomain === undefined ? ofNamespace(namespace, false) : within(`${trustDomain}/ns/${namespace}/`);
  return coverageOf([all], [region], universeOf).kind === 'covered';
}

/** Whether nobody at all can be meant, with or without an identity. */
export function takesNobody(region: Region): boolean {
  return coverageOf(region, [], (dimension) => ({ ...universeOf(dimension), mayBeAbsent: true })).kind === 'covered';
}

/** An identity that is taken; undefined where there is none, or none was found. */
export function oneTaken(region: Region): string | undefined {
  const coverage = coverageOf(region, [], universeOf);
  return coverage.kind === 'reachable' ? coverage.witness.get('identity') : undefined;
}

/** Two namespaces of which identities are taken; undefined where they are all of one, or that can't be told. */
export function twoNamespacesOf(region: Region): readonly [string, string] | undefined {
  const first = namespaceIn(oneTaken(region));
  if (first === undefined) return undefined;
  const second = namespaceIn(oneTaken([...region, ofNamespace(first, true)]));
  return second === undefined ? undefined : [first, second];
}

function namespaceIn(identity: string | undefined): string | undefined {
  return identity?.split('/')[2];
}

function within(prefix: string): Condition {
  return { dimension: 'identity', pattern: { kind: 'prefix', value: prefix }, negated: false, whenAbsent: false };
}

function ofNamespace(namespace: string, negated: boolean): Condition {
  return { dimension: 'identity', pattern: { kind: 'regex', value: `[^/]+/ns/${quote(namespace)}/.*` }, negated, whenAbsent: negated };
}

const expressions: Readonly<Record<IdentityField, (value: string, policyNamespace: string) => string>> = {
  /** A star last makes a prefix; one first a regular expression of what follows it; anywhere else it is a star, which no identity has. */
  principals(value) {
    if (value === '*') return '.+';
    if (value.startsWith('*')) return `.*${value.slice(1)}`;
    return value.endsWith('*') ? `${quote(value.slice(0, -1))}.*` : quote(value);
  },
  /** Every star is a wildcard, and the rest is part of a regular expression. */
  namespaces: (value) => `.*/ns/${value.replaceAll('*', '.*')}/.*`,
  serviceAccounts(value, policyNamespace) {
    const slash = value.indexOf('/');
    const namespace = slash === -1 ? policyNamespace : value.slice(0, slash);
    return `.+/ns/${quote(namespace)}/sa/${quote(value.slice(slash + 1))}`;
  },
  trustDomains: (value) => (value === '*' ? '.+' : `${value.split('*').map(quote).join('[^/]*')}/.*`),
};

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What identities look like: `cluster.local/ns/shop/sa/web`. */
const identities: Universe = {
  texts: { kind: 'regex', value: '[a-zA-Z0-9._-]+/ns/[a-z0-9]([a-z0-9-]*[a-z0-9])?/sa/[a-z0-9]([a-z0-9.-]*[a-z0-9])?' },
  mayBeAbsent: false,
};
const nobody: Universe = { texts: { kind: 'exact', value: '' }, mayBeAbsent: true };

function universeOf(dimension: string): Universe {
  return dimension === 'identity' ? identities : nobody;
}
