import { describe, expect, it } from 'vitest';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { type Asked, inShop, manifest, shop, told, virtualService } from './effects/shop-routes.test-support.ts';

const to = (name: string, port = 80): string => `route: [{ destination: { host: ${name}, port: { number: ${String(port)} } } }]`;
const server = (hosts: string, port = 80, more = ''): string =>
  `{ port: { number: ${String(port)}, protocol: HTTP, name: http-${String(port)} }, hosts: ${hosts}${more} }`;
const gateway = (name: string, ...servers: readonly string[]): string =>
  manifest('Gateway', name, `{ selector: { istio: ingressgateway }, servers: [${servers.join(', ')}] }`);

async function tell(manifests: string, asked: Partial<Asked>): Promise<readonly string[]> {
  return told(await meshOf(shop + manifests), { from: 'gateway', host: 'a.example.com', ...asked });
}

describe('routes of a gateway', () => {
  it('R6: come from all VirtualServices of the host, with what catches everything behind the rest', async () => {
    const merged = (uri: string): string =>
      gateway('shop/gw', server('[a.example.com]')) +
      virtualService(
        'shop/old',
        `{ hosts: [a.example.com], gateways: [gw], http: [{ name: any, match: [{ uri: ${uri} }], ${to('reviews')} }] }`,
      ) +
      virtualService(
        'shop/new',
        `{ hosts: [a.example.com], gateways: [gw], http: [{ name: new, match: [{ uri: { prefix: /new } }], ${to('web')} }] }`,
      );
    expect(await tell(merged('{ prefix: / }'), { path: '/new' })).toEqual(['shop/new new → web:80']);
    expect(await tell(merged('{ regex: "/.*" }'), { path: '/new' })).toEqual(['shop/new new → web:80', 'shop/old any → reviews:80']);
    expect(await tell(merged('{ regex: "/.*" }'), { path: '/' })).toEqual(['shop/old any → reviews:80']);
  });

  it('are those of the nearer exports first, whatever is older', async () => {
    const two =
      gateway('shop/gw', server('[a.example.com]')) +
      virtualService(
        'shop/pub',
        `{ hosts: [a.example.com], gateways: [gw], http: [{ name: pub, match: [{ uri: { prefix: /x } }], ${to('web')} }] }`,
      ) +
      virtualService(
        'shop/named',
        `{ hosts: [a.example.com], gateways: [gw], exportTo: [istio-system], http: [{ name: named, match: [{ uri: { prefix: /x } }], ${to('reviews')} }] }`,
      );
    expect(await tell(two, { path: '/x' })).toEqual(['shop/named named → reviews:80']);
  });

  it('are for hosts that server and VirtualService have in common, of which the narrower counts', async () => {
    const hosts =
      gateway('istio-system/gw', server('["shop/a.example.com", "./b.example.com", "*/c.example.com", "pay/*.d.example.com"]')) +
      virtualService(
        'shop/v',
        `{ hosts: [a.example.com, b.example.com, c.example.com, x.d.example.com], gateways: [istio-system/gw], http: [{ name: s, ${to('web')} }] }`,
      ) +
      virtualService('pay/v', `{ hosts: ["*.example.com"], gateways: [istio-system/gw], http: [{ name: p, ${to('api')} }] }`);
    expect(await tell(hosts, {})).toEqual(['shop/v s → web:80']);
    expect(await tell(hosts, { host: 'b.example.com' })).toEqual(['no-route']);
    expect(await tell(hosts, { host: 'c.example.com' })).toEqual(['pay/v p → api.pay:80', 'shop/v s → web:80']);
    expect(await tell(hosts, { host: 'y.d.example.com' })).toEqual(['pay/v p → api.pay:80']);
  });

  it('never fall back to a wider host', async () => {
    const two =
      gateway('shop/gw', server('["*"]')) +
      virtualService('shop/any', `{ hosts: ["*"], gateways: [gw], http: [{ name: any, ${to('web')} }] }`) +
      virtualService(
        'shop/a',
        `{ hosts: [a.example.com], gateways: [gw], http: [{ name: a, match: [{ uri: { prefix: /a } }], ${to('reviews')} }] }`,
      );
    expect(await tell(two, {})).toEqual(['no-route']);
    expect(await tell(two, { host: 'other.org' })).toEqual(['shop/any any → web:80']);
  });

  it('send to the single port of a service, else to the port of the server', async () => {
    const odd =
      gateway('shop/gw', server('[a.example.com]', 9000)) +
      virtualService(
        'shop/v',
        '{ hosts: [a.example.com], gateways: [gw], http: [{ name: r, match: [{ uri: { prefix: /r } }], route: [{ destination: { host: reviews } }] }, { name: w, route: [{ destination: { host: web } }] }] }',
      );
    expect(await tell(odd, { port: 9000, path: '/r' })).toEqual(['shop/v r → reviews:80']);
    expect(await tell(odd, { port: 9000 })).toEqual(['shop/v w → web:9000!']);
  });

  it('are those of the Gateways that select the pods; what nobody opens is reset', async () => {
    const other = manifest('Gateway', 'shop/gw', `{ selector: { istio: other }, servers: [${server('[a.example.com]')}] }`);
    expect(
      await tell(other + virtualService('shop/v', `{ hosts: [a.example.com], gateways: [gw], http: [{ ${to('web')} }] }`), {}),
    ).toEqual(['tcp reset']);
  });

  it('redirect to https where the server says so', async () => {
    const redirecting =
      gateway('shop/gw', server('[a.example.com]', 80, ', tls: { httpsRedirect: true }')) +
      virtualService('shop/v', `{ hosts: [a.example.com], gateways: [gw], http: [{ ${to('web')} }] }`);
    expect(await tell(redirecting, {})).toEqual(['redirect']);
  });
});

describe('servers on one port', () => {
  const tls = (hosts: string, name: string, mode: string, protocol = 'HTTPS'): string =>
    `{ port: { number: 443, protocol: ${protocol}, name: ${name} }, hosts: ${hosts}, tls: { mode: ${mode}, credentialName: c } }`;

  it('are told apart by the name that the client asks TLS for', async () => {
    const two =
      gateway('shop/gw', tls('[a.example.com]', 'https', 'SIMPLE'), tls('[p.example.com]', 'tls', 'PASSTHROUGH', 'TLS')) +
      virtualService(
        'shop/v',
        `{ hosts: [a.example.com, p.example.com], gateways: [gw], http: [{ name: r, ${to('web')} }], tls: [{ match: [{ sniHosts: [p.example.com] }], ${to('secure', 443)} }] }`,
      );
    expect(await tell(two, { port: 443, tls: true })).toEqual(['shop/v r → web:80']);
    expect(await tell(two, { port: 443, tls: true, host: 'p.example.com' })).toEqual(['shop/v tcp → secure:443']);
    expect(await tell(two, { port: 443, tls: true, host: 'z.example.com' })).toEqual(['tcp reset']);
    expect(await tell(two, { port: 443 })).toEqual(['tcp reset']);
  });

  it('of two Gateways with one host for TLS are the older one’s', async () => {
    const both =
      gateway('shop/g1', tls('[a.example.com]', 'https', 'SIMPLE')) +
      gateway('pay/g2', tls('[a.example.com, b.example.com]', 'https', 'SIMPLE')) +
      virtualService('shop/v', `{ hosts: [a.example.com], gateways: [g1], http: [{ name: v, ${to('web')} }] }`) +
      virtualService('pay/w', `{ hosts: [a.example.com, b.example.com], gateways: [g2], http: [{ name: w, ${to('api')} }] }`);
    expect(await tell(both, { port: 443, tls: true })).toEqual(['pay/w w → api.pay:80', 'shop/v v → web:80']);
    expect(await tell(both, { port: 443, tls: true, host: 'b.example.com' })).toEqual(['pay/w w → api.pay:80', 'tcp reset']);
  });

  it('that pass TLS on to one name by two Gateways are the older one’s', async () => {
    const passing = (name: string): string =>
      manifest(
        'Gateway',
        name,
        '{ selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: tls, protocol: TLS }, hosts: ["NS*.example.com"], tls: { mode: PASSTHROUGH } }] }'.replace(
          'NS',
          name.startsWith('pay') ? 'shop/' : '',
        ),
      );
    const routed = (name: string, gateway: string, backend: string): string =>
      virtualService(
        name,
        `{ hosts: [a.example.com], gateways: [${gateway}], tls: [{ match: [{ sniHosts: [a.example.com] }], route: [{ destination: { host: ${backend}, port: { number: 80 } } }] }] }`,
      );
    const both = passing('shop/one') + passing('pay/two') + routed('shop/a', 'shop/one', 'web') + routed('shop/b', 'pay/two', 'reviews');
    expect(await tell(both, { from: 'gateway', host: 'a.example.com', port: 443, tls: true })).toEqual([
      'shop/a tcp → web:80',
      'shop/b tcp → reviews:80',
    ]);
  });

  it('with TLS leave room for plaintext of a younger Gateway, not the other way round', async () => {
    const both =
      gateway('shop/gw', '{ port: { number: 9000, protocol: TLS, name: tls }, hosts: [p.example.com], tls: { mode: PASSTHROUGH } }') +
      gateway('pay/g2', '{ port: { number: 9000, protocol: TCP, name: tcp }, hosts: ["*"] }') +
      virtualService(
        'shop/p',
        `{ hosts: [p.example.com], gateways: [gw], tls: [{ match: [{ sniHosts: [p.example.com] }], ${to('web')} }] }`,
      ) +
      virtualService('pay/t', `{ hosts: ["*"], gateways: [g2], tcp: [{ ${to(inShop('db'), 5432)} }] }`);
    expect(await tell(both, { port: 9000, tcp: true })).toEqual(['pay/t tcp → db:5432']);
    expect(await tell(both, { port: 9000, tls: true, host: 'p.example.com' })).toEqual(['pay/t tcp → db:5432', 'shop/p tcp → web:80']);
  });

  it('take connections whatever addresses their streams name', async () => {
    const gw = gateway('shop/gw', '{ port: { number: 9000, protocol: TCP, name: tcp }, hosts: ["*"] }');
    const stream = `{ match: [{ destinationSubnets: [10.0.0.0/8] }], ${to(inShop('db'), 5432)} }`;
    const service = virtualService('shop/t', `{ hosts: ["*"], gateways: [gw], tcp: [${stream}] }`);
    expect(await tell(gw + service, { port: 9000, tcp: true })).toEqual(['shop/t tcp → db:5432']);
  });

  it('with http and tcp are the older one’s alone', async () => {
    const both =
      gateway('shop/g1', server('[a.example.com]', 9000)) +
      manifest(
        'Gateway',
        'pay/g2',
        '{ selector: { istio: ingressgateway }, servers: [{ port: { number: 9000, protocol: TCP, name: tcp }, hosts: ["*"] }] }',
      ) +
      virtualService('shop/v', `{ hosts: [a.example.com], gateways: [g1], http: [{ name: v, ${to('web')} }] }`) +
      virtualService('pay/t', `{ hosts: ["*"], gateways: [g2], tcp: [{ ${to(inShop('db'), 5432)} }] }`);
    expect(await tell(both, { port: 9000, tcp: true })).toEqual(['pay/t tcp → db:5432', 'tcp reset']);
  });
});

describe('routes of the Gateway API', () => {
  const api = 'gateway.networking.k8s.io/v1';
  const pods = `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: shop, name: kgw-istio }
spec:
  selector: { matchLabels: { app: kgw } }
  template:
    metadata: { labels: { app: kgw, gateway.networking.k8s.io/gateway-name: kgw } }
    spec: { containers: [{ name: proxy, image: proxy }] }
---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: kgw-istio }
spec: { selector: { gateway.networking.k8s.io/gateway-name: kgw }, ports: [{ port: 80, name: http }] }
---
`;
  const kgw = (listeners: string): string =>
    pods + manifest('Gateway', 'shop/kgw', `{ gatewayClassName: istio, listeners: ${listeners} }`, api);
  const open = kgw('[{ name: h, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]');
  const route = (name: string, spec: string): string => manifest('HTTPRoute', name, spec, api);
  const parent = 'parentRefs: [{ name: kgw, namespace: shop }], hostnames: [a.example.com]';
  const rule = (path: string, backend: string, type = 'PathPrefix'): string =>
    `{ matches: [{ path: { type: ${type}, value: "${path}" } }], backendRefs: [{ name: ${backend}, port: 80 }] }`;
  const named = 'shop/shop~kgw~istio-autogenerated-k8s-gateway~h~a.example.com';
  const at = async (manifests: string, asked: Partial<Asked>): Promise<readonly string[]> =>
    (await tell(manifests, { from: 'shop/kgw-istio', ...asked })).map((text) => text.replace(named, 'kgw'));

  it('are ordered by path, whatever order they are written in, with regular expressions last', async () => {
    const rules = route(
      'shop/r',
      `{ ${parent}, rules: [${rule('/.*', 'web', 'RegularExpression')}, ${rule('/a', 'reviews')}, ${rule('/a/b', 'web', 'Exact')}, ${rule('/', 'reviews')}] }`,
    );
    expect(await at(open + rules, { path: '/a/b' })).toEqual(['kgw shop.r.2 → web:80']);
    expect(await at(open + rules, { path: '/a/c' })).toEqual(['kgw shop.r.1 → reviews:80']);
    expect(await at(open + rules, { path: '/ab' })).toEqual(['kgw shop.r.3 → reviews:80']);
  });

  it('depend on creation where rules of two routes are equal', async () => {
    const two =
      route('shop/r1', `{ ${parent}, rules: [${rule('/a', 'web')}] }`) +
      route('shop/r2', `{ ${parent}, rules: [${rule('/a', 'reviews')}] }`);
    expect(await at(open + two, { path: '/a' })).toEqual(['kgw shop.r1.0 → web:80', 'kgw shop.r2.0 → reviews:80']);
  });

  it('depend on creation where two routes catch all, however often one of them does', async () => {
    const all = (name: string, ...backends: readonly string[]): string =>
      route(name, `{ ${parent}, rules: [${backends.map((backend) => `{ backendRefs: [{ name: ${backend}, port: 80 }] }`).join()}] }`);
    expect(await at(open + all('shop/r1', 'web', 'web') + all('shop/r2', 'reviews'), {})).toEqual([
      'kgw shop.r1.0 → web:80',
      'kgw shop.r2.0 → reviews:80',
    ]);
  });

  it('come first where the oldest of those that merge is of the Gateway’s namespace, and it may be another’s', async () => {
    const exact = kgw('[{ name: h, port: 80, protocol: HTTP, hostname: a.example.com, allowedRoutes: { namespaces: { from: All } } }]');
    const backend = (name: string): string => `rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }]`;
    const anyHost = 'parentRefs: [{ name: kgw, namespace: shop }]';
    const three =
      route('pay/r1', `{ ${anyHost}, ${backend('api')} }`) +
      route('shop/r2', `{ ${anyHost}, ${backend('reviews')} }`) +
      route('shop/r3', `{ ${parent}, ${backend('web')} }`);
    expect((await at(exact + three, {})).map((text) => text.replace(/^.*? shop/, 'shop'))).toEqual([
      'shop.r2.0 → reviews:80',
      'shop.r3.0 → web:80',
    ]);
  });

  it('of gRPC take what is below their service', async () => {
    const grpc = manifest(
      'GRPCRoute',
      'shop/g',
      `{ ${parent}, rules: [{ matches: [{ method: { service: shop.Cart } }], backendRefs: [{ name: web, port: 80 }] }] }`,
      api,
    );
    expect(await at(open + grpc, { path: '/shop.Cart/Add' })).toEqual(['kgw shop.g.0 → web:80']);
    expect(await at(open + grpc, { path: '/shop.Carts/Add' })).toEqual(['no-route']);
  });

  it('need a ReferenceGrant for backends elsewhere, but not in the mesh', async () => {
    const far = (name: string, spec: string): string =>
      route(name, `{ ${spec}, rules: [{ backendRefs: [{ name: api, namespace: pay, port: 80 }] }] }`);
    expect(await at(open + far('shop/r', parent), {})).toEqual(['kgw shop.r.0 → UnknownService!']);
    const grant = manifest(
      'ReferenceGrant',
      'pay/g',
      '{ from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: "", kind: Service }] }',
      api,
    );
    expect(await at(open + far('shop/r', parent) + grant, {})).toEqual(['kgw shop.r.0 → api.pay:80']);
    const mesh = far('shop/m', 'parentRefs: [{ group: "", kind: Service, name: reviews }]');
    expect(await tell(mesh, { from: 'ops/tool', host: inShop('reviews') })).toEqual([
      'shop/shop~reviews.shop.svc.cluster.local shop.m.0 → api.pay:80',
    ]);
  });

  it('share by weights, 1 where none is written, and answer 500 where nobody has any', async () => {
    const weights = route(
      'shop/r',
      `{ ${parent}, rules: [{ backendRefs: [{ name: web, port: 80 }, { name: reviews, port: 80, weight: 3 }] }] }`,
    );
    expect(await at(open + weights, {})).toEqual(['kgw shop.r.0 → web:80 ×1, reviews:80 ×3']);
    expect(await at(open + route('shop/r', `{ ${parent}, rules: [{ backendRefs: [{ name: web, port: 80, weight: 0 }] }] }`), {})).toEqual([
      'kgw shop.r.0 direct-response 500',
    ]);
  });

  it('attach where listener, port, hostname and namespace agree', async () => {
    const closed = kgw('[{ name: h, port: 80, protocol: HTTP, hostname: "*.example.com" }]');
    const from = (name: string, spec: string): string => route(name, `{ ${spec}, rules: [{ backendRefs: [{ name: web, port: 80 }] }] }`);
    expect(await at(closed + from('shop/r', parent), {})).toEqual(['kgw shop.r.0 → web:80']);
    expect(await at(closed + from('pay/r', parent), {})).toEqual(['no-route']);
    expect(await at(closed + from('shop/r', 'parentRefs: [{ name: kgw, port: 81 }]'), {})).toEqual(['no-route']);
    expect(await at(closed + from('shop/r', 'parentRefs: [{ name: kgw, sectionName: other }]'), {})).toEqual(['no-route']);
    expect(await at(closed + from('shop/r', 'parentRefs: [{ name: kgw }], hostnames: [a.other.org]'), {})).toEqual(['no-route']);
  });

  it('of the mesh are for clients of their namespace first, and for all if they are the service’s', async () => {
    const service = 'parentRefs: [{ group: "", kind: Service, name: reviews, namespace: shop }]';
    const producer = route('shop/m', `{ ${service}, rules: [{ backendRefs: [{ name: web, port: 80 }] }] }`);
    const consumer = route('pay/c', `{ ${service}, rules: [{ backendRefs: [{ name: api, port: 80 }] }] }`);
    const host = inShop('reviews');
    expect(await tell(producer + consumer, { from: 'pay/api', host })).toEqual([
      'pay/pay~reviews.shop.svc.cluster.local pay.c.0 → api.pay:80',
    ]);
    expect(await tell(consumer, { from: 'ops/tool', host })).toEqual(['→ reviews:80']);
  });

  it('of the mesh for one port are for no other, with matches or without', async () => {
    const onPort = (port: number): string =>
      manifest(
        'GRPCRoute',
        'shop/m',
        `{ parentRefs: [{ group: "", kind: Service, name: reviews, port: ${String(port)} }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }`,
        api,
      );
    const host = inShop('reviews');
    expect(await tell(onPort(80), { from: 'ops/tool', host })).toEqual([`shop/shop~80~${host} shop.m.0 → web:80`]);
    expect(await tell(onPort(81), { from: 'ops/tool', host })).toEqual(['→ reviews:80']);
  });

  it('of one resource for a port and for all come in the order of the names that Istio gives them', async () => {
    const service = '{ group: "", kind: Service, name: reviews }';
    const both = route(
      'shop/m',
      `{ parentRefs: [${service}, ${service.replace(' }', ', port: 80 }')}], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }`,
    );
    const host = inShop('reviews');
    expect(await tell(both, { from: 'ops/tool', host })).toEqual([`shop/shop~80~${host} shop.m.0 → web:80`]);
  });
});
