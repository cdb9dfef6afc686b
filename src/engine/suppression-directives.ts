import type { Placeable, Place, SourceText } from '../model/place.ts';
import type { Range } from '../text/range.ts';
import { createLines, type Lines } from '../text/lines.ts';
import { commentsIn } from '../yaml/comments.ts';
import { splitDocuments } from '../yaml/documents.ts';
import { type Library, readDocument, readNodes } from '../yaml/read.ts';
import type { DocumentSpan, Node, Path, Value } from '../yaml/value.ts';
import { fieldOf, isObject, itemsOf, stringOf, typeMetaOf } from './ours.ts';
import { annotations, directive } from './suppression-watch.ts';

/** What a comment or annotation asks for. */
export interface Directive {
  /** As it is written: `meshlint-disable-line`, or the annotation's key. */
  readonly name: string;
  /** Where it holds: a line of the source, a document of it, or a resource. */
  readonly scope:
    | { readonly kind: 'line'; readonly line: number }
    | { readonly kind: 'document'; readonly document: number }
    | { readonly kind: 'resource'; readonly document: number; readonly item: string };
  /** Rules, or codes of the other tool. */
  readonly ids: readonly { readonly id: string; readonly at: Place }[];
  /** Everything that the other tool says. */
  readonly all: boolean;
  readonly reason: string | undefined;
  /** Whose codes the ids are; undefined for rules of our own. */
  readonly tool: 'istioctl' | 'kiali' | undefined;
  readonly at: Place;
  readonly document: number;
}

export interface DirectiveKinds {
  readonly inline: boolean;
  readonly annotations: boolean;
  readonly foreign: boolean;
}

/** One string for the path of an item inside of a document. */
export function itemKey(item: Path): string {
  return item.join('/');
}

/** All that a text asks to suppress, document by document. */
export async function directivesIn(
  text: string,
  source: SourceText,
  kinds: DirectiveKinds,
  library: () => Promise<Library>,
): Promise<readonly Directive[]> {
  const spans = splitDocuments(text);
  const found: Directive[] = [];
  let lines: Lines | undefined;
  for (const [i, span] of spans.entries()) {
    // Comments in front of the first `---` belong to the document behind it.
    const part: Range = {
      start: i === 0 ? 0 : (spans[i - 1]?.end ?? span.start),
      end: i === spans.length - 1 ? text.length : span.end,
    };
    const inside = text.slice(part.start, part.end);
    if (kinds.inline && inside.includes(directive)) {
      const root = await nodesOf(text, span, library);
      if (root !== undefined) {
        lines ??= createLines(text);
        found.push(...commentDirectives(text, commentsIn(text, part, root), { source, lines, document: span.index }));
      }
    }
    const wanted = [
      ...(kinds.annotations ? [annotations.own] : []),
      ...(kinds.foreign ? [annotations.istioctl, annotations.kiali] : []),
    ].filter((key) => inside.includes(key));
    if (wanted.length > 0) {
      const value = await valueOf(text, span, library);
      if (value !== undefined) found.push(...annotationDirectives(value, wanted, { source, document: span.index }));
    }
  }
  return found;
}

async function nodesOf(text: string, span: DocumentSpan, library: () => Promise<Library>): Promise<Node | undefined> {
  const nodes = readNodes(text, span, undefined);
  if (nodes !== 'library-needed') return nodes;
  const again = readNodes(text, span, await library());
  return again === 'library-needed' ? undefined : again;
}

async function valueOf(text: string, span: DocumentSpan, library: () => Promise<Library>): Promise<Value | undefined> {
  const first = readDocument(text, span, undefined);
  const reading = first === 'library-needed' ? readDocument(text, span, await library()) : first;
  return reading !== 'library-needed' && reading.kind === 'value' ? reading.value : undefined;
}

interface CommentContext {
  readonly source: SourceText;
  readonly lines: Lines;
  readonly document: number;
}

const syntax = /^#+[ \t]*(meshlint-disable(?:-next-line|-line)?)(?=\s|$)/;

function commentDirectives(text: string, comments: readonly Range[], { source, lines, document }: CommentContext): readonly Directive[] {
  const found: Directive[] = [];
  const targets = new Map<number, number>();
  // From the end, so that comments that stand one above the other find where they lead to in one step.
  for (const range of [...comments].reverse()) {
    const comment = withoutRemark(text.slice(range.start, range.end));
    const match = syntax.exec(comment);
    if (match === null) continue;
    const [head, name = ''] = match;
    const rest = comment.slice(head.length);
    const dashes = /(?:^|\s)--(?=\s|$)/.exec(rest);
    const place = (start: number, end: number): Place => ({
      kind: 'text',
      text: source,
      range: { start: range.start + start, end: range.start + end },
    });
    const ids: { id: string; at: Place }[] = [];
    let offset = head.length;
    for (const part of rest.slice(0, dashes?.index ?? rest.length).split(',')) {
      const id = part.trim();
      const start = offset + (part.length - part.trimStart().length);
      if (id !== '') ids.push({ id, at: place(start, start + id.length) });
      offset += part.length + 1;
    }
    const reason = dashes === null ? '' : rest.slice(dashes.index + dashes[0].length).trim();
    const { line } = lines.position(range.start);
    found.push({
      name,
      scope:
        name === directive
          ? { kind: 'document', document }
          : { kind: 'line', line: name.endsWith('-next-line') ? nextContent(lines, line, targets) : line },
      ids,
      all: false,
      reason: reason === '' ? undefined : reason,
      tool: undefined,
      at: place(0, comment.trimEnd().length),
      document,
    });
  }
  return found.reverse();
}

/** Behind another `#` stands what is meant for somebody else; a reason goes on to the end. */
function withoutRemark(comment: string): string {
  const [end] = /(?:^|\s)--(?=\s|$)|\s#.*/.exec(comment) ?? [];
  return end === undefined || end.trim() === '--' ? comment : comment.slice(0, -end.length);
}

/** The next line that is neither blank nor a comment. */
function nextContent(lines: Lines, from: number, targets: Map<number, number>): number {
  let line = from + 1;
  while (line <= lines.count && /^\s*(?:#.*)?$/.test(lines.text(line))) {
    const known = targets.get(line);
    if (known !== undefined) {
      line = known;
      break;
    }
    line += 1;
  }
  targets.set(from, line);
  return line;
}

interface AnnotationContext {
  readonly source: SourceText;
  readonly document: number;
}

function* annotationDirectives(value: Value, keys: readonly string[], { source, document }: AnnotationContext): Iterable<Directive> {
  for (const { item, resource } of resourcesIn(value, [])) {
    const metadata = fieldOf(resource, 'metadata');
    const written = fieldOf(metadata, 'annotations');
    for (const key of keys) {
      const text = stringOf(written, key);
      if (text === undefined) continue;
      const { apiVersion = '', kind = '' } = typeMetaOf(resource);
      const placeable: Placeable = {
        apiVersion,
        kind,
        metadata: { name: stringOf(metadata, 'name') ?? '', namespace: stringOf(metadata, 'namespace') ?? '' },
        origin: { text: source, document, item },
      };
      const at: Place = { kind: 'node', resource: placeable, path: ['metadata', 'annotations', key], part: 'value' };
      const common = { name: key, scope: { kind: 'resource', document, item: itemKey(item) }, at, document } as const;
      if (key !== annotations.own) {
        const ids = listOf(text).map((id) => ({ id, at }));
        const all = ids.length === 0 || ids.some(({ id }) => id === '*');
        yield { ...common, ids, all, reason: undefined, tool: key === annotations.kiali ? 'kiali' : 'istioctl' };
        continue;
      }
      for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
        const colon = line.indexOf(':');
        const reason = colon === -1 ? '' : line.slice(colon + 1).trim();
        const ids = listOf(colon === -1 ? line : line.slice(0, colon)).map((id) => ({ id, at }));
        yield { ...common, ids, all: false, reason: reason === '' ? undefined : reason, tool: undefined };
      }
    }
  }
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** The resources of a document: itself, or the items of a list. */
function* resourcesIn(value: Value, item: Path): Iterable<{ readonly item: Path; readonly resource: Value }> {
  if (!isObject(value)) return;
  if (stringOf(value, 'kind')?.endsWith('List') === true && Array.isArray(fieldOf(value, 'items'))) {
    for (const [i, entry] of itemsOf(value, 'items').entries()) yield* resourcesIn(entry, [...item, 'items', i]);
    return;
  }
  yield { item, resource: value };
}
