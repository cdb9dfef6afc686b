import type { Range } from '../text/range.ts';
import { contentStart, followsMarker, lineEnd } from './documents.ts';
import { copyOf } from './strings.ts';
import { looksLikeTemplate } from './template.ts';

/** What a document says about itself, read without parsing it. */
export interface Head {
  /** The values of the root's keys where they are plain or quoted text on one line. */
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** Whether a parse may find an `apiVersion` or `kind` that was not found here: in aliases, merge keys, escapes, odd layouts. */
  readonly unsure: boolean;
  /** Whether the text is of a template language: `{{`, `{%`, `<%` or `%{` outside of comments, quotes and block scalars. */
  readonly template: boolean;
}

interface Found {
  apiVersion: string | undefined;
  kind: string | undefined;
  unsure: boolean;
}

/** Reads a document's `apiVersion` and `kind`, without a look at the rest where these are its first keys. */
export function readHead(text: string, span: Range): Head {
  const found: Found = { apiVersion: undefined, kind: undefined, unsure: false };
  const start = contentStart(text, span.start, span.end);
  if (isFlowMapping(text, start)) readFlowHead(text, start, span.end, found);
  else if (isOnMarkerLine(text, start, span)) found.unsure = true;
  else readBlockHead(text, start, span, found);
  const { apiVersion, kind, unsure } = found;
  return { apiVersion, kind, unsure, template: looksLikeTemplate(text, span) };
}

/** `{` begins one, `{{` a template. */
function isFlowMapping(text: string, start: number): boolean {
  return text.charCodeAt(start) === 123 && text.charCodeAt(start + 1) !== 123;
}

/** Whether the content begins on the line of its `---`, where no block mapping can. */
function isOnMarkerLine(text: string, start: number, span: Range): boolean {
  return followsMarker(text, span.start) && lineEnd(text, span.start, span.end) >= start;
}

function readBlockHead(text: string, start: number, span: Range, found: Found): void {
  const { end } = span;
  let line = start;
  while (line > span.start && text.charCodeAt(line - 1) === 32) line -= 1;
  const column = start - line;
  for (;;) {
    readBlockLine(text, line, line + column, end, found);
    if (found.apiVersion !== undefined && found.kind !== undefined) return;
    const next = text.indexOf('\n', line);
    if (next === -1 || next >= end) break;
    line = next + 1;
  }
  // Lines are looked for by LF; a text with other line ends is left to the reader.
  const rest = text.slice(start, end);
  if (rest.includes('\r') && /\r(?!\n)/.test(rest)) found.unsure = true;
}

function readBlockLine(text: string, line: number, at: number, end: number, found: Found): void {
  if (at >= end) return;
  switch (text.charCodeAt(at)) {
    case 97: // a
    case 107: // k
    case 34: // "
    case 39: // '
      break;
    case 60: // <
    case 42: // *
    case 38: // &
    case 33: // !
    case 63: // ?
    case 37: // %
      found.unsure = true;
      return;
    default:
      return;
  }
  for (let i = line; i < at; i += 1) if (text.charCodeAt(i) !== 32) return;
  const key = keyAt(text, at);
  if (key === undefined) return;
  const value = blockValue(text, key.end, end);
  if (value === undefined) found.unsure = true;
  else found[key.name] ??= value;
}

interface FoundKey {
  readonly name: 'apiVersion' | 'kind';
  /** Behind the colon. */
  readonly end: number;
}

function keyAt(text: string, at: number): FoundKey | undefined {
  const code = text.charCodeAt(at);
  const quoted = code === 34 || code === 39;
  const from = quoted ? at + 1 : at;
  const name = text.startsWith('apiVersion', from) ? 'apiVersion' : text.startsWith('kind', from) ? 'kind' : undefined;
  if (!name) return undefined;
  let i = from + name.length;
  if (quoted) {
    if (text.charCodeAt(i) !== code) return undefined;
    i += 1;
  }
  while (text.charCodeAt(i) === 32) i += 1;
  return text.charCodeAt(i) === 58 ? { name, end: i + 1 } : undefined;
}

/** The text of a scalar on the line at `from`; undefined where it is not plainly written. */
function blockValue(text: string, from: number, end: number): string | undefined {
  let start = from;
  while (isBlank(text.charCodeAt(start))) start += 1;
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) return quotedValue(text, start, end);
  if (start === from || isIndicator(code)) return undefined;
  let last = start;
  for (let i = start; i < end; i += 1) {
    const next = text.charCodeAt(i);
    if (next === 10 || next === 13) break;
    if (next === 35 && last < i) break;
    if (!isBlank(next)) last = i + 1;
  }
  return copyOf(text, start, last);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function quotedValue(text: string, start: number, end: number): string | undefined {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === quote) return text.charCodeAt(i + 1) === quote ? undefined : copyOf(text, start + 1, i);
    if (code === 92 || code === 10 || code === 13) return undefined;
  }
  return undefined;
}

/** Characters that a plain scalar does not begin with. */
function isIndicator(code: number): boolean {
  switch (code) {
    case 10:
    case 13:
    case 33: // !
    case 35: // #
    case 38: // &
    case 42: // *
    case 62: // >
    case 91: // [
    case 123: // {
    case 124: // |
      return true;
    default:
      return Number.isNaN(code);
  }
}

/** Reads the keys of the outermost braces of a JSON or flow document. */
function readFlowHead(text: string, start: number, end: number, found: Found): void {
  let depth = 0;
  let expectsKey = false;
  for (let i = start; i < end && (found.apiVersion === undefined || found.kind === undefined); i += 1) {
    const code = text.charCodeAt(i);
    switch (code) {
      case 32:
      case 9:
      case 10:
      case 13:
        continue;
      case 91: // [
      case 123: // {
        depth += 1;
        expectsKey = depth === 1;
        continue;
      case 93: // ]
      case 125: // }
        depth -= 1;
        if (depth === 0) return;
        continue;
      case 44: // ,
        expectsKey = depth === 1;
        continue;
      case 35: // #
        if (text.charCodeAt(i - 1) > 32) continue;
        i = lineEnd(text, i, end);
        continue;
      default:
        break;
    }
    if (expectsKey) {
      expectsKey = false;
      const key = keyAt(text, i);
      if (key) {
        const value = flowValue(text, key.end, end);
        if (value === undefined) found.unsure = true;
        else found[key.name] ??= value;
        i = key.end - 1;
        continue;
      }
      if (isIndicator(code) || code === 60 || code === 63) found.unsure = true;
    }
    if ((code === 34 || code === 39) && beginsToken(text, i)) i = stringEnd(text, i, end);
  }
}

function beginsToken(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before <= 32 || before === 58 || before === 44 || before === 91 || before === 123;
}

/** Offset of the quote that closes the one at `start`. */
function stringEnd(text: string, start: number, end: number): number {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === quote) return i;
    if (code === 92 && quote === 34) i += 1;
  }
  return end;
}

function flowValue(text: string, from: number, end: number): string | undefined {
  let i = from;
  while (text.charCodeAt(i) <= 32) i += 1;
  const code = text.charCodeAt(i);
  if (code === 34 || code === 39) return quotedValue(text, i, end);
  if (isIndicator(code)) return undefined;
  let last = i;
  while (last < end && !/[,{}[\]\r\n#]/.test(text.charAt(last))) last += 1;
  return copyOf(text, i, last).trimEnd() || undefined;
}
