/** A set of characters: pairs of first and last code point, in order, not touching. */
export type CharacterSet = readonly (readonly [number, number])[];

export const lastCodePoint = 0x10ffff;
export const anyCharacter: CharacterSet = [[0, lastCodePoint]];

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  const sorted = sets.flat().sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [first, last] of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function complement(set: CharacterSet): CharacterSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) rest.push([next, lastCodePoint]);
  return rest;
}

/** One character, with its other case where that does not count. */
export function characterSet(code: number, ignoreCase: boolean): CharacterSet {
  return ignoreCase ? folded([[code, code]]) : [[code, code]];
}

/** Characters up to here are folded one by one; nothing beyond has a case that anyone writes into a route. */
const lastFolded = 0x24f;

/** With the other case of each character. */
export function folded(set: CharacterSet): CharacterSet {
  const others: [number, number][] = [];
  for (const [first, last] of set) {
    for (let code = first; code <= Math.min(last, lastFolded); code += 1) {
      const character = String.fromCodePoint(code);
      for (const other of [character.toLowerCase(), character.toUpperCase()]) {
        const [folding] = [...other];
        const otherCode = folding?.codePointAt(0);
        if (otherCode !== undefined && [...other].length === 1 && otherCode !== code) others.push([otherCode, otherCode]);
      }
    }
    // Long s and the Kelvin sign fold to letters of ASCII.
    if (first <= 0x73 && last >= 0x73) others.push([0x17f, 0x17f]);
    if (first <= 0x6b && last >= 0x6b) others.push([0x212a, 0x212a]);
  }
  return union(set, others);
}

const digits: CharacterSet = [[48, 57]];
const words: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const spaces: CharacterSet = [
  [9, 10],
  [12, 13],
  [32, 32],
];
/** By the letter behind the backslash. */
export const perlClasses: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  w: words,
  s: spaces,
  D: complement(digits),
  W: complement(words),
  S: complement(spaces),
};
/** By the name between `[:` and `:]`. */
export const posixClasses: Readonly<Record<string, CharacterSet>> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: digits,
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: words,
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};
