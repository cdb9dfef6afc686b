import { describe, expect, it } from 'vitest';
import type { FieldName } from './access-fields.ts';
import type { Clause } from './authorization-rules.ts';
import type { Region } from './cover.ts';
import { identitiesOf, oneTaken, takesEveryone, takesNamespace, takesNobody, takesTrustDomain, twoNamespacesOf } from './identities.ts';

type Written = Readonly<Record<string, readonly string[]>>;

/** Clauses from fields as they are written: `{ principals: ['*'], notNamespaces: ['evil'] }`. */
function of(written: Written): Region {
  const nowhere = {
    kind: 'text',
    text: { source: { path: '', read: () => '' }, hash: 0, context: false },
    range: { start: 0, end: 0 },
  } as const;
  const clauses = Object.entries(written).map(([name, list]): Clause => {
    const negated = name.startsWith('not');
    const field = negated ? name.charAt(3).toLowerCase() + name.slice(4) : name;
    return {
      field: field as FieldName,
      names: [],
      malformed: false,
      values: negated ? [] : list,
      notValues: negated ? list : [],
      valuesAt: nowhere,
      notValuesAt: nowhere,
    };
  });
  return identitiesOf(clauses, 'shop');
}

describe('the identities that clauses take', () => {
  it.each<[string, Written]>([
    ['any principal', { principals: ['*'] }],
    ['any principal among others', { principals: ['cluster.local/ns/a/sa/b', '*'] }],
    ['any namespace', { namespaces: ['*'] }],
    ['any trust domain', { trustDomains: ['*'] }],
    ['two that both take everyone', { principals: ['*'], namespaces: ['*'] }],
  ])('are everyone for %s', (_, written) => {
    expect(takesEveryone(of(written))).toBe(true);
  });

  it.each<[string, Written]>([
    ['one principal', { principals: ['cluster.local/ns/shop/sa/web'] }],
    ['any principal of one namespace', { principals: ['*'], namespaces: ['shop'] }],
    ['any principal but one namespace', { principals: ['*'], notNamespaces: ['evil'] }],
    ['a service account of the policy namespace', { serviceAccounts: ['web'] }],
  ])('are not everyone for %s', (_, written) => {
    expect(takesEveryone(of(written))).toBe(false);
  });

  it('are a whole trust domain for a prefix of it', () => {
    expect(takesTrustDomain(of({ principals: ['cluster.local/*'] }), 'cluster.local')).toBe(true);
    expect(takesTrustDomain(of({ principals: ['cluster.local/ns/*'] }), 'cluster.local')).toBe(true);
    expect(takesTrustDomain(of({ trustDomains: ['cluster.local'] }), 'cluster.local')).toBe(true);
    expect(takesTrustDomain(of({ principals: ['cluster.local/ns/shop/*'] }), 'cluster.local')).toBe(false);
  });

  it('are a whole namespace for the namespace, and for a prefix of its principals', () => {
    expect(takesNamespace(of({ namespaces: ['shop'] }), 'shop')).toBe(true);
    expect(takesNamespace(of({ principals: ['*'], namespaces: ['shop'] }), 'shop')).toBe(true);
    expect(takesNamespace(of({ principals: ['cluster.local/ns/shop/*'] }), 'shop', 'cluster.local')).toBe(true);
    expect(takesNamespace(of({ principals: ['cluster.local/ns/shop/*'] }), 'shop')).toBe(false);
    expect(takesNamespace(of({ serviceAccounts: ['web'] }), 'shop')).toBe(false);
    expect(takesNamespace(of({ namespaces: ['shop'], notServiceAccounts: ['web'] }), 'shop')).toBe(false);
  });

  it.each([
    'spiffe://cluster.local/ns/shop/sa/web',
    'cluster.local/ns/*/sa/web',
    'cluster.local/ns/shop/web',
    'shop/web',
    '*/ns/shop/*',
    'web',
  ])('are nobody for the principal %s', (principal) => {
    expect(takesNobody(of({ principals: [principal] }))).toBe(true);
  });

  it('are somebody for wildcards at an end, and for negations', () => {
    expect(takesNobody(of({ principals: ['*/sa/web'] }))).toBe(false);
    expect(takesNobody(of({ principals: ['cluster.local/ns/shop*'] }))).toBe(false);
    expect(takesNobody(of({ notPrincipals: ['*'] }))).toBe(false);
    expect(takesNobody(of({ namespaces: ['a'], notNamespaces: ['*'] }))).toBe(true);
  });

  it('follow the regular expression that a star first makes of the rest', () => {
    // Not a wildcard: any number of dashes.
    expect(takesNobody(of({ principals: ['*/ns/team-*/sa/web'] }))).toBe(false);
    expect(oneTaken(of({ principals: ['*/ns/team-*/sa/web'] }))).toMatch(/\/ns\/team\/sa\/web$/);
  });

  it('cross namespaces where a pattern does, and not where another field keeps them together', () => {
    expect(twoNamespacesOf(of({ principals: ['cluster.local/ns/shop*'] }))?.[0]).toBe('shop');
    expect(twoNamespacesOf(of({ principals: ['cluster.local/ns/shop/*'] }))).toBeUndefined();
    expect(twoNamespacesOf(of({ principals: ['*/sa/web'] }))).toHaveLength(2);
    expect(twoNamespacesOf(of({ principals: ['*/sa/web'], namespaces: ['shop'] }))).toBeUndefined();
    expect(twoNamespacesOf(of({ namespaces: ['shop'] }))).toBeUndefined();
  });

  it('are no more known than their patterns are modelled', () => {
    expect(takesEveryone(of({ principals: ['*(?=x)'] }))).toBe(false);
    expect(takesNobody(of({ principals: ['*(?=x)'] }))).toBe(false);
    expect(oneTaken(of({ principals: ['*(?=x)'] }))).toBeUndefined();
  });
});
