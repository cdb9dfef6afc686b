import type { Place, SourceText } from '../model/place.ts';
import { ReadError, type Source } from '../text/source.ts';
import type { KustomizedFile } from './kustomize-tree.ts';
import type { KnownPlaces, Located } from './locate.ts';
import type { MeshPart } from './mesh-part.ts';
import type { MeshSpec } from './meshes.ts';
import type { Purpose, RecordingSink } from './recording-sink.ts';
import { hasMark } from './suppression-watch.ts';
import type { Tally } from './tally.ts';

/** What was read in a source, and what was counted meanwhile. */
export interface Recorded {
  readonly sink: RecordingSink;
  readonly tally: Tally;
}

/** What a source has brought into the meshes that it is in. */
export interface Contribution {
  readonly from: RecordingSink;
  readonly targets: readonly { readonly spec: MeshSpec; readonly file: KustomizedFile | undefined; readonly part: MeshPart }[];
}

/** The text as places name it: the same object for as long as the source is held, so that what has not changed stays the same. */
class HeldText implements SourceText {
  readonly source: Source;
  readonly context: boolean;
  hash = 0;

  constructor(source: HeldSource) {
    this.source = source;
    this.context = source.context;
  }
}

/** A source with its text, and with all that follows from the text alone. */
export class HeldSource implements Source {
  readonly path: string;
  readonly named: boolean;
  readonly context: boolean;
  readonly sourceText: HeldText;
  readonly recorded = new Map<Purpose, Recorded>();
  /** Of the text as it is, or as it was: for what has stayed the same. */
  contribution: Contribution | undefined;
  places: KnownPlaces = { byPlace: new WeakMap<Place, Located>(), byQuestion: new Map() };
  /** The text has what may be a suppression. */
  marked = false;
  #text: string | ReadError | undefined;

  constructor({ path, named, context }: Source) {
    this.path = path;
    this.named = named === true;
    this.context = context === true;
    this.sourceText = new HeldText(this);
  }

  read(): string {
    if (typeof this.#text === 'string') return this.#text;
    throw this.#text ?? new Error('the source is held and was not read');
  }

  /** Reads the text again; false: it is what it was. */
  refresh(source: Source): boolean {
    const text = textOf(source);
    if (typeof text === 'string' && text === this.#text) return false;
    this.#text = text;
    this.recorded.clear();
    this.places = { byPlace: new WeakMap(), byQuestion: new Map() };
    this.marked = !this.context && typeof text === 'string' && hasMark(text);
    return true;
  }
}

function textOf(source: Source): string | ReadError {
  try {
    return source.read();
  } catch (error) {
    if (error instanceof ReadError) return error;
    throw error;
  }
}
