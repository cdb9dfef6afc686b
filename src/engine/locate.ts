import type { Place, SourceText } from '../model/place.ts';
import { frameLines, type Location } from '../rule/finding.ts';
import { createLines, type Lines } from '../text/lines.ts';
import { lineHashes } from '../text/line-hash.ts';
import type { Range } from '../text/range.ts';
import { ReadError } from '../text/source.ts';
import { contentStart, splitDocuments } from '../yaml/documents.ts';
import { type Library, readNodes, resolveNearest } from '../yaml/read.ts';
import type { DocumentSpan, Node, Path } from '../yaml/value.ts';
import { hashText } from './hash.ts';

/** Where a place is in its text. */
export interface Located {
  readonly location: Location;
  /** Where the aliased value itself stands, if the place was reached through an alias. */
  readonly anchor?: Location;
  /** The scalar's text as written, with its quotes. */
  readonly raw?: string;
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
  for (const [source, ofPlaces] of bySource) {
    const known = options.memory?.of(source);
    const ofSource = known === undefined ? ofPlaces : ofPlaces.filter((place) => !recall(place, known, located));
    if (ofSource.length === 0) continue;
    const text = readAgain(source);
    if (text.changed) changed.push(source.source.path);
    const document = new SourceView(source.source.path, text.text, options);
    for (const place of ofSource) {
      const found = await document.locate(place, text.changed);
      located.set(place, found);
      known?.byQuestion.set(questionOf(place), found);
    }
  }
  return { places: located, changed };
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
  readonly #lines: Lines;
  readonly #spans: readonly DocumentSpan[];
  readonly #roots = new Map<number, Node | undefined>();
  #hashes: ((line: number) => string) | undefined;

  constructor(path: string, text: string, options: LocateOptions) {
    this.#path = path;
    this.#text = text;
    this.#options = options;
    this.#lines = createLines(text);
    this.#spans = splitDocuments(text);
  }

  async locate(place: Place, changed: boolean): Promise<Located> {
    if (place.kind === 'text') return changed ? this.#head(0) : { location: this.#at(place.range, false) };
    const { origin } = place.resource;
    if (changed) return this.#head(origin.document);
    const root = await this.#root(origin.document);
    if (root === undefined) return this.#head(origin.document);
    // A whole resource is shown at its name, or at its kind.
    const paths: readonly Path[] = place.path.length > 0 ? [place.path] : [['metadata', 'name'], ['kind'], []];
    for (const [i, path] of paths.entries()) {
      const full = [...origin.item, ...path];
      const { node, depth } = resolveNearest(root, full);
      if (depth < full.length && i < paths.length - 1) continue;
      if (depth < full.length) return this.#ancestor(root, full, depth, place.kind !== 'missing');
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
      if (inside.start < inside.end) return { location: this.#at(inside, false), raw: this.#text.slice(value.start, value.end) };
    }
    const anchor = this.#anchorOf(node);
    // A block is shown at its key, since a region of one line is all that code scanning shows; and so is a value that is not written.
    const block =
      value.start === value.end ||
      (node.children !== undefined && this.#lines.position(value.start).line !== this.#lines.position(value.end).line);
    const range = block ? (key ?? this.#firstLine(beginningOf(node))) : value;
    return { location: this.#at(range, false), raw: this.#text.slice(value.start, value.end), ...anchor };
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
    return {
      file: this.#path,
      start,
      end,
      range,
      lines: Array.from({ length: count }, (_, i) => this.#lines.text(start.line + i)),
      ...(this.#options.lineHashes ? { lineHash: (this.#hashes ??= lineHashes(this.#text))(start.line) } : {}),
      ...(approximate ? { approximate: true } : {}),
    };
  }

  async #root(index: number): Promise<Node | undefined> {
    if (this.#roots.has(index)) return this.#roots.get(index);
    const span = this.#spans[index];
    let root: Node | undefined;
    if (span !== undefined) {
      const nodes = readNodes(this.#text, span, undefined);
      root = nodes === 'library-needed' ? asNode(readNodes(this.#text, span, await this.#options.library())) : nodes;
    }
    this.#roots.set(index, root);
    return root;
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
