import { ingest } from '../../engine/ingest.ts';
import type { MeshInput } from '../../graph/mesh.ts';
import { kindRow } from '../../model/kinds.ts';
import type { Resource } from '../../model/resource.ts';
import { validatorChunks } from '../../validator-chunks.ts';
import { library } from '../../yaml/library.ts';

/** What a resource is in a manifest. */
export type Document = Readonly<Record<string, unknown>>;

export function documentOf(resource: Resource): Document {
  const { kind, metadata } = resource;
  const { group, versions, written } = kindRow(kind);
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion: group === '' ? 'v1' : `${group}/${versions[0] ?? 'v1'}`,
    kind: written,
    metadata: { name, ...(namespace === '' ? {} : { namespace }), labels, annotations },
    ...('spec' in resource ? { spec: resource.spec } : {}),
  };
}

/** Reads documents as they come from files: one list for each. */
export async function ingested(files: readonly (readonly Document[])[]): Promise<Pick<MeshInput, 'resources' | 'documents' | 'unread'>> {
  const { resources, documents, unread } = await ingest(
    files.map((file, i) => {
      const text = file.map((document) => JSON.stringify(document)).join('\n---\n');
      return { path: `${String(i).padStart(3, '0')}.yaml`, named: true, read: () => text };
    }),
    { library: () => Promise.resolve(library), validator: (kind) => validatorChunks[kind]() },
    { defaultNamespace: 'default' },
  );
  return { resources, documents, unread };
}
