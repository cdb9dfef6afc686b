import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { inShop, manifest, shop, virtualService } from '../semantics/effects/shop-routes.test-support.ts';
import { outcomes } from './answer.ts';
import { gatewayRoutesOf } from './gateway-routes.ts';
import { meshRoutesOf } from './mesh-routes.ts';
import { generateRoutes, mayComeFirst, type ProxyFacts, type RouteList } from './route-lists.ts';
import { routeConfigsOf } from './virtual-services.ts';

const to = 'route: [{ destination: { host: web } }]';
const facts: ProxyFacts = { namespace: 'ops', labels: { team: 'blue' }, gateway: 'mesh', port: 80 };

/** The names of the routes of a VirtualService in shop that a proxy has. */
async function generated(http: string, known: Partial<ProxyFacts> = {}): Promise<readonly string[]> {
  const mesh = await meshOf(virtualService('shop/v', `{ hosts: [web], http: [${http}] }`));
  return routeConfigsOf(mesh).all.flatMap((config) => generateRoutes(config, { ...facts, ...known }).map(({ entry }) => entry.name));
}

const named = (name: string, match: string): string => `{ name: ${name}, match: [${match}], ${to} }`;

describe('the routes that a proxy has of a VirtualService', () => {
  it.each([
    ['without matches', `{ name: all, ${to} }`],
    ['with an empty match', named('all', '{}')],
    ['for the prefix /', named('all', '{ uri: { prefix: / } }')],
    ['for the regular expression .*', named('all', '{ uri: { regex: ".*" } }')],
    ['for a client that this one is', named('all', '{ sourceLabels: { team: blue }, sourceNamespace: ops, port: 80 }')],
  ])('end with one %s', async (_, all) => {
    expect(await generated(`${named('a', '{ uri: { prefix: /a } }')}, ${all}, ${named('b', '{ uri: { prefix: /b } }')}`)).toEqual([
      'a',
      'all',
    ]);
  });

  it.each([
    ['the regular expression /.*', '{ uri: { regex: /.* } }'],
    ['a method', '{ method: { exact: GET } }'],
    ['a header', '{ uri: { prefix: / }, headers: { x-a: {} } }'],
    ['a header that must be missing', '{ withoutHeaders: { x-a: {} } }'],
    ['a query parameter', '{ queryParams: { q: {} } }'],
  ])('go on behind one for %s', async (_, match) => {
    expect(await generated(`${named('all', match)}, { name: rest, ${to} }`)).toEqual(['all', 'rest']);
  });

  it('are without those of other clients, ports and gateways', async () => {
    const http = [
      named('red', '{ sourceLabels: { team: red } }'),
      named('pay', '{ sourceNamespace: pay }'),
      named('other-port', '{ port: 81 }'),
      named('gateway', '{ gateways: [gw] }'),
      named('named', '{ uri: { prefix: /n }, gateways: [mesh], sourceNamespace: pay }'),
    ].join();
    expect(await generated(http)).toEqual(['named']);
    expect(await generated(http, { gateway: 'shop/gw' })).toEqual(['gateway']);
  });
});

describe('what may come first', () => {
  const things = [
    { track: 'a', position: 2, value: 'late' },
    { track: 'a', position: 1, value: 'first' },
    { track: 'a', position: 1, value: 'as well' },
    { track: 'b', position: 9, value: 'other track' },
  ];

  it('is what has the lowest position of each track', () => {
    expect(mayComeFirst(things, ({ value }) => value)).toEqual(['first', 'as well', 'other track']);
  });

  it('counts only what has an answer', () => {
    expect(mayComeFirst(things, ({ value, position }) => (position === 1 ? undefined : value))).toEqual(['late', 'other track']);
  });
});

describe('the ordered routes for a host', () => {
  const shown = ({ take, domain, sequences }: RouteList): string =>
    `${take} ${domain}: ${sequences.map(({ config, routes }) => `${config.name}[${routes.map(({ entry }) => entry.name).join()}]`).join(' ')}`;

  it('are those of the first VirtualService at a sidecar', async () => {
    const mesh = await meshOf(
      shop +
        virtualService('shop/one', `{ hosts: [reviews], http: [${named('a', '{ uri: { exact: /a } }')}, { name: b, ${to} }] }`) +
        virtualService('shop/two', `{ hosts: [reviews], http: [{ name: c, ${to} }] }`),
    );
    const [host, ...others] = outcomes(meshRoutesOf(mesh, { namespace: 'ops', labels: {} }, inShop('reviews'), 80));
    expect(others).toEqual([]);
    expect(host?.kind === 'routes' ? shown(host.list) : host?.kind).toBe('first reviews.shop.svc.cluster.local: one[a,b] two[c]');
    expect(meshRoutesOf(mesh, { namespace: 'ops', labels: {} }, inShop('web'), 80)).toMatchObject({
      kind: 'found',
      value: { kind: 'default' },
    });
  });

  it('are those of all VirtualServices at a gateway', async () => {
    const mesh = await meshOf(
      shop +
        manifest(
          'Gateway',
          'shop/gw',
          '{ selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*.example.com"] }] }',
        ) +
        virtualService('shop/one', `{ hosts: [a.example.com], gateways: [gw], http: [{ name: b, ${to} }] }`) +
        virtualService('shop/two', `{ hosts: ["*"], gateways: [gw], http: [{ name: c, ${to} }] }`) +
        virtualService('pay/three', `{ hosts: [a.example.com], gateways: [shop/gw], http: [${named('d', '{ uri: { exact: /d } }')}] }`),
    );
    const ingress = mesh.workloads.find(({ name }) => name === 'ingress');
    const lists = (host: string): readonly string[] =>
      ingress === undefined
        ? []
        : outcomes(gatewayRoutesOf(mesh, ingress, 8080, host))
            .flat()
            .map(shown);
    expect(lists('a.example.com')).toEqual(['all a.example.com: one[b] three[d]']);
    expect(lists('b.example.com')).toEqual(['all *.example.com: two[c]']);
    expect(lists('example.com')).toEqual([]);
  });
});
