import { describe, expect, it } from 'vitest';
import { ingest } from '../engine/ingest.ts';
import { nameOf } from '../model/resource.ts';
import { validatorChunks } from '../validator-chunks.ts';
import { library } from '../yaml/library.ts';
import { createMesh } from './mesh.ts';
import { defaultMeshConfig } from './mesh-config.ts';

const rule = (name: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---`;
const routes = (status: number): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: shop, name: web }
spec: { hosts: [web], http: [{ directResponse: { status: ${String(status)} } }] }
---`;
const service = `
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: web }
spec: { ports: [{ name: http, port: 80 }] }
---`;

/** What clients of a namespace get, as the VirtualService of dev/ is told. */
async function got(files: { readonly base?: string; readonly dev?: string; readonly prod?: string }, client = 'shop'): Promise<string> {
  const { base = '', dev = '', prod = '' } = files;
  const texts = { 'base.yaml': service + base, 'dev/mesh.yaml': routes(404) + dev, 'prod/mesh.yaml': routes(503) + prod };
  const { resources, documents } = await ingest(
    Object.entries(texts).map(([path, text]) => ({ path, named: true, read: () => text })),
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  const mesh = createMesh({ resources, documents, complete: true, config: defaultMeshConfig, domain: 'cluster.local' });
  const from = mesh.of('VirtualService').find(({ origin }) => origin.text.source.path === 'dev/mesh.yaml');
  const answer = mesh.destinationRuleFor(client, 'web.shop.svc.cluster.local', from);
  if (answer.kind === 'unknown') return answer.reason;
  return answer.kind === 'found' ? answer.value.rules.map(nameOf).join(' ') : answer.kind;
}

describe('the DestinationRule that is looked for from a file that has variants', () => {
  const exact = '{ host: web }';

  it('is none of another variant', async () => {
    expect(await got({ dev: rule('shop/dev', exact), prod: rule('shop/prod', exact) })).toBe('shop/dev');
    expect(await got({ prod: rule('shop/prod', exact) })).toBe('files define a resource in different ways, and which is real is not known');
  });

  it('is the one that a rule of another variant stands in front of', async () => {
    const wide = rule('shop/wide', '{ host: "*.shop.svc.cluster.local" }');
    expect(await got({ base: wide, prod: rule('shop/prod', exact) })).toBe('shop/wide');
    expect(await got({ base: rule('istio-system/root', '{ host: "*.local" }'), prod: rule('shop/prod', exact) })).toBe('istio-system/root');
    // For clients elsewhere the best host ends its level, even where its rule is for others only.
    const elsewhere = rule('shop/prod', '{ host: web, exportTo: [other] }');
    const root = rule('istio-system/root', '{ host: "*.local" }');
    expect(await got({ base: wide + root, prod: elsewhere }, 'client')).toBe('shop/wide');
    expect(await got({ base: wide + root + elsewhere }, 'client')).toBe('istio-system/root');
  });

  it('does not depend on the labels of pods that a rule of another variant selects', async () => {
    const forPods = rule('shop/prod', '{ host: web, workloadSelector: { matchLabels: { app: web } } }');
    expect(await got({ base: rule('shop/plain', exact), prod: forPods })).toBe('shop/plain');
    expect(await got({ base: rule('shop/plain', exact) + forPods })).toBe(
      'a DestinationRule with a workloadSelector decides by the client pod',
    );
  });
});
