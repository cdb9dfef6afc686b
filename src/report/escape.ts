/**
 * Names come from manifests, and manifests come from anywhere. What would move the cursor, recolour the terminal, break a line
 * or turn the reading direction (CVE-2021-42574, "Trojan Source") is shown as what it is. Lone surrogates have no UTF-8.
 * Cc: C0, DEL and C1. Zl, Zp: U+2028 and U+2029. U+FEFF is invisible, and a byte order mark where a report begins with it.
 * `##[` and `##vso[` are commands to GitHub's runner and the agent of Azure Pipelines wherever they stand in a line of a log.
 */
// As ranges: each run compiles it, and classes by property take forty times as long. The test holds them together.
const unprintable = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]|#(?=#(?:vso)?\[)/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text on one line of a report for people: `\u001b` instead of what it would do. */
export function visible(text: string): string {
  return text.replace(unprintable, escaped);
}

/** The same for a text of several lines. */
export function visibleLines(text: string): string {
  return text.replace(unprintable, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));
}

/** A text at the beginning of a line, which would be a command to GitHub's runner if `::` were the first that stands there. */
export function noCommand(line: string): string {
  return line.replace(/^\s*:(?=:)/, (start) => `${start.slice(0, -1)}\\u003a`);
}

/** A value as JSON on one line that is safe to look at in a terminal; it parses to exactly the value, and is always valid UTF-8. */
export function jsonText(value: unknown): string {
  // Outside of its strings JSON without indentation has none of these characters, and inside of them `\u…` means the same.
  return JSON.stringify(value).replace(unprintable, escaped);
}

/** At most `length` UTF-16 code units, never half a character; `…` says that something was left out. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 2 : length - 1)}…`;
}

/** For object keys and lists whose order must not depend on anything else; the locale must not matter either. */
export function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
