import { describe, expect, it } from 'vitest';
import { admitsEveryone, admitsNobody, admitsTrustDomain, admittedIdentities } from './identities.ts';

type Source = Parameters<typeof admittedIdentities>[0];
const of = (source: Source, when: Parameters<typeof admittedIdentities>[1] = []): ReturnType<typeof admittedIdentities> => admittedIdentities(source, when, 'shop');

describe('the identities that a source admits', () => {
  it.each<[string, Source]>([
    ['any principal', { principals: ['*'] }],
    ['any principal among others', { principals: ['cluster.local/ns/a/sa/b', '*'] }],
    ['any namespace', { namespaces: ['*'] }],
    ['any trust domain', { trustDomains: ['*'] }],
    ['a suffix that every identity has', { principals: ['*'], namespaces: ['*'] }],
  ])('are everyone for %s', (_, source) => {
    expect(admitsEveryone(of(source))).toBe(true);
  });

  it.each<[string, Source]>([
    ['one principal', { principals: ['cluster.local/ns/shop/sa/web'] }],
    ['any principal of one namespace', { principals: ['*'], namespaces: ['shop'] }],
    ['any principal but one namespace', { principals: ['*'], notNamespaces: ['evil'] }],
    ['a service account of the policy namespace', { serviceAccounts: ['web'] }],
  ])('are not everyone for %s', (_, source) => {
    expect(admitsEveryone(of(source))).toBe(false);
  });

  it('are a whole trust domain for a prefix of it', () => {
    expect(admitsTrustDomain(of({ principals: ['cluster.local/*'] }), 'cluster.local')).toBe(true);
    expect(admitsTrustDomain(of({ principals: ['cluster.local/ns/*'] }), 'cluster.local')).toBe(true);
    expect(admitsTrustDomain(of({ trustDomains: ['cluster.local'] }), 'cluster.local')).toBe(true);
    expect(admitsTrustDomain(of({ principals: ['cluster.local/ns/shop/*'] }), 'cluster.local')).toBe(false);
  });

  it('are narrowed by when conditions, addresses and tokens', () => {
    expect(admitsEveryone(of({ principals: ['*'] }, [{ key: 'source.namespace', values: ['shop'] }]))).toBe(false);
    expect(admitsEveryone(of({}, [{ key: 'source.principal', values: ['*'] }]))).toBe(true);
    expect(of({ principals: ['*'], ipBlocks: ['10.0.0.0/8'] }).narrowedBy).toEqual(['ipBlocks']);
    expect(of({ principals: ['*'] }, [{ key: 'request.auth.claims[iss]', values: ['x'] }]).narrowedBy).toEqual(['request.auth.claims[iss]']);
    expect(of({ principals: ['*'] }, [{ key: 'request.headers[x]', values: ['x'] }]).narrowedBy).toEqual([]);
  });

  it.each(['spiffe://cluster.local/ns/shop/sa/web', 'cluster.local/ns/*/sa/web', 'cluster.local/ns/shop/web', 'shop/web'])('are nobody for the principal %s', (principal) => {
    expect(admitsNobody(of({ principals: [principal] }))).toBe(true);
  });

  it('are somebody for wildcards at an end, and for negations', () => {
    expect(admitsNobody(of({ principals: ['*/sa/web'] }))).toBe(false);
    expect(admitsNobody(of({ principals: ['cluster.local/ns/shop*'] }))).toBe(false);
    expect(admitsNobody(of({ notPrincipals: ['*'] }))).toBe(false);
    expect(admitsNobody(of({ namespaces: ['a'], notNamespaces: ['*'] }))).toBe(true);
  });
});
