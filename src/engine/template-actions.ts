/** Stands for the characters of an action in a template. */
export const hole = '\u0000';

const commentStart = /\{\{-?\s*\/\*/y;
const commentEnd = /\*\/\s*-?\}\}/g;
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
  let loops = 0;
  const parts: string[] = [];
  let from = 0;
  for (const { start: offset, end } of actionsIn(text)) {
    const action = text.slice(offset, end);
    const [whole, opens, ends] = control.exec(action) ?? [];
    if (opens !== undefined) {
      open.push(opens);
      if (opens === 'range') loops += 1;
    } else if (ends !== undefined) {
      if (open.pop() === 'range') loops -= 1;
    } else if (whole === undefined && (manyLines.test(action) || standsAlone(text, offset, end))) opaque.push(offset);
    if (opens !== undefined || ends !== undefined) changes.push({ offset: end, depth: open.length, looped: loops > 0 });
    parts.push(text.slice(from, offset), action.replace(/[^\n\r]/g, hole));
    from = end;
  }
  return {
    masked: parts.join('') + text.slice(from),
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

/** From `{{` to the next `}}`, or as a comment to the next that ends one. Looks at each character a few times at most. */
function* actionsIn(text: string): Iterable<{ readonly start: number; readonly end: number }> {
  let hasCommentEnd = true;
  for (let start = text.indexOf('{{'); start !== -1;) {
    commentStart.lastIndex = start;
    let end: number | undefined;
    if (hasCommentEnd && commentStart.test(text)) {
      commentEnd.lastIndex = commentStart.lastIndex;
      hasCommentEnd = commentEnd.test(text);
      if (hasCommentEnd) end = commentEnd.lastIndex;
    }
    if (end === undefined) {
      const close = text.indexOf('}}', start + 2);
      if (close === -1) return;
      end = close + 2;
    }
    yield { start, end };
    start = text.indexOf('{{', end);
  }
}

/** Nothing but blanks beside it on its line: it may make keys as well as a value. */
function standsAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text[before])) before -= 1;
  let behind = end;
  while (isBlank(text[behind])) behind += 1;
  return (before < 0 || text[before] === '\n') && (behind >= text.length || text[behind] === '\n');
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && character !== '\n' && /\s/.test(character);
}

export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((step, i) => matchesText(step, path[i] ?? ''));
}

/** Whether a text can be what a pattern with holes was rendered to. */
export function matchesText(pattern: string, text: string): boolean {
  if (!pattern.includes(hole)) return pattern === text;
  const [head = '', ...others] = pattern.split(hole);
  const first = head.trimEnd();
  const last = others.at(-1)?.trimStart() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const between of others.slice(0, -1)) {
    const part = between.trim();
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > text.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
