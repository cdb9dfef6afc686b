import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLines } from './lines.ts';
import { lineHashes } from './line-hash.ts';

function hashesOf(text: string): readonly string[] {
  const hash = lineHashes(text);
  return Array.from({ length: createLines(text).count }, (_, index) => hash(index + 1));
}

/** The definition, character by character and with BigInt. */
function slowly(text: string): readonly string[] {
  const codes = [...Array(text.length).keys()].map((index) => text.charCodeAt(index));
  const ended = codes.map((code, index) => ({ code: code === 13 ? 10 : code, dropped: code === 10 && codes[index - 1] === 13 }));
  const kept = [...ended.filter(({ code, dropped }) => !dropped && code !== 32 && code !== 9).map(({ code }) => code), 0xffff];
  const starts = [0, ...kept.flatMap((code, index) => (code === 10 ? [index + 1] : []))];
  const counts = new Map<string, number>();
  return starts.map((start) => {
    let value = 0n;
    for (let i = 0; i < 100; i += 1) value = BigInt.asUintN(64, value * 37n + BigInt(kept[start + i] ?? 0));
    const hash = value.toString(16);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
    return `${hash}:${String(counts.get(hash))}`;
  });
}

describe('lineHashes', () => {
  it.each([
    ['', ['c129715d7a2bc9a3:1']],
    [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
    [
      ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End',
      ['8b7cf3e952e7aeb2:1', 'b1ae1287ec4718d9:1', 'bff680108adb0fcc:1', 'c6805c5e1288b612:1', 'b86d3392aea1be30:1', 'e6ceba753e1a442:1'],
    ],
  ])('gives what code scanning computes: %j', (text, expected) => {
    expect(hashesOf(text)).toEqual(expected);
    expect(hashesOf(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(hashesOf(text.replaceAll('\n', '\r'))).toEqual(expected);
  });

  it('counts lines that have the same hash', () => {
    const hashes = hashesOf(`${'a\n'.repeat(150)}b`);
    expect(hashes[0]).toMatch(/:1$/);
    expect(hashes[1]).toBe(hashes[0]?.replace(/:1$/, ':2'));
    expect(hashes.at(-1)).toMatch(/:1$/);
  });

  it('answers for a line outside of the text with the nearest one', () => {
    const hash = lineHashes('a\nb');
    expect(hash(0)).toBe(hash(1));
    expect(hash(3)).toBe(hash(2));
  });

  it('follows the definition for every text and line end', () => {
    const text = fc.array(fc.constantFrom('a', '\uffff', '\u0000', '\ud83d', 'é', ' ', '\t', '\n', '\r', '\r\n', 'x'.repeat(60)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (parts) => {
        expect(hashesOf(parts.join(''))).toEqual(slowly(parts.join('')));
      }),
    );
  });

  it('takes less than a second for 10 MB', () => {
    const text = '    - destination: { host: reviews.shop.svc.cluster.local, subset: v1 }\n'.repeat(140_000);
    const start = performance.now();
    lineHashes(text)(70_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
