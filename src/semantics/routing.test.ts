import { describe, expect, it } from 'vitest';
import { outcomes } from '../graph/answer.ts';
import type { MeshConfig } from '../graph/mesh-config.ts';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { ask, type Asked, inShop, manifest, shop, told, virtualService } from './effects/shop-routes.test-support.ts';

const reviews = inShop('reviews');
const to = (name: string, port = 80): string => `route: [{ destination: { host: ${name}, port: { number: ${String(port)} } } }]`;

async function tell(manifests: string, asked: Partial<Asked>, config: Partial<MeshConfig> = {}): Promise<readonly string[]> {
  return told(await meshOf(shop + manifests, config), { from: 'ops/tool', host: reviews, ...asked });
}

describe('the worked examples of routing', () => {
  it('R1: the second VirtualService of a mesh host is ignored, whichever is the older', async () => {
    const two =
      virtualService('shop/old', `{ hosts: [reviews], http: [{ name: old, match: [{ uri: { prefix: /old } }], ${to('web')} }] }`) +
      virtualService('shop/new', `{ hosts: [reviews], http: [{ name: any, ${to(reviews)} }] }`);
    expect(await tell(two, { path: '/other' })).toEqual(['no-route', 'shop/new any → reviews:80']);
    expect(await tell(two, { path: '/old' })).toEqual(['shop/new any → reviews:80', 'shop/old old → web:80']);
  });

  it('R2: where a match names gateways, the labels of the client do not count', async () => {
    const match = '[{ uri: { prefix: / }, gateways: [mesh], sourceLabels: { team: red } }]';
    const red = virtualService('shop/r', `{ hosts: [reviews], http: [{ name: red, match: ${match}, ${to('web')} }] }`);
    expect(await tell(red, { from: 'pay/api' })).toEqual(['shop/r red → web:80']);
  });

  it('R3: of several destinations one without weight gets nothing', async () => {
    const route = 'route: [{ destination: { host: web, port: { number: 80 } } }, { destination: { host: reviews }, weight: 7 }]';
    expect(await tell(virtualService('shop/r', `{ hosts: [reviews], http: [{ name: a, ${route} }] }`), {})).toEqual([
      'shop/r a → reviews:80',
    ]);
    const mesh = await meshOf(shop + virtualService('shop/r', `{ hosts: [reviews], http: [{ name: a, ${route} }] }`));
    const [outcome] = outcomes(ask(mesh, { from: 'ops/tool', host: reviews }));
    expect(outcome?.destinations.map(({ weight }) => weight)).toEqual([7]);
  });

  it('R4: a subset that the client does not get is absent, which is a 503', async () => {
    const routed = virtualService(
      'shop/r',
      '{ hosts: [reviews], http: [{ name: a, route: [{ destination: { host: reviews, subset: nope } }] }] }',
    );
    expect(await tell(routed, {})).toEqual(['shop/r a → reviews:80|nope!']);
    const mesh = await meshOf(shop + routed);
    expect(outcomes(ask(mesh, { from: 'ops/tool', host: reviews }))[0]?.status).toBe(503);
  });

  it('R5: a host that is no service is routed on port 80 only', async () => {
    const ghost = virtualService('shop/g', `{ hosts: [ghost.example.com], http: [{ name: g, ${to('web')} }] }`);
    expect(await tell(ghost, { host: 'ghost.example.com' })).toEqual(['shop/g g → web:80']);
    expect(await tell(ghost, { host: 'ghost.example.com', port: 8080 })).toEqual(['tcp passthrough']);
  });
});

describe('which VirtualService a sidecar uses', () => {
  it('is the private one, then the one exported by name, then a public one, whatever is older', async () => {
    const three =
      virtualService('shop/pub', `{ hosts: [reviews], http: [{ name: pub, ${to('web')} }] }`) +
      virtualService('pay/own', `{ hosts: [${reviews}], exportTo: ["."], http: [{ name: own, ${to('api')} }] }`) +
      virtualService('ops/named', `{ hosts: [${reviews}], exportTo: [shop], http: [{ name: named, ${to(reviews)} }] }`);
    expect(await tell(three, { from: 'shop/web' })).toEqual(['ops/named named → reviews:80']);
    expect(await tell(three, { from: 'pay/api' })).toEqual(['pay/own own → api.pay:80']);
    expect(await tell(three, { from: 'ops/tool' })).toEqual(['shop/pub pub → web:80']);
  });

  it('names the host exactly rather than by a wildcard, even if it gives this client no route', async () => {
    const two =
      virtualService('shop/wild', `{ hosts: ["*.shop.svc.cluster.local"], http: [{ name: w, ${to('web')} }] }`) +
      virtualService('shop/exact', `{ hosts: [reviews], http: [{ name: e, match: [{ port: 7000 }], ${to('web')} }] }`);
    expect(await tell(two, {})).toEqual(['→ reviews:80']);
    expect(await tell(two, { host: inShop('web') })).toEqual(['shop/wild w → web:80']);
  });

  it('yields to the next of the same host where it gives this client no route', async () => {
    const two =
      virtualService(
        'ops/mine',
        `{ hosts: [${reviews}], exportTo: ["."], http: [{ name: m, match: [{ sourceLabels: { team: red } }], ${to('web')} }] }`,
      ) + virtualService('shop/pub', `{ hosts: [reviews], http: [{ name: pub, ${to('web')} }] }`);
    expect(await tell(two, {})).toEqual(['shop/pub pub → web:80']);
  });

  it('takes a short name with a dot as a host of its own, that whoever calls it so gets', async () => {
    const two = virtualService('pay/q', `{ hosts: [reviews.shop], http: [{ name: q, ${to('api')} }] }`);
    expect(await tell(two, {})).toEqual(['→ reviews:80']);
    expect(await tell(two, { authority: 'reviews.shop:80' })).toEqual(['pay/q q → api.pay:80']);
    expect(await tell(two, { authority: 'reviews.shop.svc' })).toEqual(['→ reviews:80']);
    const both = two + virtualService('shop/r', `{ hosts: [reviews], http: [{ name: r, ${to('web')} }] }`);
    expect(await tell(both, { authority: 'reviews.shop' })).toEqual(['pay/q q → api.pay:80', 'shop/r r → web:80']);
  });

  it('is none that names another gateway, or is exported elsewhere', async () => {
    expect(await tell(virtualService('shop/v', `{ hosts: [reviews], gateways: [gw], http: [{ ${to('web')} }] }`), {})).toEqual([
      '→ reviews:80',
    ]);
    expect(await tell(virtualService('shop/v', `{ hosts: [reviews], exportTo: [pay], http: [{ ${to('web')} }] }`), {})).toEqual([
      '→ reviews:80',
    ]);
    const byDefault = virtualService('shop/v', `{ hosts: [reviews], http: [{ name: v, ${to('web')} }] }`);
    expect(await tell(byDefault, {}, { defaultVirtualServiceExportTo: ['.'] })).toEqual(['→ reviews:80']);
  });
});

describe('what a Sidecar lets a client see', () => {
  const sidecar = (spec: string): string => manifest('Sidecar', 'ops/default', spec);

  it('is what its egress hosts name; the rest is as if it were not there', async () => {
    const narrow = sidecar('{ egress: [{ hosts: ["./*", "shop/*"] }] }');
    expect(await tell(narrow, {})).toEqual(['→ reviews:80']);
    expect(await tell(narrow, { host: 'api.pay.svc.cluster.local' })).toEqual(['passthrough']);
    const only = sidecar('{ egress: [{ hosts: ["shop/*"] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }');
    expect(await tell(only, { host: 'api.pay.svc.cluster.local' })).toEqual(['blackhole']);
  });

  it('is also where its VirtualServices send traffic, with the ports that they name', async () => {
    const imported =
      sidecar(`{ egress: [{ hosts: ["shop/${reviews}"] }] }`) +
      virtualService(
        'shop/r',
        `{ hosts: [reviews], http: [{ name: p, match: [{ uri: { prefix: /p } }], ${to('api.pay.svc.cluster.local')} }, { name: w, ${to('web', 80)} }] }`,
      );
    expect(await tell(imported, { path: '/p' })).toEqual(['shop/r p → api.pay:80']);
    expect(await tell(imported, { path: '/' })).toEqual(['shop/r w → web:80']);
    expect(await tell(imported, { host: 'api.pay.svc.cluster.local' })).toEqual(['passthrough']);
  });

  it('compares the namespace with that of the VirtualService, not with that of its host', async () => {
    const elsewhere =
      sidecar('{ egress: [{ hosts: ["shop/*"] }] }') +
      virtualService('pay/r', `{ hosts: [${reviews}], http: [{ name: r, ${to(reviews)} }] }`);
    expect(await tell(elsewhere, {})).toEqual(['→ reviews:80']);
    expect(await tell(elsewhere, { from: 'shop/web' })).toEqual(['pay/r r → reviews:80']);
  });

  it('depends on which of two is the older; one with a matching selector stands over both', async () => {
    const two = sidecar('{ egress: [{ hosts: ["shop/*"] }] }') + manifest('Sidecar', 'ops/other', '{ egress: [{ hosts: ["pay/*"] }] }');
    expect(await tell(two, {})).toEqual(['passthrough', '→ reviews:80']);
    const selected =
      two + manifest('Sidecar', 'ops/mine', '{ workloadSelector: { labels: { app: tool } }, egress: [{ hosts: ["shop/*"] }] }');
    expect(await tell(selected, {})).toEqual(['→ reviews:80']);
  });

  it('comes from the root namespace where the own one has none', async () => {
    const root = manifest('Sidecar', 'istio-system/default', '{ egress: [{ hosts: ["./*"] }] }');
    // Nothing in the client's namespace is http on the port, so that the sidecar does not listen there.
    expect(await tell(root, {})).toEqual(['tcp passthrough']);
    expect(await tell(root, { from: 'shop/web' })).toEqual(['→ reviews:80']);
  });

  it('is another for each port that has a listener of its own', async () => {
    const listeners = sidecar(
      '{ egress: [{ port: { number: 7000, protocol: HTTP, name: http }, hosts: ["shop/*"] }, { hosts: ["pay/*"] }] }',
    );
    expect(await tell(listeners, { host: inShop('web'), port: 7000 })).toEqual(['→ web:7000']);
    expect(await tell(listeners, { host: inShop('web') })).toEqual(['passthrough']);
    const single = sidecar('{ egress: [{ port: { number: 7000, protocol: HTTP, name: http }, hosts: ["shop/*"] }] }');
    expect(await tell(single, {})).toEqual(['tcp passthrough']);
  });
});

describe('destinations of a sidecar', () => {
  it('keep the port that was called, and are absent where the service lacks it', async () => {
    const routed = virtualService('shop/w', '{ hosts: [web], http: [{ name: d, route: [{ destination: { host: db } }] }] }');
    expect(await tell(routed, { host: inShop('web') })).toEqual(['shop/w d → db:80!']);
    expect(await tell(routed, { host: inShop('web'), port: 7000 })).toEqual(['shop/w d → db:7000!']);
  });

  it('have the subsets of the rule that the client gets, and say where it stands', async () => {
    const manifests =
      virtualService('shop/r', '{ hosts: [reviews], http: [{ name: a, route: [{ destination: { host: reviews, subset: v1 } }] }] }') +
      manifest('DestinationRule', 'shop/r', '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }') +
      manifest('DestinationRule', 'ops/w', '{ host: "*.local" }');
    expect(await tell(manifests, { from: 'pay/api' })).toEqual(['shop/r a → reviews:80|v1']);
    expect(await tell(manifests, {})).toEqual(['shop/r a → reviews:80|v1!']);
    const [outcome] = outcomes(ask(await meshOf(shop + manifests), { from: 'pay/api', host: reviews }));
    const places = (outcome?.places ?? []).map((place) =>
      place.kind === 'node' ? `${place.resource.kind} ${place.path.join('.')}` : place.kind,
    );
    expect(places).toEqual([
      'Service spec.ports.0.port',
      'VirtualService spec.hosts.0',
      'VirtualService spec.http.0',
      'VirtualService spec.http.0.route.0.destination',
      'Service spec.ports.0.port',
      'DestinationRule spec.subsets.0.name',
    ]);
  });

  it('are absent with a host that nobody defines', async () => {
    expect(await tell(virtualService('shop/r', `{ hosts: [reviews], http: [{ name: a, ${to('ghost')} }] }`), {})).toEqual([
      'shop/r a → ghost:80!',
    ]);
  });
});

describe('what is not http', () => {
  it('goes by tcp routes on tcp ports, and http routes do not count there', async () => {
    const routed = virtualService(
      'shop/d',
      `{ hosts: [db], http: [{ ${to('web')} }], tcp: [{ match: [{ port: 5432, sourceLabels: { team: red } }], ${to('web', 9090)} }] }`,
    );
    expect(await tell(routed, { host: inShop('db'), port: 5432 })).toEqual(['tcp → db:5432']);
    expect(await tell(routed, { from: 'shop/web', host: inShop('db'), port: 5432, tcp: true })).toEqual(['shop/d tcp → web:9090']);
  });

  it('is not told what an address decides, unless a route before it takes every address', async () => {
    const routed = (tcp: string): string => virtualService('shop/d', `{ hosts: [db], tcp: [${tcp}] }`);
    const ofSubnet = `{ match: [{ destinationSubnets: [10.0.0.0/8] }], ${to('web', 9090)} }`;
    const ask = { host: inShop('db'), port: 5432, tcp: true };
    expect(await tell(routed(ofSubnet), ask)).toEqual(['unknown: a tcp or tls route decides by the address of the destination']);
    expect(await tell(routed(`{ ${to('db', 5432)} }, ${ofSubnet}`), ask)).toEqual(['shop/d tcp → db:5432']);
    const either = `{ match: [{ destinationSubnets: [10.0.0.0/8] }, { port: 5432 }], ${to('web', 9090)} }`;
    expect(await tell(routed(either), ask)).toEqual(['shop/d tcp → web:9090']);
  });

  it('takes tcp routes of all VirtualServices with the host, an exact one no sooner than a wildcard', async () => {
    const two =
      virtualService('shop/wild', `{ hosts: ["*.shop.svc.cluster.local"], tcp: [{ ${to('web', 9090)} }] }`) +
      virtualService('shop/exact', `{ hosts: [db], tcp: [{ ${to('db', 5432)} }] }`);
    expect(await tell(two, { host: inShop('db'), port: 5432, tcp: true })).toEqual([
      'shop/exact tcp → db:5432',
      'shop/wild tcp → web:9090',
    ]);
  });

  it('goes by the name that the client asks TLS for on TLS ports', async () => {
    const routed = virtualService(
      'shop/s',
      `{ hosts: [secure], tls: [{ match: [{ sniHosts: [${inShop('secure')}] }], ${to('web', 9090)} }] }`,
    );
    expect(await tell(routed, { host: inShop('secure'), port: 443, tls: true })).toEqual(['shop/s tcp → web:9090']);
    expect(await tell(routed, { host: inShop('secure'), port: 443 })).toEqual(['tcp passthrough']);
    expect(await tell('', { host: inShop('secure'), port: 443 })).toEqual(['tcp → secure:443']);
  });

  it('is passed through on http ports', async () => {
    expect(await tell('', { tcp: true })).toEqual(['tcp passthrough']);
    expect(await tell('', { tls: true }, { outboundTrafficPolicy: 'REGISTRY_ONLY' })).toEqual(['tcp blackhole']);
  });

  it('reaches a sniffed port either way', async () => {
    const routed = virtualService(
      'shop/w',
      `{ hosts: [web], http: [{ name: h, ${to('reviews')} }], tcp: [{ match: [{ port: 7000 }], ${to('db', 5432)} }] }`,
    );
    expect(await tell(routed, { host: inShop('web'), port: 7000 })).toEqual(['shop/w h → reviews:80']);
    expect(await tell(routed, { host: inShop('web'), port: 7000, tcp: true })).toEqual(['shop/w tcp → db:5432']);
  });
});

describe('several definitions of one host', () => {
  const entry = (name: string, more = ''): string =>
    manifest(
      'ServiceEntry',
      name,
      `{ hosts: [ext.example.com], ports: [{ number: 80, protocol: HTTP, name: http }], resolution: DNS${more} }`,
    );

  it('mean the own namespace first; other clients get the oldest', async () => {
    const two = entry('shop/a') + entry('pay/b').replace('number: 80', 'number: 8080');
    expect(await tell(two, { from: 'shop/web', host: 'ext.example.com' })).toEqual(['→ ext.example.com:80']);
    expect(await tell(two, { from: 'pay/api', host: 'ext.example.com' })).toEqual(['passthrough']);
    expect(await tell(two, { host: 'ext.example.com' })).toEqual(['passthrough', '→ ext.example.com:80']);
  });

  it('mean a Kubernetes Service rather than a ServiceEntry of another namespace', async () => {
    const squat = entry('ops/sq').replace('ext.example.com', reviews).replace('number: 80', 'number: 81');
    expect(await tell(squat, { from: 'pay/api' })).toEqual(['→ reviews:80']);
    expect(await tell(squat, {})).toEqual(['passthrough']);
  });

  it('end with the own namespace that they are exported to', async () => {
    expect(
      await tell(entry('shop/a', ', exportTo: ["."]'), { host: 'ext.example.com' }, { outboundTrafficPolicy: 'REGISTRY_ONLY' }),
    ).toEqual(['blackhole']);
  });

  it('stand for an ExternalName Service wherever it is named', async () => {
    const alias = `
apiVersion: v1
kind: Service
metadata: { namespace: ops, name: short }
spec: { type: ExternalName, externalName: ${reviews}, ports: [{ port: 80, name: http }] }
---
`;
    expect(await tell(alias, { host: 'short.ops.svc.cluster.local' })).toEqual(['→ reviews:80']);
    const routed = alias + virtualService('shop/w', `{ hosts: [web], http: [{ name: s, ${to('short.ops.svc.cluster.local')} }] }`);
    expect(await tell(routed, { host: inShop('web') })).toEqual(['shop/w s → reviews:80']);
  });
});
