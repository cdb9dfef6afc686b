import { ReadError, type Source } from '../text/source.ts';
import { splitDocuments } from '../yaml/documents.ts';
import { readHead } from '../yaml/head.ts';
import { type Library, readDocument } from '../yaml/read.ts';
import { createStrings } from '../yaml/strings.ts';
import type { Value } from '../yaml/value.ts';
import { isKustomization, type Kustomization, readKustomization } from './kustomization.ts';
import { isKustomizationPath } from './kustomization-path.ts';
import { fieldOf, isOurs, itemsOf, modelledKind, stringOf, typeMetaOf } from './ours.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Definition, FoundFile } from './suggest-meshes.ts';

/** What each source defines, without a look at what is wrong with it: only files with manifests or a kustomization. What can't be read has neither. */
export function readFoundFiles(sources: readonly Source[], library: Library): readonly FoundFile[] {
  const strings = createStrings();
  return sources.flatMap((source) => {
    const { path } = source;
    const text = textOf(source);
    const definitions: Definition[] = [];
    let kustomization: Kustomization | undefined;
    for (const span of splitDocuments(text)) {
      const head = readHead(text, span);
      const kustomized = isKustomizationPath(path);
      if (head.template || !(isOurs(head) || head.unsure || kustomized)) continue;
      const reading = readDocument(text, span, library, strings);
      if (reading === 'library-needed' || reading.kind !== 'value') continue;
      if (kustomized && isKustomization(reading.value)) kustomization = readKustomization(path, reading.value);
      else definitions.push(...definitionsIn(reading.value));
    }
    return definitions.length > 0 || kustomization !== undefined ? [{ path, definitions, kustomization }] : [];
  });
}

function textOf(source: Source): string {
  try {
    return source.read();
  } catch (error) {
    if (error instanceof ReadError) return '';
    throw error;
  }
}

function* definitionsIn(value: Value): Generator<Definition> {
  const items = itemsOf(value, 'items');
  if (items.length > 0) {
    for (const item of items) yield* definitionsIn(item);
    return;
  }
  const row = modelledKind(typeMetaOf(value));
  // Repositories say again and again that a namespace exists.
  if (row === undefined || row.kind === 'Namespace') return;
  const metadata = fieldOf(value, 'metadata');
  const [name = '', namespace = ''] = [stringOf(metadata, 'name'), stringOf(metadata, 'namespace')];
  const known = name !== '' && !isPlaceholder(name) && !isPlaceholder(namespace);
  yield { identity: known ? `${row.kind} ${namespace}/${name}` : '', content: known ? canonical(value) : '' };
}

/** Equal for values that differ in the order of their keys only. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_, inner: Value) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
