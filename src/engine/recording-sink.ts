import type { ReadDocument } from '../graph/subjects.ts';
import type { Kind, ModelKind } from '../model/kinds.ts';
import type { Value, ValueObject } from '../yaml/value.ts';
import type { ReadResource } from './read-resources.ts';
import type { SourceSink } from './read-source.ts';

/** Keeps what a source holds until it is known what kustomizations make of it. */
export class RecordingSink implements SourceSink {
  readonly takes: (value: Value) => boolean;
  readonly #replays: ((sink: SourceSink) => void)[] = [];

  constructor(takes: (value: Value) => boolean) {
    this.takes = takes;
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

  namespaceOf(_row: Kind, written: string): string {
    return written;
  }
}
