import type { Position } from './range.ts';

/** Turns offsets of one text into lines and columns. Lines end at LF, CR or CRLF, as in YAML and SARIF. */
export interface Lines {
  readonly count: number;
  position(offset: number): Position;
  /** The text of a line (from 1) without its line end; empty beyond the last line. */
  text(line: number): string;
  /** Offset at which a line (from 1) begins. */
  start(line: number): number;
}

export function createLines(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }

  const start = (line: number): number => starts[line - 1] ?? text.length;

  return {
    count: starts.length,
    start,
    position(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
    text(line) {
      if (line < 1 || line > starts.length) return '';
      const begin = start(line);
      let end = line === starts.length ? text.length : start(line + 1);
      while (end > begin && isBreak(text.charCodeAt(end - 1))) end -= 1;
      return text.slice(begin, end);
    },
  };
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
