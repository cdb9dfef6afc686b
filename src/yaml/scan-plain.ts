import { scalarNode } from './nodes.ts';
import { mayResolve, resolvePlain, type Scalar } from './scalar.ts';
import { type ScanState, countValue, finishLine, refuse } from './scan-state.ts';
import { copyOf } from './strings.ts';
import type { Value } from './value.ts';

/** Keys on one line are not longer, by YAML's own limit of 1024 characters. */
export const longestKey = 1000;

/** Whether a plain scalar can begin with `code`, when `next` follows. */
export function beginsPlain(code: number, next: number): boolean {
  // Letters and digits first, as nearly every scalar begins with one.
  if ((code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58)) return true;
  switch (code) {
    case 33: // !
    case 34: // "
    case 35: // #
    case 37: // %
    case 38: // &
    case 39: // '
    case 42: // *
    case 44: // ,
    case 62: // >
    case 64: // @
    case 91: // [
    case 93: // ]
    case 96: // `
    case 123: // {
    case 124: // |
    case 125: // }
      return false;
    case 45: // -
    case 58: // :
    case 63: // ?
      return next > 32;
    default:
      return code > 32;
  }
}

/**
 * Reads a plain key with its colon at `start`, and goes to the key's end.
 * Undefined, with `pos` as it was, where the line holds no key but a scalar.
 */
export function scanPlainKey(state: ScanState, start: number): string | undefined {
  const { text, end } = state;
  if (!beginsPlain(text.charCodeAt(start), text.charCodeAt(start + 1))) refuse();
  let hash = 0;
  let i = start;
  for (; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 58) {
      const next = text.charCodeAt(i + 1);
      if (next === 32 || next === 10 || next === 13 || i + 1 >= end) break;
      if (next === 9) refuse();
    } else if (code < 33) {
      if (code !== 32) {
        if (code === 9) refuse();
        return undefined;
      }
      if (text.charCodeAt(i + 1) === 35) return undefined;
    }
    hash = (Math.imul(hash, 31) + code) | 0;
  }
  if (i >= end) return undefined;
  if (i - start > longestKey) refuse();
  let keyEnd = i;
  if (text.charCodeAt(i - 1) === 32) {
    while (text.charCodeAt(keyEnd - 1) === 32) keyEnd -= 1;
    hash = hashOf(text, start, keyEnd);
  }
  const key = state.strings.plainKeys.take(text, start, keyEnd, hash);
  if (key === undefined) refuse();
  state.pos = keyEnd;
  return key;
}

export function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Reads a plain scalar at `start`. Its further lines stand deeper than `parent`. */
export function scanPlain(state: ScanState, start: number, parent: number): Value {
  const { text, end } = state;
  countValue(state, start);
  const first = text.charCodeAt(start);
  if (!beginsPlain(first, text.charCodeAt(start + 1))) refuse();
  let hash = 0;
  // Behind the last character that is not blank, and the hash up to there.
  let last = start;
  let lastHash = 0;
  let digits = true;
  let i = start;
  for (; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 59) {
      if (code < 33) {
        if (code !== 32) {
          if (code === 9) refuse();
          break;
        }
        if (text.charCodeAt(i + 1) === 35) break;
        hash = (Math.imul(hash, 31) + 32) | 0;
        digits = false;
        continue;
      }
      if (code === 58) {
        const next = text.charCodeAt(i + 1);
        if (next < 33 || i + 1 >= end) refuse();
        digits = false;
      } else if (code < 48) digits = false;
    } else digits = false;
    hash = (Math.imul(hash, 31) + code) | 0;
    last = i + 1;
    lastHash = hash;
  }
  finishLine(state, i);
  if (state.indent > parent) return scanPlainLines(state, start, last, parent);
  const value = digits && first !== 48 && last - start < 16 ? decimal(text, start, last) : resolved(state, first, start, last, lastHash);
  state.valueEnd = last;
  if (state.wanted !== undefined) state.node = scalarNode(text, { start, end: last }, { start, end: last }, value);
  return value;
}

function decimal(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i += 1) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

function resolved(state: ScanState, first: number, start: number, end: number, hash: number): Scalar {
  const text = state.strings.values.take(state.text, start, end, hash);
  if (!mayResolve(first)) return text;
  const value = resolvePlain(text);
  if (typeof value === 'number' && !Number.isFinite(value)) refuse();
  return value;
}

/** Continues a plain scalar with the line at `pos`. */
function scanPlainLines(state: ScanState, start: number, firstEnd: number, parent: number): Value {
  const { text, end } = state;
  const parts = [copyOf(text, start, firstEnd)];
  let last = firstEnd;
  while (state.indent > parent) {
    if (state.commented) refuse();
    const lineBegin = state.pos;
    let i = lineBegin;
    let lineLast = lineBegin;
    for (; i < end; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 32) {
        if (text.charCodeAt(i + 1) === 35) break;
        continue;
      }
      if (code < 33) {
        if (code === 9) refuse();
        break;
      }
      if (code === 58 && (text.charCodeAt(i + 1) < 33 || i + 1 >= end)) refuse();
      lineLast = i + 1;
    }
    const breaks = lineBreaks(text, last, lineBegin);
    parts.push(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), text.slice(lineBegin, lineLast));
    last = lineLast;
    finishLine(state, i);
  }
  state.valueEnd = last;
  if (state.wanted !== undefined) state.node = { value: { start, end: last } };
  return parts.join('');
}

/** Line breaks between two offsets; every break is an LF, with or without a CR before it. */
export function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}
