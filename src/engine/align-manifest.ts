import type { Range } from '../text/range.ts';
import { contentStart, splitDocuments } from '../yaml/documents.ts';
import { type Library, readDocument, readNodes, resolveNearest } from '../yaml/read.ts';
import type { DocumentSpan, Node, Path, Value } from '../yaml/value.ts';
import type { Aligned } from './align-template.ts';
import { fieldOf, isList, stringOf } from './ours.ts';

interface ReadManifest {
  readonly text: string;
  readonly span: DocumentSpan;
  readonly value: Value;
  readonly root: Node;
}

/**
 * Finds in a manifest what a place in a document comes from that was made of it, as by Kustomize, which sorts keys, drops comments and changes
 * names. The place is exact where the same value lies at the same path; else it is the nearest.
 */
export class ManifestAligner {
  readonly #text: string;
  readonly #library: Library;
  readonly #documents: readonly ReadManifest[];

  constructor(text: string, library: Library) {
    this.#text = text;
    this.#library = library;
    this.#documents = splitDocuments(text).flatMap((span) => readManifest(text, span, library) ?? []);
  }

  /** `span` is the document of `rendered` in which the place lies. */
  align(rendered: string, span: DocumentSpan, place: Range): Aligned {
    const document = readManifest(rendered, span, this.#library);
    const own = document === undefined ? undefined : this.#documentOf(document.value);
    if (document === undefined || own === undefined) return this.#start(own?.span);
    const { path, part } = pathTo(document.root, place);
    const { node, depth } = resolveNearest(own.root, path);
    const key = node.key ?? node.value;
    if (depth < path.length) return { range: this.#firstLine(key), exact: false };
    const exact = part === 'key' || isSame(document.value, own.value, path);
    const range = part === 'key' || node.children !== undefined ? key : node.value;
    return { range: this.#firstLine(this.#within(node, range, rendered, place, exact)), exact };
  }

  /** A part of a scalar is a part of the same scalar. */
  #within({ content }: Node, range: Range, rendered: string, place: Range, exact: boolean): Range {
    const part = rendered.slice(place.start, place.end);
    if (!exact || content === undefined || part === '') return range;
    const text = this.#text.slice(content.start, content.end);
    const at = text.indexOf(part);
    if (at === -1 || at !== text.lastIndexOf(part) || part.length === text.length) return range;
    return { start: content.start + at, end: content.start + at + part.length };
  }

  /** By kind and name; a name may have got a prefix or suffix. */
  #documentOf(value: Value): ReadManifest | undefined {
    const kind = stringOf(value, 'kind');
    const name = nameOf(value);
    const ofKind = this.#documents.filter((document) => stringOf(document.value, 'kind') === kind);
    const same = ofKind.filter((document) => nameOf(document.value) === name);
    const [alike, another] = ofKind.filter((document) => name.includes(nameOf(document.value)));
    if (same.length > 0) return same.length === 1 ? same[0] : undefined;
    if (alike !== undefined && another === undefined) return alike;
    return ofKind.length === 1 ? ofKind[0] : undefined;
  }

  #start(span: DocumentSpan | undefined): Aligned {
    const { start, end } = span ?? { start: 0, end: this.#text.length };
    const at = contentStart(this.#text, start, end);
    return { range: this.#firstLine({ start: at, end }), exact: false };
  }

  #firstLine({ start, end }: Range): Range {
    const lineEnd = /[\r\n]/.exec(this.#text.slice(start, end))?.index;
    return { start, end: lineEnd === undefined ? end : start + lineEnd };
  }
}

function readManifest(text: string, span: DocumentSpan, library: Library): ReadManifest | undefined {
  const read = readDocument(text, span, library);
  const root = readNodes(text, span, library);
  if (read === 'library-needed' || read.kind !== 'value' || root === undefined || root === 'library-needed') return undefined;
  return { text, span, value: read.value, root };
}

function nameOf(value: Value): string {
  return stringOf(fieldOf(value, 'metadata'), 'name') ?? '';
}

/** The innermost value or key in which a place lies. */
function pathTo(root: Node, place: Range): { readonly path: Path; readonly part: 'key' | 'value' } {
  const path: (string | number)[] = [];
  for (let node = root; ;) {
    const found = childAt(node, place);
    if (found === undefined) return { path, part: 'value' };
    path.push(found.step);
    if (found.part === 'key') return { path, part: 'key' };
    node = found.node;
  }
}

function childAt(
  { children }: Node,
  place: Range,
): { readonly step: string | number; readonly node: Node; readonly part: 'key' | 'value' } | undefined {
  if (children === undefined) return undefined;
  const steps = children instanceof Map ? (children as ReadonlyMap<string, Node>).entries() : (children as readonly Node[]).entries();
  for (const [step, node] of steps) {
    if (node.key !== undefined && contains(node.key, place)) return { step, node, part: 'key' };
    if (contains(node.value, place)) return { step, node, part: 'value' };
  }
  return undefined;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The same scalar, or a collection, at the path in both, and no list on the way that has got or lost items. */
function isSame(a: Value, b: Value, path: Path): boolean {
  let one: Value | undefined = a;
  let other: Value | undefined = b;
  for (const step of path) {
    if (isList(one) && isList(other)) {
      if (one.length !== other.length) return false;
      one = one[Number(step)];
      other = other[Number(step)];
    } else {
      one = fieldOf(one, String(step));
      other = fieldOf(other, String(step));
    }
  }
  if (one === undefined || other === undefined) return false;
  // A collection is shown at its key.
  return one === other || (typeof one === 'object' && typeof other === 'object');
}
