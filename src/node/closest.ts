import { closest } from '../rule/closest.ts';

/** The candidate that was most likely meant: the only one that begins like the word, or the most similar one. */
export function closestName(word: string, candidates: readonly string[]): string | undefined {
  const begun = word.length < 3 ? [] : candidates.filter((candidate) => candidate.startsWith(word.toLowerCase()));
  return begun.length === 1 ? begun[0] : closest(word, candidates);
}
