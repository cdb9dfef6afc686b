/** A rule's prose on one line; in a rule's file it is broken where it fits. */
export function prose(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A manifest as it is shown: without the indentation that it has in a rule's file. */
export function manifest(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  while (lines[0]?.trim() === '') lines.shift();
  while (lines.at(-1)?.trim() === '') lines.pop();
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

/** A code block, closed by more backticks than the code has in a row. */
export function fenced(code: string, language = 'yaml'): string {
  const fence = '`'.repeat(Math.max(2, longestRun(code)) + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function longestRun(code: string): number {
  return Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
}

/** A text inside a cell of a table. */
export function cell(text: string): string {
  return prose(text).replaceAll('|', '\\|');
}

/** Code in a line: nothing in it is Markdown, a link or a mention of somebody. */
export function codeSpan(text: string): string {
  if (text === '') return '` `';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $/s.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/**
 * A text on a line of its own, in which the names that are quoted become code. What is left is text: no emphasis, no HTML, no link, no
 * mention of a person or an issue, no mathematics.
 */
export function inlineText(text: string): string {
  return text
    .split(/(?<=^|[\s([=:,])"([^"]*)"(?=$|[\s)\].,;:?!])/u)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : plainText(part)))
    .join('');
}

function plainText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>&~|$#]|:(?=[\w/+-])|(?<=\bwww)\./gi, '\\$&').replaceAll('@', '@&#8203;');
}
