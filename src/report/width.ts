/** Scripts that terminals show two columns wide, without what `Emoji_Presentation` covers (Unicode's EastAsianWidth W and F). */
const wideBlocks: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** Made when a text beyond Latin is first measured: such classes take long to compile, and most reports have none. */
let classes: { readonly emoji: RegExp; readonly zeroWidth: RegExp } | undefined;

function classesOf(): NonNullable<typeof classes> {
  classes ??= {
    emoji: new RegExp('\\p{Emoji_Presentation}', 'u'),
    // Combining marks, joiners and variation selectors, and the vowels and finals that complete a Hangul syllable.
    zeroWidth: new RegExp('[\\p{Mn}\\p{Me}\\p{Cf}\\u1160-\\u11ff]', 'u'),
  };
  return classes;
}

/** How many columns of a terminal one character takes. */
function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return code === 0xad ? 0 : 1;
  const { emoji, zeroWidth } = classesOf();
  if (zeroWidth.test(character)) return 0;
  return emoji.test(character) || wideBlocks.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** How many columns of a terminal a text takes that has no control characters and no tabs. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Breaks a text at its spaces into lines of at most `width` columns; a longer word stays whole, so that links can be followed. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    const length = displayWidth(word);
    if (line !== '' && used + 1 + length > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    used += length + (line === '' ? 0 : 1);
    line += line === '' ? word : ` ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
