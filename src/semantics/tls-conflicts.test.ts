import { describe, expect, it } from 'vitest';
import { meshOf } from './effects/mesh-of.test-support.ts';
import { tlsConflicts } from './tls-conflicts.ts';
import { coversCluster, namespaceModeOf, namespaceWildcard, tlsFor } from './tls-policies.ts';

const policy = (name: string, namespace: string, mode: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { mtls: { mode: ${mode} } }
`;
const rule = (host: string, mode: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: rule, namespace: ${namespace} }
spec: { host: '${host}', trafficPolicy: { tls: { mode: ${mode} } } }
`;
const pods = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop, labels: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: b, namespace: shop, labels: { app: web, sidecar.istio.io/inject: "false" } }
`;

async function outcomes(manifests: string): Promise<readonly string[]> {
  const mesh = await meshOf(manifests);
  return mesh
    .of('DestinationRule')
    .flatMap((one) => tlsConflicts(mesh, one).map(({ outcome, server, partly }) => `${server} ${outcome}${partly ? ' partly' : ''}`));
}

describe('what clients send and what pods take', () => {
  it('fits for some pods only', async () => {
    expect(await outcomes(rule('web', 'DISABLE') + policy('default', 'shop', 'STRICT') + pods)).toEqual(['STRICT reset partly']);
    expect(await outcomes(rule('web', 'ISTIO_MUTUAL') + policy('default', 'shop', 'STRICT') + pods)).toEqual([
      'no-proxy tls-to-application partly',
    ]);
    expect(await outcomes(rule('web', 'DISABLE') + policy('default', 'shop', 'PERMISSIVE') + pods)).toEqual([]);
  });

  it('is compared for services that a wildcard covers, and for no rule that clients do not get', async () => {
    const strict = policy('default', 'shop', 'STRICT') + pods;
    expect(await outcomes(rule('*.local', 'SIMPLE', 'istio-system') + strict)).toEqual(['STRICT no-client-certificate partly']);
    expect(await outcomes(rule('*.local', 'SIMPLE', 'istio-system') + rule('web', 'DISABLE') + strict)).toEqual(['STRICT reset partly']);
  });
});

describe('what policies say of a namespace', () => {
  it('is said by the nearest level, where the order of creation makes no difference', async () => {
    const mesh = await meshOf(
      policy('default', 'istio-system', 'STRICT') +
        policy('a', 'shop', 'UNSET') +
        policy('a', 'pay', 'DISABLE') +
        policy('b', 'pay', 'STRICT'),
    );
    expect(namespaceModeOf(mesh, 'shop')).toMatchObject({ mode: 'STRICT', level: 'mesh' });
    expect(namespaceModeOf(mesh, 'pay')).toBeUndefined();
  });

  it('is compared with the rule that clients get for a service of any name', async () => {
    const mesh = await meshOf(rule('*.local', 'ISTIO_MUTUAL', 'istio-system') + rule('*.pay.svc.cluster.local', 'DISABLE', 'pay'));
    expect(tlsFor(mesh, 'shop').map(({ tls }) => tls.mode)).toEqual(['ISTIO_MUTUAL']);
    expect(tlsFor(mesh, 'pay').map(({ tls }) => tls.mode)).toEqual(['DISABLE']);
    expect(namespaceWildcard(mesh, '*.pay.svc.cluster.local')).toBe('pay');
    expect(namespaceWildcard(mesh, '*.local')).toBeUndefined();
    expect([coversCluster(mesh, '*.local'), coversCluster(mesh, '*.pay.svc.cluster.local')]).toEqual([true, false]);
  });
});
