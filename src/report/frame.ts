import type { Location } from '../rule/finding.ts';
import { visible } from './escape.ts';
import { displayWidth } from './width.ts';

const tabWidth = 4;
/** Columns of text in a frame; with the gutter it fits a terminal of 100. */
const frameWidth = 92;
/** Code units looked at on each side of where a range begins: enough for a frame, and a manifest on one line of 10 MB costs nothing. */
const reach = 400;

/** A line of a manifest as it is shown, and which part of it is meant. */
export interface MarkedLine {
  readonly text: string;
  /** Columns before the mark. */
  readonly indent: number;
  /** Columns that are marked; at least one. */
  readonly length: number;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Of its first code unit in the line. */
  readonly offset: number;
}

/**
 * The first line of a location, cut around what is meant. A range of several lines is marked to the end of its first.
 * `undefined` where no text is known.
 */
export function markedLine({ start, end, lines }: Location): MarkedLine | undefined {
  const line = lines[0];
  if (line === undefined) return undefined;

  const from = Math.min(start.column - 1, line.length);
  const to = end.line > start.line ? line.length : Math.max(from, Math.min(end.column - 1, line.length));
  const first = wholeCharacter(line, Math.max(0, from - reach));
  const last = wholeCharacter(line, Math.min(line.length, from + reach));
  const cells = cellsOf(line.slice(first, last), first);

  const indent = widthOf(cells.filter(({ offset }) => offset < from));
  const length = Math.max(1, widthOf(cells.filter(({ offset }) => offset >= from && offset < to)));
  return cut(cells, { indent, length }, { before: first > 0, behind: last < line.length });
}

/** The last line of a range that goes on below its first line; a range that ends before the first character of a line ends on the line above. */
export function lastLine({ start, end }: Location): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}

/** Moves an offset that is between the halves of a surrogate pair in front of it. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return code >= 0xdc00 && code < 0xe000 && before >= 0xd800 && before < 0xdc00 ? offset - 1 : offset;
}

function cellsOf(text: string, start: number): readonly Cell[] {
  const cells: Cell[] = [];
  let offset = start;
  let column = 0;
  for (const character of text) {
    const shown = character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(character);
    const width = displayWidth(shown);
    cells.push({ text: shown, width, offset });
    offset += character.length;
    column += width;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  let width = 0;
  for (const cell of cells) width += cell.width;
  return width;
}

/** Keeps `frameWidth` columns: the head of the line if the mark lies there, else as much on both sides of the mark. */
function cut(
  cells: readonly Cell[],
  mark: { readonly indent: number; readonly length: number },
  more: { readonly before: boolean; readonly behind: boolean },
): MarkedLine {
  const total = widthOf(cells);
  const needed = Math.min(mark.length, frameWidth - 20);
  const fits = mark.indent + needed + 2 <= frameWidth;
  const left = fits ? 0 : Math.max(0, Math.min(mark.indent - Math.floor((frameWidth - needed) / 2), total - frameWidth));
  const right = left + frameWidth;

  let column = 0;
  let text = '';
  let hidden = 0;
  for (const cell of cells) {
    const begin = column;
    column += cell.width;
    if (begin < left) hidden += cell.width;
    else if (column <= right) text += cell.text;
    else break;
  }
  const before = more.before || hidden > 0 ? '…' : '';
  const behind = more.behind || total > right ? '…' : '';
  const indent = mark.indent - hidden + before.length;
  const shown = `${before}${text}${behind}`;
  return {
    text: shown.trimEnd(),
    indent,
    length: Math.max(1, Math.min(mark.length, before.length + Math.min(frameWidth, total - hidden) + behind.length - indent)),
  };
}
