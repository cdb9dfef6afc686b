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
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

/** A text inside a cell of a table. */
export function cell(text: string): string {
  return prose(text).replaceAll('|', '\\|');
}
