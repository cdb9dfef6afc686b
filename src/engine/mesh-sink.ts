import type { DocumentProblem, ReadDocument } from '../graph/subjects.ts';
import { kindOf, type ModelKind } from '../model/kinds.ts';
import type { Placeable } from '../model/place.ts';
import type { Value } from '../yaml/value.ts';
import { withoutPatched } from './customize.ts';
import type { ReadResource } from './read-resources.ts';
import type { SourceSink } from './read-source.ts';
import type { Target } from './source-store.ts';

/** Hands what a source holds to each mesh that it is in. */
export class MeshSink implements SourceSink {
  readonly #targets: readonly Target[];

  constructor(targets: readonly Target[]) {
    this.#targets = targets;
  }

  resource(read: ReadResource): void {
    for (const { part, file } of this.#targets) part.add(read, file);
  }

  document(document: ReadDocument): void {
    const placed = this.#placed(document);
    for (const { part, file } of this.#targets) {
      const own = file === undefined ? placed : withoutPatched(placed, file);
      if (own.problems.length > 0) part.documents.push(own);
    }
  }

  unread(kind: ModelKind, reason: string): void {
    for (const { part } of this.#targets) part.addUnread(kind, reason);
  }

  operator(value: Value): void {
    for (const { part } of this.#targets) part.operators.push(value);
  }

  /** Faults of a resource are reported in the namespace that it is in, not in the one that is written. */
  #placed(document: ReadDocument): ReadDocument {
    const placed = new Map<Placeable, Placeable>();
    const problems = document.problems.map((problem): DocumentProblem => {
      const { at } = problem;
      if (problem.kind !== 'shape' || at.kind === 'text') return problem;
      const resource = placed.get(at.resource) ?? this.#inNamespace(at.resource);
      placed.set(at.resource, resource);
      return resource === at.resource ? problem : { ...problem, at: { ...at, resource } };
    });
    return { ...document, problems };
  }

  #inNamespace(resource: Placeable): Placeable {
    const row = kindOf(resource.apiVersion, resource.kind);
    const [first] = this.#targets;
    if (typeof row === 'string' || first === undefined) return resource;
    const { name, namespace } = resource.metadata;
    const [context, ...others] = first.file?.contexts ?? [];
    const given = others.length === 0 ? context?.namespace : undefined;
    return { ...resource, metadata: { name, namespace: first.part.namespaceOf(row, given ?? namespace) } };
  }
}
