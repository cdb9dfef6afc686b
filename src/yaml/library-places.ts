import { type Document, type Pair, type YAMLSeq, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Range } from '../text/range.ts';
import type { Node } from './value.ts';

/** A document that the package has parsed without an error. */
export interface Parsed {
  /** The whole text, which ranges refer to. */
  readonly text: string;
  /** What was parsed, and where in the text it begins. */
  readonly source: string;
  readonly offset: number;
  readonly document: Document.Parsed;
  /** Whether nodes are made. */
  readonly placing: boolean;
}

/** A range of the package, in the whole text. */
export function rangeOf(parsed: Parsed, range: readonly [number, number, number] | null | undefined): Range {
  const { offset } = parsed;
  return { start: offset + (range?.[0] ?? 0), end: offset + (range?.[1] ?? 0) };
}

export function shifted(range: Range, offset: number): Range {
  return { start: range.start + offset, end: range.end + offset };
}

/** Where a key stands; `fallback` where it is not written. */
export function keyRange(parsed: Parsed, pair: Pair, fallback: number): Range {
  const { key } = pair;
  if ((isScalar(key) || isAlias(key) || isMap(key) || isSeq(key)) && key.range) return rangeOf(parsed, key.range);
  return { start: fallback, end: fallback };
}

/** Where the value of a pair stands that is not written: behind its colon, or its key. */
export function behindColon(parsed: Parsed, pair: Pair, key: Range): number {
  const colon = pair.srcToken?.sep?.find((part) => part.type === 'map-value-ind');
  return colon ? parsed.offset + colon.offset + 1 : key.end;
}

/**
 * The range of what is a pair to the package, but one plain scalar that ends in a colon to go-yaml: `[2001:db8::, b]`, `{a :}`.
 * Undefined where the pair is one.
 */
export function keyWithColon(parsed: Parsed, pair: Pair): Range | undefined {
  const { key, value } = pair;
  if (!isScalar(key) || key.type !== 'PLAIN' || !key.range || key.range[0] === key.range[1]) return undefined;
  if (value !== null && !(isScalar(value) && value.source === '' && value.type === 'PLAIN')) return undefined;
  const colon = /^ *:(?=[,[\]{}])/.exec(parsed.source.slice(key.range[1], key.range[1] + 1000));
  return colon ? shifted({ start: key.range[0], end: key.range[1] + colon[0].length }, parsed.offset) : undefined;
}

/** Where the dashes of a block sequence stand. */
export function dashesOf(parsed: Parsed, sequence: YAMLSeq): readonly number[] {
  const token = sequence.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap((item) =>
    item.start.filter((part) => part.type === 'seq-item-ind').map((part) => parsed.offset + part.offset),
  );
}

/** The nodes of aliased content as they stand where the alias is. */
export function throughAlias(node: Node, alias: Range): Node {
  const { children } = node;
  const placed: Node = { value: alias, anchor: node.anchor ?? node.value };
  if (!children) return placed;
  if (isItems(children)) return { ...placed, children: children.map((child) => throughAlias(child, alias)) };
  const members = new Map<string, Node>();
  for (const [key, child] of children) members.set(key, { ...throughAlias(child, alias), key: alias });
  return { ...placed, children: members };
}

export function isItems(children: NonNullable<Node['children']>): children is readonly Node[] {
  return Array.isArray(children);
}
