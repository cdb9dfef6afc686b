import type { Range } from '../text/range.ts';
import { scan, scanNodes } from './scanner.ts';
import { type Strings, createStrings } from './strings.ts';
import type { DocumentSpan, Node, Path, Reading } from './value.ts';
import { everything, type Wanted } from './wanted.ts';

/** The slow reader, for what the scanner refuses (see library.ts). Whoever reads loads it when it is first needed. */
export interface Library {
  readDocument(text: string, span: DocumentSpan): Reading;
  /** The root's node; undefined where the document has none, since it is broken or beyond the limits. */
  readNodes(text: string, span: DocumentSpan): Node | undefined;
}

/**
 * Reads one document for its value. `'library-needed'`: call again with the library.
 * Pass the same `strings` for all documents of a run: they are what makes it fast and its values small.
 */
export function readDocument(
  text: string,
  span: DocumentSpan,
  library: Library | undefined,
  strings: Strings = createStrings(64),
): Reading | 'library-needed' {
  const scanned = scan(text, span, strings);
  if (scanned.kind === 'refused') return library ? library.readDocument(text, span) : 'library-needed';
  return scanned.kind === 'value' ? { kind: 'value', value: scanned.value } : scanned;
}

/** Reads one document for the places of its values, at least of those that are wanted; undefined where it has no value. */
export function readNodes(
  text: string,
  span: DocumentSpan,
  library: Library | undefined,
  strings: Strings = createStrings(64),
  wanted: Wanted = everything,
): Node | undefined | 'library-needed' {
  const scanned = scanNodes(text, span, strings, wanted);
  if (scanned.kind === 'refused') return library ? library.readNodes(text, span) : 'library-needed';
  return scanned.kind === 'value' ? scanned.root : undefined;
}

/** Where a path leads to. */
export interface Resolved {
  /** The node found; the nearest ancestor where the path leads further than the document. */
  readonly node: Node;
  /** How many segments of the path were found: all of them if it equals the path's length. */
  readonly depth: number;
}

/** Follows a path as far as the document goes. */
export function resolveNearest(root: Node, path: Path): Resolved {
  let node = root;
  let depth = 0;
  for (const segment of path) {
    const child = childOf(node, segment);
    if (!child) break;
    node = child;
    depth += 1;
  }
  return { node, depth };
}

/** The range of a value or of its key; undefined where the path leads nowhere, or to what has no key (items, the root). */
export function resolvePath(root: Node, path: Path, part: 'key' | 'value'): Range | undefined {
  const { node, depth } = resolveNearest(root, path);
  if (depth < path.length) return undefined;
  return part === 'key' ? node.key : node.value;
}

function childOf(node: Node, segment: string | number): Node | undefined {
  const { children } = node;
  if (!children) return undefined;
  if (isItems(children)) return typeof segment === 'number' ? children[segment] : undefined;
  return children.get(String(segment));
}

function isItems(children: NonNullable<Node['children']>): children is readonly Node[] {
  return Array.isArray(children);
}
