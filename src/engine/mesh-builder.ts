import { builtIn } from '../graph/built-in.ts';
import { identityOf, type Resource } from '../model/resource.ts';
import type { KustomizeTree } from './kustomize-tree.ts';
import { MeshPart } from './mesh-part.ts';
import type { MeshSpec } from './meshes.ts';

/** Collects what belongs to one mesh, from all its sources in their order. */
export class MeshBuilder extends MeshPart {
  readonly kustomize: KustomizeTree | undefined;

  constructor(spec: MeshSpec, kustomize: KustomizeTree | undefined) {
    super(spec);
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

  /** What the sources hold, with what every mesh has. `rootNamespace`: Istio's. */
  whole(rootNamespace: string): readonly Resource[] {
    const { complete } = this.spec;
    const read = this.read();
    const whole = complete === true || (typeof complete === 'object' && (complete.namespaces?.includes(rootNamespace) ?? true));
    return whole ? [...read, ...builtIn(rootNamespace, read)] : read;
  }

  /** What the sources hold. A file that is linted stands over what the context says of the same resource. */
  read(): readonly Resource[] {
    if (!this.hasContext) return this.resources;
    const own = new Set<string>();
    for (const resource of this.resources) if (!resource.origin.text.context) own.add(identityOf(resource));
    return this.resources.filter((resource) => !resource.origin.text.context || !own.has(identityOf(resource)));
  }
}
