import { isAbsolute, relative, sep } from 'node:path';
import ignore from 'ignore';
import { isWithin, type IgnoreText } from './git-root.ts';

/** The ignore rules that hold in a folder: its own before those of its parents. */
export interface IgnoreRules {
  readonly base: string;
  readonly matcher: ignore.Ignore;
  readonly parent: IgnoreRules | undefined;
}

export function withRules(texts: readonly IgnoreText[], parent: IgnoreRules | undefined): IgnoreRules | undefined {
  let rules = parent;
  for (const { base, text } of texts) rules = { base, matcher: ignore({ ignorecase: false }).add(text), parent: rules };
  return rules;
}

/** Whether git would ignore the path (absolute, below `rules.base`); its parents are known not to be ignored. */
export function isIgnored(rules: IgnoreRules | undefined, path: string, folder: boolean): boolean {
  for (let current = rules; current !== undefined; current = current.parent) {
    const below = slashed(path.slice(current.base.length + (current.base.endsWith(sep) ? 0 : 1)));
    const { ignored, unignored } = current.matcher.test(folder ? `${below}/` : below);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/**
 * The rules above a folder that was named. If they ignore the folder itself, it was named in spite of them, and they say
 * nothing about what is in it.
 */
export function rulesAbove(texts: readonly IgnoreText[], folder: string): IgnoreRules | undefined {
  const rules = withRules(texts, undefined);
  for (let current = folder; current !== texts[0]?.base && isWithin(current, texts[0]?.base ?? '');) {
    const applying = rulesFor(rules, current);
    if (isIgnored(applying, current, true)) return undefined;
    current = current.slice(0, current.lastIndexOf(sep));
  }
  return rules;
}

function rulesFor(rules: IgnoreRules | undefined, path: string): IgnoreRules | undefined {
  let current = rules;
  while (current !== undefined && (current.base === path || !isWithin(path, current.base))) current = current.parent;
  return current;
}

/**
 * `--exclude`: patterns as in a `.gitignore` of the current folder. Files outside of it are matched without their leading `../`.
 */
export function createExclusion(patterns: readonly string[], cwd: string): (path: string, folder: boolean) => boolean {
  const inside = cwd.endsWith(sep) ? cwd : cwd + sep;
  const matcher = ignore({ ignorecase: false }).add(
    patterns.map((pattern) => ({ pattern: relativePattern(slashed(pattern), slashed(inside)) })),
  );
  return (path, folder) => {
    const below = path.startsWith(inside) ? path.slice(inside.length) : relative(cwd, path);
    const clean = slashed(below).replace(/^(?:\.\.(?:\/|$))+/, '');
    if (clean === '' || isAbsolute(clean)) return false;
    return matcher.ignores(folder ? `${clean}/` : clean);
  };
}

/** People write paths as well as patterns: `./a`, `../a`, an absolute path inside of the current folder. */
function relativePattern(pattern: string, cwd: string): string {
  const [, not = '', rest = ''] = /^(!?)(.*)$/s.exec(pattern) ?? [];
  if (rest.startsWith(cwd)) return `${not}/${rest.slice(cwd.length)}`;
  return not + rest.replace(/^\.\//, '/').replace(/^(?:\.\.\/)+/, '/');
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
