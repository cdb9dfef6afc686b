const windowLength = 100;
const base = 37;
const endOfFile = 0xffff;

/**
 * GitHub's `primaryLocationLineHash` of the lines of a text: the same strings that github/codeql-action's src/fingerprints.ts gives,
 * so that code scanning knows an alert again whoever uploads it. A line's hash is a polynomial one, modulo 2^64, of the hundred characters
 * from its beginning that are neither space nor tab; the number behind the colon counts equal hashes so far.
 * The text is hashed at the first question; a line (from 1) outside of the text has the hash of the nearest that is in it.
 */
export function lineHashes(text: string): (line: number) => string {
  let hashes: LineHashes | undefined;
  return (line) => {
    hashes ??= hashLines(text);
    const { high, low, counts } = hashes;
    const index = Math.max(0, Math.min(line, low.length) - 1);
    const upper = high[index] ?? 0;
    const lower = low[index] ?? 0;
    const hash = upper === 0 ? lower.toString(16) : upper.toString(16) + lower.toString(16).padStart(8, '0');
    return `${hash}:${String(counts[index] ?? 1)}`;
  };
}

/** Of each line, the halves of its hash, and how many lines up to it have the same. */
interface LineHashes {
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly counts: Int32Array;
}

// Hashes are computed in three parts of 22, 22 and 20 bits: a step of one is exact in 32 bits, a product of two in a double.
const bits = 22;
const part = 2 ** bits;
const mask = part - 1;
const highMask = 2 ** (64 - 2 * bits) - 1;
const [weight0, weight1, weight2] = ((): readonly [number, number, number] => {
  let [a, b, c] = [1, 0, 0];
  for (let i = 0; i < windowLength; i += 1) {
    const lower = a * base;
    const middle = b * base + (lower >>> bits);
    [a, b, c] = [lower & mask, middle & mask, (c * base + (middle >>> bits)) & highMask];
  }
  return [a, b, c];
})();

/**
 * What is hashed is all of the text up to each character: what a line's window comes to is the hash at its end less the one at its beginning, weighted.
 */
function hashLines(text: string): LineHashes {
  // All but spaces and tabs, with LF for every line end and a mark at the end; zeros follow.
  const codes = new Uint16Array(text.length + 1);
  // Where lines begin in `codes`: each has a character there, so that no two begin at the same.
  const starts: number[] = [0];
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 32) {
      codes[length] = code;
      length += 1;
    } else if (code === 10 || code === 13) {
      if (code === 10 && i > 0 && text.charCodeAt(i - 1) === 13) continue;
      codes[length] = 10;
      length += 1;
      starts.push(length);
    } else if (code !== 32 && code !== 9) {
      codes[length] = code;
      length += 1;
    }
  }
  codes[length] = endOfFile;
  length += 1;

  const count = starts.length;
  const low = new Array<number>(count).fill(0);
  const high = new Array<number>(count).fill(0);
  // The hash where each line begins.
  const parts = new Int32Array(3 * count);
  let begun = 0;
  let ended = 0;
  let begin = 0;
  let due = windowLength;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0; ended < count; i += 1) {
    if (i === begin) {
      parts[3 * begun] = a;
      parts[3 * begun + 1] = b;
      parts[3 * begun + 2] = c;
      begun += 1;
      begin = starts[begun] ?? -1;
    }
    a = Math.imul(a, base) + (i < length ? (codes[i] ?? 0) : 0);
    b = Math.imul(b, base) + (a >>> bits);
    a &= mask;
    c = (Math.imul(c, base) + (b >>> bits)) & highMask;
    b &= mask;
    if (i + 1 !== due) continue;

    const a0 = parts[3 * ended] ?? 0;
    const b0 = parts[3 * ended + 1] ?? 0;
    const c0 = parts[3 * ended + 2] ?? 0;
    const lower = a0 * weight0;
    const carry = Math.floor(lower / part);
    const middle = a0 * weight1 + b0 * weight0 + carry;
    const middleCarry = Math.floor(middle / part);
    const upper = a0 * weight2 + b0 * weight1 + c0 * weight0 + middleCarry;
    let x = a - (lower - carry * part);
    let y = b - (middle - middleCarry * part);
    let z = c - (upper % part);
    if (x < 0) {
      x += part;
      y -= 1;
    }
    if (y < 0) {
      y += part;
      z -= 1;
    }
    z &= highMask;
    low[ended] = (x | (y << bits)) >>> 0;
    high[ended] = ((y >>> (32 - bits)) | (z << (2 * bits - 32))) >>> 0;
    ended += 1;
    due = (starts[ended] ?? 0) + windowLength;
  }
  return { high, low, counts: countsOf(high, low) };
}

/** For each line how many up to it have its hash; by open addressing, since a table of strings takes longer than the hashes. */
function countsOf(high: readonly number[], low: readonly number[]): Int32Array {
  const counts = new Int32Array(low.length);
  const slots = 2 ** Math.ceil(Math.log2(2 * low.length));
  // The last line of each hash, from 1.
  const last = new Int32Array(slots);
  for (let i = 0; i < low.length; i += 1) {
    const upper = high[i] ?? 0;
    const lower = low[i] ?? 0;
    let slot = (lower ^ upper) & (slots - 1);
    let known = last[slot] ?? 0;
    while (known !== 0 && !(low[known - 1] === lower && high[known - 1] === upper)) {
      slot = (slot + 1) & (slots - 1);
      known = last[slot] ?? 0;
    }
    counts[i] = known === 0 ? 1 : (counts[known - 1] ?? 0) + 1;
    last[slot] = i + 1;
  }
  return counts;
}
