import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { library, readWithLibrary } from './library.ts';
import { resolveKey, resolvePlain } from './scalar.ts';
import { scan, scanNodes } from './scanner.ts';
import type { Strings } from './strings.ts';
import { resolveNearest } from './read.ts';
import type { DocumentSpan, Node, Path, Value } from './value.ts';
import { WantedPaths } from './wanted-paths.ts';

/** How the two readers stand to each other on one document. */
export interface Comparison {
  readonly taken: boolean;
  /** What they say, where that is not the same. */
  readonly difference?: string;
}

/**
 * Reads a document in every way. The scanner refuses, or says the same as the library, values and places. One thing only
 * the scanner reads, as go-yaml does: lines between brackets or quotes that stand too far left. There the library must
 * say the same once these lines are indented.
 */
export function compareReaders(text: string, span: DocumentSpan, strings: Strings): Comparison {
  const plain = scan(text, span, strings);
  const placed = scanNodes(text, span, strings);
  const read = readWithLibrary(text, span, true);
  const said = (): string => JSON.stringify({ text: text.slice(span.start, span.end), plain, placed, read }, withMaps);
  if (plain.kind !== placed.kind) return { taken: true, difference: said() };
  if (plain.kind === 'refused' || placed.kind === 'refused') return { taken: false };
  if (plain.kind === 'beyond-limits' || placed.kind === 'beyond-limits') {
    return isDeepStrictEqual(plain, placed) && read.kind !== 'value' ? { taken: true } : { taken: true, difference: said() };
  }
  if (!isDeepStrictEqual(plain.value, placed.value)) return { taken: true, difference: said() };
  const misplaced = placed.root === undefined ? undefined : misplacedPath(text, span, placed.root, strings);
  if (misplaced !== undefined)
    return { taken: true, difference: `${JSON.stringify(misplaced)} is elsewhere when only some are asked for: ${said()}` };
  if (read.kind === 'broken') {
    const indented = indentedInside(text, span, placed.root);
    const again = library.readDocument(indented, { start: 0, end: indented.length, index: 0 });
    const isSame = again.kind === 'value' && isDeepStrictEqual(plain.value, again.value);
    return isSame ? { taken: true } : { taken: true, difference: `${said()} ${JSON.stringify(again)}` };
  }
  const isSame = read.kind === 'value' && isDeepStrictEqual(plain.value, read.value) && isDeepStrictEqual(placed.root, read.root);
  return isSame ? { taken: true } : { taken: true, difference: said() };
}

/** A path that leads elsewhere when only the places of a few are asked for. */
function misplacedPath(text: string, span: DocumentSpan, root: Node, strings: Strings): Path | undefined {
  const all = pathsIn(root);
  const step = 1 + (text.length % 5);
  const some = all.filter((_, i) => (i + text.length) % step === 0);
  for (const paths of [all, some, some.slice(0, 1), some.map((path) => [...path, 'not-there', 0])]) {
    const wanted = new WantedPaths();
    for (const path of paths) wanted.add(path);
    const scanned = scanNodes(text, span, strings, wanted);
    const partial = scanned.kind === 'value' ? scanned.root : undefined;
    const wrong = paths.find((path) => partial === undefined || !isDeepStrictEqual(placeOf(partial, path), placeOf(root, path)));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** All that locating asks of what a path leads to. */
function placeOf(root: Node, path: Path): unknown {
  const { node, depth } = resolveNearest(root, path);
  const [first] = node.children?.values() ?? [];
  const { children, ...place } = node;
  return { depth, ...place, isBlock: children !== undefined, firstKey: first?.key, firstEnd: first?.value.end };
}

function pathsIn(root: Node): readonly Path[] {
  const paths: Path[] = [];
  const pending: { readonly node: Node; readonly path: Path }[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    paths.push(path);
    for (const [step, child] of node.children?.entries() ?? []) pending.push({ node: child, path: [...path, step] });
  }
  return paths;
}

/** The document with every line that begins between brackets or quotes far to the right, which changes no value. */
function indentedInside(text: string, span: DocumentSpan, root: Node | undefined): string {
  const starts = new Set<number>();
  const pending = root ? [root] : [];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const { start, end } = node.value;
    // A block map may begin with a quoted key, but never with a bracket.
    if ((node.children ? '[{' : '"\'').includes(text.charAt(start))) {
      for (let at = start; at < end; at += 1) if (text.charAt(at) === '\n') starts.add(at + 1);
    }
    if (node.children) pending.push(...node.children.values());
  }
  let indented = '';
  for (let at = span.start; at < span.end; at += 1) indented += (starts.has(at) ? ' '.repeat(300) : '') + text.charAt(at);
  return indented;
}

function withMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/**
 * A third opinion. js-yaml is asked for the text of each scalar only (its failsafe schema), since what a plain one means
 * is YAML 1.2 there and go-yaml's here: a scalar agrees if it is that text, or what that text means to Kubernetes.
 */
export function agreesWithJsYaml(text: string, value: Value): boolean {
  return agrees(value, load(text, { schema: FAILSAFE_SCHEMA }));
}

function agrees(ours: Value, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    return Array.isArray(theirs) && theirs.length === ours.length && ours.every((item: Value, index) => agrees(item, theirs[index]));
  }
  if (typeof ours === 'object' && ours !== null) {
    if (typeof theirs !== 'object' || theirs === null || Array.isArray(theirs)) return false;
    const entries = Object.entries(theirs);
    return entries.length === Object.keys(ours).length && entries.every(([key, item]) => agreesMember(ours, key, item));
  }
  return typeof theirs === 'string' && (ours === theirs || Object.is(ours, resolvePlain(theirs)));
}

function agreesMember(ours: object, key: string, theirs: unknown): boolean {
  const members = new Map<string, Value>(Object.entries(ours));
  return [key, resolveKey(key)].some((name) => {
    const member = name === undefined ? undefined : members.get(name);
    return member !== undefined && agrees(member, theirs);
  });
}

/** The YAML files under a folder beside or in the repository, by path; empty where there is no such folder. */
export function yamlFiles(folder: URL): readonly { readonly path: string; readonly text: string }[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
}
