import type { ReadDocument } from '../graph/subjects.ts';
import type { Unread } from '../graph/unread.ts';
import { type Doubt, hasPlaceholder, type UnknownIdentity } from '../model/doubt.ts';
import type { Kind, ModelKind } from '../model/kinds.ts';
import type { Origin } from '../model/place.ts';
import type { Metadata, Resource } from '../model/resource.ts';
import type { Path, Value } from '../yaml/value.ts';
import { customized } from './customize.ts';
import { type Identity, identifyInKustomize } from './kustomize-identity.ts';
import type { KustomizedFile } from './kustomize-tree.ts';
import type { MeshSpec } from './meshes.ts';
import type { ReadResource } from './read-resources.ts';

const noLabels: Readonly<Record<string, string>> = {};

/** Collects what some sources bring into one mesh. */
export class MeshPart {
  readonly spec: MeshSpec;
  readonly resources: Resource[] = [];
  readonly documents: ReadDocument[] = [];
  readonly operators: Value[] = [];
  readonly unread: Unread[] = [];
  /** There are resources that are only context. */
  hasContext = false;
  /** What is said of all resources of a kind, once. */
  readonly #unreadKinds = new Map<ModelKind, Unread>();

  constructor(spec: MeshSpec) {
    this.spec = spec;
  }

  /** `file`: what kustomizations make of the source that it stands in. */
  add(read: ReadResource, file: KustomizedFile | undefined): void {
    const identity = this.#identify(read, file);
    const { name, namespace, unknown } = identity;
    const { row, body, doubts, leftOut, origin } = file === undefined ? read : customized(read, file);
    if (body === undefined) {
      if (name !== '') {
        const { namespaces, names } = unknown ?? { namespaces: [namespace], names: [name] };
        this.unread.push({ kind: row.kind, namespaces, names, reason: 'a resource of that name is too broken to be read' });
      }
      return;
    }
    this.hasContext ||= origin.text.context;
    const { metadata } = body;
    const resource = assemble(
      row,
      body,
      { name, namespace, labels: metadata.labels ?? noLabels, annotations: metadata.annotations ?? noLabels },
      origin,
      leftOut,
    );
    this.resources.push(doubts.length === 0 && unknown === undefined ? resource : withDoubts(resource, doubts, unknown));
  }

  addUnread(kind: ModelKind, reason: string): void {
    this.#addUnread({ kind, namespaces: undefined, names: undefined, reason });
  }

  #addUnread(unread: Unread): void {
    if (this.#unreadKinds.has(unread.kind)) return;
    this.#unreadKinds.set(unread.kind, unread);
    this.unread.push(unread);
  }

  /** Adds what another part has collected. */
  append(part: MeshPart): void {
    for (const resource of part.resources) this.resources.push(resource);
    for (const document of part.documents) this.documents.push(document);
    for (const operator of part.operators) this.operators.push(operator);
    for (const unread of part.unread) {
      if (part.#unreadKinds.get(unread.kind) === unread) this.#addUnread(unread);
      else this.unread.push(unread);
    }
    this.hasContext ||= part.hasContext;
  }

  /** The namespace that a resource is in, as far as that is known without a look at kustomizations. */
  namespaceOf(row: Kind, written: string): string {
    return row.scope === 'cluster' ? '' : written || this.spec.defaultNamespace;
  }

  #identify(read: ReadResource, file: KustomizedFile | undefined): Identity {
    const identity = file === undefined ? undefined : identifyInKustomize(read, file, this.spec.defaultNamespace);
    const name = identity?.name ?? read.name;
    const namespace = identity?.namespace ?? this.namespaceOf(read.row, read.namespace);
    if (read.doubts.length === 0 || identity?.unknown !== undefined) return { name, namespace, unknown: identity?.unknown };
    // A namespace that kustomizations give stands over a placeholder.
    const unknownName = hasPlaceholder(name);
    const unknownNamespace = hasPlaceholder(namespace);
    if (!unknownName && !unknownNamespace) return { name, namespace, unknown: undefined };
    return {
      name,
      namespace,
      unknown: {
        namespaces: unknownNamespace ? undefined : [namespace],
        names: unknownName ? undefined : [name],
        written: { name: read.name, namespace: read.namespace },
      },
    };
  }
}

function withDoubts(resource: Resource, doubts: readonly Doubt[], unknown: UnknownIdentity | undefined): Resource {
  return { ...resource, ...(doubts.length === 0 ? {} : { doubts }), ...(unknown === undefined ? {} : { identity: unknown }) };
}

/**
 * Field by field: with a spread V8 gives each of a hundred thousand objects a hidden class of its own.
 * The body has the generated type of its kind; that kind and body belong together is what the table of kinds says.
 */
function assemble(row: Kind, body: object, metadata: Metadata, origin: Origin, leftOut: readonly Path[]): Resource {
  const { apiVersion } = body as { readonly apiVersion: string };
  const resource: Record<string, unknown> = { apiVersion, kind: row.kind, metadata, origin, leftOut };
  for (const [key, value] of Object.entries(body)) if (!assembled.has(key)) resource[key] = value;
  return resource as unknown as Resource;
}

const assembled: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'origin', 'leftOut', '__proto__']);
