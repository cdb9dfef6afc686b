import type { Range } from '../text/range.ts';
import { nextLine, refuse } from './scan-state.ts';
import type { Node } from './value.ts';

/** A literal or folded scalar. */
export interface BlockScalar {
  readonly value: string;
  /** Where the line behind it begins. */
  readonly next: number;
  /** Behind the indicators of its header. */
  readonly headerEnd: number;
}

interface Header {
  readonly folded: boolean;
  /** 43 (+), 45 (-) or 0. */
  readonly chomping: number;
  /** Columns that the content stands deeper than its parent, where the header says so; else 0. */
  readonly indentation: number;
  /** Behind the indicators. */
  readonly end: number;
}

/**
 * Reads the block scalar at `start` in a document that ends at `end`; its content stands deeper than the column
 * `parent` (-1 for the root). Both readers use it, since the `yaml` package drops trailing lines of blanks which go-yaml
 * keeps. Refuses what is doubtful; what follows the scalar is for the caller to judge.
 */
export function readBlockScalar(text: string, start: number, end: number, parent: number): BlockScalar {
  const header = readHeader(text, start);
  const contentStart = headerLineEnd(text, header.end, end);
  const column = header.indentation > 0 ? Math.max(parent, 0) + header.indentation : detectColumn(text, contentStart, end, parent);
  const lines: string[] = [];
  let line = contentStart;
  while (line < end) {
    let i = line;
    const limit = line + column;
    while (i < limit && text.charCodeAt(i) === 32) i += 1;
    const next = nextLine(text, i, end);
    const lineEnd = endOfLine(text, i, next);
    if (i < limit && i < lineEnd) {
      if (text.charCodeAt(i) === 9) refuse();
      break;
    }
    lines.push(text.slice(i, lineEnd));
    line = next;
  }
  const cutOff = line > contentStart && text.charCodeAt(line - 1) !== 10;
  const count = contentLines(lines);
  const content = lines.slice(0, count);
  const body = header.folded ? fold(content) : content.join('\n');
  const breaks = lines.length - count + (count > 0 ? 1 : 0) - (cutOff ? 1 : 0);
  return { value: body + '\n'.repeat(keptBreaks(header.chomping, count > 0, breaks)), next: line, headerEnd: header.end };
}

/** The node of a block scalar: from its header to the end of its last line that is not blank. */
export function blockScalarNode(text: string, start: number, scalar: BlockScalar): Node {
  const { value, headerEnd } = scalar;
  const end = blockScalarEnd(text, scalar);
  const range: Range = { start, end };
  const inner = end - value.length;
  const isVerbatim = value !== '' && inner > headerEnd && text.startsWith(value, inner);
  return isVerbatim ? { value: range, content: { start: inner, end } } : { value: range };
}

/** The end of its last line that is not blank. */
export function blockScalarEnd(text: string, { next, headerEnd }: BlockScalar): number {
  let end = next;
  while (end > headerEnd && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function readHeader(text: string, start: number): Header {
  let chomping = 0;
  let indentation = 0;
  let i = start + 1;
  for (; ; i += 1) {
    const code = text.charCodeAt(i);
    if ((code === 43 || code === 45) && chomping === 0) chomping = code;
    else if (code > 48 && code < 58 && indentation === 0) indentation = code - 48;
    else break;
  }
  return { folded: text.charCodeAt(start) === 62, chomping, indentation, end: i };
}

/** Where the line behind a header's begins: only blanks and a comment may follow the indicators. */
function headerLineEnd(text: string, from: number, end: number): number {
  let i = from;
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i += 1;
  const code = text.charCodeAt(i);
  if (i < end && code !== 10 && code !== 13 && code !== 35) refuse();
  return nextLine(text, i, end);
}

/** The column of the first line that is not blank; blank ones before it must not be longer. */
function detectColumn(text: string, from: number, end: number, parent: number): number {
  let longest = 0;
  for (let line = from; line < end; line = nextLine(text, line, end)) {
    let i = line;
    while (text.charCodeAt(i) === 32) i += 1;
    const code = text.charCodeAt(i);
    const column = i - line;
    if (i >= end || code === 10 || code === 13) {
      longest = Math.max(longest, column);
      continue;
    }
    if (code === 9) refuse();
    if (column <= parent) break;
    if (longest > column) refuse();
    return column;
  }
  return Math.max(parent + 1, longest);
}

/** The end of a line without its break; `next` is where the next one begins. */
function endOfLine(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text.charCodeAt(end - 1) === 10) end -= 1;
  if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
  return end;
}

/** How many of the lines come before the trailing empty ones. */
function contentLines(lines: readonly string[]): number {
  let count = lines.length;
  while (count > 0 && lines[count - 1] === '') count -= 1;
  return count;
}

function keptBreaks(chomping: number, hasContent: boolean, breaks: number): number {
  if (chomping === 45) return 0;
  if (chomping === 43) return breaks;
  return hasContent ? Math.min(1, breaks) : 0;
}

/** Folds single line breaks into spaces, except around lines that begin with a blank. */
function fold(lines: readonly string[]): string {
  const parts: string[] = [];
  let empty = 0;
  let isFirst = true;
  let wasDeeper = false;
  for (const line of lines) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const isDeeper = isBlank(line.charCodeAt(0));
    if (isDeeper || wasDeeper) parts.push('\n'.repeat(isFirst ? empty : empty + 1));
    else if (empty > 0) parts.push('\n'.repeat(empty));
    else if (!isFirst) parts.push(' ');
    parts.push(line);
    wasDeeper = isDeeper;
    isFirst = false;
    empty = 0;
  }
  return parts.join('');
}
