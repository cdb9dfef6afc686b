/** Aligned columns: the first to the left, figures to the right. `columns` are pairs of a title and of what makes a cell of a row. */
export function table(columns, rows) {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  return lines
    .map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '))
    .join('\n');
}

export const milliseconds = (value) => `${value.toFixed(0)} ms`;
export const megabytes = (value) => `${value.toFixed(0)} MB`;
export const ratio = (value) => value.toFixed(2);
