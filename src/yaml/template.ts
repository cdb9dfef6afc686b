import type { Range } from '../text/range.ts';

const mark = /\{\{|\{%|<%|%\{/y;
const blockHeader = /(?:^|[\s:-])[|>][-+0-9]*$/;

/**
 * Whether a document is a template of another language: `{{`, `{%`, `<%` or `%{` outside of comments, quotes and block
 * scalars, where they are text. The marks are rare, so that nearly every document is answered by a plain search.
 */
export function looksLikeTemplate(text: string, span: Range): boolean {
  const document = text.slice(span.start, span.end);
  const hasMark = document.includes('{{') || document.includes('{%') || document.includes('<%') || document.includes('%{');
  return hasMark && hasMarkOutside(document);
}

function hasMarkOutside(document: string): boolean {
  let quote = '';
  // Column of the line whose block scalar is being passed; -1 outside.
  let block = -1;
  for (const line of document.split(/\r\n?|\n/)) {
    const column = line.search(/[^ ]/);
    if (column === -1) continue;
    if (block >= 0 && column > block) continue;
    block = -1;
    const end = endOfCode(line, quote);
    if (end.marked) return true;
    quote = end.quote;
    if (quote === '' && blockHeader.test(line.slice(0, end.at).trimEnd())) block = column;
  }
  return false;
}

interface EndOfCode {
  readonly marked: boolean;
  /** The quote that is still open at the end of the line. */
  readonly quote: string;
  /** Where a comment begins, or the line's end. */
  readonly at: number;
}

function endOfCode(line: string, openQuote: string): EndOfCode {
  let quote = openQuote;
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i);
    if (quote !== '') {
      if (character === '\\' && quote === '"') i += 1;
      else if (character === quote) {
        if (quote === "'" && line.charAt(i + 1) === "'") i += 1;
        else quote = '';
      }
    } else if (character === '#' && (i === 0 || /\s/.test(line.charAt(i - 1)))) {
      return { marked: false, quote, at: i };
    } else if ((character === '"' || character === "'") && beginsToken(line, i)) {
      quote = character;
    } else {
      mark.lastIndex = i;
      if (mark.test(line)) return { marked: true, quote, at: i };
    }
  }
  return { marked: false, quote, at: line.length };
}

/** Whether a quote at `at` opens a quoted scalar: only at its beginning, as `it's` shows. */
function beginsToken(line: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && /\s/.test(line.charAt(i))) i -= 1;
  if (i < 0) return true;
  const before = line.charAt(i);
  if ('[{,('.includes(before)) return true;
  return ':-?'.includes(before) && (i < at - 1 || before === ':');
}
