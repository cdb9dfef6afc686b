import { describe, expect, it } from 'vitest';
import { ingest } from '../engine/ingest.ts';
import { createMesh, type Mesh, type MeshInput } from '../graph/mesh.ts';
import { defaultMeshConfig } from '../graph/mesh-config.ts';
import { validatorChunks } from '../validator-chunks.ts';
import { library } from '../yaml/library.ts';
import { type Asked, inShop, manifest, shop, told, virtualService } from './effects/shop-routes.test-support.ts';

/** The shop with some more files; what stands at a path of a resource (`VirtualService shop/v`) is in doubt. */
async function meshOf(
  files: readonly string[],
  input: Partial<MeshInput> = {},
  doubts: Readonly<Record<string, readonly (string | number)[]>> = {},
): Promise<Mesh> {
  const { resources, documents } = await ingest(
    [shop, ...files].map((text, i) => ({ path: `${String(i)}.yaml`, named: true, read: () => text })),
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  return createMesh({
    resources: resources.map((resource) => {
      const path = doubts[`${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name}`];
      return path === undefined ? resource : { ...resource, doubts: [{ path, reason: 'a value is a placeholder' }] };
    }),
    documents,
    complete: true,
    config: defaultMeshConfig,
    domain: 'cluster.local',
    ...input,
  });
}

const tell = (mesh: Mesh, asked: Partial<Asked> = {}): readonly string[] =>
  told(mesh, { from: 'ops/tool', host: inShop('reviews'), ...asked });

const open = { complete: false };
const toWeb = 'route: [{ destination: { host: web } }]';
const placeholder = ['unknown: a value is a placeholder'];

describe('in an open mesh', () => {
  it('deciders are those of the input, and hosts that it defines are as it says', async () => {
    const mesh = await meshOf([virtualService('shop/v', `{ hosts: [reviews], http: [{ name: v, ${toWeb} }] }`)], open);
    expect(tell(mesh)).toEqual(['shop/v v → web:80']);
    expect(tell(mesh, { host: inShop('web') })).toEqual(['→ web:80']);
  });

  it('a host that the input does not define is unknown, unless something routes it', async () => {
    const mesh = await meshOf(
      [
        virtualService(
          'shop/v',
          `{ hosts: [far.pay.svc.cluster.local], http: [{ name: v, route: [{ destination: { host: farther } }] }] }`,
        ),
      ],
      open,
    );
    expect(tell(mesh, { host: 'other.pay.svc.cluster.local' })).toEqual(['unknown: the host is not in the input']);
    expect(tell(mesh, { authority: 'shop.example.com' })).toEqual(['unknown: the host is not in the input']);
    expect(tell(mesh, { host: 'far.pay.svc.cluster.local' })).toEqual(['shop/v v → farther:80?']);
  });

  it('a host that is assumed to exist is unknown in a complete one as well', async () => {
    const mesh = await meshOf([], { assume: { services: ['pay/far'] } });
    expect(tell(mesh, { host: 'far.pay.svc.cluster.local' })).toEqual(['unknown: the host is not in the input']);
    expect(tell(mesh, { host: 'near.pay.svc.cluster.local' })).toEqual(['passthrough']);
  });

  it('a subset is unknown without any rule for the host, and absent where there is one without it', async () => {
    const routed = virtualService(
      'shop/v',
      '{ hosts: [reviews], http: [{ name: v, route: [{ destination: { host: reviews, subset: v9 } }] }] }',
    );
    expect(tell(await meshOf([routed], open))).toEqual(['shop/v v → reviews:80|v9?']);
    const rule = manifest('DestinationRule', 'shop/d', '{ host: reviews, subsets: [{ name: v1 }] }');
    expect(tell(await meshOf([routed + rule], open))).toEqual(['shop/v v → reviews:80|v9!']);
  });

  it('a delegate that the input does not have makes unknown what its root leaves to it', async () => {
    const http = `[{ match: [{ uri: { prefix: /d } }], delegate: { name: leaf, namespace: pay } }, { name: rest, ${toWeb} }]`;
    const mesh = await meshOf([virtualService('shop/v', `{ hosts: [reviews], http: ${http} }`)], open);
    expect(tell(mesh, { path: '/d' })).toEqual(['unknown: no such VirtualService in the input']);
    expect(tell(mesh, { path: '/' })).toEqual(['shop/v rest → web:80']);
  });
});

describe('what is in doubt', () => {
  const two = virtualService(
    'shop/v',
    `{ hosts: [reviews], http: [{ name: a, match: [{ uri: { prefix: /a } }], ${toWeb} }, { name: b, ${toWeb} }] }`,
  );

  it('in a route counts for requests that get as far as there', async () => {
    const inFirst = await meshOf([two], {}, { 'VirtualService shop/v': ['spec', 'http', 0, 'route', 0, 'destination', 'host'] });
    expect(tell(inFirst, { path: '/a' })).toEqual(placeholder);
    expect(tell(inFirst)).toEqual(['shop/v b → web:80']);
    const inSecond = await meshOf([two], {}, { 'VirtualService shop/v': ['spec', 'http', 1, 'timeout'] });
    expect(tell(inSecond, { path: '/a' })).toEqual(['shop/v a → web:80']);
    expect(tell(inSecond)).toEqual(placeholder);
  });

  it('in a match counts for all requests that it might be for', async () => {
    const mesh = await meshOf([two], {}, { 'VirtualService shop/v': ['spec', 'http', 0, 'match', 0, 'uri', 'prefix'] });
    expect(tell(mesh)).toEqual(placeholder);
    const leftOut = virtualService('shop/v', `{ hosts: [reviews], http: [{ match: [{ headers: { x-a: 1 } }], ${toWeb} }, { ${toWeb} }] }`);
    expect(tell(await meshOf([leftOut]))).toEqual(['unknown: a field does not have its type']);
  });

  it('in the hosts of a VirtualService counts for every host, elsewhere in its head for its own', async () => {
    const hosts = await meshOf([two], {}, { 'VirtualService shop/v': ['spec', 'hosts', 0] });
    expect(tell(hosts, { host: inShop('web') })).toEqual(placeholder);
    const exported = await meshOf([two], {}, { 'VirtualService shop/v': ['spec', 'exportTo', 0] });
    expect(tell(exported, { host: inShop('web') })).toEqual(['→ web:80']);
    expect(tell(exported)).toEqual(placeholder);
  });

  it('in a Sidecar counts for clients of its namespace, or of all where it is in the root namespace', async () => {
    const sidecar = (name: string): string => manifest('Sidecar', name, '{ egress: [{ hosts: ["*/*"] }] }');
    const egress = ['spec', 'egress', 0, 'hosts', 0];
    expect(tell(await meshOf([sidecar('ops/default')], {}, { 'Sidecar ops/default': egress }))).toEqual(placeholder);
    expect(tell(await meshOf([sidecar('pay/default')], {}, { 'Sidecar pay/default': egress }))).toEqual(['→ reviews:80']);
    expect(tell(await meshOf([sidecar('istio-system/default')], {}, { 'Sidecar istio-system/default': egress }))).toEqual(placeholder);
  });

  it('in a service counts for its clients, and for routes to it', async () => {
    const port = { 'Service shop/web': ['spec', 'ports', 0, 'port'] };
    expect(tell(await meshOf([], {}, port), { host: inShop('web') })).toEqual(placeholder);
    expect(tell(await meshOf([two], {}, port))).toEqual(['shop/v b → web:80?']);
  });

  it('in a Gateway counts for the pods that have it, in its selector for all', async () => {
    const gateway = manifest(
      'Gateway',
      'shop/gw',
      '{ selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
    );
    const asked = { from: 'gateway', host: 'shop.example.com' };
    expect(tell(await meshOf([gateway]), asked)).toEqual(['no-route']);
    expect(tell(await meshOf([gateway], {}, { 'Gateway shop/gw': ['spec', 'servers', 0, 'hosts', 0] }), asked)).toEqual(placeholder);
    expect(tell(await meshOf([gateway], {}, { 'Gateway shop/gw': ['spec', 'selector', 'istio'] }), asked)).toEqual(placeholder);
    expect(tell(await meshOf([gateway], {}, { 'Gateway shop/gw': ['spec', 'servers', 0] }))).toEqual(['→ reviews:80']);
  });

  it('is a VirtualService that two files define in different ways, but not one that is there twice', async () => {
    const other = virtualService('shop/v', `{ hosts: [reviews], http: [{ name: other, ${toWeb} }] }`);
    expect(tell(await meshOf([two, other]))).toEqual(['unknown: a VirtualService is defined in several ways']);
    expect(tell(await meshOf([two, two]))).toEqual(['shop/v b → web:80']);
    // In one file the last is applied over the first.
    expect(tell(await meshOf([two + other]))).toEqual(['shop/v other → web:80']);
  });
});
