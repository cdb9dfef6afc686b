import type { Range } from '../text/range.ts';
import { type Document, isCollection, isPair, isScalar } from 'yaml';
import { quoted } from './library-tags.ts';
import { tooDeep } from './scan-state.ts';
import type { Reading, YamlProblem } from './value.ts';

/** What the package reports: an error or a warning. */
interface Fault {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

interface Failed {
  /** What was parsed, and where in the whole text it begins. */
  readonly source: string;
  readonly offset: number;
  readonly document: Document.Parsed;
}

/** The first cause for which a document does not parse, in our words and at our place; undefined where it parses. */
export function firstProblem({ source, offset, document }: Failed): Exclude<Reading, { kind: 'value' }> | undefined {
  const errors: Fault[] = [...document.errors.filter((error) => !isTaken(error)), ...document.warnings.filter(isRefused)];
  const [first] = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (!first) return undefined;
  const at = Math.min(first.pos[0], source.length);
  // The package meets the end of the stack long behind our own limit.
  if (first.code === 'RESOURCE_EXHAUSTION') return { kind: 'beyond-limits', problem: tooDeep(at + offset) };
  const { message, range } = explain({ error: first, source, at, document });
  return { kind: 'broken', problems: [{ message, range: { start: range.start + offset, end: range.end + offset } }] };
}

/** Errors by YAML 1.2 which go-yaml, and so Kubernetes, reads over. */
function isTaken(error: Fault): boolean {
  return error.message.startsWith('Comments must be separated');
}

/** What the package only warns of, and go-yaml refuses: `&a: b` is an anchor `a` and a key that is null there. */
function isRefused(warning: Fault): boolean {
  return warning.code === 'BAD_ALIAS';
}

/** YAML allows no control characters; the package does not look for them. */
export function unreadableCharacter(text: string, span: Range): YamlProblem | undefined {
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text.slice(span.start, span.end));
  if (!found) return undefined;
  const start = span.start + found.index;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return { message: `the control character U+${code} is not allowed in YAML`, range: { start, end: start + 1 } };
}

export function tabProblem(range: Range): YamlProblem {
  return { message: 'a tab is used as indentation, where YAML takes only spaces', range };
}

/**
 * go-yaml allows no tab where a line or a list item begins outside of scalars and brackets, not even on a blank line;
 * YAML 1.2 and the package do.
 */
export function leadingTab(source: string, document: Document.Parsed): Range | undefined {
  // Not by `^`, which is also true behind U+2028.
  const tabs = [...source.matchAll(/(?<![^\n])(?: *-(?=[ \t]))* *\t/g)].map((match) => match.index + match[0].length - 1);
  if (tabs.length === 0) return undefined;
  const covered = coveredRanges(document).toSorted((one, other) => one.start - other.start);
  let next = 0;
  let end = -1;
  for (const tab of tabs) {
    for (let range = covered[next]; range && range.start <= tab; range = covered[next]) {
      end = Math.max(end, range.end);
      next += 1;
    }
    if (tab >= end) return { start: tab, end: tab + 1 };
  }
  return undefined;
}

/** Where scalars and brackets stand. */
function coveredRanges(document: Document.Parsed): Range[] {
  const ranges: Range[] = [];
  const pending: unknown[] = [document.contents];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isPair(node)) pending.push(node.key, node.value);
    if (!isScalar(node) && !isCollection(node)) continue;
    const isCovered = isScalar(node) || node.flow === true;
    if (isCovered && node.range) ranges.push({ start: node.range[0], end: node.range[1] });
    else if (isCollection(node)) for (const item of node.items) pending.push(item);
  }
  return ranges;
}

interface Failure {
  readonly error: Fault;
  readonly source: string;
  /** Where the package found it. */
  readonly at: number;
  readonly document: Document.Parsed;
}

function explain(failure: Failure): YamlProblem {
  const { error, source, at } = failure;
  const tab = tabBefore(source, at);
  if (tab !== undefined) return tabProblem({ start: tab, end: tab + 1 });
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return tabProblem({ start: at, end: at + 1 });
    case 'BAD_DQ_ESCAPE':
      return badEscape(source, at);
    case 'BAD_SCALAR_START':
      return { message: `a value without quotes cannot begin with ${quoted(source.charAt(at))}`, range: restOfLine(source, at) };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return error.message.startsWith('Nested mappings') ? nestedMap(source, at) : listForKey(source, at);
    case 'MULTILINE_IMPLICIT_KEY':
      return withoutColon(source, at);
    case 'BAD_INDENT':
      return badIndent(failure);
    case 'BLOCK_IN_FLOW':
      return missingComma(source, at);
    case 'MISSING_CHAR':
      return missing(failure);
    case 'UNEXPECTED_TOKEN':
      return unexpected(failure);
    case 'MULTIPLE_ANCHORS':
      return { message: 'a value has more than one anchor', range: restOfLine(source, at) };
    case 'MULTIPLE_TAGS':
      return { message: 'a value has more than one tag', range: restOfLine(source, at) };
    case 'ALIAS_PROPS':
      return { message: 'an alias can have neither an anchor nor a tag', range: restOfLine(source, at) };
    case 'BAD_ALIAS':
      return badAlias(error, source, at);
    case 'BAD_PROP_ORDER':
      return { message: 'an anchor or tag stands before the indicator that it belongs behind', range: restOfLine(source, at) };
    case 'KEY_OVER_1024_CHARS':
      return { message: 'a key is longer than 1024 characters', range: restOfLine(source, at) };
    case 'TAG_RESOLVE_FAILED':
      return { message: `the tag ${quoted(wordAt(source, at))} is unknown or cut off`, range: restOfLine(source, at) };
    case 'BAD_DIRECTIVE':
      return { message: `the directive ${quoted(wordAt(source, at))} is not well-formed`, range: restOfLine(source, at) };
    default:
      return { message: 'the text is no YAML from here on', range: restOfLine(source, at) };
  }
}

/** Where a tab stands in the indentation of a line, if `at` is where its text begins: it is the cause, whatever follows from it. */
function tabBefore(source: string, at: number): number | undefined {
  const start = lineStart(source, at);
  const margin = /^[ \t]*/.exec(source.slice(start, at + 1))?.[0] ?? '';
  return margin.includes('\t') && start + margin.length >= at ? start + margin.indexOf('\t') : undefined;
}

function badEscape(source: string, at: number): YamlProblem {
  const length = { x: 4, u: 6, U: 10 }[source.charAt(at + 1)] ?? 2;
  const range = { start: at, end: Math.min(source.length, at + length) };
  return { message: `${quoted(source.slice(range.start, range.end))} is no escape that double quotes know`, range };
}

function badAlias(error: Fault, source: string, at: number): YamlProblem {
  const what = source.charAt(at) === '*' || error.message.startsWith('Alias') ? 'an alias' : 'an anchor';
  const isAmbiguous = error.message.includes('ambiguous');
  return { message: isAmbiguous ? `the name of ${what} ends in a colon` : `${what} has no name`, range: restOfLine(source, at) };
}

/** A map on the line of its key (`a: b: c`) or below a value (`a: b`, then `  c: d`). */
function nestedMap(source: string, at: number): YamlProblem {
  const line = restOfLine(source, at);
  const written = source.slice(line.start, line.end);
  if (/^\?(?:\s|$)/.test(written)) return { message: 'a "?" key cannot begin on the line of another key', range: line };
  if (/:(?:\s|$)/.test(written)) {
    return { message: `${quoted(written)} has a colon in it and stands without quotes behind a key`, range: line };
  }
  const below = nextCode(source, line.end);
  return {
    message: `${quoted(keyOf(source, below))} stands deeper than the key above it, which already has the value ${quoted(written)}`,
    range: keyRange(source, below),
  };
}

function listForKey(source: string, at: number): YamlProblem {
  const start = skipBlanks(source, at);
  return { message: 'a list item stands where a key is expected', range: restOfLine(source, start) };
}

/** A line that is neither `key: value` nor a list item. */
function withoutColon(source: string, at: number): YamlProblem {
  if (/^-(?:\s|$)/.test(source.slice(at, at + 2))) return listForKey(source, at);
  const range = restOfLine(source, at);
  const written = source.slice(range.start, range.end);
  const glued = /^["']?[\w./-]+["']?:(?=\S)/.exec(written);
  if (glued) return { message: `a space is missing behind the colon of ${quoted(written)}`, range };
  return { message: `${quoted(written)} is no key, since no colon follows it on its line`, range };
}

function badIndent(failure: Failure): YamlProblem {
  const { error, source, at } = failure;
  if (error.message.startsWith('Flow')) return unclosed(failure);
  const start = skipBlanks(source, at);
  const range = restOfLine(source, start);
  const written = source.slice(range.start, range.end);
  if (!/:(?:\s|$)/.test(written) && !/^-(?:\s|$)/.test(written)) return withoutColon(source, start);
  const column = start - lineStart(source, start);
  const shown = /^-(?:\s|$)/.test(written) ? 'a list item' : quoted(keyOf(source, start));
  return { message: `${shown} is indented by ${spaces(column)}, which fits nothing above it`, range: keyRange(source, start) };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${String(count)} spaces`;
}

function missing(failure: Failure): YamlProblem {
  const { error, source, at } = failure;
  const { message } = error;
  if (message.startsWith('Missing closing') || message.startsWith('Flow')) return unclosed(failure);
  if (message.startsWith('Implicit map keys')) return withoutColon(source, at);
  if (message.startsWith('Missing ,') || message.startsWith('Missing space')) return missingComma(source, at);
  if (message.startsWith('Sequence item')) return keyForItem(source, skipBlanks(source, at));
  if (message.startsWith('Block scalars')) {
    return { message: 'the blank lines at the beginning of this text have more spaces than its first line', range: restOfLine(source, at) };
  }
  if (message.startsWith('Block collection')) {
    return { message: 'a map or list cannot begin on the line of "---"', range: restOfLine(source, at) };
  }
  if (message.startsWith('Missing directives-end')) {
    return { message: 'no "---" line follows the directives', range: restOfLine(source, at) };
  }
  return { message: 'a blank is missing between an anchor or tag and what follows it', range: restOfLine(source, at) };
}

function keyForItem(source: string, start: number): YamlProblem {
  return { message: `${quoted(keyOf(source, start))} stands where a list item is expected`, range: keyRange(source, start) };
}

function missingComma(source: string, at: number): YamlProblem {
  return { message: 'a comma or colon is missing between brackets', range: restOfLine(source, at) };
}

function unexpected(failure: Failure): YamlProblem {
  const { error, source, at } = failure;
  const { message } = error;
  const range = restOfLine(source, at);
  const written = source.slice(range.start, range.end);
  if (message.startsWith('Unexpected block-seq-ind')) {
    const isFirst = skipBlanks(source, lineStart(source, at)) === at;
    return isFirst ? listForKey(source, at) : { message: 'a list cannot begin on the line of its key', range };
  }
  if (message.startsWith('Block scalar header')) {
    return { message: `${quoted(written)} stands on the line of a block indicator, where the text begins one line below`, range };
  }
  if (/^Unexpected (?:,|empty item)/.test(message)) return { message: 'no value stands before a comma', range: { start: at, end: at + 1 } };
  const character = source.charAt(at);
  if (character === ']' || character === '}')
    return { message: `the bracket ${quoted(character)} closes nothing`, range: { start: at, end: at + 1 } };
  if (skipBlanks(source, lineStart(source, at)) === at) {
    if (/:(?:\s|$)/.test(written) && isSequence(failure)) return keyForItem(source, at);
    return { message: `${quoted(written)} stands behind the end of the document's value`, range };
  }
  return { message: `${quoted(written)} follows a value that is already complete`, range };
}

function isSequence({ document }: Failure): boolean {
  return isCollection(document.contents) && document.contents.srcToken?.type === 'block-seq';
}

/** Quotes or brackets that nothing closes: told at the opening one. */
function unclosed({ error, source, at, document }: Failure): YamlProblem {
  const isQuote = error.message.startsWith('Missing closing');
  const start = openingOf({ document, source, isQuote, end: error.pos[0] }) ?? at;
  const character = source.charAt(start);
  const what = isQuote ? 'the quoted text that begins here' : `the bracket ${quoted(character)}`;
  // The package gives up at a line that is not indented, though what closes may well follow.
  const leftOut = source.includes(closer(character), start + 1) ? ', or a line of it is not indented deeper than its key' : '';
  return { message: `${what} is not closed${leftOut}`, range: { start, end: start + 1 } };
}

/**
 * Where the quoted scalar or flow collection begins that does not end in what closes it: the one that ends where the
 * package found the error, else the last one.
 */
function openingOf(failure: { document: Document.Parsed; source: string; isQuote: boolean; end: number }): number | undefined {
  const { document, source, isQuote, end } = failure;
  let last: number | undefined;
  const pending: unknown[] = [document.contents];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isPair(node)) pending.push(node.key, node.value);
    if (isCollection(node)) for (const item of node.items) pending.push(item);
    const range = isQuote ? quotedRange(node) : bracketRange(node);
    if (!range || range[0] >= source.length) continue;
    const isOpen = range[1] - range[0] < 2 || source.charAt(range[1] - 1) !== closer(source.charAt(range[0]));
    if (isOpen && isQuote && range[1] === end) return range[0];
    if (isOpen) last = Math.max(range[0], last ?? 0);
  }
  return last;
}

function quotedRange(node: unknown): readonly [number, number, number] | null | undefined {
  return isScalar(node) && node.type?.startsWith('QUOTE') === true ? node.range : undefined;
}

function bracketRange(node: unknown): readonly [number, number, number] | null | undefined {
  return isCollection(node) && node.flow === true ? node.range : undefined;
}

function closer(opening: string): string {
  return opening === '[' ? ']' : opening === '{' ? '}' : opening;
}

function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}

function skipBlanks(source: string, at: number): number {
  let i = at;
  while (/[ \t\r\n]/.test(source.charAt(i))) i += 1;
  return i;
}

/** From `at` to the end of the line, without the blanks around. */
function restOfLine(source: string, at: number): Range {
  const end = source.indexOf('\n', at);
  const line = source.slice(at, end === -1 ? source.length : end).trimEnd();
  return { start: at, end: at + line.length };
}

/** The first token on a line below that is no comment. */
function nextCode(source: string, from: number): number {
  let at = skipBlanks(source, from);
  while (source.charAt(at) === '#') {
    const end = source.indexOf('\n', at);
    at = skipBlanks(source, end === -1 ? source.length : end);
  }
  return at;
}

function keyRange(source: string, at: number): Range {
  const range = restOfLine(source, at);
  const colon = source.slice(range.start, range.end).search(/:(?:\s|$)/);
  return colon === -1 ? range : { start: range.start, end: range.start + colon };
}

function keyOf(source: string, at: number): string {
  const { start, end } = keyRange(source, at);
  return source.slice(start, end).trim();
}

function wordAt(source: string, at: number): string {
  return /\S+/.exec(source.slice(at, at + 200))?.[0] ?? '';
}
