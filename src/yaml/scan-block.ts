import { blockScalarEnd, blockScalarNode, readBlockScalar } from './block-scalar.ts';
import { define, exactly, hasKey } from './object.ts';
import { scanFlow } from './scan-flow.ts';
import { scanPlain, scanPlainKey } from './scan-plain.ts';
import { scanQuoted, scanQuotedKey } from './scan-quoted.ts';
import { addMember, wantItem, wantMember } from './scan-nodes.ts';
import { type ScanState, countValue, enterCollection, finishLine, nextToken, refuse } from './scan-state.ts';
import { copyOf } from './strings.ts';
import type { Node, Value, ValueObject } from './value.ts';

/** Reads the node at the first token of a line or of a sequence's item. `parent`: column of the collection around it, -1 for the root. */
function scanBlockNode(state: ScanState, parent: number): Value {
  const { text, pos, indent } = state;
  const code = text.charCodeAt(pos);
  switch (code) {
    case 45: // -
      if (isDash(state, pos)) return scanSequence(state, indent);
      break;
    case 34: // "
    case 39: {
      // '
      const key = scanQuotedKey(state, pos);
      if (key !== undefined) return scanMapping(state, indent, pos, key);
      return scanQuoted(state, pos);
    }
    case 91: // [
    case 123: // {
      return scanFlow(state, pos, parent);
    case 124: // |
    case 62: // >
      return scanBlockScalar(state, pos, parent);
    default:
      break;
  }
  const key = scanPlainKey(state, pos);
  if (key !== undefined) return scanMapping(state, indent, pos, key);
  return scanPlain(state, pos, parent);
}

/** Reads a block mapping whose first key, at `keyStart`, has been read; `pos` is at the key's end. */
function scanMapping(state: ScanState, column: number, firstStart: number, firstKey: string): ValueObject {
  const { wanted } = state;
  countValue(state, firstStart);
  enterCollection(state, firstStart);
  const object: Record<string, Value> = {};
  const children = wanted === undefined ? undefined : new Map<string, Node>();
  let key = firstKey;
  let keyStart = firstStart;
  for (;;) {
    if (hasKey(object, key)) refuse();
    const keyEnd = state.pos;
    if (children !== undefined) wantMember(state, wanted, key, children);
    const value = scanMappingValue(state, column);
    define(object, key, value);
    if (children !== undefined) addMember(state, key, { start: keyStart, end: keyEnd }, children);
    if (state.indent !== column) break;
    keyStart = state.pos;
    const code = state.text.charCodeAt(keyStart);
    const next = code === 34 || code === 39 ? scanQuotedKey(state, keyStart) : scanPlainKey(state, keyStart);
    if (next === undefined) refuse();
    key = next;
  }
  state.depth -= 1;
  if (children !== undefined) {
    state.wanted = wanted;
    state.node = { value: { start: firstStart, end: state.valueEnd }, children };
  }
  return object;
}

function scanMappingValue(state: ScanState, column: number): Value {
  const { text, end } = state;
  let colon = state.pos;
  while (text.charCodeAt(colon) === 32) colon += 1;
  const behind = colon + 1;
  let i = behind;
  let code = text.charCodeAt(i);
  while (code === 32) {
    i += 1;
    code = text.charCodeAt(i);
  }
  switch (code) {
    case 10:
    case 13:
    case 35: // #
      return scanBelowKey(state, behind, column);
    case 34: // "
    case 39: // '
      return scanQuoted(state, i);
    case 91: // [
    case 123: // {
      return scanFlow(state, i, column);
    case 124: // |
    case 62: // >
      return scanBlockScalar(state, i, column);
    default:
      if (i >= end) return scanBelowKey(state, behind, column);
      return scanPlain(state, i, column);
  }
}

/** The value of a key behind whose colon nothing stands on the same line. */
function scanBelowKey(state: ScanState, behind: number, column: number): Value {
  finishLine(state, behind);
  if (state.indent > column) return scanBlockNode(state, column);
  // A sequence may stand at the column of its key.
  if (state.indent === column && isDash(state, state.pos)) return scanSequence(state, column);
  return scanNothing(state, behind);
}

function scanBlockScalar(state: ScanState, start: number, parent: number): string {
  countValue(state, start);
  const scalar = readBlockScalar(state.text, start, state.end, parent);
  nextToken(state, scalar.next);
  if (state.wanted !== undefined) state.node = blockScalarNode(state.text, start, scalar);
  state.valueEnd = blockScalarEnd(state.text, scalar);
  return copyOf(scalar.value, 0, scalar.value.length);
}

function scanNothing(state: ScanState, at: number): null {
  countValue(state, at);
  state.valueEnd = at;
  if (state.wanted !== undefined) state.node = { value: { start: at, end: at } };
  return null;
}

function scanSequence(state: ScanState, column: number): readonly Value[] {
  const { text, wanted, pos: start } = state;
  countValue(state, start);
  enterCollection(state, start);
  const items: Value[] = [];
  const children: Node[] | undefined = wanted === undefined ? undefined : [];
  do {
    if (children !== undefined) wantItem(state, wanted, children);
    items.push(scanItem(state, text, column));
    if (children !== undefined && state.node !== undefined) children.push(state.node);
  } while (state.indent === column && isDash(state, state.pos));
  state.depth -= 1;
  if (children !== undefined) {
    state.wanted = wanted;
    state.node = { value: { start, end: state.valueEnd }, children };
  }
  return exactly(items);
}

function scanItem(state: ScanState, text: string, column: number): Value {
  const behind = state.pos + 1;
  let i = behind;
  let code = text.charCodeAt(i);
  while (code === 32) {
    i += 1;
    code = text.charCodeAt(i);
  }
  if (code === 10 || code === 13 || code === 35 || i >= state.end) {
    finishLine(state, behind);
    return state.indent > column ? scanBlockNode(state, column) : scanNothing(state, behind);
  }
  state.pos = i;
  state.indent = i - state.lineStart;
  return scanBlockNode(state, column);
}

function isDash(state: ScanState, at: number): boolean {
  const { text } = state;
  if (text.charCodeAt(at) !== 45) return false;
  const code = text.charCodeAt(at + 1);
  return code === 32 || code === 10 || code === 13 || at + 1 >= state.end;
}

/** Reads the root and makes sure that nothing is left. */
export function scanRoot(state: ScanState, behindMarker: boolean): Value {
  if (behindMarker) finishLine(state, state.pos);
  else nextToken(state, state.pos);
  if (state.indent < 0) refuse();
  const value = scanBlockNode(state, -1);
  // A line that fits no collection around it ends all of them, and so gets here.
  if (state.indent !== -1) refuse();
  return value;
}
