import type { Truth } from './access-truth.ts';

/** Regular expressions as the proxy evaluates them: RE2, over the whole text. Supplied by whoever has it loaded. */
export interface Regexes {
  matches(pattern: string, text: string): boolean;
}

/**
 * A value with a star at one end, as most fields take it: `*` is any text that is not empty, a star first or last stands for the rest, and any
 * other star is only a star. Source: pilot/pkg/security/authz/matcher/string.go, StringMatcher.
 */
export function matchesText(value: string, text: string): boolean {
  if (value === '*') return text !== '';
  if (value.startsWith('*')) return text.endsWith(value.slice(1));
  if (value.endsWith('*')) return text.startsWith(value.slice(0, -1));
  return value === text;
}

/**
 * A value against a header, which is undefined when the request does not have it: `*` is presence, even of an empty header.
 * Source: pilot/pkg/security/authz/matcher/header.go, HeaderMatcher.
 */
export function matchesHeader(value: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  return value === '*' || matchesText(value, text);
}

/**
 * Whether a regular expression that Istio makes out of a user's value matches the whole text. Values are put into it as they are, so that `.` is any
 * character and a star repeats what stands before it; what has other operators is left to the regular expressions that the caller supplies.
 */
export function matchesRegex(pattern: string, text: string, regexes: Regexes | undefined): Truth {
  const items = simpleItems(pattern);
  if (items !== undefined) return matchesItems(items, text);
  if (regexes === undefined) return { unclear: 'a value acts as a regular expression' };
  return regexes.matches(pattern, text);
}

/** What one step of a pattern takes: one character, or with `repeats` any number of them, from `least` on. */
export interface PatternItem {
  takes(char: string): boolean;
  readonly least: 0 | 1;
  readonly repeats: boolean;
}

/** The items of an expression of characters, dots, stars and pluses; undefined when there is more in it. */
function simpleItems(pattern: string): readonly PatternItem[] | undefined {
  const items: PatternItem[] = [];
  let repeatable = false;
  for (const char of pattern) {
    if (char === '*' || char === '+') {
      const last = items.at(-1);
      if (last === undefined || !repeatable) return undefined;
      items[items.length - 1] = { ...last, least: char === '*' ? 0 : 1, repeats: true };
      repeatable = false;
      continue;
    }
    if ('\\[](){}?^$|'.includes(char)) return undefined;
    items.push({ takes: char === '.' ? (taken) => taken !== '\n' : (taken) => taken === char, least: 1, repeats: false });
    repeatable = true;
  }
  return items;
}

/** Whether the items take the whole text; in as many steps as there are items, times characters, at most: no text makes it slow. */
export function matchesItems(items: readonly PatternItem[], text: string): boolean {
  // After each character: before which items the match may stand.
  let states = closure(new Set([0]), items);
  for (const char of text) {
    const next = new Set<number>();
    for (const state of states) {
      const item = items[state];
      if (item?.takes(char) !== true) continue;
      next.add(state + 1);
      if (item.repeats) next.add(state);
    }
    if (next.size === 0) return false;
    states = closure(next, items);
  }
  return states.has(items.length);
}

/** Whatever may be absent is also passed without a character. A Set grows while it is walked. */
function closure(states: Set<number>, items: readonly PatternItem[]): ReadonlySet<number> {
  for (const state of states) if (items[state]?.least === 0) states.add(state + 1);
  return states;
}
