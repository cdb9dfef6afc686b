import { builtIn } from '../graph/built-in.ts';
import type { ReadDocument } from '../graph/subjects.ts';
import type { Unread } from '../graph/unread.ts';
import { type Doubt, hasPlaceholder, type UnknownIdentity } from '../model/doubt.ts';
import type { Kind, ModelKind } from '../model/kinds.ts';
import type { Origin } from '../model/place.ts';
import { identityOf, type Metadata, type Resource } from '../model/resource.ts';
import type { Path, Value } from '../yaml/value.ts';
import { customized } from './customize.ts';
import { type Identity, identifyInKustomize } from './kustomize-identity.ts';
import type { KustomizedFile, KustomizeTree } from './kustomize-tree.ts';
import type { MeshSpec } from './meshes.ts';
import type { ReadResource } from './read-resources.ts';

const noLabels: Readonly<Record<string, string>> = {};

/** Collects what belongs to one mesh. */
export class MeshBuilder {
  readonly spec: MeshSpec;
  readonly kustomize: KustomizeTree | undefined;
  readonly documents: ReadDocument[] = [];
  readonly operators: Value[] = [];
  readonly unread: Unread[] = [];
  readonly #resources: Resource[] = [];
  readonly #unreadKinds = new Set<ModelKind>();
  #hasContext = false;

  constructor(spec: MeshSpec, kustomize: KustomizeTree | undefined) {
    this.spec = spec;
    this.kustomize = kustomize;
    for (const { kind, name, namespace, context } of kustomize?.generated ?? []) {
      this.unread.push({
        kind,
        namespaces: context.opaque ? undefined : [context.namespace ?? (namespace || spec.defaultNamespace)],
        names: context.opaque ? undefined : [context.prefix + name + context.suffix],
        reason: `a Kustomize generator makes a ${kind}`,
      });
    }
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
    this.#hasContext ||= origin.text.context;
    const { metadata } = body;
    const resource = assemble(
      row,
      body,
      { name, namespace, labels: metadata.labels ?? noLabels, annotations: metadata.annotations ?? noLabels },
      origin,
      leftOut,
    );
    this.#resources.push(doubts.length === 0 && unknown === undefined ? resource : withDoubts(resource, doubts, unknown));
  }

  addUnread(kind: ModelKind, reason: string): void {
    if (this.#unreadKinds.has(kind)) return;
    this.#unreadKinds.add(kind);
    this.unread.push({ kind, namespaces: undefined, names: undefined, reason });
  }

  /** The namespace that a resource is in, as far as that is known without a look at kustomizations. */
  namespaceOf(row: Kind, written: string): string {
    return row.scope === 'cluster' ? '' : written || this.spec.defaultNamespace;
  }

  /** In the order of the sources, with what every mesh has. `rootNamespace`: Istio's. */
  resources(rootNamespace: string): readonly Resource[] {
    const { complete } = this.spec;
    const read = this.read();
    const whole = complete === true || (typeof complete === 'object' && (complete.namespaces?.includes(rootNamespace) ?? true));
    return whole ? [...read, ...builtIn(rootNamespace, read)] : read;
  }

  /** What the sources hold. A file that is linted stands over what the context says of the same resource. */
  read(): readonly Resource[] {
    if (!this.#hasContext) return this.#resources;
    const own = new Set<string>();
    for (const resource of this.#resources) if (!resource.origin.text.context) own.add(identityOf(resource));
    return this.#resources.filter((resource) => !resource.origin.text.context || !own.has(identityOf(resource)));
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
