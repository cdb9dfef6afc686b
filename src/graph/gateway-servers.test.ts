import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { gatewayPortsOf, gatewayRoutesOf } from './gateway-routes.ts';
import { serversOf } from './gateway-servers.ts';

const pods = (labels = '{ istio: edge }'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: edge, name: edge }
spec:
  selector: { matchLabels: { istio: edge } }
  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: proxy, image: auto }] } }
---`;
const gateway = (name: string, servers: string, selector = '{ istio: edge }'): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { namespace: edge, name: ${name} }
spec: { selector: ${selector}, servers: [${servers}] }
---`;
const http = '{ port: { number: 80, name: http, protocol: HTTP }, hosts: [a.org] }';
const tcp = '{ port: { number: 80, name: tcp, protocol: TCP }, hosts: ["*"] }';
const route = (hosts = '[a.org]'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: edge, name: a }
spec: { hosts: ${hosts}, gateways: [web], http: [{ route: [{ destination: { host: a } }] }] }
---`;

interface Told {
  readonly servers: string;
  readonly port: string;
  readonly routes: string;
}

async function asked(manifests: string): Promise<Told> {
  const mesh = await meshOf(manifests);
  const [edge] = mesh.workloads;
  if (edge === undefined) return { servers: '', port: '', routes: '' };
  const tell = (answer: { readonly kind: string; readonly reason?: string }): string => answer.reason ?? answer.kind;
  return {
    servers: tell(serversOf(mesh, edge)),
    port: tell(gatewayPortsOf(mesh, edge, 80)),
    routes: tell(gatewayRoutesOf(mesh, edge, 80, 'a.org')),
  };
}

describe('the servers of a gateway, its ports and its routes', () => {
  it('are definite where everything is known, and order-dependent where Gateways contend', async () => {
    expect(await asked(pods() + gateway('web', http) + route())).toEqual({ servers: 'found', port: 'found', routes: 'found' });
    expect(await asked(pods() + gateway('web', http) + gateway('raw', tcp) + route())).toEqual({
      servers: 'found',
      port: 'order-dependent',
      routes: 'order-dependent',
    });
  });

  it('are not known where a Gateway or the labels of the pods are not', async () => {
    const placeholder = { servers: 'a value is a placeholder', port: 'a value is a placeholder', routes: 'a value is a placeholder' };
    expect(await asked(pods() + gateway('web', http, '{ istio: "${EDGE}" }'))).toEqual(placeholder);
    expect(await asked(pods() + gateway('web', http.replace('a.org', '"${HOST}"')))).toEqual(placeholder);
    expect(await asked(pods('{ istio: edge, app: "${APP}" }') + gateway('web', http))).toEqual(placeholder);
  });

  it('leave the routes unknown where those of a VirtualService are', async () => {
    expect(await asked(pods() + gateway('web', http) + route('["${HOST}"]'))).toEqual({
      servers: 'found',
      port: 'found',
      routes: 'a value is a placeholder',
    });
  });
});
