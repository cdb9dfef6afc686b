import type { ReadDocument } from '../graph/subjects.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { Value, ValueObject } from '../yaml/value.ts';
import { isKustomization } from './kustomization.ts';
import type { ReadResource } from './read-resources.ts';
import type { SourceSink } from './read-source.ts';

/**
 * What a source is read for: the resources in it, kustomizations and the resources beside them, patches that are no resources, or patches that
 * some other kustomization lists as resources.
 */
export type Purpose = 'resources' | 'kustomizations' | 'patches' | 'patches-and-resources';

/** Keeps what a source holds until it is known what kustomizations make of it. */
export class RecordingSink implements SourceSink {
  readonly takes?: (value: Value) => boolean;
  /** The kustomizations or patches, whatever the source is read for. */
  readonly values: Value[] = [];
  readonly #replays: ((sink: SourceSink) => void)[] = [];

  constructor(purpose: Purpose) {
    if (purpose === 'resources') return;
    this.takes = (value) => {
      if (purpose === 'kustomizations' && !isKustomization(value)) return false;
      this.values.push(value);
      return purpose !== 'patches-and-resources';
    };
  }

  /** Gives everything to another sink, in the order in which it came. */
  replay(sink: SourceSink): void {
    for (const replay of this.#replays) replay(sink);
  }

  resource(read: ReadResource): void {
    this.#replays.push((sink) => sink.resource(read));
  }

  document(document: ReadDocument): void {
    this.#replays.push((sink) => sink.document(document));
  }

  unread(kind: ModelKind, reason: string): void {
    this.#replays.push((sink) => sink.unread(kind, reason));
  }

  operator(value: ValueObject): void {
    this.#replays.push((sink) => sink.operator(value));
  }
}
