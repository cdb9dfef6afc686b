import { describe, expect, it } from 'vitest';
import { HostIndex, hostsOverlap, isWithin, resolveHost, serviceOf } from './hosts.ts';

describe('a host in a resource', () => {
  it.each([
    ['api', 'api.shop.svc.cluster.local'],
    ['api.pay', 'api.pay'],
    ['api.', 'api.'],
    ['*', '*'],
    ['*.com', '*.com'],
    ['10.0.0.1', '10.0.0.1'],
    ['::1', '::1'],
    ['', ''],
  ])('%s stands for %s', (written, full) => {
    expect(resolveHost(written, 'shop', 'cluster.local')).toBe(full);
  });

  it('is a service of a namespace only in full', () => {
    expect(serviceOf('api.shop.svc.cluster.local', 'cluster.local')).toEqual({ name: 'api', namespace: 'shop' });
    for (const host of ['api.shop', 'a.api.shop.svc.cluster.local', '*.shop.svc.cluster.local', '.shop.svc.cluster.local']) {
      expect(serviceOf(host, 'cluster.local')).toBeUndefined();
    }
  });
});

describe('a wildcard', () => {
  it.each([
    ['a.b.com', '*.b.com', true],
    ['b.com', '*.b.com', false],
    ['x.a.b.com', '*.b.com', true],
    ['*.a.b.com', '*.b.com', true],
    ['*.b.com', '*.a.b.com', false],
    ['*.b.com', '*', true],
    ['a', '*', true],
    ['*.b.com', 'a.b.com', false],
    ['ab.com', '*b.com', true],
  ])('%s within %s: %s', (host, other, within) => {
    expect(isWithin(host, other)).toBe(within);
  });

  it('overlaps with another only where one is within the other', () => {
    expect(hostsOverlap('a.b.com', '*.com')).toBe(true);
    expect(hostsOverlap('*.com', 'a.b.com')).toBe(true);
    expect(hostsOverlap('*.com', '*.org')).toBe(false);
  });
});

describe('an index of hosts', () => {
  const index = new HostIndex<number>();
  const hosts = ['*', '*.com', '*.a.com', 'x.a.com', 'y.a.com', '*.org', 'a.com'];
  for (const [i, host] of hosts.entries()) index.set(host, i);
  const names = (found: Iterable<readonly [string, number]>): readonly string[] => [...found].map(([host]) => host);

  it('finds those that cover a host, the most specific first', () => {
    expect(names(index.covering('x.a.com'))).toEqual(['x.a.com', '*.a.com', '*.com', '*']);
    expect(names(index.covering('*.a.com'))).toEqual(['*.a.com', '*.com', '*']);
    expect(names(index.covering('other.net'))).toEqual(['*']);
    expect(index.mostSpecific('z.a.com')).toBe(hosts.indexOf('*.a.com'));
  });

  it('finds those that lie within a wildcard, itself left out', () => {
    expect(names(index.within('*.a.com')).toSorted()).toEqual(['x.a.com', 'y.a.com']);
    expect(names(index.within('*')).toSorted()).toEqual(hosts.filter((host) => host !== '*').toSorted());
    expect(names(index.within('*.net'))).toEqual([]);
  });

  it('finds what was added later as well', () => {
    const later = new HostIndex<number>();
    later.set('a.com', 1);
    expect(names(later.within('*.com'))).toEqual(['a.com']);
    later.set('b.com', 2);
    expect(names(later.within('*.com')).toSorted()).toEqual(['a.com', 'b.com']);
  });
});
