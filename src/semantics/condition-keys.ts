import type { Condition } from './cover.ts';
import type { Pattern } from './languages/kinds.ts';

/** Equal patterns have equal keys. */
export function patternKey(pattern: Pattern): string {
  return pattern.kind === 'any' ? 'any' : `${pattern.kind}${'ignoreCase' in pattern && pattern.ignoreCase ? ' i' : ''} ${pattern.value}`;
}

/** Equal conditions have equal keys. */
export function keyOf({ dimension, pattern, negated, whenAbsent }: Condition): string {
  return `${dimension}\n${String(negated)} ${String(whenAbsent)} ${patternKey(pattern)}`;
}
