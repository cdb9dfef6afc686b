const windowLength = 100;
const base = 37;
const endOfFile = 0xffff;
const two32 = 0x1_0000_0000;

/**
 * GitHub's `primaryLocationLineHash` of the lines of a text: the same strings that github/codeql-action's src/fingerprints.ts gives,
 * so that code scanning knows an alert again whoever uploads it. A line's hash is a polynomial one, modulo 2^64, of the hundred characters
 * from its beginning that are neither space nor tab; the number behind the colon counts equal hashes so far.
 * The text is hashed at the first question; a line (from 1) outside of the text has the hash of the nearest that is in it.
 */
export function lineHashes(text: string): (line: number) => string {
  let hashes: readonly string[] | undefined;
  return (line) => {
    hashes ??= hashLines(text);
    return hashes[Math.max(0, Math.min(line, hashes.length) - 1)] ?? '';
  };
}

function hashLines(text: string): readonly string[] {
  const { kept, length, starts } = keptCharacters(text);
  // The weight of the character that leaves the window. All arithmetic is in two halves of 32 bits, each exact in a double:
  // BigInt would take fifty times as long.
  const weight = BigInt.asUintN(64, BigInt(base) ** BigInt(windowLength));
  const weightHigh = Number(weight >> 32n);
  const weightLow = Number(weight & 0xffff_ffffn);

  const hashes: string[] = [];
  const seen = new Map<string, number>();
  let high = 0;
  let low = 0;
  let line = 0;
  let due = windowLength;
  for (let i = 0; i < length + windowLength; i += 1) {
    if (i === due) {
      const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
      const count = (seen.get(hash) ?? 0) + 1;
      seen.set(hash, count);
      hashes.push(`${hash}:${String(count)}`);
      line += 1;
      due = (starts[line] ?? Infinity) + windowLength;
    }
    const leaving = i < windowLength ? 0 : (kept[i - windowLength] ?? 0);
    const sum = low * base + (kept[i] ?? 0) - weightLow * leaving;
    low = sum >>> 0;
    high = (high * base + (sum - low) / two32 - weightHigh * leaving) >>> 0;
  }
  return hashes;
}

/** All but spaces and tabs, with LF for every line end and a mark at the end; zeros follow. `starts` holds where each line begins in them. */
function keptCharacters(text: string): { readonly kept: Uint16Array; readonly length: number; readonly starts: readonly number[] } {
  const kept = new Uint16Array(text.length + 1 + windowLength);
  const starts = [0];
  let length = 0;
  let afterReturn = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const skipped = code === 32 || code === 9 || (code === 10 && afterReturn);
    afterReturn = code === 13;
    if (skipped) continue;
    kept[length] = afterReturn ? 10 : code;
    length += 1;
    if (code === 10 || afterReturn) starts.push(length);
  }
  kept[length] = endOfFile;
  return { kept, length: length + 1, starts };
}
