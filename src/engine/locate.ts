import type { Origin, Place, SourceText } from '../model/place.ts';
import { frameLines, type Location } from '../rule/finding.ts';
import { createLines, type Lines } from '../text/lines.ts';
import { lineHashes } from '../text/line-hash.ts';
import type { Range } from '../text/range.ts';
import { ReadError } from '../text/source.ts';
import { contentStart, splitDocuments } from '../yaml/documents.ts';
import { type Library, readNodes, resolveNearest } from '../yaml/read.ts';
import { copyOf, createStrings, type Strings } from '../yaml/strings.ts';
import type { DocumentSpan, Node, Path } from '../yaml/value.ts';
import { WantedPaths } from '../yaml/wanted-paths.ts';
import { hashText } from './hash.ts';

/** Where a place is in its text. */
export interface Located {
  readonly location: Location;
  /** Where the aliased value itself stands, if the place was reached through an alias. */
  readonly anchor?: Location;
  /** What the value begins with as it is written: tells its quotes. Absent where the place is not in the text. */
  readonly first?: string;
}

export interface LocateOptions {
  readonly lineHashes: boolean;
  readonly library: () => Promise<Library>;
  readonly memory?: LocateMemory | undefined;
}

/** What was found in texts that are still the same. */
export interface LocateMemory {
  of(text: SourceText): KnownPlaces | undefined;
}

/** By the place itself, and by what it asks for. */
export interface KnownPlaces {
  readonly byPlace: WeakMap<Place, Located>;
  readonly byQuestion: Map<string, Located>;
}

export interface LocatedPlaces {
  readonly places: ReadonlyMap<Place, Located>;
  /** Paths of sources that were not what they had been: their places are approximate. */
  readonly changed: readonly string[];
}

/** Finds places in their texts, by a second pass over just the documents that are concerned, one source at a time. */
export async function locate(places: Iterable<Place>, options: LocateOptions): Promise<LocatedPlaces> {
  const bySource = new Map<SourceText, Place[]>();
  for (const place of places) {
    const text = place.kind === 'text' ? place.text : place.resource.origin.text;
    const known = bySource.get(text);
    if (known === undefined) bySource.set(text, [place]);
    else known.push(place);
  }
  const located = new Map<Place, Located>();
  const changed: string[] = [];
  const strings = createStrings();
  for (const [source, ofPlaces] of bySource) {
    const known = options.memory?.of(source);
    const ofSource = known === undefined ? ofPlaces : ofPlaces.filter((place) => !recall(place, known, located));
    if (ofSource.length === 0) continue;
    const text = readAgain(source);
    if (text.changed) changed.push(source.source.path);
    const view = new SourceView(source.source.path, text.text, strings, options);
    for (const [document, ofDocument] of byDocument(ofSource)) {
      const root = text.changed || document === undefined ? undefined : await view.read(document, ofDocument);
      for (const place of ofDocument) {
        const found = view.locate(place, root, text.changed);
        located.set(place, found);
        known?.byQuestion.set(questionOf(place), found);
      }
    }
  }
  return { places: located, changed };
}

/** Each document is read once, and is gone before the next is read. */
function byDocument(places: readonly Place[]): ReadonlyMap<number | undefined, readonly Place[]> {
  const byNumber = new Map<number | undefined, Place[]>();
  for (const place of places) {
    const number = place.kind === 'text' ? undefined : place.resource.origin.document;
    const known = byNumber.get(number);
    if (known === undefined) byNumber.set(number, [place]);
    else known.push(place);
  }
  return byNumber;
}

const wholeResource: readonly Path[] = [['metadata', 'name'], ['kind'], []];

/** Where in its document to look for a place, one path after the other. A whole resource is shown at its name, or at its kind. */
function pathsOf(path: Path, { item }: Origin): readonly Path[] {
  const paths = path.length > 0 ? [path] : wholeResource;
  return item.length === 0 ? paths : paths.map((each) => [...item, ...each]);
}

function recall(place: Place, { byPlace, byQuestion }: KnownPlaces, located: Map<Place, Located>): boolean {
  const found = byPlace.get(place) ?? byQuestion.get(questionOf(place));
  if (found === undefined) return false;
  byPlace.set(place, found);
  located.set(place, found);
  return true;
}

/** One string for all that is asked about a place in its text. */
function questionOf(place: Place): string {
  if (place.kind === 'text') return JSON.stringify(place.range);
  const { document, item } = place.resource.origin;
  return JSON.stringify([document, item, place.path, ...(place.kind === 'missing' ? [] : [place.part, place.span])]);
}

function readAgain({ source, hash }: SourceText): { readonly text: string; readonly changed: boolean } {
  try {
    const text = source.read();
    return { text, changed: hashText(text) !== hash };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { text: error.fault.kind === 'not-utf8' ? error.fault.text : '', changed: true };
  }
}

/** One text while places in it are looked up. */
class SourceView {
  readonly #path: string;
  readonly #text: string;
  readonly #options: LocateOptions;
  readonly #strings: Strings;
  readonly #lines: Lines;
  readonly #spans: readonly DocumentSpan[];
  readonly #copies = new Map<number, string>();
  #hashes: ((line: number) => string) | undefined;

  constructor(path: string, text: string, strings: Strings, options: LocateOptions) {
    this.#path = path;
    this.#text = text;
    this.#strings = strings;
    this.#options = options;
    this.#lines = createLines(text);
    this.#spans = splitDocuments(text);
  }

  /** The tree of one document, of as much as the places need; undefined where it can't be read. */
  async read(document: number, places: readonly Place[]): Promise<Node | undefined> {
    const span = this.#spans[document];
    if (span === undefined) return undefined;
    const wanted = new WantedPaths();
    for (const place of places) {
      if (place.kind === 'text') continue;
      for (const path of pathsOf(place.path, place.resource.origin)) wanted.add(path);
    }
    const nodes = readNodes(this.#text, span, undefined, this.#strings, wanted);
    return nodes === 'library-needed' ? asNode(readNodes(this.#text, span, await this.#options.library())) : nodes;
  }

  /** `root`: of the place's document. */
  locate(place: Place, root: Node | undefined, changed: boolean): Located {
    if (place.kind === 'text') return changed ? this.#head(0) : { location: this.#at(place.range, false) };
    const { origin } = place.resource;
    if (root === undefined) return this.#head(origin.document);
    const paths = pathsOf(place.path, origin);
    for (const [i, path] of paths.entries()) {
      const { node, depth } = resolveNearest(root, path);
      if (depth < path.length && i < paths.length - 1) continue;
      if (depth < path.length) return this.#ancestor(root, path, depth, place.kind !== 'missing');
      return this.#node(node, place.kind === 'node' ? place.part : 'value', place.kind === 'node' ? place.span : undefined);
    }
    return this.#head(origin.document);
  }

  /** The nearest node above something that is not there: shown at its key, or at its beginning. */
  #ancestor(root: Node, path: Path, depth: number, approximate: boolean): Located {
    const { node } = resolveNearest(root, path.slice(0, depth));
    const range = node.key ?? node.value;
    return { location: this.#at(this.#firstLine(range), approximate), ...this.#anchorOf(node) };
  }

  #node(node: Node, part: 'key' | 'value', span: Range | undefined): Located {
    if (part === 'key' && node.key !== undefined) return { location: this.#at(node.key, false) };
    const { value, content, key } = node;
    if (span !== undefined && content !== undefined && node.anchor === undefined) {
      const inside = { start: content.start + span.start, end: Math.min(content.start + span.end, content.end) };
      if (inside.start < inside.end) return { location: this.#at(inside, false), first: this.#first(value) };
    }
    // A block is shown at its key, since a region of one line is all that code scanning shows; and so is a value that is not written.
    const block =
      value.start === value.end ||
      (node.children !== undefined && this.#lines.position(value.start).line !== this.#lines.position(value.end).line);
    const range = block ? (key ?? this.#firstLine(beginningOf(node))) : value;
    const found = { location: this.#at(range, false), first: this.#first(value) };
    return node.anchor === undefined ? found : { ...found, ...this.#anchorOf(node) };
  }

  #first({ start, end }: Range): string {
    return start < end ? this.#text.charAt(start) : '';
  }

  #anchorOf(node: Node): { readonly anchor?: Location } {
    return node.anchor === undefined ? {} : { anchor: this.#at(this.#firstLine(node.anchor), false) };
  }

  #head(document: number): Located {
    const span = this.#spans[document];
    const start = span === undefined ? 0 : contentStart(this.#text, span.start, span.end);
    return { location: this.#at(this.#firstLine({ start, end: this.#text.length }), true) };
  }

  #firstLine({ start, end }: Range): Range {
    const { line } = this.#lines.position(start);
    const lineEnd = this.#lines.start(line) + this.#lines.text(line).length;
    return { start, end: Math.max(start, Math.min(end, lineEnd)) };
  }

  #at(range: Range, approximate: boolean): Location {
    const start = this.#lines.position(range.start);
    const end = this.#lines.position(range.end);
    const count = Math.min(end.line - start.line + 1, frameLines);
    const lines = [this.#copyOf(start.line)];
    for (let i = 1; i < count; i += 1) lines.push(this.#copyOf(start.line + i));
    const file = this.#path;
    // Literals: a spread takes longer than all else here, and leaves each object room to grow.
    if (!this.#options.lineHashes) {
      return approximate ? { file, start, end, range, lines, approximate } : { file, start, end, range, lines };
    }
    const lineHash = (this.#hashes ??= lineHashes(this.#text))(start.line);
    return approximate ? { file, start, end, range, lines, lineHash, approximate } : { file, start, end, range, lines, lineHash };
  }

  /** A line as it is kept: a slice would keep the whole text. Made once, since a line may be a whole document. */
  #copyOf(line: number): string {
    let copy = this.#copies.get(line);
    if (copy === undefined) {
      const text = this.#lines.text(line);
      copy = copyOf(text, 0, text.length);
      this.#copies.set(line, copy);
    }
    return copy;
  }
}

function asNode(nodes: Node | undefined | 'library-needed'): Node | undefined {
  return nodes === 'library-needed' ? undefined : nodes;
}

/** Of a mapping without a key, an item of a list: its first key, with its value where that stands on one line. */
function beginningOf({ value, children }: Node): Range {
  if (!(children instanceof Map)) return value;
  const [first] = (children as ReadonlyMap<string, Node>).values();
  if (first?.key === undefined || first.key.start !== value.start) return value;
  return { start: value.start, end: first.children === undefined && first.value.end > first.key.end ? first.value.end : first.key.end };
}
