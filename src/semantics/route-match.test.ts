import { describe, expect, it } from 'vitest';
import { defaultMeshConfig } from '../graph/mesh-config.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { manifest, regexes, virtualService } from './effects/shop-routes.test-support.ts';
import { comparedRequest, domainOf, matchesRequest, type RouteRequest } from './route-match.ts';

type Sent = Partial<RouteRequest> & { readonly tls?: boolean };

/** Whether a request to web.shop matches what is written, by the first route that comes of it. */
async function matches(match: string, { tls = false, ...sent }: Sent, manifests?: string): Promise<boolean> {
  const mesh = await meshOf(manifests ?? virtualService('shop/v', `{ hosts: [web], http: [{ match: [${match}], route: [] }] }`));
  const request: RouteRequest = { method: 'GET', path: '/', ...sent };
  const compared = comparedRequest(request, 'web.shop.svc.cluster.local', tls, defaultMeshConfig.pathNormalization);
  const written = routeConfigsOf(mesh).all[0]?.http[0]?.matches[0];
  expect(written).toBeDefined();
  return matchesRequest(written, compared, regexes);
}

async function paths(match: string, given: readonly string[]): Promise<readonly string[]> {
  const matching = await Promise.all(given.map(async (path) => ((await matches(match, { path })) ? [path] : [])));
  return matching.flat();
}

describe('the path of a match', () => {
  it('is a prefix of the text, not of segments', async () => {
    expect(await paths('{ uri: { prefix: /foo } }', ['/foo', '/foobar', '/foo/bar', '/fo', '/Foo'])).toEqual([
      '/foo',
      '/foobar',
      '/foo/bar',
    ]);
  });

  it('is a prefix of segments in the Gateway API', async () => {
    const rule = '{ matches: [{ path: { type: PathPrefix, value: /foo } }] }';
    const route = manifest(
      'HTTPRoute',
      'shop/h',
      `{ parentRefs: [{ kind: Service, group: "", name: web }], rules: [${rule}] }`,
      'gateway.networking.k8s.io/v1',
    );
    const service = '\napiVersion: v1\nkind: Service\nmetadata: { namespace: shop, name: web }\nspec: { ports: [{ port: 80 }] }\n---\n';
    expect(await matches('', { path: '/foo/bar' }, service + route)).toBe(true);
    expect(await matches('', { path: '/foo' }, service + route)).toBe(true);
    expect(await matches('', { path: '/foobar' }, service + route)).toBe(false);
  });

  it('is compared without its query, after it was normalised', async () => {
    expect(await paths('{ uri: { exact: /b } }', ['/b?x=1', '/a/../b', '/b/', '/%62'])).toEqual(['/b?x=1', '/a/../b', '/%62']);
    expect(await paths('{ uri: { exact: /a/../b } }', ['/a/../b', '/b'])).toEqual([]);
  });

  it('is a regular expression over all of it', async () => {
    expect(await paths('{ uri: { regex: "/v[0-9]+" } }', ['/v1', '/v12', '/v1/x', '/x/v1', '/v1?q'])).toEqual(['/v1', '/v12', '/v1?q']);
  });

  it('has case ignored where that is asked for, but never in a regular expression', async () => {
    expect(await paths('{ uri: { prefix: /Foo }, ignoreUriCase: true }', ['/foo', '/FOObar'])).toEqual(['/foo', '/FOObar']);
    expect(await paths('{ uri: { exact: /Foo }, ignoreUriCase: true }', ['/fOO', '/fooo'])).toEqual(['/fOO']);
    expect(await paths('{ uri: { regex: /Foo }, ignoreUriCase: true }', ['/foo', '/Foo'])).toEqual(['/Foo']);
  });
});

describe('the headers of a match', () => {
  it.each(['{}', '{ regex: "*" }'])('are there where they say no more: %s', async (value) => {
    expect(await matches(`{ headers: { x-a: ${value} } }`, { headers: { 'X-A': '' } })).toBe(true);
    expect(await matches(`{ headers: { x-a: ${value} } }`, {})).toBe(false);
  });

  it('never match without the header, whatever the expression', async () => {
    expect(await matches('{ headers: { x-a: { regex: ".*" } } }', {})).toBe(false);
    expect(await matches('{ headers: { x-a: { prefix: a } } }', { headers: { 'x-a': 'abc' } })).toBe(true);
  });

  it('that must be missing are compared as empty where they are', async () => {
    expect(await matches('{ withoutHeaders: { x-a: { exact: a } } }', {})).toBe(true);
    expect(await matches('{ withoutHeaders: { x-a: { exact: a } } }', { headers: { 'x-a': 'a' } })).toBe(false);
    expect(await matches('{ withoutHeaders: { x-a: { exact: a } } }', { headers: { 'x-a': 'b' } })).toBe(true);
    expect(await matches('{ withoutHeaders: { x-a: {} } }', {})).toBe(true);
    expect(await matches('{ withoutHeaders: { x-a: {} } }', { headers: { 'x-a': '' } })).toBe(false);
    // What an empty text matches, nothing can be without.
    expect(await matches('{ withoutHeaders: { x-a: { regex: ".*" } } }', {})).toBe(false);
  });
});

describe('the rest of a match', () => {
  it('is the method, in its case', async () => {
    expect(await matches('{ method: { exact: get } }', {})).toBe(false);
    expect(await matches('{ method: { regex: "GET|HEAD" } }', {})).toBe(true);
  });

  it('is the authority, in lower case and with a port if the client writes one', async () => {
    expect(await matches('{ authority: { exact: shop.example.com } }', { authority: 'Shop.Example.com' })).toBe(true);
    expect(await matches('{ authority: { exact: shop.example.com } }', { authority: 'shop.example.com:80' })).toBe(false);
    expect(await matches('{ authority: { prefix: web.shop } }', {})).toBe(true);
  });

  it('is the scheme', async () => {
    expect(await matches('{ scheme: { exact: https } }', {})).toBe(false);
    expect(await matches('{ scheme: { exact: https } }', { tls: true })).toBe(true);
  });

  it('is the first value of a query parameter', async () => {
    expect(await matches('{ queryParams: { q: { exact: "1" } } }', { path: '/?q=1&q=2' })).toBe(true);
    expect(await matches('{ queryParams: { q: { exact: "2" } } }', { path: '/?q=1&q=2' })).toBe(false);
    expect(await matches('{ queryParams: { q: {} } }', { path: '/?q' })).toBe(true);
    expect(await matches('{ queryParams: { q: {} } }', { path: '/' })).toBe(false);
  });
});

describe('the domain of a Host header', () => {
  it('is its name without port', () => {
    expect(['a.b:80', 'a.b', '[::1]:80'].map(domainOf)).toEqual(['a.b', 'a.b', '[::1]']);
  });
});
