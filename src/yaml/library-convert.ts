import { type Pair, type Scalar as YamlScalar, type YAMLMap, type YAMLSeq, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { createLines } from '../text/lines.ts';
import type { Range } from '../text/range.ts';
import { blockScalarNode } from './block-scalar.ts';
import { behindColon, dashesOf, isItems, keyRange, keyWithColon, type Parsed, rangeOf, shifted, throughAlias } from './library-places.ts';
import { blockScalarOf, checkPlainInBrackets, tagged, Unconvertible } from './library-scalars.ts';
import { quoted } from './library-tags.ts';
import { limits } from './limits.ts';
import { scalarNode } from './nodes.ts';
import { define } from './object.ts';
import { resolveKey } from './scalar.ts';
import { BeyondLimits, tooDeep, tooMany } from './scan-state.ts';
import { copyOf } from './strings.ts';
import type { Node, Value } from './value.ts';

/** What a node of the package has become. */
interface Converted {
  readonly value: Value;
  /** With `placing` only. */
  readonly node: Node | undefined;
  /** Its range, which for aliases is that of the alias. */
  readonly range: Range;
  /** Values in it, itself included, aliases counted as often as they are used. */
  readonly count: number;
  /** Collections inside each other in it. */
  readonly height: number;
}

/** An anchor that was seen; without content while its own node is being read. */
interface Anchored {
  content: Converted | undefined;
}

interface Conversion extends Parsed {
  readonly anchors: Map<string, Anchored>;
  count: number;
}

/** The value and, with `placing`, the tree of a document. Throws `Unconvertible` and `BeyondLimits`. */
export function convert(parsed: Parsed): { readonly value: Value; readonly root: Node | undefined } {
  const conversion: Conversion = { ...parsed, anchors: new Map(), count: 0 };
  const { value, node } = convertNode(conversion, parsed.document.contents, { depth: 0, behind: parsed.offset, flow: false });
  return { value, root: node };
}

/** Where a node stands. */
interface At {
  /** Collections around it. */
  readonly depth: number;
  /** Where to place it, in the text, if it is not written at all. */
  readonly behind: number;
  /** Whether it stands between brackets. */
  readonly flow: boolean;
}

function convertNode(conversion: Conversion, node: unknown, at: At): Converted {
  const { depth } = at;
  if (isAlias(node)) return convertAlias(conversion, node.source, rangeOf(conversion, node.range), depth);
  if (isScalar(node)) {
    const anchored = open(conversion, node.anchor);
    return close(anchored, convertScalar(conversion, node, at));
  }
  if (isMap(node) || isSeq(node)) {
    const start = rangeOf(conversion, node.range).start;
    count(conversion, 1, start);
    if (depth >= limits.depth) throw new BeyondLimits(tooDeep(start));
    const anchored = open(conversion, node.anchor);
    const scalar = isMap(node) && scalarWithColon(conversion, node);
    if (scalar) return close(anchored, scalar);
    return close(anchored, isMap(node) ? convertMap(conversion, node, depth) : convertSequence(conversion, node, depth));
  }
  // Only the value of a pair can be missing: `{a}`.
  return convertNothing(conversion, at.behind);
}

function open(conversion: Conversion, anchor: string | undefined): Anchored | undefined {
  if (anchor === undefined) return undefined;
  const anchored: Anchored = { content: undefined };
  conversion.anchors.set(anchor, anchored);
  return anchored;
}

function close(anchored: Anchored | undefined, content: Converted): Converted {
  if (anchored) anchored.content = content;
  return content;
}

function count(conversion: Conversion, values: number, at: number): void {
  conversion.count += values;
  if (conversion.count > limits.nodes) throw new BeyondLimits(tooMany(at));
}

function convertAlias(conversion: Conversion, name: string, range: Range, depth: number): Converted {
  const { content } = anchoredAt(conversion, name, range);
  if (!content) throw new BeyondLimits({ message: `the content of the anchor ${quoted(name)} contains itself`, range });
  count(conversion, content.count, range.start);
  if (depth + content.height > limits.depth) throw new BeyondLimits(tooDeep(range.start));
  return { ...content, range, node: content.node && throughAlias(content.node, range) };
}

function anchoredAt(conversion: Conversion, name: string, range: Range): Anchored {
  const anchored = conversion.anchors.get(name);
  if (!anchored) throw new Unconvertible({ message: `the anchor ${quoted(name)} of this alias is not defined before it`, range });
  return anchored;
}

function convertNothing(conversion: Conversion, at: number): Converted {
  count(conversion, 1, at);
  const range = { start: at, end: at };
  return { value: null, node: conversion.placing ? { value: range } : undefined, range, count: 1, height: 0 };
}

function convertScalar(conversion: Conversion, scalar: YamlScalar, at: At): Converted {
  const { text, placing } = conversion;
  const written = rangeOf(conversion, scalar.range);
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED') return convertBlockScalar(conversion, scalar, at.depth);
  const isPlain = scalar.type === 'PLAIN';
  const isEmpty = isPlain && written.end === written.start;
  const range = isEmpty ? { start: at.behind, end: at.behind } : written;
  count(conversion, 1, range.start);
  if (isPlain && at.flow) checkPlainInBrackets(text, range);
  const value = tagged(scalar, scalar.source ?? '', range);
  const inner = isPlain ? range : { start: range.start + 1, end: range.end - 1 };
  const node = isEmpty ? { value: range } : scalarNode(text, range, inner, value);
  return { value, node: placing ? node : undefined, range, count: 1, height: 0 };
}

function convertBlockScalar(conversion: Conversion, scalar: YamlScalar, depth: number): Converted {
  const { source, offset, placing } = conversion;
  const token = scalar.srcToken;
  const parent = depth > 0 && token && 'indent' in token ? token.indent : -1;
  const start = scalar.range?.[0] ?? 0;
  const read = blockScalarOf(conversion, start, parent);
  const { value, content } = blockScalarNode(source, start, read);
  const range = shifted(value, offset);
  count(conversion, 1, range.start);
  const meaning = tagged(scalar, read.value, range);
  const isVerbatim = content && meaning === read.value;
  const node = isVerbatim ? { value: range, content: shifted(content, offset) } : { value: range };
  return { value: meaning, node: placing ? node : undefined, range, count: 1, height: 0 };
}

function convertSequence(conversion: Conversion, sequence: YAMLSeq, depth: number): Converted {
  const before = conversion.count;
  const written = rangeOf(conversion, sequence.range);
  const dashes = dashesOf(conversion, sequence);
  const items = sequence.items.map((item, index) =>
    convertNode(conversion, item, { depth: depth + 1, behind: (dashes[index] ?? written.start) + 1, flow: sequence.flow === true }),
  );
  const start = sequence.flow ? written.start : (dashes[0] ?? written.start);
  const range = { start, end: sequence.flow ? written.end : (items.at(-1)?.range.end ?? written.end) };
  return {
    value: items.map((item) => item.value),
    node: conversion.placing ? { value: range, children: items.flatMap((item) => item.node ?? []) } : undefined,
    range,
    count: conversion.count - before + 1,
    height: 1 + highest(items),
  };
}

function highest(items: readonly Converted[]): number {
  let height = 0;
  for (const item of items) height = Math.max(height, item.height);
  return height;
}

/** A map that is being read. */
interface Members {
  readonly object: Record<string, Value>;
  readonly children: Map<string, Node>;
  /** Where the keys that are written in it (not merged into it) stand. */
  readonly keys: Map<string, Range>;
  height: number;
  /** Behind the last value. */
  end: number;
}

function convertMap(conversion: Conversion, map: YAMLMap, depth: number): Converted {
  const before = conversion.count;
  const written = rangeOf(conversion, map.range);
  const members: Members = { object: {}, children: new Map(), keys: new Map(), height: 0, end: written.end };
  for (const pair of map.items) addPair(conversion, pair, members, { depth: depth + 1, flow: map.flow === true });
  const first = map.items[0];
  // A map without brackets: of a block, or a single pair in a flow sequence.
  const isBare = conversion.text.charCodeAt(written.start) !== 123 || map.flow !== true;
  const start = isBare && first ? keyRange(conversion, first, written.start).start : written.start;
  const range = { start, end: isBare ? members.end : written.end };
  return {
    value: members.object,
    node: conversion.placing ? { value: range, children: members.children } : undefined,
    range,
    count: conversion.count - before + 1,
    height: 1 + members.height,
  };
}

function addPair(conversion: Conversion, pair: Pair, members: Members, inside: Omit<At, 'behind'>): void {
  const written = keyRange(conversion, pair, members.end);
  const at = { ...inside, behind: behindColon(conversion, pair, written) };
  if (isMerge(pair)) {
    members.end = merge(conversion, pair.value, members, at);
    return;
  }
  const withColon = keyWithColon(conversion, pair);
  const key = withColon ?? written;
  const name = withColon ? copyOf(conversion.text, withColon.start, withColon.end) : keyName(conversion, pair, key);
  if (inside.flow && isScalar(pair.key) && pair.key.type === 'PLAIN') checkPlainInBrackets(conversion.text, key);
  const earlier = members.keys.get(name);
  if (earlier) {
    const { line } = createLines(conversion.text).position(earlier.start);
    throw new Unconvertible({ message: `key ${quoted(name)} is already given on line ${line}`, range: key });
  }
  members.keys.set(name, key);
  const converted = convertNode(conversion, pair.value, at);
  define(members.object, name, converted.value);
  if (converted.node) members.children.set(name, { ...converted.node, key });
  members.height = Math.max(members.height, converted.height);
  members.end = converted.range.end;
}

/** The scalar that a map without brackets in a flow sequence really is. */
function scalarWithColon(conversion: Conversion, map: YAMLMap): Converted | undefined {
  const [pair] = map.items;
  const isBare = map.flow === true && conversion.text.charCodeAt(rangeOf(conversion, map.range).start) !== 123;
  const range = isBare && pair && map.items.length === 1 ? keyWithColon(conversion, pair) : undefined;
  if (!range) return undefined;
  checkPlainInBrackets(conversion.text, range);
  const value = copyOf(conversion.text, range.start, range.end);
  return { value, node: conversion.placing ? { value: range, content: range } : undefined, range, count: 1, height: 0 };
}

/** The name that a key becomes in JSON. */
function keyName(conversion: Conversion, pair: Pair, range: Range): string {
  const { key } = pair;
  const resolved = isAlias(key) ? anchoredAt(conversion, key.source, range).content?.value : keyValue(conversion, key, range);
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
  const message = `this key is ${resolved === null || resolved === undefined ? 'null' : 'a list or map'}, where Kubernetes takes only text`;
  throw new Unconvertible({ message, range });
}

function isMerge({ key }: Pair): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === 'tag:yaml.org,2002:merge' || (key.type === 'PLAIN' && key.tag === undefined);
}

function keyValue(conversion: Conversion, key: unknown, range: Range): Value {
  if (!isScalar(key)) return [];
  const source = key.source ?? '';
  const isPlain = key.type === 'PLAIN';
  const value = isPlain && key.tag === undefined ? (resolveKey(source) ?? null) : tagged(key, source, range);
  close(open(conversion, key.anchor), { value, node: { value: range }, range, count: 1, height: 0 });
  return typeof value === 'string' ? copyOf(value, 0, value.length) : value;
}

/** Takes over the members of a merged map, or of a list of them of which the first wins. Returns the end of what is written. */
function merge(conversion: Conversion, value: unknown, members: Members, at: At): number {
  const merged = convertNode(conversion, value, at);
  members.height = Math.max(members.height, merged.height - 1);
  const isList = Array.isArray(merged.value);
  const list: readonly Value[] = isList ? merged.value : [merged.value];
  const nodes = isList && merged.node?.children && isItems(merged.node.children) ? merged.node.children : [merged.node];
  for (let i = list.length - 1; i >= 0; i -= 1) {
    const map = list[i];
    if (typeof map !== 'object' || map === null || Array.isArray(map)) {
      throw new Unconvertible({ message: 'what is merged by "<<" is a map or a list of maps', range: merged.range });
    }
    for (const [name, member] of Object.entries(map)) define(members.object, name, member);
    const children = nodes[i]?.children;
    if (children && !isItems(children)) for (const [name, node] of children) members.children.set(name, node);
  }
  return merged.range.end;
}
