import { scalarNode } from './nodes.ts';
import { define, exactly, hasKey } from './object.ts';
import { mayResolve, resolvePlain } from './scalar.ts';
import { beginsPlain, hashOf, longestKey } from './scan-plain.ts';
import { scanQuotedKeyText, scanQuotedText } from './scan-quoted.ts';
import { addMember, wantItem, wantMember } from './scan-nodes.ts';
import { type ScanState, countValue, enterCollection, finishLine, nextLine, refuse } from './scan-state.ts';
import type { Node, Value, ValueObject } from './value.ts';

/** Reads the flow collection at `start`, to the end of its last line. `parent`: column of the block around it, -1 for the root. */
export function scanFlow(state: ScanState, start: number, parent: number): Value {
  state.pos = start;
  const value = scanFlowValue(state, parent);
  finishLine(state, state.pos);
  return value;
}

function scanFlowValue(state: ScanState, parent: number): Value {
  const code = state.text.charCodeAt(state.pos);
  switch (code) {
    case 91: // [
      return scanFlowSequence(state, parent);
    case 123: // {
      return scanFlowMapping(state, parent);
    case 34: // "
    case 39: // '
      countValue(state, state.pos);
      return scanQuotedText(state, state.pos);
    default:
      return scanFlowPlain(state);
  }
}

function scanFlowSequence(state: ScanState, parent: number): readonly Value[] {
  const { text, wanted, pos: start } = state;
  countValue(state, start);
  enterCollection(state, start);
  const items: Value[] = [];
  const children: Node[] | undefined = wanted === undefined ? undefined : [];
  state.pos = start + 1;
  for (;;) {
    skipFlowBlanks(state, parent);
    if (text.charCodeAt(state.pos) === 93) break;
    if (children !== undefined) wantItem(state, wanted, children);
    items.push(scanFlowValue(state, parent));
    if (children !== undefined && state.node !== undefined) children.push(state.node);
    skipFlowBlanks(state, parent);
    const code = text.charCodeAt(state.pos);
    if (code === 93) break;
    if (code !== 44) refuse();
    state.pos += 1;
  }
  state.pos += 1;
  state.depth -= 1;
  state.valueEnd = state.pos;
  if (children !== undefined) {
    state.wanted = wanted;
    state.node = { value: { start, end: state.pos }, children };
  }
  return exactly(items);
}

function scanFlowMapping(state: ScanState, parent: number): ValueObject {
  const { text, wanted, pos: start } = state;
  countValue(state, start);
  enterCollection(state, start);
  const object: Record<string, Value> = {};
  const children = wanted === undefined ? undefined : new Map<string, Node>();
  state.pos = start + 1;
  for (;;) {
    skipFlowBlanks(state, parent);
    if (text.charCodeAt(state.pos) === 125) break;
    const keyStart = state.pos;
    const key = scanFlowKey(state);
    if (hasKey(object, key)) refuse();
    const keyEnd = state.pos;
    if (children !== undefined) wantMember(state, wanted, key, children);
    const value = scanFlowMappingValue(state, parent);
    define(object, key, value);
    if (children !== undefined) addMember(state, key, { start: keyStart, end: keyEnd }, children);
    skipFlowBlanks(state, parent);
    const code = text.charCodeAt(state.pos);
    if (code === 125) break;
    if (code !== 44) refuse();
    state.pos += 1;
  }
  state.pos += 1;
  state.depth -= 1;
  state.valueEnd = state.pos;
  if (children !== undefined) {
    state.wanted = wanted;
    state.node = { value: { start, end: state.pos }, children };
  }
  return object;
}

/** Reads the value of a key that ends at `pos`; null where there is no colon. */
function scanFlowMappingValue(state: ScanState, parent: number): Value {
  const { text, pos: keyEnd } = state;
  let colon = keyEnd;
  while (text.charCodeAt(colon) === 32) colon += 1;
  if (text.charCodeAt(colon) !== 58) return scanFlowNothing(state, keyEnd);
  state.pos = colon + 1;
  skipFlowBlanks(state, parent);
  const code = text.charCodeAt(state.pos);
  if (code === 44 || code === 125) return scanFlowNothing(state, colon + 1);
  return scanFlowValue(state, parent);
}

function scanFlowNothing(state: ScanState, at: number): null {
  countValue(state, at);
  state.valueEnd = at;
  if (state.wanted !== undefined) state.node = { value: { start: at, end: at } };
  return null;
}

/** Reads the key at `pos` and goes to its end. */
function scanFlowKey(state: ScanState): string {
  const { text, strings, pos: start } = state;
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) return scanQuotedKeyText(state, start);
  const end = flowPlainEnd(state, start);
  if (end - start > longestKey) refuse();
  const key = strings.plainKeys.take(text, start, end, hashOf(text, start, end));
  if (key === undefined) refuse();
  state.pos = end;
  return key;
}

function scanFlowPlain(state: ScanState): Value {
  const { text, strings, pos: start } = state;
  countValue(state, start);
  const end = flowPlainEnd(state, start);
  const raw = strings.values.take(text, start, end, hashOf(text, start, end));
  const value = mayResolve(text.charCodeAt(start)) ? resolvePlain(raw) : raw;
  if (typeof value === 'number' && !Number.isFinite(value)) refuse();
  state.pos = end;
  state.valueEnd = end;
  if (state.wanted !== undefined) state.node = scalarNode(text, { start, end }, { start, end }, value);
  return value;
}

/** The end of the plain scalar at `start`, which lies on one line; the colon of a key is not part of it. */
function flowPlainEnd(state: ScanState, start: number): number {
  const { text, end } = state;
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  if (!beginsPlain(first, second)) refuse();
  // Between brackets go-yaml takes a leading colon, and `?` anywhere, for indicators.
  if (first === 58 || (first === 45 && isFlowIndicator(second))) refuse();
  let last = start;
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 32) {
      if (text.charCodeAt(i + 1) === 35) break;
      continue;
    }
    if (code < 33) {
      if (code === 9) refuse();
      break;
    }
    if (isFlowIndicator(code)) break;
    if (code === 63) refuse();
    if (code === 58) {
      const next = text.charCodeAt(i + 1);
      // go-yaml reads `::1,` as a scalar, YAML 1.2 as a key.
      if (isFlowIndicator(next) || next === 9) refuse();
      if (next < 33) break;
    }
    last = i + 1;
  }
  return last;
}

function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/**
 * Goes over blanks, comments and line breaks. Lines between brackets may stand at any column, as for go-yaml
 * (YAML 1.2 wants them deeper than the key).
 */
function skipFlowBlanks(state: ScanState, parent: number): void {
  const { text, end } = state;
  let i = state.pos;
  for (;;) {
    if (i >= end) refuse();
    const code = text.charCodeAt(i);
    if (code === 32 || code === 10 || code === 13) {
      i += 1;
    } else if (code === 35) {
      i = nextLine(text, i, end);
    } else if (code === 9 && parent < 0) {
      // In JSON documents, where nothing depends on indentation, tabs are blanks.
      i += 1;
    } else {
      state.pos = i;
      return;
    }
  }
}
