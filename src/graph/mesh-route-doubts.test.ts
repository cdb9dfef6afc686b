import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import type { Answer } from './answer.ts';
import type { Completeness } from './completeness.ts';
import { meshRoutesOf } from './mesh-routes.ts';
import { clustersOf } from './registry.ts';
import { sidecarScopesOf } from './sidecars.ts';

const manifest = (apiVersion: string, kind: string, name: string, spec: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---`;
const service = (ports = '[{ name: http, port: 80 }]'): string => manifest('v1', 'Service', 'shop/web', `{ ports: ${ports} }`);
const entry = (namespace: string): string =>
  manifest(
    'networking.istio.io/v1',
    'ServiceEntry',
    `${namespace}/ext`,
    '{ hosts: [a.org], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }',
  );
const routes = (hosts: string): string =>
  manifest(
    'networking.istio.io/v1',
    'VirtualService',
    'shop/web',
    `{ hosts: [${hosts}], http: [{ route: [{ destination: { host: web } }] }] }`,
  );
const sidecar = (host: string): string =>
  manifest('networking.istio.io/v1', 'Sidecar', 'shop/default', `{ egress: [{ hosts: ["${host}"] }] }`);
const web = 'web.shop.svc.cluster.local';

async function asked(manifests: string, host = web, complete: Completeness = true): Promise<readonly [clusters: string, routes: string]> {
  const mesh = await meshOf(manifests, {}, complete);
  const [scope] = sidecarScopesOf(mesh, 'shop', {});
  const tell = (answer: Answer<unknown>): string =>
    answer.kind === 'unknown' ? answer.reason : answer.kind === 'missing' ? `missing ${answer.cause}` : answer.kind;
  const shop = { namespace: 'shop', labels: {} };
  return [tell(clustersOf(mesh, { namespace: 'shop', scope }, host)), tell(meshRoutesOf(mesh, shop, host, 80))];
}

describe('the clusters and the routes of a sidecar for a host', () => {
  it('are definite where everything is known, and missing where the input knows that there are none', async () => {
    expect(await asked(service() + routes('web'))).toEqual(['found', 'found']);
    expect(await asked(service(), 'web.pay.svc.cluster.local')).toEqual(['missing host web.pay.svc.cluster.local', 'found']);
    expect(await asked(service() + sidecar('pay/*'))).toEqual([`missing host ${web}`, 'found']);
  });

  it('are order-dependent where the oldest definition decides', async () => {
    expect(await asked(entry('a') + entry('b'), 'a.org')).toEqual(['order-dependent', 'order-dependent']);
  });

  it('are not known where the host may lie elsewhere', async () => {
    expect(await asked(service(), 'web.pay.svc.cluster.local', false)).toEqual([
      'the host is not in the input',
      'the host is not in the input',
    ]);
  });

  it('are not known where a service, a Sidecar or a VirtualService is not', async () => {
    const placeholder = 'a value is a placeholder';
    expect(await asked(service('[{ name: "${NAME}", port: 80 }]'))).toEqual([placeholder, placeholder]);
    expect((await asked(service() + sidecar('${NAMESPACE}/*')))[1]).toBe(placeholder);
    expect(await asked(service() + routes('"${HOST}"'))).toEqual(['found', placeholder]);
  });
});
