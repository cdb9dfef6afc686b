import type { Range } from '../text/range.ts';
import { copyOf } from './strings.ts';

/** A manifest whose fields stand at the column of the key that they belong under, as when it was copied from a web page. */
export interface LostIndentation {
  /** From the first to the last of the keys that have lost their content. */
  readonly range: Range;
  readonly kind: string | undefined;
  readonly groups: readonly LostGroup[];
}

/** `fields` belong under `parent`, in the order of the text. */
export interface LostGroup {
  readonly parent: 'metadata' | 'spec';
  /** The parent's key, without its colon. */
  readonly range: Range;
  readonly fields: readonly LostField[];
}

export interface LostField {
  readonly name: string;
  /** The key, without its colon. */
  readonly range: Range;
}

interface KeyLine {
  readonly name: string;
  readonly column: number;
  readonly range: Range;
  /** What stands behind the colon, without a comment. */
  readonly value: string;
}

const emptyParent = /(?:^|[\r\n])( *)(?:metadata|spec):[ \t]*(?:#[^\r\n]*)?\r?[\r\n]\1[A-Za-z]/;
const keyLine = /^( *)([A-Za-z][A-Za-z0-9_.-]*)[ \t]*:(?:[ \t](.*))?$/s;

const metadataFields: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'generateName',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
]);
/** Keys beside an empty `spec` that do not belong under it. */
const rootFields: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
  'data',
  'stringData',
  'binaryData',
  'type',
  'immutable',
]);

/**
 * Finds the manifests of a document that have lost their indentation, whether it still parses or not and whatever prose
 * stands around them. Worth a call where a document is broken or its `metadata` or `spec` is null.
 * `fieldsOf` knows the fields of a kind's `spec`; without it only the first one that follows is named.
 */
export function lostIndentation(
  text: string,
  span: Range,
  fieldsOf: (kind: string) => readonly string[] | undefined = () => undefined,
): readonly LostIndentation[] {
  if (!emptyParent.test(text.slice(span.start, span.end))) return [];
  return manifestsOf(keyLines(text, span)).flatMap((lines) => lostIn(lines, fieldsOf) ?? []);
}

function keyLines(text: string, span: Range): readonly KeyLine[] {
  const lines: KeyLine[] = [];
  let start = span.start;
  for (const line of text.slice(span.start, span.end).split(/\r\n?|\n/)) {
    const [, blanks = '', name, rest = ''] = keyLine.exec(line) ?? [];
    const column = blanks.length;
    if (name !== undefined) {
      const from = start + column;
      lines.push({ name, column, range: { start: from, end: from + name.length }, value: rest.replace(/(?:^|\s)#.*$/s, '').trim() });
    }
    start += line.length;
    start += text.startsWith('\r\n', start) ? 2 : 1;
  }
  return lines;
}

/** Cuts a text at each key that begins a manifest: its first `apiVersion` or `kind`. */
function manifestsOf(lines: readonly KeyLine[]): readonly (readonly KeyLine[])[] {
  const manifests: KeyLine[][] = [];
  let seen = new Set<string>();
  for (const line of lines) {
    const begins = line.name === 'apiVersion' || line.name === 'kind';
    if (begins && line.value !== '' && (seen.size === 0 || seen.has(line.name) || seen.has('metadata'))) {
      manifests.push([]);
      seen = new Set();
    }
    if (begins || line.name === 'metadata') seen.add(line.name);
    manifests.at(-1)?.push(line);
  }
  return manifests;
}

function lostIn(lines: readonly KeyLine[], fieldsOf: (kind: string) => readonly string[] | undefined): LostIndentation | undefined {
  const [first] = lines;
  if (!first) return undefined;
  const root = lines.filter((line) => line.column === first.column);
  const kind = root.find((line) => line.name === 'kind')?.value;
  const groups = [
    metadataGroup(lines, first.column),
    specGroup(lines, first.column, kind === undefined ? undefined : fieldsOf(kind)),
  ].filter((group) => group !== undefined);
  const begin = groups[0];
  const end = groups.at(-1);
  if (!begin || !end || !root.some((line) => line.name === 'apiVersion')) return undefined;
  return { range: { start: begin.range.start, end: end.range.end }, kind, groups };
}

function metadataGroup(lines: readonly KeyLine[], column: number): LostGroup | undefined {
  const followers = followersOf('metadata', lines, column);
  if (!followers) return undefined;
  const end = followers.lines.findIndex((line) => line.column !== column || !metadataFields.has(line.name));
  const fields = end === -1 ? followers.lines : followers.lines.slice(0, end);
  return fields.length > 0 ? group('metadata', followers.parent, fields) : undefined;
}

function specGroup(lines: readonly KeyLine[], column: number, known: readonly string[] | undefined): LostGroup | undefined {
  const followers = followersOf('spec', lines, column);
  const [next] = followers?.lines ?? [];
  if (!followers || !next || next.column !== column || rootFields.has(next.name)) return undefined;
  if (!known) return group('spec', followers.parent, [next]);
  const fields = followers.lines.filter((line, index, all) => {
    return line.column === column && known.includes(line.name) && all.findIndex((other) => other.name === line.name) === index;
  });
  return fields.length > 0 ? group('spec', followers.parent, fields) : undefined;
}

/** The lines behind a key that has nothing under it, and the key itself. */
function followersOf(
  name: string,
  lines: readonly KeyLine[],
  column: number,
): { readonly parent: KeyLine; readonly lines: readonly KeyLine[] } | undefined {
  const at = lines.findIndex((line) => line.column === column && line.name === name);
  const parent = lines[at];
  if (!parent || parent.value !== '') return undefined;
  return { parent, lines: lines.slice(at + 1) };
}

function group(parent: 'metadata' | 'spec', key: KeyLine, fields: readonly KeyLine[]): LostGroup {
  return { parent, range: key.range, fields: fields.map(({ name, range }) => ({ name: copyOf(name, 0, name.length), range })) };
}
