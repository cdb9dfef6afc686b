import type { Source } from '../text/source.ts';
import type { Value } from '../yaml/value.ts';
import type { KustomizedFile } from './kustomize-tree.ts';
import type { Loaders } from './loaders.ts';
import type { MeshPart } from './mesh-part.ts';
import { MeshSink } from './mesh-sink.ts';
import { SourceReader } from './read-source.ts';
import { type Purpose, RecordingSink } from './recording-sink.ts';
import { Tally } from './tally.ts';

/** A mesh that a source is in, and what kustomizations make of the source there. */
export interface Target<P extends MeshPart = MeshPart> {
  readonly part: P;
  readonly file: KustomizedFile | undefined;
}

/** Gives what sources hold: read once and passed on, or kept from the last time. */
export interface SourceStore {
  readonly tally: Tally;
  /** What a source holds, for a purpose other than that all of it goes into meshes. */
  record(source: Source, purpose: Exclude<Purpose, 'resources'>): Promise<RecordingSink>;
  /** Puts what a source holds into meshes; `recorded`: it has been read already. */
  fill(source: Source, targets: readonly Target[], recorded: RecordingSink | undefined): Promise<void>;
  /** The values of a text that stands inside of another one; what is wrong with it, where it is no YAML. */
  readText(text: string): Promise<readonly Value[] | { readonly problem: string }>;
}

/** Reads each source when it is asked for, and keeps nothing. */
export class Reading implements SourceStore {
  readonly tally = new Tally();
  readonly #reader: SourceReader;

  constructor(loaders: Loaders) {
    this.#reader = new SourceReader(loaders);
  }

  async record(source: Source, purpose: Purpose): Promise<RecordingSink> {
    const sink = new RecordingSink(purpose);
    await this.#reader.read(source, sink, this.tally);
    return sink;
  }

  async fill(source: Source, targets: readonly Target[], recorded: RecordingSink | undefined): Promise<void> {
    const sink = new MeshSink(targets);
    if (recorded === undefined) await this.#reader.read(source, sink, this.tally);
    else recorded.replay(sink);
  }

  readText(text: string): Promise<readonly Value[] | { readonly problem: string }> {
    return this.#reader.readText(text);
  }
}
