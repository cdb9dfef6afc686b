/** Stands for the characters of an action in a template. */
export const hole = '\u0000';

const actions = /\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}|\{\{[\s\S]*?\}\}/g;
const control = /^\{\{-?\s*(?:(if|range|with|define|block)\b|(end)\b|else\b|\/\*|\$\w+\s*:?=)/;
const manyLines = /\b(?:include|template|toYaml|tpl|nindent|indent)\b/;

/** What a template's actions do, line by line. */
export interface Actions {
  /** With holes for the actions, as long as the text was. */
  readonly masked: string;
  readonly depthOf: (offset: number) => { readonly depth: number; readonly looped: boolean };
  /** Offsets of actions that make any number of lines. */
  readonly opaque: readonly number[];
}

export const flat = (): { readonly depth: number; readonly looped: boolean } => ({ depth: 0, looped: false });

export function readActions(text: string): Actions {
  const changes: { readonly offset: number; readonly depth: number; readonly looped: boolean }[] = [];
  const opaque: number[] = [];
  const open: string[] = [];
  const masked = text.replace(actions, (action, offset: number) => {
    const [whole, opens, ends] = control.exec(action) ?? [];
    if (opens !== undefined) open.push(opens);
    else if (ends !== undefined) open.pop();
    else if (whole === undefined && (manyLines.test(action) || standsAlone(text, offset, offset + action.length))) opaque.push(offset);
    if (opens !== undefined || ends !== undefined)
      changes.push({ offset: offset + action.length, depth: open.length, looped: open.includes('range') });
    return action.replace(/[^\n\r]/g, hole);
  });
  return {
    masked,
    opaque,
    depthOf(offset) {
      let low = 0;
      let high = changes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((changes[middle]?.offset ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      return changes[low - 1] ?? flat();
    },
  };
}

/** Nothing but blanks beside it on its line: it may make keys as well as a value. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = text.indexOf('\n', end);
  return `${before}${text.slice(end, lineEnd === -1 ? text.length : lineEnd)}`.trim() === '';
}

export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((step, i) => matchesText(step, path[i] ?? ''));
}

/** Whether a text can be what a pattern with holes was rendered to. */
export function matchesText(pattern: string, text: string): boolean {
  if (!pattern.includes(hole)) return pattern === text;
  const parts = pattern.split(new RegExp(`\\s*${hole}+\\s*`)).filter((part, i, all) => part !== '' || i === 0 || i === all.length - 1);
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > text.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
