import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import type { StreamEntry } from './route-config.ts';
import { routeConfigsOf } from './virtual-services.ts';

const manifest = (kind: string, name: string, spec: string, version = 'gateway.networking.k8s.io/v1'): string => `
apiVersion: ${version}
kind: ${kind}
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---`;
const gateway = manifest(
  'Gateway',
  'shop/gw',
  '{ gatewayClassName: istio, listeners: [{ name: t, port: 9000, protocol: TCP }, { name: s, port: 443, protocol: TLS, hostname: "*.org", tls: { mode: Passthrough } }] }',
);
const services = ['shop/web', 'shop/db'].map((name) => manifest('Service', name, '{ ports: [{ port: 80 }] }', 'v1')).join('');
const backend = (name: string, more = ''): string => `{ backendRefs: [{ name: ${name}, port: 80${more} }] }`;

async function told(manifests: string): Promise<readonly string[]> {
  const configs = routeConfigsOf(await meshOf(gateway + services + manifests)).all;
  return configs.map(({ name, hosts, gateways, tcp, tls }) =>
    [name.split('~istio')[0], gateways[0]?.split('~').at(-1), hosts[0]?.host, ...[...tcp, ...tls].map(tell)].join(' '),
  );
}

function tell({ matches, targets }: StreamEntry): string {
  const match = matches.map(({ sniHosts, port }) => `${sniHosts.join('+')}${port === undefined ? '' : `:${String(port)}`}`).join(' or ');
  return `[${match}] → ${targets.map(({ host, weight }) => `${host ?? 'nothing'}×${String(weight)}`).join(' ')}`;
}

describe('streams of the Gateway API', () => {
  it('are routes of the listener that takes their kind', async () => {
    expect(await told(manifest('TCPRoute', 'shop/r', `{ parentRefs: [{ name: gw }], rules: [${backend('db')}] }`))).toEqual([
      'r~tcp~0 t * [] → db.shop.svc.cluster.local×1',
    ]);
    expect(
      await told(manifest('TLSRoute', 'shop/r', `{ parentRefs: [{ name: gw }], hostnames: [a.org, b.org], rules: [${backend('web')}] }`)),
    ).toEqual([
      'r~tls~0 s a.org [a.org+b.org] → web.shop.svc.cluster.local×1',
      'r~tls~1 s b.org [a.org+b.org] → web.shop.svc.cluster.local×1',
    ]);
    expect(await told(manifest('UDPRoute', 'shop/r', `{ parentRefs: [{ name: gw }], rules: [${backend('web')}] }`))).toEqual([]);
  });

  it('are in the mesh for the hosts of their parent, on its port if one is named', async () => {
    const parents = 'parentRefs: [{ group: "", kind: Service, name: db, port: 5432 }]';
    expect(await told(manifest('TCPRoute', 'shop/r', `{ ${parents}, rules: [${backend('db')}] }`))).toEqual([
      'r~tcp~0 mesh db.shop.svc.cluster.local [:5432] → db.shop.svc.cluster.local×1',
    ]);
    expect(await told(manifest('TLSRoute', 'shop/r', `{ ${parents}, rules: [${backend('db')}] }`))).toEqual([
      'r~tls~0 mesh db.shop.svc.cluster.local [db.shop.svc.cluster.local:5432] → db.shop.svc.cluster.local×1',
    ]);
  });

  it('go nowhere without weights, or without a grant', async () => {
    const to = (rule: string): string => manifest('TCPRoute', 'shop/r', `{ parentRefs: [{ name: gw }], rules: [${rule}] }`);
    expect(await told(to(backend('db', ', weight: 0')))).toEqual(['r~tcp~0 t * [] → nothing×1']);
    const far = to(backend('db', ', namespace: pay'));
    expect(await told(far)).toEqual(['r~tcp~0 t * [] → nothing×1']);
    const grant = '{ from: [{ group: gateway.networking.k8s.io, kind: TCPRoute, namespace: shop }], to: [{ group: "", kind: Service }] }';
    expect(await told(far + manifest('ReferenceGrant', 'pay/g', grant))).toEqual(['r~tcp~0 t * [] → db.pay.svc.cluster.local×1']);
  });
});
