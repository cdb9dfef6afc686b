import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { manifest, virtualService } from '../semantics/effects/shop-routes.test-support.ts';
import type { RouteEntry, RouteMatch, TextMatch } from './route-config.ts';
import { routeConfigsOf } from './virtual-services.ts';

const route = 'route: [{ destination: { host: reviews } }]';

/** The entries of shop/root, where `entries` are its http and the other VirtualServices are written out. */
async function entriesOf(entries: string, others: string): Promise<readonly RouteEntry[]> {
  const mesh = await meshOf(virtualService('shop/root', `{ hosts: [web], http: [${entries}] }`) + others);
  return routeConfigsOf(mesh).all.find(({ name }) => name === 'root')?.http ?? [];
}

const delegate = (http: string, more = ''): string => virtualService('shop/leaf', `{ http: [${http}]${more} }`);

/** The matches that become of one match each in root and delegate; undefined: the route is dropped. */
async function merged(root: string, leaf: string): Promise<readonly RouteMatch[] | undefined> {
  const entries = await entriesOf(
    `{ match: [${root}], delegate: { name: leaf } }`,
    delegate(`{ name: one, match: [${leaf}], ${route} }, { name: any, ${route} }`),
  );
  // The second route, without matches, shows that the delegate is found.
  expect(entries.at(-1)?.name).toBe('any');
  return entries.find(({ name }) => name === 'one')?.matches;
}

const text = (match: TextMatch | undefined): string =>
  match === undefined ? '-' : match.kind === 'present' ? '*' : `${match.kind} ${match.value}`;

describe('a match of a delegate', () => {
  it.each([
    ['anything under a regular expression', '{ uri: { regex: /api.* } }', '{ uri: { prefix: /api/v1 } }'],
    ['the same regular expression', '{ uri: { regex: /api.* } }', '{ uri: { regex: /api.* } }'],
    ['a regular expression under a prefix', '{ uri: { prefix: /api } }', '{ uri: { regex: /api/v1 } }'],
    ['a prefix under an exact path', '{ uri: { exact: /api } }', '{ uri: { prefix: /api } }'],
    ['another exact path', '{ uri: { exact: /api } }', '{ uri: { exact: /api/v1 } }'],
    ['a prefix that does not go on from that of the root', '{ uri: { prefix: /api } }', '{ uri: { prefix: /other } }'],
    ['an exact path outside of the prefix', '{ uri: { prefix: /api } }', '{ uri: { exact: /ap } }'],
    ['another attention to case, even without a path', '{ uri: { prefix: /api }, ignoreUriCase: true }', '{ method: { exact: GET } }'],
    ['another port', '{ port: 80 }', '{ port: 81 }'],
    ['another namespace of the client', '{ sourceNamespace: ops }', '{ sourceNamespace: pay }'],
    ['no namespace of the client where the root has one', '{ sourceNamespace: ops }', '{ uri: { prefix: / } }'],
    ['another value of the same label', '{ sourceLabels: { app: a } }', '{ sourceLabels: { app: b } }'],
    ['a gateway that the root does not name', '{ gateways: [mesh] }', '{ gateways: [mesh, gw] }'],
    ['another value of the same header', '{ headers: { x: { exact: a } } }', '{ headers: { x: { exact: b } } }'],
    ['a value where presence is asked for', '{ headers: { x: {} } }', '{ headers: { x: { exact: b } } }'],
    ['presence where a value is asked for', '{ headers: { x: { exact: b } } }', '{ headers: { x: {} } }'],
    ['another query parameter', '{ queryParams: { q: { exact: a } } }', '{ queryParams: { q: { exact: b } } }'],
    ['another header to be without', '{ withoutHeaders: { x: { exact: a } } }', '{ withoutHeaders: { x: { exact: b } } }'],
    ['another method', '{ method: { exact: GET } }', '{ method: { exact: PUT } }'],
    ['another authority', '{ authority: { prefix: web. } }', '{ authority: { exact: api } }'],
    ['another scheme', '{ scheme: { exact: http } }', '{ scheme: { exact: https } }'],
  ])('does not fit: %s', async (_, root, leaf) => {
    expect(await merged(root, leaf)).toBeUndefined();
  });

  it('narrows the prefix of the root, as a longer prefix or an exact path', async () => {
    expect((await merged('{ uri: { prefix: /api } }', '{ uri: { prefix: /apis } }'))?.map(({ uri }) => text(uri))).toEqual([
      'prefix /apis',
    ]);
    expect((await merged('{ uri: { prefix: /api } }', '{ uri: { exact: /api } }'))?.map(({ uri }) => text(uri))).toEqual(['exact /api']);
  });

  it('takes from the root what it does not say itself', async () => {
    const matches = await merged(
      '{ name: r, uri: { prefix: /api }, headers: { x: { exact: a } }, sourceLabels: { app: a }, port: 80 }',
      '{ name: l, headers: { x-b: {} }, sourceLabels: { team: b }, method: { exact: GET } }',
    );
    expect(matches).toHaveLength(1);
    expect(matches?.[0]).toMatchObject({ name: 'r-l', port: 80, sourceLabels: { app: 'a', team: 'b' }, uri: { value: '/api' } });
    expect(matches?.[0]?.headers.map(({ name, match }) => `${name} ${text(match)}`)).toEqual(['x exact a', 'x-b *']);
    expect(text(matches?.[0]?.method)).toBe('exact GET');
  });

  it('is combined with every match of the root that it fits', async () => {
    const matches = await merged('{ uri: { prefix: /a } }, { uri: { prefix: /b } }, { port: 80 }', '{ uri: { prefix: /a/x } }');
    expect(matches?.map(({ uri, port }) => `${text(uri)} ${String(port)}`)).toEqual(['prefix /a/x undefined', 'prefix /a/x 80']);
  });

  it('that fits none takes the whole route with it', async () => {
    expect(await merged('{ uri: { prefix: /api } }', '{ uri: { prefix: /api/v2 } }, { uri: { prefix: /other } }')).toBeUndefined();
  });
});

describe('a route of a delegate', () => {
  it('without matches has those of the root', async () => {
    const entries = await entriesOf('{ match: [{ uri: { prefix: /api } }], delegate: { name: leaf } }', delegate(`{ ${route} }`));
    expect(entries.map(({ matches }) => matches.map(({ uri }) => text(uri)))).toEqual([['prefix /api']]);
  });

  it('has the rewrite, the mirrors and the direct response of the root, unless it has its own, but not its redirect', async () => {
    const root =
      '{ delegate: { name: leaf }, rewrite: { uri: /r }, mirror: { host: m }, directResponse: { status: 418 }, redirect: { uri: /x } }';
    const [plain, own] = await entriesOf(root, delegate(`{ ${route} }, { ${route}, rewrite: { uri: /own } }`));
    expect(plain).toMatchObject({
      rewrite: { prefix: '/r' },
      mirror: { host: 'm.shop.svc.cluster.local' },
      directResponse: { status: 418 },
    });
    expect(plain?.redirect).toBeUndefined();
    expect(own?.rewrite?.prefix).toBe('/own');
  });

  it('names its hosts as in its own namespace, and says who delegates to it', async () => {
    const [entry] = await entriesOf(
      '{ name: r, delegate: { name: leaf, namespace: pay } }',
      virtualService('pay/leaf', `{ http: [{ name: l, ${route} }] }`),
    );
    expect(entry?.name).toBe('r-l');
    expect(entry?.targets.map(({ host }) => host)).toEqual(['reviews.pay.svc.cluster.local']);
    expect(entry?.resource.metadata.namespace).toBe('pay');
    expect(entry?.delegatedBy).toMatchObject({ path: ['spec', 'http', 0], resource: { metadata: { name: 'root' } } });
  });

  it.each([
    ['that is not there', ''],
    ['that is not exported to the root', virtualService('pay/leaf', `{ exportTo: ["."], http: [{ ${route} }] }`)],
    ['that has hosts', virtualService('pay/leaf', `{ hosts: [api], http: [{ ${route} }] }`)],
    [
      'that delegates itself',
      virtualService('pay/leaf', `{ http: [{ ${route} }, { delegate: { name: next } }] }`) +
        virtualService('pay/next', `{ http: [{ ${route} }] }`),
    ],
    ['that is of another kind', manifest('DestinationRule', 'pay/leaf', '{ host: leaf }')],
  ])('%s takes only the entry with it that asks for it', async (_, others) => {
    const entries = await entriesOf(`{ delegate: { name: leaf, namespace: pay } }, { name: rest, ${route} }`, others);
    expect(entries.map(({ name }) => name)).toEqual(['rest']);
  });
});
