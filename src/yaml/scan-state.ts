import type { Range } from '../text/range.ts';
import { limits } from './limits.ts';
import type { Strings } from './strings.ts';
import type { Node, YamlProblem } from './value.ts';
import type { Wanted } from './wanted.ts';

/** Thrown where the scanner meets what it does not read; one object, since it carries nothing and a stack would cost time. */
export class Refusal extends Error {}
/** Thrown where a document is deeper or larger than the limits. */
export class BeyondLimits extends Error {
  readonly problem: YamlProblem;
  constructor(problem: YamlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const refusal = new Refusal('not read by the scanner');

export function refuse(): never {
  throw refusal;
}

/** Where the scanner stands. A class with plain fields, since its functions read and write them for each token. */
export class ScanState {
  readonly text: string;
  readonly end: number;
  readonly strings: Strings;
  /** The next token. */
  pos: number;
  /** Where the line of `pos` begins. */
  lineStart: number;
  /** Column (from 0) of the token at `pos`, which is the first of its line or of a sequence's item; -1 at the end. */
  indent = -1;
  /** Whether a comment stood between the last token and this one. */
  commented = false;
  /** Collections around `pos`. */
  depth = 0;
  /** Values read. */
  count = 0;
  /** What of the value at `pos` is wanted as nodes; undefined: nothing. */
  wanted: Wanted | undefined;
  /** The node of the value that was read last, if it was wanted. */
  node: Node | undefined = undefined;
  /** Behind the value that was read last. */
  valueEnd: number;

  constructor(text: string, range: Range, strings: Strings, wanted: Wanted | undefined) {
    this.text = text;
    this.end = range.end;
    this.strings = strings;
    this.wanted = wanted;
    this.pos = range.start;
    this.lineStart = range.start;
    this.valueEnd = range.start;
  }
}

export function enterCollection(state: ScanState, at: number): void {
  state.depth += 1;
  if (state.depth > limits.depth) throw new BeyondLimits(tooDeep(at));
}

export function countValue(state: ScanState, at: number): void {
  state.count += 1;
  if (state.count > limits.nodes) throw new BeyondLimits(tooMany(at));
}

export function tooDeep(at: number): YamlProblem {
  return { message: `more than ${String(limits.depth)} collections inside each other`, range: { start: at, end: at } };
}

export function tooMany(at: number): YamlProblem {
  return { message: `more than ${String(limits.nodes)} values in one document`, range: { start: at, end: at } };
}

/** Goes to the first token at or behind the line that begins at `from`. A tab is one, and nothing that begins with it is read. */
export function nextToken(state: ScanState, from: number): void {
  const { text, end } = state;
  let start = from;
  state.commented = false;
  while (start < end) {
    let i = start;
    let code = text.charCodeAt(i);
    while (code === 32) {
      i += 1;
      code = text.charCodeAt(i);
    }
    if (i >= end) break;
    if (code === 10) {
      start = i + 1;
    } else if (code === 13) {
      start = i + 2;
    } else if (code === 35) {
      state.commented = true;
      start = nextLine(text, i, end);
    } else {
      state.pos = i;
      state.lineStart = start;
      state.indent = i - start;
      return;
    }
  }
  state.pos = end;
  state.lineStart = end;
  state.indent = -1;
}

/** Where the line behind that of `from` begins; `end` where there is none. */
export function nextLine(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 || found >= end ? end : found + 1;
}

/** Behind a value: only blanks and a comment may follow on its line. Goes on to the next token. */
export function finishLine(state: ScanState, from: number): void {
  const { text, end } = state;
  let i = from;
  let code = text.charCodeAt(i);
  while (code === 32) {
    i += 1;
    code = text.charCodeAt(i);
  }
  if (code === 10) nextToken(state, i + 1);
  else if (i >= end) nextToken(state, end);
  else if (code === 13) nextToken(state, i + 2);
  else if (code === 35) {
    nextToken(state, nextLine(text, i, end));
    state.commented = true;
  } else refuse();
}
