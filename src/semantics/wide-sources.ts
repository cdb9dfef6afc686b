import type { Mesh } from '../graph/mesh.ts';
import { below, type Place } from '../model/place.ts';
import { acceptedTrustDomainsOf } from './access-trust-domains.ts';
import { asksOfCallers, type AuthorizationRule, type Clause } from './authorization-rules.ts';
import { identitiesOf, isIdentityField, takesTrustDomain } from './identities.ts';
import { areEveryone } from './identity-patterns.ts';
import { type Callers, callersOf } from './judged-rules.ts';

/** A value by which a source takes every identity, or all of a trust domain, whatever else the source asks for. */
export interface WideValue {
  readonly value: string;
  readonly at: Place;
  /** Undefined: everyone who has an identity. May have a star in it. */
  readonly trustDomain: string | undefined;
  readonly callers: Callers;
}

/** The wide values of a rule, each once. What asks for an address or a token is not wide. */
export function wideValuesOf(mesh: Mesh, rule: AuthorizationRule): readonly WideValue[] {
  if (!asksOfCallers(rule, mayBeWide)) return [];
  const found = new Map<string, WideValue>();
  for (const callers of callersOf(rule)) {
    if (callers.narrowing.length > 0) continue;
    const wide = wideValueOf(mesh, callers, rule.policy.metadata.namespace);
    // A condition counts for each source.
    if (wide?.at.kind === 'node') found.set(wide.at.path.join('/'), wide);
  }
  return [...found.values()];
}

function wideValueOf(mesh: Mesh, callers: Callers, namespace: string): WideValue | undefined {
  const positive = callers.identity.filter(({ values }) => values.length > 0);
  // Without a star no field but trustDomains takes more than one identity or namespace.
  if (positive.length === 0 || !positive.every(mayBeWide)) return undefined;
  for (const clause of positive) {
    for (const [i, value] of clause.values.entries()) {
      const others = callers.identity.filter((other) => other !== clause);
      const clauses = [...others, { ...clause, values: [value] }];
      const trustDomain = trustDomainIn(clause, value);
      const everyone = value.includes('*') && areEveryone(clauses, namespace);
      if (!everyone && (trustDomain === undefined || !takesTrustDomain(identitiesOf(clauses, namespace), trustDomain.replace('*', 'x'))))
        continue;
      // Of a trust domain that is not the mesh's nobody comes; that is another fault.
      if (!everyone && trustDomain !== undefined && acceptedTrustDomainsOf(mesh.config)?.some((own) => covers(trustDomain, own)) === false)
        continue;
      return { value, at: below(clause.valuesAt, i), trustDomain: everyone ? undefined : trustDomain, callers };
    }
  }
  return undefined;
}

function mayBeWide({ field, values }: Clause): boolean {
  return isIdentityField(field) && (field === 'trustDomains' || values.some((value) => value.includes('*')));
}

/** `cluster.local` of `cluster.local/*`, `cluster*` of the same; undefined for what can't take all of one. */
function trustDomainIn({ field }: Clause, value: string): string | undefined {
  if (field === 'trustDomains') return value.replace('*', '') === '' ? undefined : value;
  if (field !== 'principals' || !value.endsWith('*') || value.startsWith('*')) return undefined;
  const slash = value.indexOf('/');
  return slash === -1 ? value : '/ns/'.startsWith(value.slice(slash, -1)) ? value.slice(0, slash) : undefined;
}

function covers(pattern: string, trustDomain: string): boolean {
  const star = pattern.indexOf('*');
  return star === -1
    ? pattern === trustDomain
    : trustDomain.startsWith(pattern.slice(0, star)) && trustDomain.endsWith(pattern.slice(star + 1));
}
