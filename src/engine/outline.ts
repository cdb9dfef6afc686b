import { flat, hole, readActions } from './template-actions.ts';

/** A line of a manifest or template that says something, with the keys that lead to it. */
export interface OutlineEntry {
  readonly index: number;
  /** From 1. */
  readonly line: number;
  /** Keys from the root, `-` for an item of a list, `|` for a line of a block scalar. */
  readonly path: readonly string[];
  /** `path` with the numbers of the items. */
  readonly numbered: string;
  /** What stands behind the last key or dash; in a template `hole` stands for what an action makes. */
  readonly value: string;
  /** The blocks that it is in, the outermost (its section) first. */
  readonly blocks: readonly Block[];
  /** How many `if`, `with` and `range` are around it. */
  readonly depth: number;
  readonly looped: boolean;
}

/** A section between `---` lines, or an item of a list. */
export interface Block {
  readonly id: number;
  readonly firstLine: number;
  lastLine: number;
  readonly depth: number;
  readonly entries: OutlineEntry[];
}

export interface Outline {
  readonly entries: readonly OutlineEntry[];
  readonly sections: readonly Block[];
  /** Lines of which actions make any number of lines: `include`, `toYaml`. */
  readonly opaque: readonly number[];
}

/** Reads a template of Helm (`actions`: with its actions), or a manifest, by lines: neither has to be YAML. */
export function outlineOf(text: string, { template }: { readonly template: boolean }): Outline {
  const { masked, depthOf, opaque } = template ? readActions(text) : { masked: text, depthOf: flat, opaque: [] };
  const builder = new OutlineBuilder();
  const opaqueLines: number[] = [];
  let offset = 0;
  let next = 0;
  for (const [i, line] of masked.split('\n').entries()) {
    const end = offset + line.length;
    if ((opaque[next] ?? Infinity) <= end) opaqueLines.push(i + 1);
    while ((opaque[next] ?? Infinity) <= end) next += 1;
    builder.add(i + 1, line.replace(/\r$/, ''), depthOf(offset));
    offset = end + 1;
  }
  return { entries: builder.entries, sections: builder.sections, opaque: opaqueLines };
}

interface Open {
  /** Column, and half a one more for a dash, which may stand below its key. */
  readonly column: number;
  readonly step: string;
  readonly numbered: string;
  readonly block: Block | undefined;
  items: number;
}

class OutlineBuilder {
  readonly entries: OutlineEntry[] = [];
  readonly sections: Block[] = [];
  #stack: Open[] = [];
  #rootItems = 0;
  #blocks = 0;
  /** Deeper lines are the text of a block scalar. */
  #scalar: number | undefined;
  #section: Block | undefined;

  add(line: number, text: string, { depth, looped }: { readonly depth: number; readonly looped: boolean }): void {
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) {
      this.#pop(-1, line);
      this.#section = undefined;
      this.#scalar = undefined;
      return;
    }
    for (const block of this.#section === undefined ? [] : [this.#section]) block.lastLine = line;
    const content = text.trim();
    if (content === '' || content.replaceAll(hole, '').trim() === '') return;
    let column = text.length - text.trimStart().length;
    if (this.#scalar !== undefined && column > this.#scalar) {
      this.#push(line, ['|'], content, depth, looped);
      return;
    }
    this.#scalar = undefined;
    if (content.startsWith('#')) return;

    let rest = content;
    this.#section ??= this.#newSection(line, depth);
    while (/^-(?:\s|$)/.test(rest)) {
      this.#pop(column + 0.5, line);
      this.#open(column + 0.5, '-', line, depth);
      const after = rest.slice(1).trimStart();
      column += rest.length - after.length;
      rest = after;
    }
    const key = keyOf(rest);
    if (key === undefined) {
      if (rest === content) this.#pop(column, line);
      this.#push(line, [], rest, depth, looped);
      return;
    }
    this.#pop(column, line);
    this.#open(column, plainKey(key.text), line, depth);
    if (/^[|>][-+0-9]*(?:\s+#.*)?$/.test(key.value)) this.#scalar = column;
    this.#push(line, [], key.value, depth, looped);
  }

  #newSection(line: number, depth: number): Block {
    const section: Block = { id: (this.#blocks += 1), firstLine: line, lastLine: line, depth, entries: [] };
    this.sections.push(section);
    this.#stack = [];
    this.#rootItems = 0;
    return section;
  }

  /** Closes what does not stand above a column. */
  #pop(column: number, line: number): void {
    for (let last = this.#stack.at(-1); last !== undefined && last.column >= column; last = this.#stack.at(-1)) {
      if (last.block !== undefined) last.block.lastLine = line - 1;
      this.#stack.pop();
    }
  }

  #open(column: number, step: string, line: number, depth: number): void {
    const parent = this.#stack.at(-1);
    let name = step;
    if (step === '-') {
      const number = parent === undefined ? (this.#rootItems += 1) : (parent.items += 1);
      name = String(number);
    }
    const block: Block | undefined =
      step === '-' ? { id: (this.#blocks += 1), firstLine: line, lastLine: Infinity, depth, entries: [] } : undefined;
    this.#stack.push({ column, step, numbered: `${parent?.numbered ?? ''}/${name}`, block, items: 0 });
  }

  #push(line: number, more: readonly string[], value: string, depth: number, looped: boolean): void {
    const section = (this.#section ??= this.#newSection(line, depth));
    const blocks = [section, ...this.#stack.flatMap(({ block }) => (block === undefined ? [] : [block]))];
    const entry: OutlineEntry = {
      index: this.entries.length,
      line,
      path: [...this.#stack.map(({ step }) => step), ...more],
      numbered: `${this.#stack.at(-1)?.numbered ?? ''}${more.length === 0 ? '' : '/|'}`,
      value,
      blocks,
      depth,
      looped,
    };
    this.entries.push(entry);
    for (const block of blocks) block.entries.push(entry);
  }
}

/** The key that a text begins with, up to a colon that a blank or nothing follows. */
function keyOf(text: string): { readonly text: string; readonly value: string } | undefined {
  const first = text.charAt(0);
  if (first === '{' || first === '[' || first === '') return undefined;
  let from = 0;
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, 1);
    if (close === -1) return undefined;
    from = close + 1;
  }
  for (let colon = text.indexOf(':', from); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    const after = text.charAt(colon + 1);
    if (after !== '' && after !== ' ' && after !== '\t') continue;
    return { text: text.slice(0, colon).trimEnd(), value: text.slice(colon + 1).trim() };
  }
  return undefined;
}

function plainKey(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key;
}
