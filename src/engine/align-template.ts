import type { Range } from '../text/range.ts';
import { type Block, type Outline, type OutlineEntry, outlineOf } from './outline.ts';
import { hole, matchesPath, matchesText } from './template-actions.ts';

/** Where a place in a rendered text comes from. */
export interface Aligned {
  /** In the text that it was rendered from. */
  readonly range: Range;
  /** Nothing else in the text can have made it. */
  readonly exact: boolean;
}

/** Beyond that a text is shown at its beginning. */
const maxLength = 512 * 1024;

/** Comparisons of lines for one block. */
const maxComparisons = 4_000_000;

interface RenderedOutline extends Outline {
  readonly document: string;
  /** By the ids of a block of the template and of one that was rendered. */
  readonly explained: Map<string, boolean>;
}

/**
 * Finds in a template of Helm what made a place in a rendered document, line by line: the same keys lead to it, what is written equals what
 * was rendered but for the actions, and so it is for everything else in the items of lists around it. Where that is so for one line
 * only, the place is exact. What an `include` or `toYaml` made is shown there.
 */
export class TemplateAligner {
  readonly #text: string;
  readonly #outline: Outline;
  readonly #byPath: ReadonlyMap<string, readonly OutlineEntry[]>;
  readonly #withHoles: readonly OutlineEntry[];
  readonly #starts: readonly number[];
  readonly #tooLong: boolean;
  #last: RenderedOutline | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#tooLong = text.length > maxLength;
    this.#outline = outlineOf(this.#tooLong ? '' : text, { template: true });
    const byPath = new Map<string, OutlineEntry[]>();
    const withHoles: OutlineEntry[] = [];
    for (const entry of this.#outline.entries) {
      const key = entry.path.join('\n');
      if (key.includes(hole)) withHoles.push(entry);
      else if (byPath.has(key)) byPath.get(key)?.push(entry);
      else byPath.set(key, [entry]);
    }
    this.#byPath = byPath;
    this.#withHoles = withHoles;
    this.#starts = lineStarts(text);
  }

  /** `document` is the rendered one, and `place` is in it. */
  align(document: string, place: Range): Aligned {
    if (this.#tooLong || document.length > maxLength) return this.#start();
    const rendered = this.#outlineOf(document);
    const lineStart = document.lastIndexOf('\n', place.start - 1) + 1;
    const line = countLines(document, lineStart);
    const target = rendered.entries.find((entry) => entry.line === line);
    const sections = this.#sectionsOf(rendered);
    const above = target ?? rendered.entries.findLast((entry) => entry.line < line);
    if (above === undefined) return this.#start();
    const rest = document.slice(lineStart);
    const renderedLine = rest.slice(0, /[\r\n]|$/.exec(rest)?.index);
    const columns = { start: place.start - lineStart, end: Math.min(place.end - lineStart, renderedLine.length) };
    if (target === undefined) return this.#nearest(above, sections);
    const matches = this.#matches(target).filter((entry) => inAny(entry, sections));
    if (matches.length === 0) return this.#nearest(target, sections);
    const explained = matches.filter((entry) => this.#explainsAround(entry, target, rendered));
    const [only, another] = explained;
    const at = (entry: OutlineEntry, exact: boolean): Aligned => ({ range: this.#rangeOn(entry.line, renderedLine, columns), exact });
    if (only !== undefined && another === undefined) return at(only, this.#isSure(only, rendered));
    const candidates = explained.length === 0 ? matches : explained;
    const same = candidates.filter(({ numbered }) => numbered === target.numbered);
    const [numbered] = same;
    if (numbered !== undefined && same.length === 1) return at(numbered, explained.length > 0 && this.#isFixed(numbered, candidates));
    return at(numbered ?? candidates[0] ?? target, false);
  }

  /** Places come document by document. */
  #outlineOf(document: string): RenderedOutline {
    if (this.#last?.document !== document) this.#last = { document, ...outlineOf(document, { template: false }), explained: new Map() };
    return this.#last;
  }

  /** The sections that can have made the document, by its kind and name; all where that says nothing. */
  #sectionsOf(rendered: Outline): readonly Block[] {
    const valueOf = (path: string): string | undefined => rendered.entries.find((entry) => entry.path.join('\n') === path)?.value;
    let sections = this.#outline.sections;
    for (const path of ['kind', 'metadata\nname']) {
      const value = valueOf(path);
      if (value === undefined) continue;
      const left = sections.filter(({ entries }) => {
        const written = entries.filter((entry) => entry.path.join('\n') === path);
        return written.length === 0 || written.some((entry) => matchesText(entry.value, value));
      });
      if (left.length > 0) sections = left;
    }
    return sections;
  }

  #matches(target: OutlineEntry): readonly OutlineEntry[] {
    const byKeys = this.#byPath.get(target.path.join('\n')) ?? [];
    return [...byKeys, ...this.#withHoles.filter((entry) => matchesPath(entry.path, target.path))].filter((entry) =>
      matchesText(entry.value, target.value),
    );
  }

  /** Whether what stands around the entry made all that stands around the target, item by item. */
  #explainsAround(entry: OutlineEntry, target: OutlineEntry, { explained }: RenderedOutline): boolean {
    if (entry.blocks.length !== target.blocks.length) return false;
    return entry.blocks.every((block, i) => {
      const other = target.blocks[i];
      if (other === undefined) return false;
      const key = `${String(block.id)} ${String(other.id)}`;
      const known = explained.get(key);
      if (known !== undefined) return known;
      const result = this.#explains(block, other);
      explained.set(key, result);
      return result;
    });
  }

  #explains(block: Block, rendered: Block): boolean {
    if (block.entries.length * rendered.entries.length > maxComparisons) return false;
    const inside = this.#outline.opaque.some((line) => line >= block.firstLine && line <= block.lastLine);
    const made = (entry: OutlineEntry): boolean => this.#matches(entry).some(({ blocks }) => blocks.includes(block));
    if (!inside && !rendered.entries.every(made)) return false;
    // What no condition can leave out must be there.
    const always = block.entries.filter(({ depth, path }) => depth === block.depth && !path.join('').includes(hole));
    return always.every((entry) =>
      rendered.entries.some((other) => matchesPath(entry.path, other.path) && matchesText(entry.value, other.value)),
    );
  }

  /** The only line that fits: unless it was left out, and an `include` beside it made the same. */
  #isSure(entry: OutlineEntry, rendered: RenderedOutline): boolean {
    const own = entry.blocks.at(-1);
    if (own === undefined) return false;
    const { opaque } = this.#outline;
    const outer = entry.blocks.filter((block) => opaque.some((line) => line >= block.firstLine && line <= block.lastLine));
    if (outer.length === 0) return true;
    if (entry.depth > own.depth && outer.includes(own)) return false;
    // Outside of loops one line makes one line: a second one that looks the same has come from somewhere else.
    if (entry.looped) return true;
    const made = rendered.entries.filter((other) => this.#matches(other).includes(entry) && this.#explainsAround(entry, other, rendered));
    return made.length < 2;
  }

  /** The numbers of items are those of the rendered list: no action makes or leaves out any between the candidates. */
  #isFixed(entry: OutlineEntry, candidates: readonly OutlineEntry[]): boolean {
    if (candidates.some((other) => other.blocks[0] !== entry.blocks[0] || other.depth !== entry.depth || other.looped)) return false;
    const outermost = entry.blocks[1];
    const section = entry.blocks[0];
    if (outermost === undefined || section === undefined) return false;
    return (
      this.#outline.opaque.every((line) => line > entry.line || !this.#isInList(line, entry)) &&
      section.entries.every(({ depth, line, path }) => line > entry.line || path[0] !== entry.path[0] || depth === entry.depth)
    );
  }

  #isInList(line: number, { path, blocks }: OutlineEntry): boolean {
    const first = blocks[0]?.entries.find((entry) => entry.path[0] === path[0]);
    return first !== undefined && line >= first.line;
  }

  /** What an action made is shown at the action below the nearest key; else at that key, or at the first action. */
  #nearest(target: OutlineEntry, sections: readonly Block[]): Aligned {
    for (let length = target.path.length; length > 0; length -= 1) {
      const path = target.path.slice(0, length);
      const known = [...(this.#byPath.get(path.join('\n')) ?? []), ...this.#withHoles.filter((entry) => matchesPath(entry.path, path))];
      const found = known.filter((entry) => inAny(entry, sections));
      const entry = found.find(({ numbered }) => target.numbered.startsWith(numbered)) ?? found[0];
      if (entry === undefined) continue;
      return { range: this.#wholeLine(this.#actionBelow(entry, path) ?? entry.line), exact: false };
    }
    const [section] = sections;
    const action = this.#outline.opaque.find((line) => section === undefined || (line >= section.firstLine && line <= section.lastLine));
    const line = action ?? section?.firstLine;
    return line === undefined ? this.#start() : { range: this.#wholeLine(line), exact: false };
  }

  /** The first opaque line below a key, before anything that is not below it. */
  #actionBelow({ line, blocks }: OutlineEntry, path: readonly string[]): number | undefined {
    const section = blocks[0];
    const next = section?.entries.find((entry) => entry.line > line && !path.every((step, i) => entry.path[i] === step));
    return this.#outline.opaque.find((at) => at >= line && at < (next?.line ?? (section?.lastLine ?? line) + 1));
  }

  /** The columns of a place on the line that made it: what is before and behind it is written the same, or the whole of the line. */
  #rangeOn(line: number, rendered: string, columns: Range): Range {
    const whole = this.#wholeLine(line);
    const written = this.#text.slice(whole.start, whole.end);
    const indent = rendered.length - rendered.trimStart().length;
    const before = rendered.slice(indent, columns.start);
    const behind = rendered.slice(columns.end).trimEnd();
    if (columns.start < indent || !written.startsWith(before) || !written.endsWith(behind)) return whole;
    const range = { start: whole.start + before.length, end: whole.end - behind.length };
    return range.start < range.end ? range : whole;
  }

  #wholeLine(line: number): Range {
    const start = this.#starts[line - 1] ?? 0;
    const end = this.#starts[line] ?? this.#text.length;
    const text = this.#text.slice(start, end);
    const content = text.trim();
    const from = start + (text.length - text.trimStart().length);
    return content === '' ? { start, end: start } : { start: from, end: from + content.length };
  }

  #start(): Aligned {
    return { range: this.#wholeLine(1), exact: false };
  }
}

function inAny({ blocks }: OutlineEntry, sections: readonly Block[]): boolean {
  const [section] = blocks;
  return section !== undefined && sections.includes(section);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function countLines(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
