import { scalarNode } from './nodes.ts';
import { lineBreaks, longestKey } from './scan-plain.ts';
import { type ScanState, countValue, finishLine, refuse } from './scan-state.ts';
import { copyOf } from './strings.ts';

/** Offset behind the closing quote of the quoted scalar at `start`; -1 where it does not end on its line. */
function quoteEnd(state: ScanState, start: number): number {
  const { text, end } = state;
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      if (quote === 34 || text.charCodeAt(i + 1) !== 39) return i + 1;
      i += 1;
    } else if (code === 92) {
      if (quote === 34) i += 1;
    } else if (code === 10) return -1;
  }
  return -1;
}

/** Reads a quoted key with its colon at `start` and goes to the key's end. Undefined, with `pos` as it was, where it is no key. */
export function scanQuotedKey(state: ScanState, start: number): string | undefined {
  const { text, end } = state;
  const keyEnd = quoteEnd(state, start);
  if (keyEnd === -1 || keyEnd > end) return undefined;
  let i = keyEnd;
  while (text.charCodeAt(i) === 32) i += 1;
  if (text.charCodeAt(i) !== 58) return undefined;
  const next = text.charCodeAt(i + 1);
  if (next !== 32 && next !== 10 && next !== 13 && i + 1 < end) refuse();
  if (keyEnd - start > longestKey) refuse();
  state.pos = keyEnd;
  return quotedText(state, start, keyEnd, true);
}

/** Reads the quoted key at `start`, which ends on its line, and goes to its end. */
export function scanQuotedKeyText(state: ScanState, start: number): string {
  const end = quoteEnd(state, start);
  if (end === -1 || end > state.end || end - start > longestKey) refuse();
  state.pos = end;
  return quotedText(state, start, end, true);
}

/** Reads the quoted scalar at `start`, to the end of its last line. */
export function scanQuoted(state: ScanState, start: number): string {
  countValue(state, start);
  const value = scanQuotedText(state, start);
  finishLine(state, state.pos);
  return value;
}

/** Reads the quoted scalar at `start` and goes behind its closing quote. */
export function scanQuotedText(state: ScanState, start: number): string {
  const { text } = state;
  const end = quoteEnd(state, start);
  if (end === -1) return scanQuotedLines(state, start);
  if (end > state.end) refuse();
  const value = quotedText(state, start, end, false);
  state.valueEnd = end;
  if (state.wanted !== undefined) state.node = scalarNode(text, { start, end }, { start: start + 1, end: end - 1 }, value);
  state.pos = end;
  return value;
}

/** The text inside quotes on one line, `end` being behind the closing one. */
function quotedText(state: ScanState, start: number, end: number, isKey: boolean): string {
  const { text, strings } = state;
  const escape = text.charCodeAt(start) === 34 ? 92 : 39;
  let hash = 0;
  for (let i = start + 1; i < end - 1; i += 1) {
    const code = text.charCodeAt(i);
    if (code === escape) {
      const raw = text.slice(start + 1, end - 1);
      return escape === 39 ? copied(raw.replaceAll("''", "'")) : unescape(raw);
    }
    hash = (Math.imul(hash, 31) + code) | 0;
  }
  if (isKey) return strings.quotedKeys.take(text, start + 1, end - 1, hash) ?? '';
  return strings.values.take(text, start + 1, end - 1, hash);
}

/** `replaceAll` may leave a string that is made of slices. */
function copied(text: string): string {
  return copyOf(text, 0, text.length);
}

/**
 * Reads a quoted scalar of several lines: a line break becomes a space, blank lines become line breaks. The lines may
 * stand at any column, as for go-yaml (YAML 1.2 wants them deeper than the key).
 */
function scanQuotedLines(state: ScanState, start: number): string {
  const { text, end } = state;
  const isDouble = text.charCodeAt(start) === 34;
  const quote = isDouble ? 34 : 39;
  const parts: string[] = [];
  let lineBegin = start + 1;
  let i = lineBegin;
  for (;;) {
    if (i >= end) refuse();
    const code = text.charCodeAt(i);
    if (code === quote) {
      if (isDouble || text.charCodeAt(i + 1) !== 39) break;
      i += 2;
    } else if (isDouble && code === 92) {
      const next = text.charCodeAt(i + 1);
      // Escaped line breaks are rare.
      if (next === 10 || next === 13) refuse();
      i += 2;
    } else if (code === 10) {
      let lineEnd = i;
      while (lineEnd > lineBegin && isBlank(text.charCodeAt(lineEnd - 1))) lineEnd -= 1;
      // A blank that is escaped belongs to the text.
      if (isDouble && text.charCodeAt(lineEnd - 1) === 92) refuse();
      parts.push(text.slice(lineBegin, lineEnd));
      lineBegin = continuedLine(state, i + 1);
      const breaks = lineBreaks(text, i, lineBegin);
      parts.push(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
      i = lineBegin;
    } else i += 1;
  }
  if (i >= end) refuse();
  parts.push(text.slice(lineBegin, i));
  state.pos = i + 1;
  state.valueEnd = i + 1;
  if (state.wanted !== undefined) state.node = { value: { start, end: i + 1 } };
  const raw = parts.join('');
  return isDouble ? unescape(raw) : raw.replaceAll("''", "'");
}

function isBlank(code: number): boolean {
  return code === 32 || code === 13 || code === 9;
}

/** The first character that is not blank of the next line that has one. */
function continuedLine(state: ScanState, from: number): number {
  const { text, end } = state;
  let start = from;
  while (start < end) {
    let i = start;
    let code = text.charCodeAt(i);
    while (code === 32) {
      i += 1;
      code = text.charCodeAt(i);
    }
    if (code === 9) refuse();
    if (code === 10) start = i + 1;
    else if (code === 13) start = i + 2;
    else {
      return i;
    }
  }
  return refuse();
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const escapeDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Resolves the escapes of double-quoted text; refuses those that YAML does not have. */
function unescape(raw: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    parts.push(raw.slice(from, at));
    const letter = raw.charAt(at + 1);
    const digits = escapeDigits.get(letter);
    if (digits === undefined) {
      const character = escapes.get(letter);
      if (character === undefined) refuse();
      parts.push(character);
      from = at + 2;
    } else {
      const hexadecimal = raw.slice(at + 2, at + 2 + digits);
      const code = Number(`0x${hexadecimal}`);
      if (hexadecimal.length !== digits || !/^[0-9a-fA-F]+$/.test(hexadecimal) || code > 0x10ffff) refuse();
      parts.push(String.fromCodePoint(code));
      from = at + 2 + digits;
    }
  }
  // Two parts at least, so that the result is a copy.
  parts.push(raw.slice(from));
  return parts.join('');
}
