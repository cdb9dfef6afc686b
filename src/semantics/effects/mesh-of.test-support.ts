import { ingest } from '../../engine/ingest.ts';
import type { Completeness } from '../../graph/completeness.ts';
import { createMesh, type Mesh } from '../../graph/mesh.ts';
import { defaultMeshConfig, type MeshConfig } from '../../graph/mesh-config.ts';
import { validatorChunks } from '../../validator-chunks.ts';
import { library } from '../../yaml/library.ts';

/** The mesh that a test writes down, complete unless it says otherwise, with the trust domain cluster.local unless it says another or none. */
export async function meshOf(manifests: string, config: Partial<MeshConfig> = {}, complete: Completeness = true): Promise<Mesh> {
  const { resources, documents } = await ingest(
    [{ path: 'mesh.yaml', named: true, read: () => manifests }],
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  return createMesh({
    resources,
    documents,
    complete,
    config: { ...defaultMeshConfig, trustDomain: 'cluster.local', ...config },
    domain: 'cluster.local',
  });
}
