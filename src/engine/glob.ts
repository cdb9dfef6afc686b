import { UsageError } from './options.ts';
import { normalizePath } from './paths.ts';

/** Alternatives that braces may come to. */
const mostAlternatives = 1000;

/**
 * Whether a path is meant by a pattern: `*`, `?` and `[a-z]` within a step, `**` for any steps, `{a,b}`; a pattern that names a folder means
 * all that lies in it, and so does `.`. Both are relative to the same folder. Takes at most as many steps as pattern and path have together,
 * squared: patterns may come from a repository that nobody trusts.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  // The current folder has no steps, and so is the beginning of every path.
  const alternatives = expandBraces(pattern).map((each) => normalizePath(each).split('/').filter(Boolean).map(compileStep));
  return (path) => {
    const steps = normalizePath(path).split('/');
    return alternatives.some((compiled) => matchesSteps(compiled, steps));
  };
}

type Character = { readonly any: true } | { readonly matches: (character: string) => boolean };
type Step = 'any steps' | readonly Character[];

/** Both lists are walked as if each `**` took as few steps as possible, and one more whenever that fails. */
function matchesSteps(pattern: readonly Step[], steps: readonly string[]): boolean {
  // What is left of the path behind a whole pattern lies in the folder that it names.
  return wild(
    pattern,
    steps,
    (step) => step === 'any steps',
    (step, text) => step !== 'any steps' && matchesStep(step, text),
    true,
  );
}

function matchesStep(pattern: readonly Character[], text: string): boolean {
  return wild(
    pattern,
    [...text],
    (character) => 'any' in character,
    (character, found) => 'matches' in character && character.matches(found),
    false,
  );
}

function wild<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  isAny: (part: P) => boolean,
  fits: (part: P, item: T) => boolean,
  prefix: boolean,
): boolean {
  let p = 0;
  let i = 0;
  let lastAny = -1;
  let retry = 0;
  while (i < items.length) {
    const part = pattern[p];
    const item = items[i];
    if (part === undefined && prefix) return true;
    if (part !== undefined && isAny(part)) {
      lastAny = p;
      retry = i;
      p += 1;
    } else if (part !== undefined && item !== undefined && fits(part, item)) {
      p += 1;
      i += 1;
    } else if (lastAny !== -1) {
      retry += 1;
      i = retry;
      p = lastAny + 1;
    } else {
      return false;
    }
  }
  while (p < pattern.length) {
    const part = pattern[p];
    if (part === undefined || !isAny(part)) return false;
    p += 1;
  }
  return true;
}

function compileStep(step: string): Step {
  if (step === '**') return 'any steps';
  const characters: Character[] = [];
  for (let i = 0; i < step.length; i += 1) {
    const character = step.charAt(i);
    const set = character === '[' ? /^\[([!^]?)([^\]]+)\]/.exec(step.slice(i)) : null;
    if (character === '*') {
      characters.push({ any: true });
    } else if (character === '?') {
      characters.push({ matches: () => true });
    } else if (set === null) {
      characters.push({ matches: (found) => found === character });
    } else {
      const [whole, not, inside = ''] = set;
      characters.push({ matches: (found) => isIn(inside, found) !== (not !== '') });
      i += whole.length - 1;
    }
  }
  return characters;
}

/** `a-z_`: single characters and ranges. */
function isIn(set: string, character: string): boolean {
  for (let i = 0; i < set.length; i += 1) {
    const end = set.charAt(i + 1) === '-' && i + 2 < set.length ? set.charAt(i + 2) : undefined;
    if (end === undefined ? set.charAt(i) === character : set.charAt(i) <= character && character <= end) return true;
    if (end !== undefined) i += 2;
  }
  return false;
}

/** Innermost braces first; throws a UsageError where they come to too much. */
function expandBraces(pattern: string): readonly string[] {
  let patterns: readonly string[] = [pattern];
  for (;;) {
    const next = patterns.flatMap((each) => {
      const braces = /\{([^{}]*)\}/.exec(each);
      if (braces === null) return [each];
      const [whole, inside = ''] = braces;
      return inside.split(',').map((part) => each.slice(0, braces.index) + part + each.slice(braces.index + whole.length));
    });
    if (next.length > mostAlternatives) throw new UsageError(`the pattern "${pattern}" has too many alternatives`);
    if (next.every((each, i) => each === patterns[i])) return next;
    patterns = next;
  }
}
